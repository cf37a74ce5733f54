using System.Globalization;
using Npgsql;

namespace Listings.Words;

/// <summary>Words that somebody may have meant.</summary>
internal static class Alike
{
    private const int Shortest = 4;
    private const int TwoErrorsFrom = 8;
    private const int Most = 12;

    /// <summary>
    /// Known words within one typing error of <paramref name="word"/> (two from eight letters on), or that begin with it: the nearest ones.
    /// None for words of fewer than four letters, which are all alike.
    /// </summary>
    /// <param name="stems">Of the word: what is known is known without its ending.</param>
    public static async Task<IReadOnlyList<string>> To(NpgsqlConnection connection, string word, IReadOnlyList<string> stems, CancellationToken ct)
    {
        if (word.Length < Shortest)
            return [];
        var errors = word.Length < TwoErrorsFrom ? 1 : 2;
        await using var batch = new NpgsqlBatch(connection);
        // One error in a short word leaves few of its three-letter pieces whole.
        var likeness = Math.Max(0.1, (word.Length - 2.0 * (errors + 1)) / (word.Length + 4.0));
        batch.BatchCommands.Add(new("SELECT set_config('pg_trgm.similarity_threshold', $1, false)") { Parameters = { new() { Value = likeness.ToString(CultureInfo.InvariantCulture) } } });
        batch.BatchCommands.Add(new("SELECT word FROM search_vocabulary WHERE word % $1 AND length(word) >= $2") { Parameters = { new() { Value = word }, new() { Value = word.Length - errors } } });
        var near = new List<(int Errors, string Word)>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var known = reader.GetString(0);
            var distance = known.StartsWith(word, StringComparison.Ordinal) ? 1 : stems.Append(word).Min(typed => Errors(typed, known));
            if (distance <= errors)
                near.Add((distance, known));
        }

        return [.. near.OrderBy(n => n.Errors).ThenBy(n => n.Word, StringComparer.Ordinal).Take(Most).Select(n => n.Word)];
    }

    /// <summary>How many letters were left out, added, changed or swapped with the next or the one after it; an f for a ph, or the other way round, is one.</summary>
    internal static int Errors(string typed, string meant)
    {
        var (twoBefore, before) = (new int[meant.Length + 1], new int[meant.Length + 1]);
        var last = Enumerable.Range(0, meant.Length + 1).ToArray();
        for (var i = 1; i <= typed.Length; i++)
        {
            var row = new int[meant.Length + 1];
            row[0] = i;
            for (var j = 1; j <= meant.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (typed[i - 1] == meant[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                if (i > 2 && j > 2 && typed[i - 1] == meant[j - 3] && typed[i - 2] == meant[j - 2] && typed[i - 3] == meant[j - 1])
                    row[j] = Math.Min(row[j], twoBefore[j - 3] + 1);
                if (j > 1 && typed[i - 1] == 'f' && meant[j - 1] == 'h' && meant[j - 2] == 'p')
                    row[j] = Math.Min(row[j], last[j - 2] + 1);
                if (i > 1 && meant[j - 1] == 'f' && typed[i - 1] == 'h' && typed[i - 2] == 'p')
                    row[j] = Math.Min(row[j], before[j - 1] + 1);
            }

            (twoBefore, before, last) = (before, last, row);
        }

        return last[meant.Length];
    }
}
