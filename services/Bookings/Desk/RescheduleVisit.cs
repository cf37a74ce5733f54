using Bookings.Changing;
using Bookings.Reading;
using Bookings.Requesting;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Desk;

/// <summary>A practitioner moves a visit; a client who cannot come to the new time gets everything back until it begins.</summary>
public static class RescheduleVisit
{
    /// <param name="Reason">Needed when the time is outside the practitioner's hours, inside their notice or beyond their horizon.</param>
    public sealed record Request(DateTimeOffset Start, Guid? LocationId = null, string? Reason = null);

    public static void Map(RouteGroupBuilder mine) => mine
        .MapPost("/{id:guid}/reschedule", Handle)
        .WithName(nameof(RescheduleVisit))
        .RequireRole("practitioner")
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<Ok<BookingView>, ProblemHttpResult>> Handle(
        Guid id, Request request, CurrentPractitioner me, BookingsDb db, Moves moves, Views views, SecretBox box, CancellationToken ct)
    {
        var check = new Check();
        check.Text("reason", request.Reason, 1000, lines: true, optional: true);
        if (check.Failed(out var malformed))
            return malformed;

        var booking = await db.ToRead(id, ct);
        if (booking is null || booking.PractitionerId != me.Id)
            return Problems.NotFound;
        var (moved, refusal) = await moves.Make(booking, Party.Practitioner, request.Start.ToUniversalTime(), request.LocationId, ct, Entrusted.SealOwnReason(request.Reason, box));
        return refusal is not null ? refusal : TypedResults.Ok(views.For(Party.Practitioner, moved!) with { Entrusted = null });
    }
}
