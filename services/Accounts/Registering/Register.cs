using Accounts.Limits;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Registering;

/// <summary>Somebody asks for an account. The answer is the same whether or not there is one; what happens next is in the mailbox.</summary>
public static class Register
{
    public sealed record Request(string Email, string Password, string Name, string Role);

    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/register", Handle)
        .WithName(nameof(Register))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        Request request, HttpContext http, AccountsDb db, UserManager<Account> people, AttemptLimits limits, AccountOptions options,
        TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        check.Email("email", request.Email);
        check.Text("name", request.Name, max: 100);
        check.That("role", request.Role is Account.Client or Account.Practitioner, "This is client or practitioner.");
        var refusal = Passwords.Refusal(request.Password, request.Email);
        check.That("password", refusal is null, refusal ?? "");
        if (check.Failed(out var problem))
            return problem;

        var address = people.NormalizeEmail(request.Email);
        if (await limits.Try(http, CodeMailLimits.For("register", address, http, options), ct) is { } tooMany)
            return tooMany;

        var now = clock.GetUtcNow();
        // Before it is known whether it is needed, so that both answers take as long.
        var passwordHash = people.PasswordHasher.HashPassword(null!, request.Password);
        var registration = Registration.Of(request.Email, address, request.Name.Trim(), request.Role, passwordHash, now);
        if (await db.Accounts.SingleOrDefaultAsync(a => a.NormalizedEmail == address, ct) is { } known)
        {
            db.Publish(new SignInCodeAsked(known.Id, registration.Id, "known", now), now);
        }
        else
        {
            db.Add(registration);
            db.Publish(new SignInCodeAsked(registration.AccountId, registration.Id, "confirm", now), now);
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null);
    }
}
