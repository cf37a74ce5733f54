using Bookings.Reading;
using Bookings.Safety;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;

namespace Bookings.Requesting;

/// <summary>A client asks for a practitioner's time. It is held until it is paid for or the hold runs out.</summary>
public static class RequestBooking
{
    /// <summary>For all calls to other services together; with letting go of the time, an answer comes within five seconds.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

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
        BookingRequest request, HttpContext http, BookingsDb db, Peers peers, SafetyScreens screens,
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

        // Once begun it goes on without its caller too: the answer is kept for the repeat.
        var asked = IdempotentRequest.Current(http);
        var attempt = await Attempts.Current(db, asked, CancellationToken.None);
        var (id, booking) = (attempt.Id, attempt.Booking);
        using var patience = new CancellationTokenSource(Patience);
        var ct = patience.Token;
        try
        {
            if (booking is null)
            {
                var offering = await peers.Listings.Offering(new(request.PractitionerId, request.ServiceId, request.LocationId), ct);
                if (offering is null)
                    return Problems.NotFound;
                if (offering.Service.BookingMode != "instant")
                    return Problems.NotBookableAtOnce;
                if (request.CheckAgainst(offering).Failed(out var unfit))
                    return unfit;

                var client = request.ClientOf(user);
                var claim = new ClaimRequest(
                    id, request.PractitionerId, request.ServiceId, request.LocationId, request.Start.ToUniversalTime(), request.HoldToken,
                    // Availability makes the second key for holds too, so that both count together.
                    hash.Of(client.Email, "claims by client"), hash.Of(http.Network(), "claims by address"))
                {
                    IsFree = offering.DueNow.Amount == 0,
                };
                await peers.Release(db, attempt.Unreleased, now, ct);
                var (held, refusal) = await peers.Availability.Claim(claim, asked.IsFirst, ct);
                // The try before may have used the hold up.
                if (attempt.IsAgain && claim.HoldToken is not null && refusal?.ProblemDetails.Type == Problems.HoldExpired.ProblemDetails.Type)
                    (held, refusal) = await peers.Availability.Claim(claim with { HoldToken = null }, asked.IsFirst, ct);
                if (refusal is not null)
                    return refusal;

                var visit = new Visit(request.Visitor.Relation, request.Entrusted(offering).Seal(box), safety.Version);
                booking = await Store(db, Booking.Request(id, offering, AgreedTime.At(offering.Location, held!.Start, held.End), held.ExpiresAt, client, visit, now), ct);
            }

            var (settled, refused) = await Settle(db, peers, views, booking, clock, ct);
            if (refused is not null)
                await peers.Abandon(db, id, clock.GetUtcNow());
            return refused is not null ? refused : TypedResults.Created($"/api/v1/bookings/{id}", views.Requested(settled));
        }
        catch (Exception e) when (e is OperationCanceledException || Problem.IsUnavailable(e))
        {
            await peers.Abandon(db, id, clock.GetUtcNow());
            throw new UnavailableException("A service that a booking needs", e);
        }
    }

    internal static async Task<Booking> Store(BookingsDb db, Booking booking, CancellationToken ct)
    {
        db.Add(booking);
        try
        {
            await db.SaveChangesAsync(ct);
            return booking;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // A repeat of this request was quicker, after the lease of the first had run out.
            db.ChangeTracker.Clear();
            return await db.ToRead(booking.Id, ct) ?? throw new InvalidOperationException("A booking that was there is gone.", e);
        }
    }

    /// <summary>Gets the page to pay on, or the appointment at once when nothing is due online. A booking that has it already is answered as it is.</summary>
    internal static async Task<(Booking Booking, ProblemHttpResult? Refusal)> Settle(
        BookingsDb db, Peers peers, Views views, Booking booking, TimeProvider clock, CancellationToken ct)
    {
        var free = booking.DueMinor == 0;
        if (free ? booking.WasConfirmed : booking.CheckoutUrl is not null)
            return (booking, null);
        if (booking.Status is not BookingStatus.AwaitingPayment)
            return (booking, Problems.HoldExpired);

        string? checkoutUrl = null;
        if (free)
        {
            if (await peers.Availability.Keep(booking.Id, ct) is { } refusal)
                return (booking, refusal);
        }
        else
        {
            var back = views.VisitPage(booking);
            var (checkout, refusal) = await peers.Payments.Checkout(
                new CheckoutRequest(
                    booking.Id, booking.PractitionerId, booking.Demo, booking.DueNow, $"Visit with {booking.PractitionerName}", booking.ClientEmail,
                    back, back, booking.HoldExpiresAt),
                ct);
            if (refusal is not null)
                return (booking, refusal);
            checkoutUrl = checkout!.CheckoutUrl;
        }

        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var stored = await db.ForChange(booking.Id, ct) ?? throw new InvalidOperationException("A booking that was there is gone.");
        _ = free ? stored.Confirm(clock.GetUtcNow()) : stored.OfferCheckout(checkoutUrl!, clock.GetUtcNow());
        // Somebody may have called it off since it was stored.
        if (free ? !stored.WasConfirmed : stored.CheckoutUrl is null)
            return (stored, Problems.HoldExpired);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (stored, null);
    }
}
