using Accounts.SigningIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Registering;

/// <summary>Notifications is about to write the mail that somebody asked for: who gets it, and a link with a fresh code.</summary>
public static class MakeCode
{
    public sealed record Request(Guid RequestId, string Purpose);

    /// <param name="Name">Null where nobody has proven yet that it is theirs.</param>
    public sealed record Response(string Email, string? Name, Uri Url);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/accounts/{id:guid}/codes", Handle).WithName(nameof(MakeCode));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, Request request, AccountsDb db, AccountOptions options, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var code = SecretCodes.Make();
        switch (request.Purpose)
        {
            case "confirm":
                var registration = await db.Registrations.SingleOrDefaultAsync(r => r.Id == request.RequestId && r.AccountId == id && r.ExpiresAt > now, ct);
                if (registration is null)
                    return Problem.NotFound;
                registration.CodeHash = SecretCodes.Hash(code);
                await db.SaveChangesAsync(ct);
                return Answer(registration.Email, null, $"/account/confirm?code={code}");

            case "reset":
                var reset = await db.PasswordResets.SingleOrDefaultAsync(r => r.Id == request.RequestId && r.AccountId == id && r.ExpiresAt > now, ct);
                if (reset is null || await db.Accounts.FindAsync([id], ct) is not { } owner)
                    return Problem.NotFound;
                reset.CodeHash = SecretCodes.Hash(code);
                await db.SaveChangesAsync(ct);
                return Answer(owner.Email!, owner.Name, $"/account/reset?code={code}");

            case "known":
                return await db.Accounts.FindAsync([id], ct) is { } known ? Answer(known.Email!, known.Name, "/sign-in") : Problem.NotFound;

            default:
                return Problem.Validation("purpose", "This is confirm, reset or known.");
        }

        Ok<Response> Answer(string email, string? name, string path) =>
            TypedResults.Ok(new Response(email, name, new Uri(options.PublicUrl, path)));
    }
}
