using System.Collections.Concurrent;
using System.Security.Cryptography;
using Listings.Landing;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Listings.Search;

/// <summary>
/// Finds the practitioners whose rows would be others if they were made now: card, words, and what landing pages count. Most often that is nobody, and
/// then a million are looked at in a fraction of the time that writing them would take. Nothing is locked: whoever publishes meanwhile writes
/// all their rows in one transaction, which is seen whole or not at all.
/// </summary>
internal sealed class Outdated
{
    /// <summary>Practitioners that are held in memory at a time in each lane.</summary>
    private const int Some = 512;

    private readonly ListingsDb db;
    private readonly NpgsqlConnection connection;
    private readonly BlockCheck words;
    private readonly LandingPlaces places;
    private readonly List<Guid> outdated = [];

    private Outdated(ListingsDb db, NpgsqlConnection connection)
    {
        (this.db, this.connection) = (db, connection);
        (words, places) = (new(connection), new(connection));
    }

    /// <summary>In the order of their ids.</summary>
    public static async Task<Guid[]> Find(ListingsDb db, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        var unknown = await connection.Scalar<Guid[]>("SELECT array(SELECT id FROM practitioners p WHERE published IS NOT NULL AND NOT EXISTS (SELECT FROM search_words w WHERE w.practitioner_id = p.id))", ct);
        var blocks = new ConcurrentQueue<int>(Enumerable.Range(0, await connection.Scalar<int>($"SELECT coalesce(max(number) / {Postings.Block} + 1, 0) FROM search_words", ct)));
        var found = await Projection.InLanes(db, async lane =>
        {
            var look = new Outdated(lane, await lane.Connection(ct));
            while (blocks.TryDequeue(out var block))
                await look.At(block, ct);
            return look;
        }, ct);
        await WordIndex.AddVocabulary(connection, found.SelectMany(look => look.words.Vocabulary), ct);
        return [.. found.SelectMany(look => look.outdated).Concat(unknown ?? []).Order()];
    }

    private async Task At(int block, CancellationToken ct)
    {
        var ids = new Dictionary<int, Guid>();
        var (from, end) = (block * Postings.Block, (block + 1) * Postings.Block);
        for (; from < end; from += Some)
        {
            var practitioners = await db.Practitioners
                .FromSql($"SELECT p.* FROM search_words w JOIN practitioners p ON p.id = w.practitioner_id WHERE w.number >= {from} AND w.number < {from + Some} AND p.published IS NOT NULL")
                .AsNoTracking().ToListAsync(ct);
            if (practitioners.Count == 0)
                continue;
            // Read after the practitioners: whoever has published in between is taken for outdated, which does no harm.
            var rows = await Rows(from, ct);
            await places.Learn(practitioners.SelectMany(p => p.Published!.Locations), ct);
            var right = practitioners.FindAll(p => rows.TryGetValue(p.Id, out var row) && row.IsOf(p, places));
            outdated.AddRange(practitioners.Except(right).Select(p => p.Id));
            await words.Add(right, right.ConvertAll(p => rows[p.Id].Number), ct);
            foreach (var practitioner in right)
                ids.Add(rows[practitioner.Id].Number, practitioner.Id);
        }

        if (ids.Count > 0)
            outdated.AddRange((await words.Wrong(block, ct)).Select(number => ids[number]));
    }

    private async Task<Dictionary<Guid, Row>> Rows(int from, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT w.practitioner_id, w.number, w.print, c.number, sha256(convert_to(c.card, 'UTF8')), {LandingCounts.Columns}
            FROM search_words w
            LEFT JOIN search_cards c USING (practitioner_id)
            LEFT JOIN landing_people l USING (practitioner_id)
            WHERE w.number >= $1 AND w.number < $2
            """, connection)
        { Parameters = { new() { Value = from }, new() { Value = from + Some } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new Dictionary<Guid, Row>(Some);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(reader.GetGuid(0), new(
                reader.GetInt32(1), reader.GetGuid(2), reader.OrNull<int?>(3), reader.OrNull<byte[]>(4), reader.IsDBNull(6) ? null : LandingCounts.Read(reader, 5)));
        }

        return rows;
    }

    /// <summary>What stands of a practitioner.</summary>
    private sealed record Row(int Number, Guid Print, int? NumberOfCard, byte[]? Card, LandingPerson? Landing)
    {
        public bool IsOf(Practitioner practitioner, LandingPlaces places) =>
            Number == NumberOfCard && Print == WordIndex.PrintOf(practitioner) && SHA256.HashData(Search.Card.Of(practitioner).ToJson()).AsSpan().SequenceEqual(Card)
            && Landing?.IsAlike(LandingPerson.Of(practitioner, places)) == true;
    }
}
