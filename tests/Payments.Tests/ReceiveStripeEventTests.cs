using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using TestKit;
using Xunit;

namespace Payments.Tests;

/// <summary>Stripe's events, brought by the test in its own order; Stripe itself sends none here.</summary>
public sealed class ReceiveStripeEventTests : IAsyncLifetime
{
    private const string Unknown = """{"id":"evt_1","object":"event","type":"moon.risen","created":1795338000,"api_version":"2031-01-01.elm","data":{"object":{"object":"moon"}}}""";

    private Till till = null!;

    public async Task InitializeAsync() => till = await Till.Open(webhooks: false);

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task The_same_event_a_hundred_times_at_once_has_one_effect()
    {
        var (id, url) = await till.Booking();
        await till.Stripe.Pay(url);
        var completed = (await till.Stripe.Events(id)).Single(e => e.GetProperty("type").GetString() == "checkout.session.completed").GetRawText();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => till.Post(completed)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await till.Heard(id);
        Assert.Single(till.Captures, c => c.BookingId == id);
        Assert.Equal(12345, await till.Balance(id, "stripeBalance"));
        Assert.Equal(-309, await till.Balance(id, "platformFees"));
        Assert.Equal(309 - 12345, await till.Balance(id, "practitionerPayable"));
        Assert.Equal(0, await till.UnevenTransactions());
    }

    [Fact]
    public async Task Every_order_of_a_payments_events_comes_to_the_same_end()
    {
        string[] telling = ["payment_intent.succeeded", "checkout.session.completed", "refund.created", "charge.refunded", "refund.updated"];
        var practitioner = Guid.CreateVersion7();
        var bookings = new ConcurrentBag<Guid>();
        await till.Booking(practitionerId: practitioner);
        await Parallel.ForEachAsync(Orders(telling), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (order, _) =>
        {
            var (id, url) = await till.Booking(practitionerId: practitioner);
            await till.Stripe.Pay(url);
            var intent = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString()!;
            await till.Stripe.Post("/v1/refunds", ("payment_intent", intent), ("amount", "345"), ("reverse_transfer", "true"), ("refund_application_fee", "true"));
            var events = await till.Stripe.Events(id);
            foreach (var type in order)
            {
                using var answer = await till.Post(events.Single(e => e.GetProperty("type").GetString() == type).GetRawText());
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            bookings.Add(id);
        });

        Assert.Equal(120, bookings.Count);
        foreach (var id in bookings)
        {
            await till.HeardRefund(id);
            Assert.Single(till.Captures, c => c.BookingId == id);
            Assert.Equal(345, Assert.Single(till.Refunds, r => r.BookingId == id).RefundedInTotal.Amount);
            Assert.Equal(12000, await till.Balance(id, "stripeBalance"));
            Assert.Equal("captured", await till.Status(id));
        }

        Assert.Equal(0, await till.UnevenTransactions());
        Assert.Equal(0, await till.Count("stripe_events WHERE waiting OR trouble IS NOT NULL"));
    }

    [Fact]
    public async Task Only_what_Stripe_signed_just_now_is_believed()
    {
        var now = till.Clock.GetUtcNow();
        string?[] forged =
        [
            "", "nonsense", "t=,v1=", "t=1,v1=00", "v1=00", $"t={now.ToUnixTimeSeconds()},v1={new string('0', 64)}", "t=99999999999999999999,v1=00",
            StripeAccount.Sign(Unknown, now, "whsec_other"),
            StripeAccount.Sign(Unknown, now.AddSeconds(-301)),
            StripeAccount.Sign(Unknown, now.AddSeconds(301)),
            StripeAccount.Sign(Unknown + " ", now),
            StripeAccount.Sign(Unknown, now).Replace("v1=", "v0=", StringComparison.Ordinal),
        ];
        foreach (var signature in forged)
            await Refusal.Is(await till.Post(Unknown, signature), 400, "forged-signature");
        Assert.Equal(0, await till.Count("stripe_events"));

        using var onTheEdge = await till.Post(Unknown, StripeAccount.Sign(Unknown, now.AddSeconds(-300)));
        Assert.Equal(HttpStatusCode.OK, onTheEdge.StatusCode);
    }

    [Fact]
    public async Task While_a_secret_rolls_both_are_good()
    {
        using var old = await till.Post(Unknown, StripeAccount.Sign(Unknown, till.Clock.GetUtcNow(), "whsec_old"));
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);

        // And Stripe may sign once with each.
        var both = StripeAccount.Sign(Unknown, till.Clock.GetUtcNow()).Replace("v1=", $"v1={new string('0', 64)},v1=", StringComparison.Ordinal);
        using var one = await till.Post(Unknown, both);
        Assert.Equal(HttpStatusCode.OK, one.StatusCode);
    }

