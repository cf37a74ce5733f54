using System.Text.RegularExpressions;

namespace Listings.Places;

/// <summary>What a postal code looks like, whole or in part.</summary>
public static partial class PostalCodes
{
    private const int Longest = 10;

    /// <summary>Capital letters and digits alone, as codes are stored: "m5v 2t6" is <c>M5V2T6</c>.</summary>
    public static string Compact(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    /// <summary>The codes that <paramref name="text"/> may mean, from the most exact; several countries publish only the part before the space.</summary>
    public static IReadOnlyList<string> Meant(string text)
    {
        var found = new List<string>();
        foreach (var part in text.Split(','))
            Add(Compact(part));
        foreach (var word in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            Add(Compact(word));
        return [.. found.Distinct()];

        void Add(string code)
        {
            if (code.Length is < 2 or > Longest || !code.Any(char.IsAsciiDigit))
                return;
            found.Add(code);
            if (British().Match(code) is { Success: true } british)
                found.Add(british.Groups["outward"].Value);
            else if (Canadian().IsMatch(code) || Irish().IsMatch(code))
                found.Add(code[..3]);
            else if (Dutch().IsMatch(code))
                found.Add(code[..4]);
            else if (ZipPlusFour().IsMatch(code))
                found.Add(code[..5]);
        }
    }

    /// <summary>The letters that begin a British code, <c>SW</c> of "SW1A 1AA" and of "SW1A"; null when it is not British.</summary>
    public static string? BritishArea(string text)
    {
        var match = BritishDistrict().Match(Compact(text));
        return match.Success ? match.Groups["area"].Value : null;
    }

    [GeneratedRegex(@"^(?<outward>[A-Z]{1,2}\d[A-Z\d]?)\d[A-Z]{2}$")]
    private static partial Regex British();

    [GeneratedRegex(@"^(?<area>[A-Z]{1,2})\d[A-Z\d]?(\d[A-Z]{2})?$")]
    private static partial Regex BritishDistrict();

    [GeneratedRegex(@"^[A-Z]\d[A-Z]\d[A-Z]\d$")]
    private static partial Regex Canadian();

    [GeneratedRegex(@"^[A-Z]\d[\dW][A-Z\d]{4}$")]
    private static partial Regex Irish();

    [GeneratedRegex(@"^\d{4}[A-Z]{2}$")]
    private static partial Regex Dutch();

    [GeneratedRegex(@"^\d{9}$")]
    private static partial Regex ZipPlusFour();
}
