using System.Text.RegularExpressions;

namespace Web.Wording;

/// <summary>Reads a phone number as people write it, from abroad or at home.</summary>
public static partial class PhoneNumber
{
    /// <summary>Of each country its number and what is dialled before a number within it, by the national plans that the ITU lists (E.164).</summary>
    private static readonly Dictionary<string, (string Number, string Before)> Plans = new()
    {
        ["US"] = ("1", "1"),
        ["CA"] = ("1", "1"),
        ["GB"] = ("44", "0"),
        ["IE"] = ("353", "0"),
        ["AU"] = ("61", "0"),
        ["NZ"] = ("64", "0"),
        ["DE"] = ("49", "0"),
        ["AT"] = ("43", "0"),
        ["CH"] = ("41", "0"),
        ["FR"] = ("33", "0"),
        ["BE"] = ("32", "0"),
        ["NL"] = ("31", "0"),
        ["SE"] = ("46", "0"),
        ["DK"] = ("45", ""),
        ["NO"] = ("47", ""),
        ["ES"] = ("34", ""),
        ["PT"] = ("351", ""),
        ["IT"] = ("39", ""),
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
        if (plan.Number == "1")
            return NorthAmerican().Match(number) is { Success: true } found ? $"+1{found.Groups[1].Value}" : null;
        if (number.StartsWith("00", StringComparison.Ordinal))
            return Read($"+{number[2..]}", null);
        return Read($"+{plan.Number}{(number.StartsWith(plan.Before, StringComparison.Ordinal) ? number[plan.Before.Length..] : number)}", null);
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex International();

    [GeneratedRegex("^[0-9]{5,15}$")]
    private static partial Regex National();

    [GeneratedRegex("^1?([2-9][0-9]{9})$")]
    private static partial Regex NorthAmerican();

    [GeneratedRegex(@"[\s().\-/]")]
    private static partial Regex Spacing();
}
