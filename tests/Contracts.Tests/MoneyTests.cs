using System.Text.Json;
using Xunit;

namespace Contracts.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(12000, 5000, 6000)]
    [InlineData(12345, 5000, 6173)]
    [InlineData(1, 5000, 1)]
    [InlineData(1, 4999, 0)]
    [InlineData(12345, 10000, 12345)]
    [InlineData(12345, 0, 0)]
    [InlineData(long.MaxValue, 10000, long.MaxValue)]
    public void A_share_is_exact_and_a_half_goes_up(long amount, int basisPoints, long share) =>
        Assert.Equal(new Money(share, "USD"), new Money(amount, "USD").Share(basisPoints));

    [Fact]
    public void Currencies_are_not_counted_together()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(1, "USD") + new Money(1, "EUR"));
        Assert.Throws<InvalidOperationException>(() => new Money(1, "JPY") - new Money(1, "KWD"));
        Assert.Equal(new Money(3, "USD"), new Money(1, "USD") + new Money(2, "USD"));
    }

    [Fact]
    public void A_sum_too_large_is_an_error_and_not_another_sum() =>
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "USD") + new Money(1, "USD"));

    [Fact]
    public void It_travels_as_minor_units_and_a_code()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);

        Assert.Equal("""{"amount":12000,"currency":"USD"}""", JsonSerializer.Serialize(new Money(12000, "USD"), options));
        Assert.Equal(new Money(12000, "USD"), JsonSerializer.Deserialize<Money>("""{"amount":12000,"currency":"USD"}""", options));
    }
}
