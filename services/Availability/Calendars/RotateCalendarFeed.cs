using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>A practitioner takes a new secret address for their visits; the old one is worth nothing from now on.</summary>
public static class RotateCalendarFeed
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapPost("/calendar-feed/rotate", Handle).WithName(nameof(RotateCalendarFeed));

    public static async Task<Results<Ok<ReadCalendarFeed.Response>, ProblemHttpResult>> Handle(
        CurrentUser user, AvailabilityDb db, LinkTokens tokens, AvailabilityOptions options, CancellationToken ct)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var practitioner = await Practitioner.Lock(db, practitionerId, ct);
        practitioner.RotateFeed();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(ReadCalendarFeed.Response.Of(practitionerId, practitioner.FeedVersion, tokens, options));
    }
}
