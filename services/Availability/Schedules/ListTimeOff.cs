using Microsoft.AspNetCore.Http.HttpResults;
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

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/time-off", Handle).WithName(nameof(ListTimeOff));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentPractitioner me, AvailabilityDb db, Cursors cursors, TimeProvider clock, CancellationToken ct, int limit = 20, string? cursor = null)
    {
        var past = DatedHours.Past(clock.GetUtcNow());
        var (page, problem) = await DatedHoursPage<TimeOff>.Read(
            db.TimeOff.Where(t => t.PractitionerId == me.Id && (t.ToLocal > past || t.EveryYear)), $"time-off {me.Id}", cursors, limit, cursor, ct);
        return page is null ? problem! : TypedResults.Ok(new Response([.. page.Items.Select(Item.Of)], page.NextCursor));
    }
}
