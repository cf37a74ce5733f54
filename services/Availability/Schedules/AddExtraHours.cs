using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner works once at a time outside of the weekly hours.</summary>
public static class AddExtraHours
{
    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapPost("/extra-hours", Handle)
        .WithName(nameof(AddExtraHours))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Created<ListExtraHours.Item>, ProblemHttpResult>> Handle(
        DatedHoursRequest request, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        var (from, to) = request.Edges(check, TimeSpan.FromDays(1));
        Schedule.OnGrain(check, "from", TimeOnly.FromDateTime(from));
        Schedule.OnGrain(check, "to", TimeOnly.FromDateTime(to));
        if (check.Failed(out var malformed))
            return malformed;

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var practitioner = await Practitioner.Lock(db, me.Id, ct);
        var schedule = await Schedule.Of(db, practitioner, ct);
        var locationId = request.LocationId ?? (schedule.Locations.Count == 1 ? schedule.Locations[0].LocationId : null);
        check.That("locationId", locationId is not null, "Say at which of your locations.");
        check.That("locationId", locationId is null || schedule.Locations.Any(l => l.LocationId == locationId), "This is not one of your locations.");
        if (check.Failed(out var unknown))
            return unknown;
        var longOver = DatedHours.LongOver(now);
        if (await db.ExtraHours.CountAsync(t => t.PractitionerId == me.Id && t.ToLocal > longOver, ct) >= DatedHours.Most)
            return Problems.TooManyDatedHours;

        var hours = new ExtraHours
        {
            Id = Guid.CreateVersion7(now),
            PractitionerId = me.Id,
            LocationId = locationId!.Value,
            FromLocal = from,
            ToLocal = to,
            Note = request.Note,
        };
        db.Add(hours);
        await db.SaveChangesAsync(ct);
        await db.OpeningsMayHaveChanged(now, ct, me.Id);
        await transaction.CommitAsync(ct);
        return TypedResults.Created((string?)null, ListExtraHours.Item.Of(hours));
    }
}
