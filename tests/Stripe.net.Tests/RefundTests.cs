using Stripe;
using Stripe.Checkout;
using Xunit;

namespace StripeTests;

public sealed class RefundTests : SandboxAccount
{
    [Fact]
    public async Task Parts_of_a_charge_go_back_until_nothing_is_left()
    {
        var intent = await Paid();
        var refunds = new RefundService(Client);
        var first = await refunds.CreateAsync(new() { PaymentIntent = intent, Amount = 3333, ReverseTransfer = true, RefundApplicationFee = true, Metadata = new() { ["refund_id"] = "r1" } });
        Assert.Equal(("succeeded", 3333, "r1"), (first.Status, first.Amount, first.Metadata!["refund_id"]));
        Assert.NotNull(first.TransferReversalId);

        var tooMuch = await Assert.ThrowsAsync<StripeException>(() => refunds.CreateAsync(new() { PaymentIntent = intent, Amount = 6668 }));
        Assert.Equal("amount_too_large", tooMuch.StripeError?.Code);
        var rest = await refunds.CreateAsync(new() { PaymentIntent = intent, ReverseTransfer = true, RefundApplicationFee = true });
        Assert.Equal(6667, rest.Amount);
        var again = await Assert.ThrowsAsync<StripeException>(() => refunds.CreateAsync(new() { PaymentIntent = intent }));
        Assert.Equal("charge_already_refunded", again.StripeError?.Code);

        var charge = await new ChargeService(Client).GetAsync(rest.ChargeId!);
        Assert.True(charge.Refunded);
        Assert.Equal([rest.Id, first.Id], (await refunds.ListAsync(new() { PaymentIntent = intent })).Data.Select(r => r.Id));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_newest_first()
    {
        var intent = await Paid();
        var refunds = new RefundService(Client);
        for (var i = 0; i < 5; i++)
            await refunds.CreateAsync(new() { PaymentIntent = intent, Amount = 10 + i });

        var amounts = new List<long>();
        string? after = null;
        StripeList<Refund> page;
        do
        {
            page = await refunds.ListAsync(new() { PaymentIntent = intent, Limit = 2, StartingAfter = after });
            amounts.AddRange(page.Data.Select(r => r.Amount));
            after = page.Data[^1].Id;
        }
        while (page.HasMore);

        Assert.Equal([14, 13, 12, 11, 10], amounts);
    }

    private async Task<string> Paid()
    {
        var session = await Session();
        using (await Pay(session, "4242424242424242"))
            return (await new SessionService(Client).GetAsync(session.Id)).PaymentIntentId!;
    }
}
