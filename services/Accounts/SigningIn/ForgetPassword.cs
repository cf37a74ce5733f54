using Accounts.Limits;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.SigningIn;

/// <summary>Somebody has forgotten their password. If the address is known it gets a mail; the answer does not say.</summary>
public static class ForgetPassword
{
    public sealed record Request(string Email);

    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/forgot", Handle)
        .WithName(nameof(ForgetPassword))
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        Request request, HttpContext http, AccountsDb db, UserManager<Account> people, AttemptLimits limits, AccountOptions options,
        TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        check.Email("email", request.Email);
        if (check.Failed(out var problem))
            return problem;
        var address = people.NormalizeEmail(request.Email);
        if (await limits.Try(http, CodeMailLimits.For("forgot", address, http, options), ct) is { } tooMany)
            return tooMany;

        var now = clock.GetUtcNow();
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.NormalizedEmail == address, ct);
        var reset = PasswordReset.Of(account?.Id, now);
        db.Add(reset);
        if (account is not null)
            db.Publish(new SignInCodeAsked(account.Id, reset.Id, "reset", now), now);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null);
    }
}
