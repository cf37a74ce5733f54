using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using TestKit;
using Xunit;

namespace Payments.Tests;

public sealed class RefundTests : IAsyncLifetime
{
    private Till till = null!;

    public async Task InitializeAsync() => till = await Till.Open();

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task What_a_booking_owes_goes_back_once_however_often_it_is_said()
    {
        var id = await till.PaidBooking();
        var owed = new RefundOwed(id, Guid.CreateVersion7(), new Money(12345, "USD"), "cancelled", till.Clock.GetUtcNow());
        for (var i = 0; i < 10; i++)
            await till.Tell(owed);

        await till.Becomes(id, "refunded");
        await till.HeardRefund(id);
        await Eventually.True(async () => await till.Payments.Broker.Waiting("payments-owe-refund") == 0);
        Assert.Equal(12345, Assert.Single(await till.Stripe.Refunds(id)).GetProperty("amount").GetInt64());
        var told = Assert.Single(till.Refunds, r => r.BookingId == id);
        Assert.Equal((owed.RefundId, 12345L, 12345L), (told.RefundId, told.Amount.Amount, told.RefundedInTotal.Amount));
        foreach (var account in (string[])["stripeBalance", "practitionerPayable", "platformFees"])
            Assert.Equal(0, await till.Balance(id, account));
        Assert.Equal(0, await till.UnevenTransactions());
    }

    [Fact]
    public async Task Parts_take_their_share_of_the_fee_and_add_up_to_the_whole_as_at_Stripe()
    {
        var id = await till.PaidBooking(amount: 10001);
        var parts = (long[])[3333, 3333, 3335];
        for (var i = 0; i < parts.Length; i++)
        {
            await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(parts[i], "USD"), "cancelled", till.Clock.GetUtcNow()));
            await till.HeardRefund(id, i + 1);

