using System.Net;
using Stripe;
using Stripe.Checkout;
using Xunit;

namespace StripeTests;

public sealed class CheckoutTests : SandboxAccount
{
    [Fact]
    public async Task A_session_is_made_read_and_paid()
    {
        var made = await Session(Options(expiresAt: Clock.GetUtcNow().AddMinutes(31)));
        Assert.Equal(("open", "unpaid", 10000, "usd", "b1"), (made.Status, made.PaymentStatus, made.AmountTotal, made.Currency, made.ClientReferenceId));
        Assert.Equal(Clock.GetUtcNow().AddMinutes(31).UtcDateTime, made.ExpiresAt);

        using var paid = await Pay(made, "4242 4242 4242 4242");
        Assert.Equal(HttpStatusCode.SeeOther, paid.StatusCode);
        Assert.Equal($"http://shop.example/done?session={made.Id}", paid.Headers.Location?.ToString());

        var read = await new SessionService(Client).GetAsync(made.Id);
        Assert.Equal(("complete", "paid"), (read.Status, read.PaymentStatus));
        var intent = await new PaymentIntentService(Client).GetAsync(read.PaymentIntentId!);
        var charge = await new ChargeService(Client).GetAsync(intent.LatestChargeId!);
        Assert.Equal(("succeeded", 10000, 250), (charge.Status, charge.Amount, charge.ApplicationFeeAmount));
        Assert.NotNull(charge.TransferId);
        Assert.NotNull(charge.ApplicationFeeId);
    }

    [Fact]
    public async Task Paying_twice_at_once_charges_once()
    {
        var session = await Session();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Pay(session, "4242424242424242")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.SeeOther, a.StatusCode));
        var events = await new EventService(Client).ListAsync(new() { Type = "charge.succeeded" });
        Assert.Single(events.Data);
    }

    [Theory]
    [InlineData("4000000000000002")]
    [InlineData("4000000000009995")]
    [InlineData("")]
    public async Task A_declined_card_is_402_and_the_page_again(string card)
    {
        var session = await Session();
        using var declined = await Pay(session, card);
        Assert.Equal(HttpStatusCode.PaymentRequired, declined.StatusCode);
        var page = await declined.Content.ReadAsStringAsync();
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);

        using var paid = await Pay(session, "4242424242424242");
        Assert.Equal(HttpStatusCode.SeeOther, paid.StatusCode);
    }

    [Fact]
    public async Task The_bank_may_ask_first()
    {
        var session = await Session();
        using (var asked = await Pay(session, "4000002500003155"))
            Assert.EndsWith("/authenticate", asked.Headers.Location?.ToString());
        using (var failed = await Browser.PostAsync(session.Url + "/authenticate", new FormUrlEncodedContent([new("outcome", "fail")])))
            Assert.Equal(HttpStatusCode.PaymentRequired, failed.StatusCode);
        using (await Pay(session, "4000002500003155"))
        using (var passed = await Browser.PostAsync(session.Url + "/authenticate", new FormUrlEncodedContent([new("outcome", "pass")])))
            Assert.StartsWith("http://shop.example/done", passed.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_session_lives_between_half_an_hour_and_a_day()
    {
        var now = Clock.GetUtcNow();
        foreach (var minutes in (int[])[0, 29, (24 * 60) + 1])
        {
            var refused = await Assert.ThrowsAsync<StripeException>(() => Session(Options(expiresAt: now.AddMinutes(minutes))));
            Assert.Equal(("expires_at", HttpStatusCode.BadRequest), (refused.StripeError?.Param, refused.HttpStatusCode));
        }
    }

    [Fact]
    public async Task Only_an_open_session_can_be_expired()
    {
        var sessions = new SessionService(Client);
        var session = await Session();
        Assert.Equal("expired", (await sessions.ExpireAsync(session.Id)).Status);
        using (var late = await Pay(session, "4242424242424242"))
            Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        var refused = await Assert.ThrowsAsync<StripeException>(() => sessions.ExpireAsync(session.Id));
        Assert.Equal("invalid_request_error", refused.StripeError?.Type);
        var missing = await Assert.ThrowsAsync<StripeException>(() => sessions.GetAsync("cs_none"));
        Assert.Equal((HttpStatusCode.NotFound, "resource_missing"), (missing.HttpStatusCode, missing.StripeError?.Code));
    }

    [Fact]
    public async Task Everything_is_remembered_even_if_the_last_line_was_never_finished()
    {
        var session = await Session(key: "k");
        using (await Pay(session, "4242424242424242"))
            await Tear();
        await Restart();

        Assert.Equal("complete", (await new SessionService(Client).GetAsync(session.Id)).Status);
        Assert.Equal(session.Id, (await Session(key: "k")).Id);
        var events = await new EventService(Client).ListAsync(new() { Types = ["checkout.session.completed"] });
        Assert.Equal(session.Id, Assert.IsType<Session>(Assert.Single(events.Data).Data?.Object).Id);
    }
}
