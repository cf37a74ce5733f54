using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class RegisterTests
{
    [Fact]
    public void What_is_the_same_has_one_number_and_is_found_by_it()
    {
        var register = new Register<Offer>();
        for (var price = 0U; price < 1_000; price++)
            Assert.Equal((int)price, register.NumberOf(new(60, 1, price)));
        for (var price = 0U; price < 1_000; price++)
        {
            Assert.Equal((int)price, register.NumberOf(new(60, 1, price)));
            Assert.Equal(new(60, 1, price), register[(int)price]);
        }
    }

    [Fact]
    public void Looking_something_up_does_not_keep_it()
    {
        var register = new Register<string>();
        Assert.Equal(-1, register.Find("CHF"));
        Assert.Equal(0, register.NumberOf("USD"));
        Assert.Equal((-1, 0), (register.Find("CHF"), register.Find("USD")));
    }

    [Fact]
    public void No_more_than_so_many_are_kept()
    {
        var register = new Register<string>(most: 2);
        Assert.Equal((0, 1, -1, 0), (register.NumberOf("USD"), register.NumberOf("EUR"), register.NumberOf("CHF"), register.NumberOf("USD")));
    }
}
