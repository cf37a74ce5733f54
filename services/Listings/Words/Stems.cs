using Listings.Places;
using Npgsql;

namespace Listings.Words;

/// <summary>What words become without their endings, by PostgreSQL's own rules of each language.</summary>
internal static class Stems
{
    private static readonly Dictionary<string, string> Dictionaries = new[]
    {
        ("ar", "arabic"), ("da", "danish"), ("de", "german"), ("el", "greek"), ("en", "english"), ("es", "spanish"), ("fi", "finnish"), ("fr", "french"), ("ga", "irish"),
        ("hi", "hindi"), ("hu", "hungarian"), ("id", "indonesian"), ("it", "italian"), ("lt", "lithuanian"), ("nb", "norwegian"), ("nl", "dutch"), ("pt", "portuguese"),
        ("ro", "romanian"), ("ru", "russian"), ("sr", "serbian"), ("sv", "swedish"), ("ta", "tamil"), ("tr", "turkish"),
    }.ToDictionary(pair => pair.Item1, pair => $"{pair.Item2}_stem");

    /// <summary>Spoken everywhere, and the language of the taxonomy: every text is read in it too.</summary>
    public const string Common = "en";

    /// <summary>ISO 639-1 codes of the languages whose endings are known.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Dictionaries.Keys];

    /// <summary>
    /// By language and word: the plain stems, of the word as written and of its plain spelling, since whoever searches may leave the marks
    /// out; none for words like "the", that every text of the language has.
    /// </summary>
    public static async Task<Dictionary<(string Language, Written Word), string[]>> Of(
        NpgsqlConnection connection, IReadOnlyList<(string Language, Written Word)> words, CancellationToken ct)
    {
        var stems = new Dictionary<(string, Written), string[]>(words.Count);
        if (words.Count == 0)
            return stems;
        await using var command = new NpgsqlCommand(
            """
            SELECT ts_lexize(dictionary::regdictionary, small), CASE WHEN plain <> small THEN ts_lexize(dictionary::regdictionary, plain) END
            FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w (dictionary, small, plain, n) ORDER BY n
            """, connection)
        {
            Parameters =
            {
                new() { Value = words.Select(w => Dictionaries[w.Language]).ToArray() },
                new() { Value = words.Select(w => w.Word.Small).ToArray() },
                new() { Value = words.Select(w => w.Word.Plain).ToArray() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        for (var i = 0; await reader.ReadAsync(ct); i++)
        {
            var written = reader.GetFieldValue<string[]>(0);
            var plain = reader.OrNull<string[]>(1) ?? [];
            stems[words[i]] = written.Length == 0 ? [] : [.. written.Concat(plain).Select(Spelling.Plain).Where(stem => stem.Length > 0).Distinct()];
        }

        return stems;
    }
}
