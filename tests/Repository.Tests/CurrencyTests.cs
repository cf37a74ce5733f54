using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

/// <summary>Web may not reference Contracts, so both say how many digits a currency has after the point.</summary>
public sealed partial class CurrencyTests
{
    [Fact]
    public void The_pages_write_money_with_the_digits_that_it_is_counted_in()
    {
        var counted = Digits("services/Contracts/Money.cs");
        Assert.NotEmpty(counted);
        Assert.Equal(counted, Digits("services/Web/Wording/Say.cs"));
    }

    private static List<string> Digits(string path) => [.. Arm().Matches(Tree.Read(path)).Select(m => m.Value)];

    /// <summary>As in <c>"JPY" or "KRW" => 0</c>.</summary>
    [GeneratedRegex(@"""[A-Z]{3}""( or ""[A-Z]{3}"")+ => \d")]
    private static partial Regex Arm();
}
