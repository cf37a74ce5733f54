using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Listings.Words;

/// <summary>
/// Finds practitioners by words. All words must be found, each counts by where: in the name, then in a specialty, the headline, the
/// biography; then come names that only begin so, and at last, when nobody has all words as typed, words that are spelt alike.
/// </summary>
public static class WordSearch
{
    private const int Longest = 200;
    private const int MostWords = 16;
    private const int AskedAtOnce = 200;
    private const int Begun = (int)WordField.Beginning;
    private const int Misspelt = Begun + 1;

    private static readonly WordField[] InTexts = [WordField.Specialty, WordField.Headline, WordField.Biography];

    /// <summary>A word costs from 0 to one less than this.</summary>
    internal const int Costs = Misspelt + 1;

    /// <summary>Notes what is wrong with <paramref name="q"/>, which is optional.</summary>
    public static void Limit(Check check, string path, string? q)
    {
        check.Text(path, q, Longest, optional: true);
        check.That(path, q is null || q.Length > Longest || Asked.In(q).Count <= MostWords, $"At most {MostWords} different words, please.");
    }

    /// <summary>Nobody when there is no word in <paramref name="text"/>. Only the first 16 words are looked for.</summary>
    public static async Task<Matches> Find(NpgsqlConnection connection, string text, CancellationToken ct)
    {
        var asked = Asked.In(text).Take(MostWords).ToList();
        if (asked.Count == 0)
            return Matches.None;
        var forms = asked.SelectMany(word => word.Forms).Distinct().ToList();
        var stems = await Stems.Of(connection, [.. Stems.Languages.SelectMany(language => forms.Select(form => (language, form)))], ct);
        var frequent = asked.ConvertAll(word => Stems.Languages.Any(language => stems[(language, word.Forms[0])].Length == 0));
        var spellings = asked.ConvertAll(word => word.Forms.SelectMany(form => Stems.Languages.SelectMany(language => stems[(language, form)]).Append(form.Plain)).Distinct().ToList());
        var words = asked.Select((_, i) => new Matches.Word(frequent[i] && frequent.Contains(false))).ToList();
        var keys = new List<Key>();
        for (var i = 0; i < asked.Count; i++)
        {
            keys.AddRange(asked[i].Forms.Select(form => new Key(i, 0, WordField.Name, form.Plain)));
            if (words[i].Spare)
                continue;
            keys.AddRange(spellings[i].SelectMany(stem => InTexts.Select(field => new Key(i, (int)field, field, stem))));
            if (asked[i].Plain.Length <= Postings.ShortBeginning)
                keys.Add(new(i, Begun, WordField.Beginning, asked[i].Plain));
        }

        var beginnings = asked.Select((word, i) => (Word: i, word.Plain)).Where(b => b.Plain.Length > Postings.ShortBeginning && !words[b.Word].Spare).ToList();
        await Read(connection, keys, beginnings, words, ct);
        var found = Matches.All(words);
        if (await IsAnybody(connection, found, ct))
            return found;

        var alike = new List<Key>();
        for (var i = 0; i < asked.Count; i++)
        {
            if (!words[i].Spare)
                alike.AddRange((await Alike.To(connection, asked[i].Plain, spellings[i], ct)).SelectMany(word => InTexts.Prepend(WordField.Name).Select(field => new Key(i, Misspelt, field, word))));
        }

        if (alike.Count == 0)
            return found;
        await Read(connection, alike, [], words, ct);
        return Matches.All(words);
    }

    private static async Task Read(
        NpgsqlConnection connection, List<Key> keys, List<(int Word, string Beginning)> beginnings, List<Matches.Word> words, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT k.asked, k.cost, p.block, p.few, p.many
            FROM unnest($1::int[], $2::int[], $3::smallint[], $4::text[]) AS k (asked, cost, field, word)
            CROSS JOIN LATERAL (SELECT block, few, many FROM search_postings p WHERE p.field = k.field AND p.word = k.word COLLATE "C") p
            UNION ALL
            SELECT b.asked, $7, p.block, p.few, p.many
            FROM unnest($5::int[], $6::text[]) AS b (asked, beginning)
            CROSS JOIN LATERAL (
                SELECT block, few, many FROM search_postings p
                WHERE p.field = 0 AND p.word > b.beginning COLLATE "C" AND p.word < (b.beginning || U&'\+10FFFF') COLLATE "C") p
            """, connection)
        {
            Parameters =
            {
                new() { Value = keys.Select(k => k.Asked).ToArray() }, new() { Value = keys.Select(k => k.Cost).ToArray() },
                new() { Value = keys.Select(k => (short)k.Field).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint }, new() { Value = keys.Select(k => k.Word).ToArray() },
                new() { Value = beginnings.Select(b => b.Word).ToArray() }, new() { Value = beginnings.Select(b => b.Beginning).ToArray() },
                new() { Value = Begun },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            words[reader.GetInt32(0)].Add(reader.GetInt32(2), reader.GetInt32(1), reader.GetFieldValue<byte[]>(3), reader.OrNull<byte[]>(4));
    }

    /// <summary>Whether any of the numbers found still stands for somebody.</summary>
    private static async Task<bool> IsAnybody(NpgsqlConnection connection, Matches found, CancellationToken ct)
    {
        foreach (var numbers in found.Ordered().Select(n => n.Number).Chunk(AskedAtOnce))
        {
            await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM search_words WHERE number = ANY ($1))", connection) { Parameters = { new() { Value = numbers } } };
            if (await command.ExecuteScalarAsync(ct) is true)
                return true;
        }

        return false;
    }

    /// <param name="Asked">Which word of the search it is looked up for.</param>
    private sealed record Key(int Asked, int Cost, WordField Field, string Word);
}
