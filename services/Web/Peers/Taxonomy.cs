using System.Text.Json;
using System.Text.Json.Serialization;

namespace Web.Peers;

/// <summary>The words behind the codes.</summary>
public sealed record Taxonomy
{
    public IReadOnlyList<TaxonomyLineage> Lineages { get; init; } = [];
    public IReadOnlyList<Specialty> Specialties { get; init; } = [];
    public IReadOnlyList<Term> Populations { get; init; } = [];
    public IReadOnlyList<Term> Techniques { get; init; } = [];
    public IReadOnlyList<Term> Modalities { get; init; } = [];
    public IReadOnlyList<Term> Licences { get; init; } = [];
    public IReadOnlyList<Term> Associations { get; init; } = [];
    public IReadOnlyList<Term> Languages { get; init; } = [];
    public IReadOnlyList<Term> AccessFeatures { get; init; } = [];
    public IReadOnlyList<Term> Approaches { get; init; } = [];
    public IReadOnlyList<Term> Genders { get; init; } = [];
    public IReadOnlyList<Term> TouchPreferences { get; init; } = [];

    /// <summary>What is known about the work as a whole.</summary>
    public KnownSides? GeneralEvidence { get; init; }

    /// <summary>Every mark with its issuer, as <c>issuer:mark</c>.</summary>
    public IEnumerable<(TaxonomyLineage Lineage, Issuer Issuer, string Code, string Name)> Marks =>
        from lineage in Lineages
        from issuer in lineage.Issuers
        from credential in issuer.Credentials
        from level in credential.Levels.Count > 0 ? credential.Levels : [new Term(credential.Code, credential.Name)]
        select (lineage, issuer, level.Code.Contains(':', StringComparison.Ordinal) ? level.Code : $"{issuer.Code}:{level.Code}", level.Name);

    public string LineageName(string code) => Lineages.FirstOrDefault(l => l.Code == code)?.Name ?? Spoken(code);

    public string SpecialtyName(string code) => Specialties.FirstOrDefault(s => s.Code == code)?.Name ?? Spoken(code);

    /// <summary>The specialty that these words name, the closest name first; null when none does.</summary>
    public Specialty? Meant(string words)
    {
        var typed = words.Trim();
        bool Same(string name) => name.Equals(typed, StringComparison.OrdinalIgnoreCase);
        // Whole words of what was typed, and beginnings of words of a name: "asdf" is not the "ASD" of autism.
        bool Holds(string name) => $" {typed} ".Contains($" {name} ", StringComparison.OrdinalIgnoreCase) || $" {name}".Contains($" {typed}", StringComparison.OrdinalIgnoreCase);
        return Specialties.FirstOrDefault(s => Same(s.Name) || Same(s.Code) || s.Synonyms.Any(Same))
            ?? (typed.Length < 3 ? null : Specialties.FirstOrDefault(s => Holds(s.Name) || s.Synonyms.Any(Holds)));
    }

    public string IssuerName(string code) => Lineages.SelectMany(l => l.Issuers).FirstOrDefault(i => i.Code == code)?.Name ?? Spoken(code);

    /// <summary>The name of a mark or level such as <c>upledger:cst-t</c>; its letters when it is not known.</summary>
    public string MarkName(string? code) =>
        code is null ? "" : Marks.FirstOrDefault(m => m.Code == code).Name ?? code[(code.IndexOf(':', StringComparison.Ordinal) + 1)..].ToUpperInvariant();

    public static string Name(IEnumerable<Term> terms, string code) => terms.FirstOrDefault(t => t.Code == code)?.Name ?? Spoken(code);

    private static string Spoken(string code) => code.Length == 0 ? code : $"{char.ToUpperInvariant(code[0])}{code[1..].Replace('-', ' ')}";
}

public sealed record TaxonomyLineage
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<Issuer> Issuers { get; init; } = [];
}

public sealed record Issuer
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public IReadOnlyList<Credential> Credentials { get; init; } = [];
}

public sealed record Credential
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public IReadOnlyList<Term> Levels { get; init; } = [];
}

/// <summary>What someone can have experience with, and what is known about it.</summary>
public sealed record Specialty
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? Parent { get; init; }
    public string? Group { get; init; }
    public IReadOnlyList<string> Synonyms { get; init; } = [];
    public KnownSides? Evidence { get; init; }
}

/// <summary>Both sides of what is known.</summary>
/// <param name="AsOf">When that was looked up, as <c>2026-11</c>.</param>
public sealed record KnownSides(string? Supporting, string? Limiting, string? AsOf = null);

/// <summary>A code with its name; some lists give the code alone.</summary>
[JsonConverter(typeof(TermConverter))]
public sealed record Term(string Code, string Name);

internal sealed class TermConverter : JsonConverter<Term>
{
    public override Term Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        if (value.ValueKind == JsonValueKind.String)
            return new(value.GetString()!, value.GetString()!);
        var code = Text(value, "code") ?? Text(value, "id") ?? "";
        return new(code, Text(value, "name") ?? Text(value, "text") ?? code);
    }

    public override void Write(Utf8JsonWriter writer, Term value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);

    private static string? Text(JsonElement value, string member) =>
        value.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
