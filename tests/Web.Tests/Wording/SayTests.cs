using Web.Peers;
using Web.Wording;
using Xunit;

namespace Web.Tests.Wording;

public sealed class SayTests
{
    private static readonly DateTimeOffset Nine = new(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(-7));

    [Fact]
    public void Times_are_said_whole() => Assert.Equal("9:00 am, Tuesday 1 December, Denver time", Say.When(Nine, "America/Denver"));

    [Theory]
    [InlineData(12000, "USD", "$120", "$120.00")]
    [InlineData(6050, "USD", "$60.50", "$60.50")]
    [InlineData(5, "GBP", "£0.05", "£0.05")]
    [InlineData(1200, "JPY", "¥1,200", "¥1,200")]
    [InlineData(12345, "KWD", "KWD 12.345", "KWD 12.345")]
    [InlineData(123456700, "CHF", "CHF 1,234,567", "CHF 1,234,567.00")]
    public void Money_is_said_in_its_own_digits(long amount, string currency, string price, string exact) =>
        Assert.Equal((price, exact), (Say.Price(new(amount, currency)), Say.Exact(new(amount, currency))));

    [Theory]
    [InlineData(1.8, "US", "1.1 miles away")]
    [InlineData(1.6, "GB", "1 mile away")]
    [InlineData(12.4, "CH", "12 km away")]
    [InlineData(0.1, "CH", "close by")]
    public void Distances_are_said_in_the_countrys_measure(double kilometres, string country, string said) => Assert.Equal(said, Say.Distance(kilometres, country));

    [Theory]
    [InlineData("Jaw tension", "jaw tension")]
    [InlineData("TMJ", "TMJ")]
    [InlineData("Parkinson’s", "Parkinson’s")]
    public void A_name_fits_into_a_sentence(string name, string within) => Assert.Equal(within, Say.Within(name));

    [Theory]
    [InlineData(null, null, "")]
    [InlineData(0, 24, "up to 2 years")]
    [InlineData(null, 12, "up to 12 months")]
    [InlineData(6, 24, "from 6 months to 2 years")]
    [InlineData(1, 18, "from 1 month to 18 months")]
    [InlineData(216, null, "from 18 years")]
    public void Ages_are_said_in_months_only_while_they_are_few(int? from, int? to, string said) => Assert.Equal(said, Say.Ages(new(from, to)));

    [Fact]
    public void A_promise_names_its_last_moments()
    {
        var policy = new Policy { Tiers = [new(24, 100), new(2, 50)] };
        Assert.Equal(
            "Free to change until Monday 30 November, 9:00 am. After that, half comes back; from Tuesday 1 December, 7:00 am on, nothing.",
            Promises.Changing(policy, Nine, "America/Denver", Nine.AddDays(-3)));
        Assert.Equal(
            "Until Tuesday 1 December, 7:00 am, half comes back. After that, nothing comes back.",
            Promises.Changing(policy, Nine, "America/Denver", Nine.AddHours(-5)));
        Assert.Equal("The visit is too soon for a refund if you cancel.", Promises.Changing(policy, Nine, "America/Denver", Nine.AddHours(-1)));
    }

    [Fact]
    public void Hours_count_back_as_time_that_passes_over_a_clock_change()
    {
        var monday = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.FromHours(-7));
        var policy = new Policy { Tiers = [new(24, 100)] };
        Assert.StartsWith("Free to change until Saturday 31 October, 1:00 pm.", Promises.Changing(policy, monday, "America/Denver", monday.AddDays(-9)), StringComparison.Ordinal);
    }
}
