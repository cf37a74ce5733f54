using Bookings.Reading;
using Bookings.Requesting;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Desk;

/// <summary>
/// A practitioner writes down an appointment for a client who has called or come by. It is confirmed at once and paid in person, and the client
/// gets the usual mail. The practitioner's own rules do not bind them, other visits do.
/// </summary>
public static class EnterBooking
{
    /// <param name="Reason">Needed when the start is outside the practitioner's hours, inside their notice or beyond their horizon.</param>
    /// <param name="VisitAddress">Of a visit at the client's home.</param>
    public sealed record Request(
        Guid ServiceId, Guid LocationId, DateTimeOffset Start, CalledBy Client, SafetyAsked? Safety = null, string? Reason = null, Relation VisitFor = Relation.Self,
        VisitAddress? VisitAddress = null);

    /// <param name="TimeZone">IANA name; the location's when left out.</param>
    public sealed record CalledBy(string Name, string Email, string? Phone = null, string? TimeZone = null)
    {
        public ClientDetails In(string zone) => new(Name, Email, TimeZone ?? zone, Phone);
    }

    /// <summary>Instead of the client answering the written list, the practitioner has asked in person, and nothing speaks against the visit.</summary>
    public sealed record SafetyAsked(bool AskedInPerson);

    public static void Map(RouteGroupBuilder mine) => mine
        .MapPost("/", Handle)
        .WithName(nameof(EnterBooking))
        .RequireRole("practitioner")
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<Created<BookingView>, ProblemHttpResult>> Handle(
        Request request, CurrentPractitioner me, HttpContext http, MakeBooking making, ListingsClient listings, AvailabilityClient availability, SecretBox box, Views views,
        TimeProvider clock)
    {
        if (Checked(request).Failed(out var malformed))
            return malformed;
        if (request.Safety is not { AskedInPerson: true })
            return Problems.SafetyToAsk;

        var (booking, refusal) = await making.For(http, Claim);
        return refusal is not null ? refusal : TypedResults.Created($"/api/v1/bookings/{booking!.Id}", views.For(Party.Practitioner, booking) with { Entrusted = null });

        async Task<(Booking?, ProblemHttpResult?)> Claim(Attempt attempt, CancellationToken ct)
        {
            if (await listings.Offering(new(me.Id, request.ServiceId, request.LocationId), ct) is not { } offering)
                return (null, Problems.NotFound);
            var home = offering.Location.IsHomeVisit;
            if (home && request.VisitAddress is null)
                return (null, Problem.Validation("visitAddress", "For a visit at home you need the address."));

            var reason = Entrusted.SealOwnReason(request.Reason, box);
            var (held, taken) = await availability.ClaimAsOwner(
                new ClaimRequest(attempt.Id, me.Id, request.ServiceId, request.LocationId, request.Start.ToUniversalTime()) { HasReason = reason is not null }, ct);
            if (held is null)
                return (null, taken);

            var visit = new Visit(request.VisitFor, new Entrusted([], null, null, null, home ? request.VisitAddress : null).Seal(box), Visit.AskedInPerson);
            return (
                Booking.Enter(
                    attempt.Id, offering, AgreedTime.At(offering.Location, held.Start, held.End), held.ExpiresAt, request.Client.In(offering.Location.TimeZone).Of(null), visit,
                    reason, clock.GetUtcNow()),
                null);
        }
    }

    private static Check Checked(Request request)
    {
        var check = new Check();
        request.Client.In("UTC").Check(check);
        check.Text("reason", request.Reason, 1000, lines: true, optional: true);
        request.VisitAddress?.Check(check);
        return check;
    }
}
