using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class SearchFilterTests
{
    [Fact]
    public void Currencies_that_visitors_make_up_are_looked_up_and_never_kept()
    {
        for (var i = 0; i < 300; i++)
        {
            var currency = $"{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}?";
            var filter = new SearchFilter(new Wanted { Currency = currency, MaxPrice = 1, Order = SearchOrder.Price, Limit = 1, Now = DateTimeOffset.UnixEpoch });
            Assert.Equal(-1, filter.Visits.Currency);
            Assert.Equal(-1, Register.Currencies.Find(currency));
        }
    }

    [Fact]
    public void A_number_that_does_not_fit_is_refused_rather_than_cut()
    {
        var writer = new PackedWriter();
        Assert.Throws<OverflowException>(() => writer.Byte(256));
        Assert.Throws<OverflowException>(() => writer.UShort(65_536));
        Assert.Throws<OverflowException>(() => writer.Short(32_768));
    }
}