    [Fact]
    public async Task Who_paid_is_not_kept()
    {
        var (id, url) = await till.Booking();
        await till.Stripe.Pay(url);
        var events = await till.Stripe.Events(id);
        Assert.Contains(events, e => e.GetRawText().Contains('@', StringComparison.Ordinal));
        foreach (var told in events)
            Assert.Equal(HttpStatusCode.OK, (await till.Post(told.GetRawText())).StatusCode);

        Assert.Equal(0L, await till.Payments.Db.Scalar<long>("SELECT count(*) FROM stripe_events WHERE body LIKE '%@%' OR body NOT LIKE '%' || $1 || '%'", id.ToString()));
    }

    [Fact]
    public async Task Unknown_types_and_versions_are_kept()
    {
        using var answer = await till.Post(Unknown);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Unknown, await till.Payments.Db.Scalar<string>("SELECT body FROM stripe_events WHERE type = 'moon.risen' AND api_version = '2031-01-01.elm'"));
    }

    [Fact]
    public async Task Signed_nonsense_is_refused_and_not_kept()
    {
        foreach (var body in (string[])["", "[]", "null", "{}", "{\"id\":1}", """{"id":"evt_\u0000","type":"a"}""", """{"id":"evt_1","type":"a\u0000"}"""])
        {
            using var answer = await till.Post(body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        Assert.Equal(0, await till.Count("stripe_events"));
    }

    [Theory]
    [InlineData("""{"object":"refund","id":"re_1","payment_intent":"PAID","status":"succeeded","amount":12346,"currency":"usd"}""")]
    [InlineData("""{"object":"refund","id":"re_2","payment_intent":"PAID","status":"succeeded","amount":-1,"currency":"usd"}""")]
    [InlineData("""{"object":"refund","id":"re_3","payment_intent":"pi_\u0000","status":"succeeded","amount":1,"currency":"usd"}""")]
    public async Task What_the_books_cannot_hold_is_kept_for_a_person_and_changes_nothing(string refund)
    {
        var (id, url) = await till.Booking();
        await till.Stripe.Pay(url);
        using var paid = await till.Post((await till.Stripe.Events(id)).Single(e => e.GetProperty("type").GetString() == "checkout.session.completed").GetRawText());
        var intent = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString();

        using var answer = await till.Post(
            $$$"""{"id":"evt_odd","object":"event","type":"refund.created","created":1795338000,"data":{"object":{{{refund.Replace("PAID", intent, StringComparison.Ordinal)}}}}}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, await till.Count("stripe_events WHERE id = 'evt_odd' AND trouble IS NOT NULL AND NOT waiting"));
        Assert.Equal(12345, await till.Balance(id, "stripeBalance"));
        Assert.Equal(0, await till.Count("refunds"));
    }

    [Fact]
    public async Task What_others_are_paid_through_the_same_Stripe_account_is_no_concern_of_ours()
    {
        foreach (var type in (string[])["checkout.session.completed", "payment_intent.succeeded", "refund.created", "charge.refunded"])
        {
            var kind = type switch { "checkout.session.completed" => "checkout.session", "refund.created" => "refund", "charge.refunded" => "charge", _ => "payment_intent" };
            var body = JsonSerializer.Serialize(new
            {
                id = $"evt_{type}",
                type,
                created = 1795338000,
                data = new { @object = new { id = "x_1", @object = kind, status = "succeeded", payment_intent = "pi_other", amount = 5, amount_refunded = 5, currency = "usd" } },
            });
            using var answer = await till.Post(body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(0, await till.Count("ledger_entries"));
    }

    [Fact]
    public async Task However_much_others_send_back_ours_does_not_wait_for_it()
    {
        for (var i = 0; i < 101; i++)
        {
            using var others = await till.Post(
                $$$$"""{"id":"evt_{{{{i}}}}","object":"event","type":"refund.created","created":1,"data":{"object":{"object":"refund","id":"re_{{{{i}}}}","payment_intent":"pi_other_{{{{i}}}}","status":"succeeded","amount":5,"currency":"usd"}}}""");
            Assert.Equal(HttpStatusCode.OK, others.StatusCode);
        }

        var (id, url) = await till.Booking();
        await till.Stripe.Pay(url);
        var intent = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString()!;
        await till.Stripe.Post("/v1/refunds", ("payment_intent", intent), ("amount", "345"), ("reverse_transfer", "true"));
        var events = await till.Stripe.Events(id);
        foreach (var type in (string[])["refund.created", "checkout.session.completed"])
            (await till.Post(events.Single(e => e.GetProperty("type").GetString() == type).GetRawText())).Dispose();

        await till.HeardRefund(id);
        Assert.Equal(101, await till.Count("stripe_events WHERE waiting"));
    }

    private static IEnumerable<string[]> Orders(string[] types) => types.Length == 1
        ? [types]
        : types.SelectMany(first => Orders([.. types.Where(t => t != first)]).Select(rest => (string[])[first, .. rest]));
}
