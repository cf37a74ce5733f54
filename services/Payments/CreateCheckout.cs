using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;
using Stripe;
using Stripe.Checkout;

namespace Payments;

/// <summary>Bookings asks for the page on which a booking is paid; asked again, it is the same page.</summary>
public static class CreateCheckout
{
    /// <param name="Demo">The practitioner is invented, so an account is made up too.</param>
    /// <param name="Description">What Stripe shows and writes on receipts: "Visit with NAME" and no more.</param>
    /// <param name="Email">Goes to Stripe for the receipt and is not kept.</param>
    /// <param name="HoldExpiresAt">The page stays open at least until then.</param>
    public sealed record Request(
        Guid BookingId, Guid PractitionerId, bool Demo, Money Amount, string Description, string Email,
        Uri SuccessUrl, Uri CancelUrl, DateTimeOffset HoldExpiresAt);

    public sealed record Response(Uri CheckoutUrl);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/checkouts", Handle).WithName(nameof(CreateCheckout));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, PaymentsDb db, SessionService sessions, AccountService accounts, PaymentOptions options,
        TimeProvider clock, ILogger<Checkout> log, CancellationToken ct)
    {
        var check = new Check();
        check.That("amount.amount", request.Amount.Amount > 0, "There is nothing to pay.");
        check.That("amount.currency", request.Amount.Currency is { Length: 3 } code && code.All(char.IsAsciiLetterUpper), "Three capital letters, please.");
        check.Text("description", request.Description, max: 200);
        check.Email("email", request.Email);
        check.That("successUrl", request.SuccessUrl.IsAbsoluteUri, "This is not a whole address.");
        check.That("cancelUrl", request.CancelUrl.IsAbsoluteUri, "This is not a whole address.");
        if (check.Failed(out var problem))
            return problem;
        if (request.Demo && options.IsLive)
            return Problems.NotPayable;

        var now = clock.GetUtcNow();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(StripeConnection.Patience);
        try
        {
            var account = request.Demo
                ? await OpenAccount.ForDemo(db, accounts, request.PractitionerId, now, patience.Token)
                : await db.ConnectedAccounts.FindAsync([request.PractitionerId], ct);
            if (account is not { ChargesEnabled: true })
                return Problems.NotPayable;

            var checkout = await Begin(db, request, account.StripeAccountId, options.PlatformFeeBps, now, ct);
            if (checkout.IsOver)
                return Problems.NoLongerToBePaid;
            if (checkout.Url is { } known)
                return TypedResults.Ok(new Response(new Uri(known)));

            var session = await Ask(db, sessions, request, checkout, now, patience.Token);
            return await Open(db, checkout.BookingId, session, now.AddSeconds(options.ReconcileSeconds), ct);
        }
        catch (StripeException refusal) when (IsAboutTheAccount(refusal))
        {
            log.LogWarning("Stripe does not pay to the account of practitioner {PractitionerId}: {Code}", request.PractitionerId, StripeConnection.Code(refusal));
            return Problems.NotPayable;
        }
        catch (StripeException refusal)
        {
            log.LogError("Stripe refused a checkout for booking {BookingId}: {Code}", request.BookingId, StripeConnection.Code(refusal));
            throw new UnavailableException("Stripe", refusal);
        }
        catch (Exception e) when (StripeConnection.IsAway(e, ct))
        {
            throw new UnavailableException("Stripe", e);
        }
    }

    /// <summary>The booking's checkout, made now if there is none, with a page to ask Stripe for.</summary>
    private static async Task<Checkout> Begin(
        PaymentsDb db, Request request, string destination, int feeBps, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var asked = Checkout.Ask(request.BookingId, request.PractitionerId, destination, request.Amount, feeBps, request.HoldExpiresAt, now);
        // The same request at the same time waits here, and then finds the first one's checkout.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO checkouts (id, booking_id, practitioner_id, destination, amount_minor, fee_minor, currency, created_at,
                                   status, attempt, expires_at, expire_at, reconcile_at)
            VALUES ({asked.Id}, {asked.BookingId}, {asked.PractitionerId}, {asked.Destination}, {asked.AmountMinor}, {asked.FeeMinor},
                    {asked.Currency}, {asked.CreatedAt}, 'preparing', {asked.Attempt}, {asked.ExpiresAt}, {asked.ExpireAt}, {asked.ReconcileAt})
            ON CONFLICT (booking_id) DO NOTHING
            """,
            ct);
        var checkout = (await db.Lock(request.BookingId, ct))!;
        if (await db.BookingEnds.AnyAsync(end => end.BookingId == request.BookingId, ct))
            checkout.End(now);
        else
            checkout.Renew(request.HoldExpiresAt, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return checkout;
    }

    private static async Task<Session> Ask(
        PaymentsDb db, SessionService sessions, Request request, Checkout checkout, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await sessions.CreateAsync(Page(request, checkout), new RequestOptions { IdempotencyKey = checkout.IdempotencyKey }, ct);
        }
        catch (StripeException refusal) when (refusal.StripeError?.Type == "idempotency_error" && !StripeConnection.IsAway(refusal, ct))
        {
            // An earlier try had other addresses. Its page, if there is one, has never been shown to anybody.
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            db.ChangeTracker.Clear();
            var again = (await db.Lock(request.BookingId, ct))!;
            again.AskForAnother(request.HoldExpiresAt, now);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return await sessions.CreateAsync(Page(request, again), new RequestOptions { IdempotencyKey = again.IdempotencyKey }, ct);
        }
    }

    private static SessionCreateOptions Page(Request request, Checkout checkout)
    {
        var booking = checkout.BookingId.ToString();
        return new SessionCreateOptions
        {
            Mode = "payment",
            PaymentMethodTypes = ["card"],
            ClientReferenceId = booking,
            Metadata = new() { ["booking_id"] = booking },
            CustomerEmail = request.Email,
            ExpiresAt = checkout.ExpiresAt.UtcDateTime,
            SuccessUrl = request.SuccessUrl.AbsoluteUri,
            CancelUrl = request.CancelUrl.AbsoluteUri,
            LineItems =
            [
                new()
                {
                    Quantity = 1,
                    PriceData = new()
                    {
                        Currency = checkout.Currency.ToLowerInvariant(),
                        UnitAmount = checkout.AmountMinor,
                        ProductData = new() { Name = request.Description },
                    },
                },
            ],
            PaymentIntentData = new()
            {
                ApplicationFeeAmount = checkout.FeeMinor > 0 ? checkout.FeeMinor : null,
                Description = request.Description,
                Metadata = new() { ["booking_id"] = booking },
                TransferData = new() { Destination = checkout.Destination },
            },
        };
    }

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Open(
        PaymentsDb db, Guid bookingId, Session session, DateTimeOffset reconcileAt, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var checkout = (await db.Lock(bookingId, ct))!;
        checkout.Open(session.Id, session.Url!, reconcileAt);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        // The booking may have ended while Stripe was asked. The page is known now, and will be closed.
        return checkout.IsOver ? Problems.NoLongerToBePaid : TypedResults.Ok(new Response(new Uri(checkout.Url!)));
    }

    private static bool IsAboutTheAccount(StripeException refusal) =>
        refusal.StripeError is { Code: "account_invalid" or "insufficient_capabilities_for_transfer" }
        || refusal.StripeError?.Param is "payment_intent_data[transfer_data][destination]";
}
