using Bookings.Reading;
using Bookings.Safety;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Requesting;

/// <summary>A client asks for a practitioner's time. It is held until it is paid for or the hold runs out.</summary>
public static class RequestBooking
{
    public static void Map(IEndpointRouteBuilder bookings) => bookings
        .MapPost("/", Handle)
        .WithName(nameof(RequestBooking))
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<Created<RequestedView>, ProblemHttpResult>> Handle(
        BookingRequest request, HttpContext http, MakeBooking making, ListingsClient listings, AvailabilityClient availability, SafetyScreens screens,
        SecretBox box, KeyedHash hash, Views views, TimeProvider clock, CurrentUser? user = null)
    {
        var now = clock.GetUtcNow();
        if (request.Check().Failed(out var malformed))
            return malformed;
        if (!request.AcceptPolicies)
            return Problems.PolicyNotAccepted;
        if (request.Safety is not { } safety || !screens.Accepts(safety.Version))
            return Problems.SafetyRequired;
        if (!safety.NoneApply)
            return Problems.SafetyStop(screens.For(request.SafetyList(now), Countries.OfZone(request.Client.TimeZone)).Advice);

        var (booking, refusal) = await making.For(http, Claim);
        return refusal is not null ? refusal : TypedResults.Created($"/api/v1/bookings/{booking!.Id}", views.Requested(booking));

        async Task<(Booking?, ProblemHttpResult?)> Claim(Attempt attempt, CancellationToken ct)
        {
            var offering = await listings.Offering(new(request.PractitionerId, request.ServiceId, request.LocationId), ct);
            if (offering is null)
                return (null, Problems.NotFound);
            if (offering.Service.BookingMode != "instant")
                return (null, Problems.NotBookableAtOnce);
            if (request.CheckAgainst(offering).Failed(out var unfit))
                return (null, unfit);

            var client = request.ClientOf(user);
            var claim = new ClaimRequest(
                attempt.Id, request.PractitionerId, request.ServiceId, request.LocationId, request.Start.ToUniversalTime(), request.HoldToken,
                // Availability makes the second key for holds too, so that both count together.
                hash.Of(client.Email, "claims by client"), hash.Of(http.Network(), "claims by address"))
            {
                IsFree = offering.DueNow.Amount == 0,
            };
            var (held, taken) = await availability.Claim(claim, attempt.IsFirst, ct);
            // The try before may have used the hold up.
            if (attempt.IsAgain && claim.HoldToken is not null && taken?.ProblemDetails.Type == Problems.HoldExpired.ProblemDetails.Type)
                (held, taken) = await availability.Claim(claim with { HoldToken = null }, attempt.IsFirst, ct);
            if (held is null)
                return (null, taken);

            var visit = new Visit(request.Visitor.Relation, request.Entrusted(offering).Seal(box), safety.Version);
            return (Booking.Request(attempt.Id, offering, AgreedTime.At(offering.Location, held.Start, held.End), held.ExpiresAt, client, visit, now), null);
        }
    }
}
