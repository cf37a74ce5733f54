using Bookings.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Changing;

/// <summary>A visit gets another time in one step: the old one is not given up before the new one is there, and nothing is paid again.</summary>
public static class RescheduleBooking
{
    public sealed record Request(DateTimeOffset Start, Guid? LocationId = null);

    public static void Map(IEndpointRouteBuilder bookings) => bookings
        .MapPost("/{id:guid}/reschedule", Handle)
        .WithName(nameof(RescheduleBooking))
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<Ok<BookingView>, ProblemHttpResult>> Handle(
        Guid id, Request request, HttpContext http, BookingsDb db, LinkTokens tokens, Moves moves, AvailabilityClient availability, Views views, CancellationToken ct)
    {
        var booking = await db.ToRead(id, ct);
        if (await Access.PartyOf(http, booking, tokens) is not { } party || booking is null)
            return Problems.NotFound;

        var start = request.Start.ToUniversalTime();
        var (moved, refusal) = await moves.Make(booking, party, start, request.LocationId, ct);
        // Who names no place stays at the one agreed on, unless the time is offered at another one only.
        if (request.LocationId is null && refusal?.ProblemDetails.Type is "urn:problem:not-an-opening" && await availability.PlaceFor(booking.PractitionerId, booking.ServiceId, start, ct) is { } place)
            (moved, refusal) = await moves.Make(booking, party, start, place, ct);
        return refusal is not null ? refusal : TypedResults.Ok(views.For(party, moved!));
    }
}
