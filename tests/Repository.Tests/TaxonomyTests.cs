using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

public sealed class TaxonomyTests
{
    /// <summary>Bookings takes codes, Listings names them, and neither asks the other.</summary>
    [Fact]
    public void What_can_be_wished_about_touch_has_a_name()
    {
        using var terms = JsonDocument.Parse(Tree.Read("services/Listings/Taxonomy/terms.json"));
        var named = terms.RootElement.GetProperty("touchPreferences").EnumerateArray().Select(t => t.GetProperty("code").GetString()!);
        var taken = Regex.Matches(Tree.Read("services/Bookings/Requesting/TouchPreferences.cs"), "\"([a-z-]+)\"").Select(m => m.Groups[1].Value);

        Assert.Equal(named.Order(), taken.Order());
    }
}
