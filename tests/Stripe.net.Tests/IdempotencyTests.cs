using System.Net;
using Stripe;
using Xunit;

namespace StripeTests;

public sealed class IdempotencyTests : SandboxAccount
{
    [Fact]
    public async Task The_same_key_is_the_same_call()
    {
        var first = await Session(key: "k");
        Assert.Equal(first.Id, (await Session(key: "k")).Id);
        Assert.NotEqual(first.Id, (await Session(key: "other")).Id);
    }

    [Fact]
    public async Task The_same_key_with_other_parameters_is_refused()
    {
        await Session(key: "k");
        var refused = await Assert.ThrowsAsync<StripeException>(() => Session(Options(amount: 1), "k"));
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency_error"), (refused.HttpStatusCode, refused.StripeError?.Type));
    }

    [Fact]
    public async Task A_call_that_did_not_pass_validation_does_not_use_up_its_key()
    {
        await Assert.ThrowsAsync<StripeException>(() => Session(Options(expiresAt: Clock.GetUtcNow()), "k"));
        Assert.Equal("open", (await Session(key: "k")).Status);
    }

    [Fact]
    public async Task A_key_in_use_is_409_which_the_client_waits_out()
    {
        await Switch("api/normal?delayMs=700");
        var impatient = Speaking(maxNetworkRetries: 0);
        var first = Session(key: "k");
        await TestKit.Eventually.True(async () =>
        {
            try
            {
                await new Stripe.Checkout.SessionService(impatient).CreateAsync(Options(), new() { IdempotencyKey = "k" });
                return false;
            }
            catch (StripeException refused)
            {
                return refused is { HttpStatusCode: HttpStatusCode.Conflict, StripeError.Code: "idempotency_key_in_use" };
            }
        });
        Assert.Equal((await first).Id, (await Session(key: "k")).Id);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        var first = await Session(key: "k");
        Clock.Advance(TimeSpan.FromHours(25));
        Assert.NotEqual(first.Id, (await Session(key: "k")).Id);
    }

    [Fact]
    public async Task A_client_that_never_hears_tries_three_times_under_one_key()
    {
        await Switch("api/cut");
        await Assert.ThrowsAsync<HttpRequestException>(() => Session());
        await Switch("api/refuse");
        var away = await Assert.ThrowsAsync<StripeException>(() => Session());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.HttpStatusCode);
        await Switch("api/normal");

        using var answer = await Browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Url}/v1/checkout/sessions") { Headers = { { "Authorization", "Bearer sk_test_1" } } });
        var sessions = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data");
        Assert.Equal(1, sessions.GetArrayLength());
    }
}
