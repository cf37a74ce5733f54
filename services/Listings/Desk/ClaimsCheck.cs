using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Listings.Desk;

/// <summary>Finds words that promise what nobody can keep. A disclaimer beside them changes nothing; a moderator may decide otherwise.</summary>
public static class ClaimsCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly (Rule Rule, Regex Pattern)[] Rules = [.. Read().Items.Select(rule => (rule, new Regex(
        rule.Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience)))];

    /// <summary>Each claim in <paramref name="text"/>, in the order of the rules, each wording once.</summary>
    public static IEnumerable<Claim> In(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            yield break;

        var plain = Plain(text);
        foreach (var (rule, pattern) in Rules)
        {
            foreach (var words in pattern.Matches(plain).Select(m => m.Value).Distinct(StringComparer.OrdinalIgnoreCase))
                yield return new(rule.Code, words, rule.Why, rule.Suggestion);
        }
    }

    /// <summary>Invisible characters would hide a word from the rules, but not from readers.</summary>
    private static string Plain(string text) => string.Concat(
        text.Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark)).Select(c => c is '’' or '‘' ? '\'' : c == '\u00a0' ? ' ' : c));

    private static Edition<Rule> Read()
    {
        using var stream = typeof(ClaimsCheck).Assembly.GetManifestResourceStream("claims.json")!;
        return JsonSerializer.Deserialize<Edition<Rule>>(stream, Listing.Stored)!;
    }

    private sealed record Rule(string Code, string Pattern, string Why, string Suggestion);
}

/// <summary>Words that may not be published, why, and what could stand there.</summary>
public sealed record Claim(string Code, string Words, string Why, string Suggestion);
