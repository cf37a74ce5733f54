using System.Net;
using System.Net.Http.Json;
using Contracts;
using TestKit;
using Xunit;

namespace Payments.Tests;

public sealed class CreateCheckoutTests : IAsyncLifetime
{
    private Till till = null!;

    public async Task InitializeAsync() => till = await Till.Open();

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task A_booking_has_one_page_however_often_and_concurrently_it_is_asked_for()
    {
        var ask = till.Ask(Guid.CreateVersion7());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => till.Checkout(ask)));

        var urls = new HashSet<string>();
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            urls.Add(await answer.Content.ReadAsStringAsync());
        }

        Assert.Single(urls);
        Assert.Single(await till.Stripe.All("checkout/sessions"));
        Assert.Single(await till.Stripe.All("accounts"));
    }

    [Fact]
    public async Task Stripe_hears_the_visit_the_fee_and_the_practitioner_and_no_more()
    {
        var (id, _) = await till.Booking(amount: 12340);
        var session = await till.Stripe.Session(id);

        // 2.5 % of 123.40 is 3.085: a half is rounded up.
        var terms = session.GetProperty("sandbox");
        Assert.Equal(309, terms.GetProperty("application_fee_amount").GetInt64());
        Assert.Equal("Visit with Ana Reyes", terms.GetProperty("description").GetString());
        Assert.Equal("Visit with Ana Reyes", terms.GetProperty("line_items")[0].GetProperty("name").GetString());
        Assert.StartsWith("acct_", terms.GetProperty("destination").GetString());
        Assert.Equal(["booking_id"], session.GetProperty("metadata").EnumerateObject().Select(m => m.Name));
        Assert.Equal(["booking_id"], terms.GetProperty("intent_metadata").EnumerateObject().Select(m => m.Name));
        Assert.Equal(309, await till.Payments.Db.Scalar<long>("SELECT fee_minor FROM audit_payments WHERE booking_id = $1", id));
        Assert.True(session.GetProperty("expires_at").GetInt64() >= till.Clock.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Who_has_no_account_at_Stripe_cannot_be_paid()
    {
        await Refusal.Is(await till.Checkout(till.Ask(Guid.CreateVersion7(), demo: false)), 422, "not-payable");
        Assert.Equal(0, await till.Count("checkouts"));
    }

    [Fact]
    public async Task With_a_live_key_nobody_invented_can_be_paid()
    {
        await using var live = await Till.Open(webhooks: false, ("STRIPE_API_KEY", "sk_live_1"));
        await Refusal.Is(await live.Checkout(live.Ask(Guid.CreateVersion7())), 422, "not-payable");
        Assert.Empty(await live.Stripe.All("accounts"));
    }

    [Fact]
    public async Task Nonsense_is_refused_by_field()
    {
        await Refusal.Names(await till.Checkout(till.Ask(Guid.CreateVersion7(), amount: 0)), "amount.amount");
        await Refusal.Names(await till.Checkout(till.Ask(Guid.CreateVersion7(), currency: "usd")), "amount.currency");
    }

    [Fact]
    public async Task Only_services_may_ask()
    {
        using var answer = await till.Payments.As("operator").PostAsJsonAsync("/internal/checkouts", till.Ask(Guid.CreateVersion7()));
        await Refusal.Is(answer, 403, "forbidden");
    }

    [Fact]
    public async Task A_booking_that_ended_first_gets_no_page()
    {
        var id = Guid.CreateVersion7();
        await till.Tell(new BookingExpired(id, Guid.CreateVersion7(), till.Clock.GetUtcNow()));
        await Eventually.True(async () => await till.Count("booking_ends WHERE booking_id = $1", id) == 1);

        await Refusal.Is(await till.Checkout(till.Ask(id)), 409, "state-conflict");
    }

    [Fact]
    public async Task While_Stripe_is_away_the_answer_is_503_within_five_seconds_and_a_retry_works_later()
    {
        await using var alone = await Till.Open();
        var known = await alone.Booking();
        await alone.Stripe.GoAway();

        var ask = alone.Ask(Guid.CreateVersion7());
        var started = TimeProvider.System.GetTimestamp();
        await Refusal.Is(await alone.Checkout(ask), 503, "unavailable");
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));

        await alone.Stripe.ComeBack();
        using var again = await alone.Checkout(ask);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, await alone.Stripe.Pay(known.Url));
    }

    [Fact]
    public async Task An_answer_of_Stripe_that_got_lost_leaves_no_second_page()
    {
        var practitioner = Guid.CreateVersion7();
        await till.Booking(practitionerId: practitioner);
        var before = (await till.Stripe.All("checkout/sessions")).Count;
        var ask = till.Ask(Guid.CreateVersion7(), practitioner);

        await till.Stripe.Post("/_sandbox/api/cut");
        await Refusal.Is(await till.Checkout(ask), 503, "unavailable");
        await till.Stripe.Post("/_sandbox/api/normal");

        using var again = await till.Checkout(ask);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(before + 1, (await till.Stripe.All("checkout/sessions")).Count);
    }
}