            var charge = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString();
            var fee = (await till.Stripe.All("application_fees")).Single(f => f.GetProperty("amount").GetInt64() == 250);
            Assert.Equal(250 - fee.GetProperty("amount_refunded").GetInt64(), -await till.Balance(id, "platformFees"));
        }

        Assert.Equal("refunded", await till.Status(id));
        Assert.Equal([3333, 6666, 10001], till.Refunds.Where(r => r.BookingId == id).Select(r => r.RefundedInTotal.Amount).Order());
        Assert.Equal(0, await till.Balance(id, "platformFees"));
    }

    [Fact]
    public async Task More_than_was_captured_never_goes_back()
    {
        var id = await till.PaidBooking(amount: 5000);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(3000, "USD"), "cancelled", till.Clock.GetUtcNow()))));

        await till.Becomes(id, "refunded");
        // Also of those for which nothing was left, so that nobody waits for them.
        await till.HeardRefund(id, 8);
        Assert.Equal(5000, (await till.Stripe.Refunds(id)).Sum(r => r.GetProperty("amount").GetInt64()));
        Assert.Equal([0, 0, 0, 0, 0, 0, 2000, 3000], till.Refunds.Where(r => r.BookingId == id).Select(r => r.Amount.Amount).Order());
        Assert.Equal(6, await till.Count("refunds WHERE booking_id = $1 AND status = 'covered'", id));
    }

    [Fact]
    public async Task A_refund_made_by_hand_at_Stripe_is_seen_and_counts()
    {
        var id = await till.PaidBooking(amount: 5000);
        var intent = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString()!;
        await till.Stripe.Post("/v1/refunds", ("payment_intent", intent), ("amount", "2000"), ("reverse_transfer", "true"));
        await till.HeardRefund(id);

        await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(5000, "USD"), "cancelled", till.Clock.GetUtcNow()));
        await till.Becomes(id, "refunded");
        await till.HeardRefund(id, 2);
        Assert.Equal([2000, 3000], till.Refunds.Where(r => r.BookingId == id).Select(r => r.Amount.Amount).Order());
    }

    [Fact]
    public async Task A_refund_by_hand_that_leaves_the_practitioner_their_part_is_the_platforms_loss()
    {
        var id = await till.PaidBooking(amount: 5000);
        var intent = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString()!;
        await till.Stripe.Post("/v1/refunds", ("payment_intent", intent), ("amount", "2000"));
        await till.HeardRefund(id);
        Assert.Equal((3000, -4875, 1875), (await till.Balance(id, "stripeBalance"), await till.Balance(id, "practitionerPayable"), await till.Balance(id, "platformFees")));
        Assert.Equal(0, await till.UnevenTransactions());
    }

    [Fact]
    public async Task A_refund_by_hand_that_nobody_told_of_is_found_when_ours_is_refused()
    {
        var id = await till.PaidBooking(amount: 5000);
        await till.Stripe.Post("/_sandbox/webhooks/drop");
        var intent = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString()!;
        await till.Stripe.Post("/v1/refunds", ("payment_intent", intent), ("amount", "2000"), ("reverse_transfer", "true"));

        await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(5000, "USD"), "cancelled", till.Clock.GetUtcNow()));
        await till.HeardRefund(id);
        till.Clock.Advance(TimeSpan.FromMinutes(1));
        await till.Becomes(id, "refunded");
        await till.HeardRefund(id, 2);
        Assert.Equal([2000, 3000], till.Refunds.Where(r => r.BookingId == id).Select(r => r.Amount.Amount).Order());
    }

    [Fact]
    public async Task What_has_all_gone_back_by_hand_is_owed_no_longer_whether_that_was_known_before_or_not()
    {
        var (known, unknown) = (await till.PaidBooking(amount: 5000), await till.PaidBooking(amount: 5000));
        await ByHand(known);
        await till.HeardRefund(known);
        await till.Stripe.Post("/_sandbox/webhooks/drop");
        await ByHand(unknown);

        foreach (var id in (Guid[])[known, unknown])
        {
            var owed = new RefundOwed(id, Guid.CreateVersion7(), new Money(5000, "USD"), "cancelled", till.Clock.GetUtcNow());
            await till.Tell(owed);
            await till.HeardRefund(id, 2);
            var told = till.Refunds.Single(r => r.RefundId == owed.RefundId);
            Assert.Equal((0, 5000, 1), (told.Amount.Amount, told.RefundedInTotal.Amount, told.Version));
            Assert.Equal(1, await till.Count("refunds WHERE id = $1 AND status = 'covered' AND amount_minor = 0", owed.RefundId));
        }

        async Task ByHand(Guid booking)
        {
            var intent = (await till.Stripe.Session(booking)).GetProperty("payment_intent").GetString()!;
            await till.Stripe.Post("/v1/refunds", ("payment_intent", intent), ("amount", "5000"), ("reverse_transfer", "true"));
        }
    }

    [Fact]
    public async Task While_Stripe_is_away_a_refund_waits_and_is_then_made_once()
    {
        var id = await till.PaidBooking();
        await till.Stripe.GoAway();
        await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(12345, "USD"), "holdLost", till.Clock.GetUtcNow()));
        await Eventually.True(async () => await till.Count("refunds WHERE booking_id = $1 AND attempts = 1", id) == 1);

        await till.Stripe.ComeBack();
        await Eventually.True(async () =>
        {
            till.Clock.Advance(TimeSpan.FromSeconds(5));
            return await till.Status(id) == "refunded";
        }, TimeSpan.FromSeconds(30));
        Assert.Single(await till.Stripe.Refunds(id));
    }

    [Fact]
    public async Task A_refund_whose_answer_got_lost_is_not_made_again_even_after_Stripe_forgot_the_key()
    {
        var id = await till.PaidBooking();
        await till.Stripe.Post("/_sandbox/webhooks/drop");
        await till.Stripe.Post("/_sandbox/api/cut");
        await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(12000, "USD"), "cancelled", till.Clock.GetUtcNow()));
        await Eventually.True(async () => await till.Count("refunds WHERE booking_id = $1 AND attempts = 1", id) == 1);
        await till.Stripe.Post("/_sandbox/api/normal");
        await Eventually.True(async () => (await till.Stripe.Refunds(id)).Count == 1);

        till.Clock.Advance(TimeSpan.FromHours(25));
        await till.HeardRefund(id);
        Assert.Single(await till.Stripe.Refunds(id));
        Assert.Equal(345, await till.Balance(id, "stripeBalance"));
    }

    [Fact]
    public async Task A_slow_refund_counts_when_it_has_arrived()
    {
        var id = await till.PaidBooking(card: "4000000000007726");
        await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(12345, "USD"), "cancelled", till.Clock.GetUtcNow()));
        await Eventually.True(async () => await till.Count("refunds WHERE booking_id = $1 AND status = 'pending'", id) == 1);
        Assert.Equal("captured", await till.Status(id));

        till.Clock.Advance(TimeSpan.FromSeconds(3));
        await till.Becomes(id, "refunded");
        Assert.Single(await till.Stripe.Refunds(id));
    }

    [Fact]
    public async Task A_refund_that_comes_back_is_taken_back_told_and_made_again_when_a_person_says_so()
    {
        var id = await till.PaidBooking(card: "4000000000005126");
        await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(12345, "USD"), "cancelled", till.Clock.GetUtcNow()));
        await till.Becomes(id, "refunded");

        till.Clock.Advance(TimeSpan.FromSeconds(3));
        await till.Becomes(id, "captured");
        // Stripe gives neither the practitioner's part nor the fee back to whom it took them from: the money is the client's.
        Assert.Equal((12345, -12345, 0, 0), await Balances(id));
        Assert.Equal(0, await till.UnevenTransactions());
        await Eventually.True(() => Task.FromResult(till.Returns.Any(r => r.BookingId == id)));
        Assert.Equal((1, 2), (till.Refunds.Single(r => r.BookingId == id).Version, till.Returns.Single(r => r.BookingId == id).Version));

        till.Clock.Advance(TimeSpan.FromMinutes(6));
        var operators = till.Payments.As("operator");
        var unsettled = (await operators.GetFromJsonAsync<JsonElement>("/api/v1/payments/unsettled")).GetProperty("items")
            .EnumerateArray().Single(i => i.GetProperty("kind").GetString() == "refund");
        Assert.Equal("expired_or_canceled_card", unsettled.GetProperty("detail").GetString());

        var retry = $"/api/v1/payments/refunds/{unsettled.GetProperty("id").GetString()}/retry";
        await Refusal.Is(await till.Payments.As("practitioner", practitionerId: Guid.CreateVersion7()).PostAsync(retry, null), 403, "forbidden");
        await Refusal.Is(await operators.PostAsync($"/api/v1/payments/refunds/{Guid.CreateVersion7()}/retry", null), 404, "not-found");
        var presses = await Task.WhenAll(operators.PostAsync(retry, null), operators.PostAsync(retry, null));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], presses.Select(p => p.StatusCode).Order());
        await till.Becomes(id, "refunded");
        await till.HeardRefund(id, 2);
        Assert.Equal((0, 0, 0, 0), await Balances(id));
        Assert.Equal(2, (await till.Stripe.Refunds(id)).Count);
        // The rest of the product knows both tries as the one refund that was owed.
        Assert.Equal([(till.Returns.Single(r => r.BookingId == id).RefundId, 1), (till.Returns.Single(r => r.BookingId == id).RefundId, 3)],
            till.Refunds.Where(r => r.BookingId == id).Select(r => (r.RefundId, r.Version)).Order());

        till.Clock.Advance(TimeSpan.FromSeconds(3));
        await Eventually.True(() => Task.FromResult(till.Returns.Any(r => r.BookingId == id && r.Version == 4)));
        Assert.Equal((12345, -12345, 0, 0), await Balances(id));

        async Task<(long Stripe, long Clients, long Practitioner, long Fees)> Balances(Guid booking) => (
            await till.Balance(booking, "stripeBalance"), await till.Balance(booking, "clientRefunds"),
            await till.Balance(booking, "practitionerPayable"), await till.Balance(booking, "platformFees"));
    }

    [Fact]
    public async Task The_ledger_only_grows_and_takes_nothing_uneven()
    {
        var id = await till.PaidBooking();
        foreach (var sql in (string[])[
            "UPDATE ledger_entries SET amount_minor = 1", "DELETE FROM ledger_entries", "TRUNCATE ledger_entries",
            """
            INSERT INTO ledger_entries (id, transaction_id, kind, subject_id, booking_id, practitioner_id, account, amount_minor, currency, at)
            SELECT gen_random_uuid(), gen_random_uuid(), 'refund', id, booking_id, practitioner_id, 'stripeBalance', 1, 'USD', at FROM ledger_entries LIMIT 1
            """])
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => till.Payments.Db.Scalar<int>(sql));
        }

        Assert.Equal(12345, await till.Balance(id, "stripeBalance"));
    }
}
