using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>Some of what a practitioner has set down for certain times, soonest first, and where it goes on.</summary>
internal sealed record DatedHoursPage<T>(IReadOnlyList<T> Items, string? NextCursor)
    where T : DatedHours
{
    private sealed record Position(DateTime From, Guid Id);

    /// <param name="own">All of one list of one practitioner.</param>
    /// <param name="list">Names that list; a cursor of another one is forged.</param>
    public static async Task<(DatedHoursPage<T>? Page, ProblemHttpResult? Problem)> Read(
        IQueryable<T> own, string list, Cursors cursors, int limit, string? cursor, CancellationToken ct)
    {
        if (limit is < 1 or > 100)
            return (null, Problem.Validation("limit", "Between 1 and 100, please."));
        Position? after = null;
        if (cursor is not null && !cursors.TryOpen(cursor, list, out after))
            return (null, Cursors.Forged);

        var found = await own.AsNoTracking()
            .Where(t => after == null || t.FromLocal > after.From || (t.FromLocal == after.From && t.Id > after.Id))
            .OrderBy(t => t.FromLocal).ThenBy(t => t.Id)
            .Take(limit + 1)
            .ToListAsync(ct);
        var page = found.Take(limit).ToList();
        return (new(page, found.Count > limit ? cursors.Seal(new Position(page[^1].FromLocal, page[^1].Id), list) : null), null);
    }
}
