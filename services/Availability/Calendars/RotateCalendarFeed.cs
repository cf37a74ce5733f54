using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>A practitioner takes a new secret address for their visits; the old one is worth nothing from now on.</summary>
public static class RotateCalendarFeed
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapPost("/calendar-feed/rotate", Handle).WithName(nameof(RotateCalendarFeed));

    public static async Task<Ok<ReadCalendarFeed.Response>> Handle(
        CurrentPractitioner me, AvailabilityDb db, LinkTokens tokens, AvailabilityOptions options, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var practitioner = await Practitioner.Lock(db, me.Id, ct);
        practitioner.RotateFeed();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(ReadCalendarFeed.Response.Of(me.Id, practitioner.FeedVersion, tokens, options));
    }
}
