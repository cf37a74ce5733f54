using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class PriceLevelTests
{
    [Fact]
    public void A_step_begins_just_below_its_prices_and_a_dearer_price_is_on_no_lower_one()
    {
        uint[] prices = [0, 1, 2_047, 2_048, 2_049, 4_095, 4_096, 4_097, 4_098, 9_001, 11_999, 12_000, 65_535, 65_536, 1_000_003, int.MaxValue, uint.MaxValue];
        for (var i = 0; i < prices.Length; i++)
        {
            var level = PriceLevel.Of(prices[i]);
            Assert.InRange(PriceLevel.Least(level), prices[i] - (prices[i] / 2_000L), prices[i]);
            Assert.True(i == 0 || level >= PriceLevel.Of(prices[i - 1]));
            Assert.True(level < ushort.MaxValue);
        }

        Assert.Equal(VisitsFound.None, PriceLevel.Least(ushort.MaxValue));
    }
}
