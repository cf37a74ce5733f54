using System.Globalization;
using System.Text;
using Listings.Places;

namespace Listings.Words;

/// <summary>A word as it was written, in small letters, and in its plain spelling.</summary>
public readonly record struct Written(string Small, string Plain)
{
    private const int Longest = 60;

    /// <summary>All forms of all words of a text; a word that stands there twice comes twice.</summary>
    public static IEnumerable<Written> In(string? text)
    {
        foreach (var parts in Apart(text))
        {
            foreach (var part in parts)
                yield return Of(part);
            if (parts.Count > 1)
                yield return Of(string.Concat(parts));
        }
    }

    internal static Written Of(string part)
    {
        var small = part.Length > Longest ? part[..Longest] : part;
        return new(small, Spelling.Plain(small));
    }

    /// <summary>
    /// The words, each as its parts: apostrophes and hyphens part and join, whatever else is neither letter nor digit ends a word, and marks
    /// that nobody sees are not there.
    /// </summary>
    internal static IEnumerable<List<string>> Apart(string? text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var readable = false;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var joins = rune.Value is '\'' or '’' or '‘' or 'ʼ' or 'ʻ' or '-' or '‐' or '‑';
            if (category == UnicodeCategory.Format)
                continue;
            if (!joins && (Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                part.Append(Rune.ToLowerInvariant(rune));
                readable |= Rune.IsLetterOrDigit(rune);
                continue;
            }

            End();
            if (joins || parts.Count == 0)
                continue;
            yield return parts;
            parts = [];
        }

        End();
        if (parts.Count > 0)
            yield return parts;

        void End()
        {
            if (readable)
                parts.Add(part.ToString());
            part.Clear();
            readable = false;
        }
    }
}

/// <summary>A word of a search. One form of it is enough: "l'enfant" is found where "enfant" stands, and "Mary-Kate" where "Marykate" does.</summary>
public sealed record Asked(IReadOnlyList<Written> Forms)
{
    public string Plain => Forms[0].Plain;

    /// <summary>The words of a search, each once: as one, or, when joined of several, the longest of them.</summary>
    public static IReadOnlyList<Asked> In(string? text) =>
    [
        .. Written.Apart(text)
            .Select(parts => new Asked(parts.Count == 1 ? [Written.Of(parts[0])] : [Written.Of(string.Concat(parts)), Written.Of(parts.MaxBy(p => p.Length)!)]))
            .DistinctBy(word => word.Plain),
    ];
}
