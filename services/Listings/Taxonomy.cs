using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Listings;

/// <summary>
/// The field's words, from the dated files in the folder Taxonomy. A level's order holds inside its issuer only; lineages are never
/// compared with each other.
/// </summary>
public sealed class Taxonomy
{
    private readonly Dictionary<string, Held> levels = [];
    private readonly Dictionary<string, Issuer> issuers = [];
    private readonly Dictionary<string, string> lineageOf = [];
    private readonly Dictionary<string, Specialty> specialties;

    private Taxonomy()
    {
        var lineages = Read<Edition<Lineage>>("lineages.json");
        var experience = Read<Edition<Specialty>>("specialties.json");
        Lineages = lineages.Items;
        Specialties = experience.Items;
        GeneralEvidence = experience.General!;
        Licences = Read<Edition<Term>>("licences.json").Items;
        Languages = Read<Edition<Term>>("languages.json").Items;
        Terms = Read<Vocabulary>("terms.json");
        Version = lineages.Version;
        specialties = Specialties.ToDictionary(s => s.Code);

        foreach (var lineage in Lineages)
        {
            foreach (var issuer in lineage.Issuers)
            {
                issuers.Add(issuer.Code, issuer);
                lineageOf.Add(issuer.Code, lineage.Code);
                foreach (var credential in issuer.Credentials)
                {
                    foreach (var level in credential.LevelsOrItself())
                        levels.Add(level.Code, new(issuer, credential, level));
                }
            }
        }
        Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Listing.Stored)))[..16]}\"";
    }

    public static Taxonomy Current { get; } = new();

    public string Version { get; }
    public IReadOnlyList<Lineage> Lineages { get; }
    public IReadOnlyList<Specialty> Specialties { get; }

    /// <summary>What research says about the work as a whole; each specialty has a card of its own.</summary>
    public EvidenceCard GeneralEvidence { get; }
    public IReadOnlyList<Term> Licences { get; }
    public IReadOnlyList<Term> Languages { get; }

    [JsonIgnore]
    public Vocabulary Terms { get; }
    public IReadOnlyList<Term> Populations => Terms.Populations;
    public IReadOnlyList<Term> Techniques => Terms.Techniques;
    public IReadOnlyList<Term> Modalities => Terms.Modalities;
    public IReadOnlyList<Term> Associations => Terms.Associations;
    public IReadOnlyList<Term> AccessFeatures => Terms.AccessFeatures;
    public IReadOnlyList<Term> Approaches => Terms.Approaches;
    public IReadOnlyList<Term> Genders => Terms.Genders;
    public IReadOnlyList<Term> TouchPreferences => Terms.TouchPreferences;

    /// <summary>The strong ETag of the whole.</summary>
    [JsonIgnore]
    public string Tag { get; }

    public bool IsIssuer(string code) => issuers.ContainsKey(code);

    /// <summary>The lineage that an issuer belongs to, or null.</summary>
    public string? LineageOf(string issuer) => lineageOf.GetValueOrDefault(issuer);

    public Issuer? FindIssuer(string code) => issuers.GetValueOrDefault(code);

    /// <summary>What a level is called, and by whom it is given; null when unknown.</summary>
    public Held? FindLevel(string level) => levels.GetValueOrDefault(level);

    /// <summary>The level itself and all higher steps of the same issuer; none when it is unknown.</summary>
    public IReadOnlyList<string> AtLeast(string level) =>
        levels.TryGetValue(level, out var asked) ? [.. levels.Values.Where(l => l.Issuer == asked.Issuer && Includes(l.Level, level)).Select(l => l.Level.Code)] : [];

    /// <summary>How many steps of its issuer a level includes, counting itself: of two levels of one issuer, the one to show is the larger.</summary>
    public int Rank(string level) => levels.TryGetValue(level, out var held) ? levels.Keys.Count(other => Includes(held.Level, other)) : 0;

    /// <summary>The codes and their parents, each once: who works with tailbones works with pelvic health; not the other way round.</summary>
    public IReadOnlyList<string> WithParents(IEnumerable<string> codes)
    {
        var all = new List<string>();
        foreach (var code in codes)
        {
            if (specialties.GetValueOrDefault(code)?.Parent is { } parent && !all.Contains(parent))
                all.Add(parent);
            if (!all.Contains(code))
                all.Add(code);
        }

        return all;
    }

    private bool Includes(Level held, string level) =>
        held.Code == level || (held.Includes ?? []).Any(lower => Includes(levels[lower].Level, level));

    private static T Read<T>(string file)
    {
        using var stream = typeof(Taxonomy).Assembly.GetManifestResourceStream(file)!;
        return JsonSerializer.Deserialize<T>(stream, Listing.Stored)!;
    }
}

/// <summary>A dated edition of one of the files.</summary>
public sealed record Edition<T>(string Version, DateOnly Date, string Source, IReadOnlyList<T> Items, EvidenceCard? General = null);

/// <summary>The short lists, as one dated file.</summary>
public sealed record Vocabulary(
    string Version, DateOnly Date, string Source,
    IReadOnlyList<Term> Populations, IReadOnlyList<Term> Techniques, IReadOnlyList<Term> Modalities, IReadOnlyList<Term> Associations,
    IReadOnlyList<Term> AccessFeatures, IReadOnlyList<Term> Approaches, IReadOnlyList<Term> Genders, IReadOnlyList<Term> TouchPreferences);

/// <param name="Countries">Where it exists (ISO 3166); null: anywhere.</param>
public sealed record Term(string Code, string Name, IReadOnlyList<string>? Countries = null);

/// <summary>A school of the work.</summary>
public sealed record Lineage(string Code, string Name, string Description, IReadOnlyList<Issuer> Issuers);

/// <summary>Who gives credentials.</summary>
public sealed record Issuer(string Code, string Name, IReadOnlyList<Credential> Credentials, IReadOnlyList<Accreditation>? Accreditations = null);

/// <summary>A school's graduates were accepted by an association, possibly for a time only.</summary>
public sealed record Accreditation(string Association, DateOnly? From = null, DateOnly? To = null);

/// <param name="Hours">Usual length of the training.</param>
/// <param name="RenewedOn">Month and day on which it lapses each year unless renewed, as <c>05-31</c>.</param>
public sealed record Credential(string Code, string Name, IReadOnlyList<Level>? Levels = null, int? Hours = null, string? RenewedOn = null)
{
    /// <summary>A credential without steps is a step itself.</summary>
    public IReadOnlyList<Level> LevelsOrItself() => Levels ?? [new(Code, Name)];
}

/// <param name="Code"><c>issuer:mark</c>.</param>
/// <param name="Includes">The steps below it that its holder has as well.</param>
public sealed record Level(string Code, string Name, IReadOnlyList<string>? Includes = null);

/// <summary>A level with where it stands.</summary>
public sealed record Held(Issuer Issuer, Credential Credential, Level Level);

/// <summary>Something practitioners have worked with people for.</summary>
/// <param name="Parent">The wider specialty it belongs to.</param>
public sealed record Specialty(
    string Code, string Name, string Group, IReadOnlyList<string> Synonyms, EvidenceCard Evidence, string? Parent = null);

/// <summary>What is known, both sides, and when that was looked up.</summary>
/// <param name="AsOf">Year and month.</param>
public sealed record EvidenceCard(string Supporting, string Limiting, string AsOf);
