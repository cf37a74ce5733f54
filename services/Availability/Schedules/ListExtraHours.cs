using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
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

    private sealed record Position(DateTime From, Guid Id);

    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/extra-hours", Handle).WithName(nameof(ListExtraHours));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user, AvailabilityDb db, Cursors cursors, TimeProvider clock, CancellationToken ct, int limit = 20, string? cursor = null)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        if (limit is < 1 or > 100)
            return Problem.Validation("limit", "Between 1 and 100, please.");
        var list = $"extra-hours {practitionerId}";
        Position? after = null;
        if (cursor is not null && !cursors.TryOpen(cursor, list, out after))
            return Cursors.Forged;

        // A day's grace, so that it is over in every zone.
        var past = DateTime.SpecifyKind(clock.GetUtcNow().AddDays(-1).DateTime, DateTimeKind.Unspecified);
        var found = await db.ExtraHours.AsNoTracking()
            .Where(t => t.PractitionerId == practitionerId && t.ToLocal > past)
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
