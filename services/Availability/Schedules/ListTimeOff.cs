using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner sees the time off that is not over yet, soonest first.</summary>
public static class ListTimeOff
{
    public sealed record Response(IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="AllDay">It is made of whole days; <paramref name="To"/> is the midnight after the last.</param>
    /// <param name="EveryYear">It comes back on the same days of every year from then on.</param>
    public sealed record Item(Guid Id, string From, string To, Guid? LocationId, string? Note, bool AllDay, bool EveryYear)
    {
        public static Item Of(TimeOff off) => Of(off, off.Range);

        /// <param name="range">It in some year.</param>
        internal static Item Of(TimeOff off, LocalRange range) =>
            new(off.Id, DatedHoursRequest.Shown(range.From.ToDateTimeUnspecified()), DatedHoursRequest.Shown(range.To.ToDateTimeUnspecified()), off.LocationId, off.Note, off.AllDay, off.EveryYear);
    }

    private sealed record Position(DateTime From, Guid Id);

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/time-off", Handle).WithName(nameof(ListTimeOff));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user, AvailabilityDb db, Cursors cursors, TimeProvider clock, CancellationToken ct, int limit = 20, string? cursor = null)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        if (limit is < 1 or > 100)
            return Problem.Validation("limit", "Between 1 and 100, please.");
        var list = $"time-off {practitionerId}";
        Position? after = null;
        if (cursor is not null && !cursors.TryOpen(cursor, list, out after))
            return Cursors.Forged;

        // A day's grace, so that it is over in every zone.
        var past = DateTime.SpecifyKind(clock.GetUtcNow().AddDays(-1).DateTime, DateTimeKind.Unspecified);
        var found = await db.TimeOff.AsNoTracking()
            .Where(t => t.PractitionerId == practitionerId && (t.ToLocal > past || t.EveryYear))
            .Where(t => after == null || t.FromLocal > after.From || (t.FromLocal == after.From && t.Id > after.Id))
            .OrderBy(t => t.FromLocal).ThenBy(t => t.Id)
            .Take(limit + 1)
            .ToListAsync(ct);
        var page = found.Take(limit).ToList();
        return TypedResults.Ok(new Response(
            [.. page.Select(Item.Of)],
            found.Count > limit ? cursors.Seal(new Position(page[^1].FromLocal, page[^1].Id), list) : null));
    }
}
