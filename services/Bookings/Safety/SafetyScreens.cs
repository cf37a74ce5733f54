using System.Reflection;
using System.Text.Json;
using Platform;

namespace Bookings.Safety;

/// <summary>The short lists that are read before anything is kept or charged: data, dated and versioned, in <c>safety-screen.json</c>.</summary>
public sealed class SafetyScreens
{
    private readonly Document document;

    private SafetyScreens(Document document) => this.document = document;

    /// <summary>The lists this build carries.</summary>
    public static SafetyScreens Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("Bookings.Safety.safety-screen.json")
            ?? throw new InvalidOperationException("The safety screen is not part of this build.");
        return Read(file);
    }

    /// <exception cref="JsonException">It is not a safety screen.</exception>
    public static SafetyScreens Read(Stream json)
    {
        var document = JsonSerializer.Deserialize<Document>(json, Json.Strict)!;
        return document.Versions.Count > 0
            ? new(document with { Versions = [.. document.Versions.OrderByDescending(v => v.From)] })
            : throw new JsonException("A safety screen needs a version.");
    }

    /// <summary>The current version and the one before it, which somebody may have had on the screen when it changed.</summary>
    public bool Accepts(string version) => document.Versions.Take(2).Any(v => v.Name == version);

    /// <summary>Whether there is a list of that name.</summary>
    public bool Has(string list) => document.Versions[0].Lists.ContainsKey(list);

    /// <param name="list"><c>self</c>, <c>adult</c> (somebody else), <c>after-birth</c>, <c>infant</c> or <c>child</c>.</param>
    /// <param name="country">ISO 3166-1 alpha-2, for the numbers to call; null or unknown gives words that are right anywhere.</param>
    public SafetyScreen For(string list, string? country)
    {
        var version = document.Versions[0];
        var (groups, advice, question) = version.Lists[list];
        var where = country is not null && document.Countries.TryGetValue(country.ToUpperInvariant(), out var known) ? known : document.Elsewhere;
        var crisis = where.CrisisLine is null
            ? document.CrisisSentenceElsewhere
            : document.CrisisSentence
                .Replace("{crisisLine}", where.CrisisLine, StringComparison.Ordinal)
                .Replace("{crisisNumber}", where.CrisisNumber, StringComparison.Ordinal);

        var asked = groups.Select(code => version.Groups.Single(g => g.Code == code)).ToList();
        return new SafetyScreen(
            version.Name,
            version.From,
            question ?? version.Question,
            [.. asked.SelectMany(group => group.Items.Select(item => new SafetyItem(item.Code, group.Code, item.Text)))],
            [.. asked.Select(group => new SafetyGroup(group.Code, group.Title))],
            advice.Replace("{emergency}", where.Emergency, StringComparison.Ordinal).Replace("{crisis}", crisis, StringComparison.Ordinal),
            new Help(where.Emergency, where.CrisisLine, where.CrisisNumber));
    }

    private sealed record Document(
        string About, string? SignedBy, IReadOnlyList<Edition> Versions, IReadOnlyDictionary<string, Country> Countries, Country Elsewhere,
        string CrisisSentence, string CrisisSentenceElsewhere);

    private sealed record Edition(
        [property: System.Text.Json.Serialization.JsonPropertyName("version")] string Name, DateOnly From, string Source, string Question,
        IReadOnlyList<Group> Groups, IReadOnlyDictionary<string, Screened> Lists);

    private sealed record Group(string Code, string Title, IReadOnlyList<Item> Items);

    private sealed record Item(string Code, string Text);

    private sealed record Screened(IReadOnlyList<string> Groups, string Advice, string? Question = null);

    private sealed record Country(string Emergency, string? CrisisLine, string? CrisisNumber);
}

/// <summary>What is read to a person before money: one question about a short list.</summary>
/// <param name="Advice">What to do when something applies.</param>
public sealed record SafetyScreen(
    string Version, DateOnly From, string Question, IReadOnlyList<SafetyItem> Items, IReadOnlyList<SafetyGroup> Groups, string Advice, Help Help);

public sealed record SafetyItem(string Code, string Group, string Text);

/// <param name="Title">Says whom the group is for, as in "After a birth in the last weeks".</param>
public sealed record SafetyGroup(string Code, string Title);

/// <summary>Whom to call in a country.</summary>
public sealed record Help(string Emergency, string? CrisisLine, string? CrisisNumber);
