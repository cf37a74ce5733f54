using Contracts;
using Platform;
using Xunit;

namespace Bookings.Tests;

public sealed class PolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 16, 0, 0, TimeSpan.Zero);
    private static readonly PolicyRule[] Usual = [new(24, 100), new(2, 50)];

    [Theory]
    [InlineData(-24 * 3600 - 1, 12_000)]
    [InlineData(-24 * 3600, 12_000)]
    [InlineData(-24 * 3600 + 1, 6_000)]
    [InlineData(-2 * 3600, 6_000)]
    [InlineData(-2 * 3600 + 1, 0)]
    [InlineData(0, 0)]
    [InlineData(3600, 0)]
    public void A_tier_holds_to_its_last_second(int secondsFromStart, long refund)
    {
        var due = new Money(12_000, "USD");
        var policy = Policy.Agree("", Usual, Start, due, Now);

        Assert.Equal(new Money(refund, "USD"), policy.RefundAt(Start.AddSeconds(secondsFromStart), due));
    }

    [Theory]
    [InlineData(12_345, "USD", 6_173)]
    [InlineData(12_344, "USD", 6_172)]
    [InlineData(9_801, "JPY", 4_901)]
    [InlineData(15_125, "KWD", 7_563)]
    [InlineData(1, "USD", 1)]
    public void A_half_is_rounded_in_the_clients_favour(long due, string currency, long half)
    {
        var policy = Policy.Agree("", [new(2, 50)], Start, new Money(due, currency), Now);

        Assert.Equal(new Money(half, currency), Assert.Single(policy.Tiers).Refund);
    }

    [Theory]
    [InlineData("America/Denver", "2026-11-01T10:00:00-07:00", "2026-10-31T11:00:00-06:00")]
    [InlineData("Europe/London", "2027-03-28T10:00:00+01:00", "2027-03-27T09:00:00+00:00")]
    [InlineData("Europe/Dublin", "2026-10-25T01:30:00+00:00", "2026-10-24T02:30:00+01:00")]
    public void Hours_before_the_start_are_hours_that_pass_across_a_clock_change(string zone, string start, string until)
    {
        var begins = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        var policy = Policy.Agree("", [new(24, 100)], begins, new Money(100, "EUR"), begins.AddDays(-9));

        var shown = Zones.ToLocal(Assert.Single(policy.Tiers).Until, zone);
        Assert.Equal(until, shown.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_has_passed_at_the_booking_is_not_shown()
    {
        var policy = Policy.Agree("", Usual, Start, new Money(100, "USD"), Start.AddHours(-10));

        Assert.Equal([Start.AddHours(-2)], policy.Tiers.Select(t => t.Until));
    }

    [Fact]
    public void The_clients_move_never_buys_back_a_refund()
    {
        var due = new Money(12_000, "USD");
        var policy = Policy.Agree("", Usual, Start, due, Now);

        var moved = policy.AfterClientMoves(Start.AddDays(21), due, Start.AddHours(-3));
        Assert.Equal([(Start.AddDays(21).AddHours(-2), new Money(6_000, "USD"))], moved.Tiers.Select(t => (t.Until, t.Refund)));

        var again = moved.AfterClientMoves(Start.AddDays(40), due, Start);
        Assert.Equal(6_000, Assert.Single(again.Tiers).Refund.Amount);

        var late = policy.AfterClientMoves(Start.AddDays(21), due, Start.AddMinutes(-5));
        Assert.Empty(late.Tiers);
        Assert.Equal(Money.Zero("USD"), late.RefundAt(Start, due));
    }

    [Fact]
    public void An_early_move_keeps_the_whole_policy()
    {
        var due = new Money(12_000, "USD");
        var moved = Policy.Agree("", Usual, Start, due, Now).AfterClientMoves(Start.AddDays(1), due, Now);

        Assert.Equal([12_000, 6_000], moved.Tiers.Select(t => t.Refund.Amount));
    }

    [Fact]
    public void After_the_practitioners_move_everything_comes_back_until_the_start()
    {
        var due = new Money(12_000, "USD");
        var start = Start.AddHours(1);
        var moved = Policy.Agree("", Usual, Start, due, Now).AfterPractitionerMoves(start, due, Start.AddHours(-1));

        Assert.Equal(due, moved.RefundAt(start, due));
        Assert.Equal(0, moved.RefundAt(start.AddSeconds(1), due).Amount);
    }

    [Fact]
    public void Without_rules_nothing_comes_back() =>
        Assert.Equal(0, Policy.Agree("", [], Start, new Money(5, "USD"), Now).RefundAt(Now, new Money(5, "USD")).Amount);
}
