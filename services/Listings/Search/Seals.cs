using System.Security.Cryptography;
using System.Text;
using Listings.Words;
using Npgsql;

namespace Listings.Search;

/// <summary>
/// A practitioner's seal is one number for all that their rows are made from and for these rows: card, words' number, and what landing pages count. PostgreSQL works it
/// out from what lies there, so that a change to any of it, by whomever, breaks it. Whoever makes the rows, or has found them right, sets it.
/// </summary>
internal static class Seals
{
    /// <summary>Raise it when a card, or what landing pages count, is made differently: it breaks all seals.</summary>
    public const string Layout = "1";

    /// <summary>For SQL: practitioners <c>p</c> that have words <c>w</c>, with the other rows made of them.</summary>
    public const string Rows =
        """
        search_words w
        JOIN practitioners p ON p.id = w.practitioner_id
        LEFT JOIN search_cards c ON c.practitioner_id = w.practitioner_id
        LEFT JOIN landing_people l ON l.practitioner_id = w.practitioner_id
        """;

    /// <summary>For SQL: the seal that fits <see cref="Rows"/> as they are. Towns are those of the gazetteer, and stems those of the server.</summary>
    public static string OfRows { get; } =
        $"""
        hash_record_extended(
            ROW (p.slug, p.demo, p.published, p.evidence, coalesce(p.published_at, p.changed_at), w.number, w.print, c.card, c.number, l),
            (SELECT hashtextextended(concat(max(print), current_setting('server_version_num')::int / 10000), {Made()}) FROM gazetteer_loads WHERE source = 'places'))
        """;

    /// <summary>Seals the rows of those of these practitioners that are published. Call it in the transaction that has made them.</summary>
    public static async Task Set(NpgsqlConnection connection, Guid[] ids, CancellationToken ct)
    {
        await using var set = new NpgsqlCommand(
            $"UPDATE search_words s SET seal = {OfRows} FROM {Rows} WHERE s.practitioner_id = w.practitioner_id AND w.practitioner_id = ANY ($1) AND p.published IS NOT NULL", connection)
        { Parameters = { new() { Value = ids } } };
        await set.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Sets the seals of rows that were found right. Whoever has changed them since has a seal that does not fit, and is only looked at once more.</summary>
    public static async Task Set(NpgsqlConnection connection, IReadOnlyCollection<(Guid Id, long Seal)> right, CancellationToken ct)
    {
        await using var set = new NpgsqlCommand(
            "UPDATE search_words w SET seal = s.seal FROM unnest($1::uuid[], $2::bigint[]) AS s (id, seal) WHERE w.practitioner_id = s.id AND w.seal IS DISTINCT FROM s.seal", connection)
        { Parameters = { new() { Value = right.Select(r => r.Id).ToArray() }, new() { Value = right.Select(r => r.Seal).ToArray() } } };
        await set.ExecuteNonQueryAsync(ct);
    }

    /// <summary>By which code and words of the field rows are made.</summary>
    private static long Made() => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{Layout} {WordIndex.Layout} {Taxonomy.Current.Tag}")));
}
