using Contracts;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>The facts as the broker brings them: doubled, late, together with people's clicks.</summary>
public sealed class SettlingTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start(withBroker: true);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Paid_kept_cancelled_refunded()
    {
        var booked = await world.Book();
        await world.Tell(new PaymentCaptured(booked.Id, Guid.CreateVersion7(), new Money(12_000, "USD"), world.Now));
        await Eventually.True(async () => (await world.Show(booked)).GetProperty("paid").GetProperty("amount").GetInt64() == 12_000);
        await world.Tell(new HoldKept(booked.Id, world.Now, world.Now, world.Now));
        await Becomes(booked, "confirmed");

        using (await world.Call(HttpMethod.Post, booked, "/cancel"))
        {
            var refund = await world.Service.Db.Scalar<Guid>("SELECT refund_id FROM refunds WHERE booking_id = $1", booked.Id);
            await world.Tell(new PaymentRefunded(booked.Id, refund, new Money(12_000, "USD"), new Money(12_000, "USD"), world.Now));
        }
        await Eventually.True(async () => (await world.Show(booked)).GetProperty("refunded").GetProperty("amount").GetInt64() == 12_000);

        var owed = await world.Service.Db.Scalar<Guid>("SELECT refund_id FROM refunds WHERE booking_id = $1", booked.Id);
        await world.Tell(new PaymentRefundReturned(booked.Id, owed, new Money(12_000, "USD"), world.Now, Version: 2));
        await Eventually.True(async () => (await world.Show(booked)).GetProperty("refundDue").GetProperty("amount").GetInt64() == 12_000);
        Assert.Equal(0, (await world.Show(booked)).GetProperty("refunded").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task What_other_refunds_have_covered_is_due_no_longer()
    {
        var booked = await world.Book();
        await world.Change(booked.Id, b => b.NotePayment(Guid.CreateVersion7(), b.DueNow, world.Now));
        using (await world.Call(HttpMethod.Post, booked, "/cancel"))
        {
            var all = new Money(12_000, "USD");
            var owed = await world.Service.Db.Scalar<Guid>("SELECT refund_id FROM refunds WHERE booking_id = $1", booked.Id);
            await world.Tell(new PaymentRefunded(booked.Id, Guid.CreateVersion7(), all, all, world.Now));
            await world.Tell(new PaymentRefunded(booked.Id, owed, Money.Zero("USD"), all, world.Now));
        }
        await Eventually.True(async () => await Amount("refundDue") == 0 && await Amount("refunded") == 12_000);

        async Task<long> Amount(string of) => (await world.Show(booked)).GetProperty(of).GetProperty("amount").GetInt64();
    }

    [Fact]
    public async Task A_hundred_copies_of_a_payment_have_one_effect()
    {
        var booked = await world.Book();
        var paid = new PaymentCaptured(booked.Id, Guid.CreateVersion7(), new Money(12_000, "USD"), world.Now);
        var message = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => world.Tell(paid, i % 2 == 0 ? message : null)));
        await world.Tell(new HoldKept(booked.Id, world.Now, world.Now, world.Now));
        await Becomes(booked, "confirmed");
        await Eventually.True(async () => await world.Service.Broker.Waiting("bookings-confirm-booking-when-paid") == 0);

        Assert.Equal(1, await world.Count("SELECT count(*) FROM captures WHERE booking_id = $1", booked.Id));
        Assert.Equal(0, await world.Count("SELECT count(*) FROM refunds WHERE booking_id = $1", booked.Id));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM history WHERE booking_id = $1 AND event = 'paid'", booked.Id));
    }

    [Fact]
    public async Task A_hold_that_ends_expires_what_is_unpaid_only()
    {
        var (unpaid, paid) = (await world.Book(), await world.Book());
        await world.Change(paid.Id, b => b.NotePayment(Guid.CreateVersion7(), b.DueNow, world.Now));
        await world.Tell(new HoldEnded(paid.Id, world.Now));
        await world.Tell(new HoldEnded(Guid.CreateVersion7(), world.Now));
        await world.Tell(new HoldEnded(unpaid.Id, world.Now));
        await Becomes(unpaid, "expired");
        await Eventually.True(async () => await world.Service.Broker.Waiting("bookings-expire-booking-when-hold-ended") == 0);
        Assert.Equal("awaitingPayment", await world.Status(paid.Id));
    }

    [Fact]
    public async Task A_lost_time_is_refunded()
    {
        var booked = await world.Book();
        await world.Tell(new HoldEnded(booked.Id, world.Now));
        await Becomes(booked, "expired");
        await world.Tell(new PaymentCaptured(booked.Id, Guid.CreateVersion7(), new Money(12_000, "USD"), world.Now));
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM captures WHERE booking_id = $1 AND counts", booked.Id) == 1);
        await world.Tell(new HoldLost(booked.Id, world.Now));
        await world.Tell(new HoldLost(booked.Id, world.Now));
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM refunds WHERE booking_id = $1 AND reason = 'holdLost'", booked.Id) == 1);
        Assert.Equal("expired", await world.Status(booked.Id));
    }

    [Fact]
    public async Task Money_for_no_booking_waits_for_an_operator()
    {
        await world.Tell(new PaymentCaptured(Guid.CreateVersion7(), Guid.CreateVersion7(), new Money(12_000, "USD"), world.Now));
        await Eventually.True(async () => await world.Service.Broker.Waiting("bookings-confirm-booking-when-paid_error") == 1, TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Racing_clicks_and_facts_settle_in_the_database()
    {
        var bookings = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => world.Book()));
        var random = new Random(7);
        await Task.WhenAll(bookings.SelectMany(booked =>
        {
            Func<Task>[] all =
            [
                () => world.Tell(new PaymentCaptured(booked.Id, Guid.CreateVersion7(), new Money(12_000, "USD"), world.Now)),
                () => world.Tell(new PaymentCaptured(booked.Id, Guid.CreateVersion7(), new Money(12_000, "USD"), world.Now)),
                () => world.Tell(new HoldEnded(booked.Id, world.Now)),
                () => world.Call(HttpMethod.Post, booked, "/cancel"),
                () => world.Call(HttpMethod.Post, booked, "/cancel"),
            ];
            random.Shuffle(all);
            return all.Select(act => act());
        }));
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM captures") == 24, TimeSpan.FromSeconds(40));
        // Availability's last word for those that were neither cancelled nor refunded.
        foreach (var booked in bookings)
            await world.Tell(new HoldLost(booked.Id, world.Now));
        await Eventually.True(
            async () => await world.Count("SELECT count(*) FROM (SELECT 1 FROM captures c GROUP BY booking_id HAVING sum(amount_minor) = (SELECT sum(amount_minor) FROM refunds r WHERE r.booking_id = c.booking_id)) x") == 12,
            TimeSpan.FromSeconds(40), "every payment is owed back exactly once");
        Assert.Equal(0, await world.Count("SELECT count(*) FROM bookings WHERE status NOT IN ('expired', 'cancelledByClient')"));
    }

    [Fact]
    public async Task A_day_after_its_end_a_visit_is_done_and_an_unpaid_hold_that_nobody_ended_expires()
    {
        var (visited, forgotten) = (await world.Confirmed(), await world.Book());
        world.Service.Clock.Advance(TimeSpan.FromMinutes(16).Add(TimeSpan.FromSeconds(1)));
        await Becomes(forgotten, "expired");
        world.Service.Clock.MoveTo(visited.Body.GetProperty("end").GetDateTimeOffset().AddHours(24).AddSeconds(-1));
        Assert.Equal("confirmed", await world.Status(visited.Id));
        world.Service.Clock.Advance(TimeSpan.FromSeconds(1));
        await Becomes(visited, "completed");
    }

    [Fact]
    public async Task The_audit_view_has_its_columns()
    {
        await world.Book();
        Assert.Equal(1, await world.Count(
            "SELECT count(*) FROM (SELECT booking_id, practitioner_id, service_id, status, starts_at, ends_at, price_minor, currency, created_at, updated_at FROM audit_bookings) x"));
    }

    private Task Becomes(Booked booked, string status) =>
        Eventually.True(async () => await world.Status(booked.Id) == status, TimeSpan.FromSeconds(30), $"{status}");
}
