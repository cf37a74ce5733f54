using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Accounts.SigningIn;

/// <summary>A device exchanges its refresh token for a new pair. A token that comes back too late is in two hands, and its session ends.</summary>
public static class RefreshSession
{
    public sealed record Request(string RefreshToken);

    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/refresh", Handle)
        .WithName(nameof(RefreshSession))
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    public static async Task<Results<Ok<SessionTokens.Answer>, ProblemHttpResult>> Handle(
        Request request, AccountsDb db, SessionTokens tokens, AccountOptions options, ILogger<SessionTokens> log, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var hash = SecretCodes.Hash(request.RefreshToken);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // One exchange at a time in a session, so that each sees what the one before has done.
        var session = (await db.Sessions.FromSql($"""
            SELECT s.* FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id WHERE t.hash = {hash} FOR UPDATE OF s
            """).ToListAsync(ct)).SingleOrDefault();
        if (session is null || !session.IsLive(now))
            return Problems.SessionOver;

        var token = await db.RefreshTokens.SingleOrDefaultAsync(t => t.Hash == hash, ct);
        var account = await db.Accounts.FindAsync([session.AccountId], ct);
        if (token is null || account is null)
            return Problems.SessionOver;
        if (!token.Exchange(now, TimeSpan.FromSeconds(options.RefreshGraceSeconds)))
        {
            session.End(now);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            log.LogWarning("A refresh token of session {SessionId} was used twice; the session has ended", session.Id);
            return Problems.SessionOver;
        }

        session.Use(now);
        var answer = tokens.Issue(account, session, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(answer);
    }
}
