using System.Globalization;
using Stripe;
using Stripe.Checkout;
using Xunit;

namespace StripeTests;

public sealed class EventUtilityTests
{
    private const string Body = """{"id":"evt_1","object":"event","type":"checkout.session.completed","created":1795338000,"data":{"object":{"id":"cs_1","object":"checkout.session","payment_intent":{"id":"pi_1"}}}}""";
    private const long Now = 1795338000;

    [Fact]
    public void A_signed_event_is_read_with_what_it_is_about()
    {
        var happened = EventUtility.ConstructEvent(Body, Header(Now), "s", 300, Now, throwOnApiVersionMismatch: false);
        Assert.Equal(("evt_1", EventTypes.CheckoutSessionCompleted), (happened.Id, happened.Type));
        Assert.Equal("pi_1", Assert.IsType<Session>(happened.Data?.Object).PaymentIntentId);
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void Three_hundred_seconds_are_tolerated_both_ways(int seconds, bool good) => Assert.Equal(good, Passes(Header(Now + seconds)));

    [Fact]
    public void One_good_signature_among_several_is_enough()
    {
        Assert.True(Passes(Header(Now).Replace("v1=", "v1=00,v1=", StringComparison.Ordinal)));
        Assert.False(Passes(Header(Now, secret: "other")));
        Assert.False(Passes(Header(Now, body: Body + " ")));
        Assert.False(Passes(Header(Now).Replace("v1=", "v0=", StringComparison.Ordinal)));
        Assert.False(Passes(""));
    }

    private static string Header(long at, string secret = "s", string body = Body)
    {
        var instant = at.ToString(CultureInfo.InvariantCulture);
        return $"t={instant},v1={EventUtility.ComputeSignature(secret, instant, body)}";
    }

    private static bool Passes(string header)
    {
        try
        {
            EventUtility.ValidateSignature(Body, header, "s", 300, Now);
            return true;
        }
        catch (StripeException)
        {
            return false;
        }
    }
}
