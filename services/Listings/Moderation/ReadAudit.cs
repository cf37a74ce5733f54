using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Moderation;

/// <summary>A moderator reads all decisions with their reasons, the latest first.</summary>
public static class ReadAudit
{
    private const string List = "moderation-audit";

    public sealed record Response(IReadOnlyList<Decision> Items, string? NextCursor);

    private sealed record Position(DateTimeOffset At, Guid Id);

    public static void Map(IEndpointRouteBuilder moderation) => moderation.MapGet("/audit", Handle).WithName(nameof(ReadAudit));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ListingsDb db, Cursors cursors, CancellationToken ct, Guid? practitionerId = null, int limit = 20, string? cursor = null)
    {
        var check = new Check();
        check.Between("limit", limit, 1, 100);
        if (check.Failed(out var problem))
            return problem;
        var list = $"{List}:{practitionerId}";
        Position? before = null;
        if (cursor is not null && !cursors.TryOpen(cursor, list, out before))
            return Cursors.Forged;

        var decisions = db.Decisions.AsNoTracking();
        if (practitionerId is not null)
            decisions = decisions.Where(d => d.PractitionerId == practitionerId);
        if (before is not null)
            decisions = decisions.Where(d => d.At < before.At || (d.At == before.At && d.Id < before.Id));
        var found = await decisions.OrderByDescending(d => d.At).ThenByDescending(d => d.Id).Take(limit + 1).ToListAsync(ct);
        var last = found.Count > limit ? found[limit - 1] : null;

        return TypedResults.Ok(new Response([.. found.Take(limit)], last is null ? null : cursors.Seal(new Position(last.At, last.Id), list)));
    }
}
