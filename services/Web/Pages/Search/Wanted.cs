using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Pages.Search;

/// <summary>What someone looks for, exactly as it stands in the address of the results.</summary>
public sealed record Wanted
{
    public string? Near { get; init; }

    /// <summary>What for, in one's own words.</summary>
    public string? Q { get; init; }
    public string? For { get; init; }
    public string[] Lineage { get; init; } = [];
    public string[] Format { get; init; } = [];
    public string? Specialty { get; init; }
    public string? Language { get; init; }
    public bool Verified { get; init; }
    public int? RadiusKm { get; init; }
    public int? Within { get; init; }
    public string? Sort { get; init; }
    public string? Cursor { get; init; }

    /// <summary>How many of the filters are set.</summary>
    public int Filters =>
        Lineage.Length + Format.Length + new[] { Specialty, Language }.Count(f => !string.IsNullOrEmpty(f))
        + (Verified ? 1 : 0) + (RadiusKm is null or 40 ? 0 : 1) + (Within is null ? 0 : 1);

    /// <summary>The same search, asked of the directory.</summary>
    /// <param name="meant">The specialty that the words in <see cref="Q"/> name.</param>
    public IEnumerable<KeyValuePair<string, string?>> Question(string? meant)
    {
        yield return new("limit", "20");
        foreach (var pair in Shared())
            yield return pair;
        if (meant is not null && meant != Specialty)
            yield return new("specialty", meant);
        if (Within is { } days)
            yield return new("availableWithinDays", days.ToString(CultureInfo.InvariantCulture));
        if (For == Journeys.Visitors.Baby)
            yield return new("population", "infants");
        if (!string.IsNullOrEmpty(Cursor))
            yield return new("cursor", Cursor);
    }

    /// <summary>The address of these results, or of a further page of them.</summary>
    public string Address(string? cursor)
    {
        var pairs = Shared().ToList();
        (string Name, string? Value)[] own = [("q", Q?.Trim()), ("within", Within?.ToString(CultureInfo.InvariantCulture)), ("for", For), ("cursor", cursor)];
        pairs.AddRange(own.Where(o => !string.IsNullOrEmpty(o.Value)).Select(o => KeyValuePair.Create(o.Name, o.Value)));
        return QueryHelpers.AddQueryString("/find", pairs);
    }

    private IEnumerable<KeyValuePair<string, string?>> Shared()
    {
        var isSomewhere = !string.IsNullOrWhiteSpace(Near);
        (string Name, string? Value)[] single =
        [
            ("near", Near?.Trim()), ("specialty", Specialty), ("language", Language), ("verified", Verified ? "true" : null),
            // A distance is from somewhere.
            ("radiusKm", isSomewhere ? RadiusKm?.ToString(CultureInfo.InvariantCulture) : null), ("sort", Sort == "distance" && !isSomewhere ? null : Sort),
        ];
        foreach (var (name, value) in single.Where(s => !string.IsNullOrEmpty(s.Value)))
            yield return new(name, value);
        foreach (var value in Lineage)
            yield return new("lineage", value);
        foreach (var value in Format)
            yield return new("format", value);
    }
}
