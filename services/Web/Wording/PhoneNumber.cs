using System.Text.RegularExpressions;

namespace Web.Wording;

/// <summary>Reads a phone number as people write it, from abroad or at home.</summary>
public static partial class PhoneNumber
{
    /// <summary>Digits of every number in the plan that the United States and Canada share.</summary>
    private const int NorthAmerican = 10;

    /// <summary>Of each country its number, what is dialled before a number within it, and before one abroad, by the national plans that the ITU lists (E.164).</summary>
    private static readonly Dictionary<string, (string Number, string Within, string Abroad)> Plans = new()
    {
        ["US"] = ("1", "1", "011"),
        ["CA"] = ("1", "1", "011"),
        ["GB"] = ("44", "0", "00"),
        ["IE"] = ("353", "0", "00"),
        ["AU"] = ("61", "0", "0011"),
        ["NZ"] = ("64", "0", "00"),
        ["DE"] = ("49", "0", "00"),
        ["AT"] = ("43", "0", "00"),
        ["CH"] = ("41", "0", "00"),
        ["FR"] = ("33", "0", "00"),
        ["BE"] = ("32", "0", "00"),
        ["NL"] = ("31", "0", "00"),
        ["SE"] = ("46", "0", "00"),
        ["DK"] = ("45", "", "00"),
        ["NO"] = ("47", "", "00"),
        ["ES"] = ("34", "", "00"),
        ["PT"] = ("351", "", "00"),
        ["IT"] = ("39", "", "00"),
    };

    /// <summary>As <c>+13035550123</c>; null when it is no number, or one without its country where that country's plan is not known.</summary>
    /// <param name="country">ISO 3166, of where it is written.</param>
    public static string? Read(string written, string? country)
    {
        var number = Spacing().Replace(written.Trim(), "");
        if (number.StartsWith('+'))
            return International().IsMatch(number) ? number : null;
        if (country is null || !Plans.TryGetValue(country, out var plan) || !National().IsMatch(number))
            return null;
        if (number.StartsWith(plan.Abroad, StringComparison.Ordinal))
            return Read($"+{number[plan.Abroad.Length..]}", null);
        var own = number.StartsWith(plan.Within, StringComparison.Ordinal) ? number[plan.Within.Length..] : number;
        // No number within these countries begins with what is dialled before it.
        if ((plan.Within.Length > 0 && own.StartsWith(plan.Within, StringComparison.Ordinal)) || (plan.Number == "1" && own.Length != NorthAmerican))
            return null;
        return Read($"+{plan.Number}{own}", null);
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex International();

    [GeneratedRegex("^[0-9]{5,19}$")]
    private static partial Regex National();

    [GeneratedRegex(@"[\s().\-/]")]
    private static partial Regex Spacing();
}
