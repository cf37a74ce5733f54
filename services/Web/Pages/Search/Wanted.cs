using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Pages.Search;

/// <summary>What someone looks for, exactly as it stands in the address of the results.</summary>
public sealed record Wanted
{
    public string? Near { get; init; }
    public string? Q { get; init; }
    public string? For { get; init; }
    public string[] Lineage { get; init; } = [];
    public string[] Approach { get; init; } = [];
    public string[] Format { get; init; } = [];
    public string[] TimeOfDay { get; init; } = [];
    public string? Specialty { get; init; }
    public string? Language { get; init; }
    public string? Access { get; init; }
    public bool Verified { get; init; }
    public int? RadiusKm { get; init; }
    public int? Within { get; init; }
    public string? Sort { get; init; }
    public string? Cursor { get; init; }

    /// <summary>How many of the filters are set.</summary>
    public int Filters =>
        Lineage.Length + Approach.Length + Format.Length + TimeOfDay.Length
        + new[] { Specialty, Language, Access }.Count(f => !string.IsNullOrEmpty(f)) + (Verified ? 1 : 0) + (RadiusKm is null or 40 ? 0 : 1) + (Within is null ? 0 : 1);

    /// <summary>The same search, asked of the directory.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Question()
    {
        yield return new("limit", "20");
        foreach (var pair in Shared())
            yield return pair;
        if (Within is { } days)
            yield return new("availableWithinDays", days.ToString(CultureInfo.InvariantCulture));
        else if (TimeOfDay.Length > 0)
            yield return new("availableWithinDays", "31");
        if (For == "baby")
            yield return new("population", "infants");
        if (!string.IsNullOrEmpty(Cursor))
            yield return new("cursor", Cursor);
    }

    /// <summary>The address of these results, or of a further page of them.</summary>
    public string Address(string? cursor)
    {
        var pairs = Shared().ToList();
        if (Within is { } days)
            pairs.Add(new("within", days.ToString(CultureInfo.InvariantCulture)));
        if (For is not null)
            pairs.Add(new("for", For));
        if (cursor is not null)
            pairs.Add(new("cursor", cursor));
        return QueryHelpers.AddQueryString("/find", pairs);
    }

    private IEnumerable<KeyValuePair<string, string?>> Shared()
    {
        (string Name, string? Value)[] single =
        [
            ("near", Near?.Trim()), ("q", Q?.Trim()), ("specialty", Specialty), ("language", Language), ("access", Access), ("verified", Verified ? "true" : null),
            // A distance is from somewhere.
            ("radiusKm", string.IsNullOrWhiteSpace(Near) ? null : RadiusKm?.ToString(CultureInfo.InvariantCulture)), ("sort", Sort),
        ];
        foreach (var (name, value) in single.Where(s => !string.IsNullOrEmpty(s.Value)))
            yield return new(name, value);
        (string Name, string[] Values)[] several = [("lineage", Lineage), ("approach", Approach), ("format", Format), ("timeOfDay", TimeOfDay)];
        foreach (var (name, values) in several)
        {
            foreach (var value in values)
                yield return new(name, value);
        }
    }
}
