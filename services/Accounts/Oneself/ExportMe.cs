using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Oneself;

/// <summary>A person takes along all that is kept here about them, except what only proves who they are.</summary>
public static class ExportMe
{
    public record Response(ShowMe.Response Account, IReadOnlyList<SignedIn> Sessions, DateTimeOffset ExportedAt);

    public record SignedIn(DateTimeOffset StartedAt, DateTimeOffset LastUsedAt, DateTimeOffset? EndedAt);

    public static void Map(IEndpointRouteBuilder me) => me.MapGet("/export", Handle).WithName(nameof(ExportMe));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user, HttpContext http, AccountsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Accounts.FindAsync([user.Id], ct) is not { } account)
            return Problem.Unauthenticated;
        var sessions = await db.Sessions.Where(s => s.AccountId == user.Id).OrderBy(s => s.StartedAt)
            .Select(s => new SignedIn(s.StartedAt, s.LastUsedAt, s.EndedAt)).ToListAsync(ct);
        http.Response.Headers.ContentDisposition = "attachment; filename=account.json";
        return TypedResults.Ok(new Response(ShowMe.Response.Of(account), sessions, clock.GetUtcNow()));
    }
}
