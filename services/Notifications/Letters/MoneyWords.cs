using System.Globalization;
using Contracts;

namespace Notifications.Letters;

/// <summary>Sums in words that a reader of English expects: <c>$120.00</c>, <c>CA$95.00</c>, <c>¥12,000</c>, <c>CHF 140.00</c>.</summary>
public static class MoneyWords
{
    public static string Of(Money money)
    {
        var digits = money.Digits;
        var unit = (long)Math.Pow(10, digits);
        var whole = (money.Amount / unit).ToString("N0", CultureInfo.InvariantCulture);
        var part = digits == 0 ? "" : "." + (money.Amount % unit).ToString("D" + digits, CultureInfo.InvariantCulture);
        return Symbol(money.Currency) + whole + part;
    }

    private static string Symbol(string currency) => currency switch
    {
        "USD" => "$",
        "CAD" => "CA$",
        "AUD" => "A$",
        "NZD" => "NZ$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        _ => currency + "\u00A0",
    };
}
