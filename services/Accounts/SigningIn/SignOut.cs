using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Accounts.SigningIn;

/// <summary>A device signs out: its session ends. A token that we do not know is signed out already.</summary>
public static class SignOut
{
    public sealed record Request(string RefreshToken);

    public static void Map(IEndpointRouteBuilder auth) => auth.MapPost("/logout", Handle).WithName(nameof(SignOut));

    public static async Task<NoContent> Handle(Request request, AccountsDb db, TimeProvider clock, CancellationToken ct)
    {
        var hash = SecretCodes.Hash(request.RefreshToken);
        var session = await db.Sessions.SingleOrDefaultAsync(s => db.RefreshTokens.Any(t => t.Hash == hash && t.SessionId == s.Id), ct);
        session?.End(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
