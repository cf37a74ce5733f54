using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>A practitioner sees the extra hours that are not over yet, soonest first.</summary>
public static class ListExtraHours
{
    public sealed record Response(IReadOnlyList<Item> Items, string? NextCursor);

    public sealed record Item(Guid Id, string From, string To, Guid LocationId, string? Note)
    {
        public static Item Of(ExtraHours hours) =>
            new(hours.Id, DatedHoursRequest.Shown(hours.FromLocal), DatedHoursRequest.Shown(hours.ToLocal), hours.LocationId, hours.Note);
    }

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/extra-hours", Handle).WithName(nameof(ListExtraHours));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentPractitioner me, AvailabilityDb db, Cursors cursors, TimeProvider clock, CancellationToken ct, int limit = 20, string? cursor = null)
    {
        var past = DatedHours.Past(clock.GetUtcNow());
        var (page, problem) = await DatedHoursPage<ExtraHours>.Read(
            db.ExtraHours.Where(t => t.PractitionerId == me.Id && t.ToLocal > past), $"extra-hours {me.Id}", cursors, limit, cursor, ct);
        return page is null ? problem! : TypedResults.Ok(new Response([.. page.Items.Select(Item.Of)], page.NextCursor));
    }
}
