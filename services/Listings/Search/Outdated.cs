using System.Collections.Concurrent;
using System.Data;
using System.Security.Cryptography;
using Listings.Landing;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Listings.Search;

/// <summary>
/// Finds the practitioners whose rows would be others if they were made now: card, words, and what landing pages count. Whose seal fits is passed over, in a block
/// of words whose seal fits; everybody else's rows are made in memory and compared. Nothing is locked: whoever publishes meanwhile writes all their rows in one
/// transaction, and a block is looked at as it was at one moment.
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
        var blocks = new ConcurrentQueue<int>(await connection.Scalar<int[]>($"SELECT array(SELECT DISTINCT number / {Postings.Block} FROM search_words)", ct) ?? []);
        var found = await Projection.InLanes(db, async lane =>
        {
            var look = new Outdated(lane, await lane.Connection(ct));
            while (blocks.TryDequeue(out var block))
                await look.At(block, ct);
            return look;
        }, ct);
        return [.. found.SelectMany(look => look.outdated).Concat(unknown ?? []).Order()];
    }

    private async Task At(int block, CancellationToken ct)
    {
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var isSealed = await words.IsSealed(block, ct);
        var (found, before) = (new Dictionary<int, Guid>(), outdated.Count);
        var seals = await Doubtful(block, isSealed, ct);
        foreach (var ids in seals.Keys.Chunk(Some))
        {
            var practitioners = await db.Practitioners.FromSql($"SELECT * FROM practitioners WHERE id = ANY ({ids})").AsNoTracking().ToListAsync(ct);
            var rows = await Rows(ids, ct);
            await places.Learn(practitioners.SelectMany(p => p.Published!.Locations), ct);
            var right = practitioners.FindAll(p => rows[p.Id].IsOf(p, places));
            outdated.AddRange(practitioners.Except(right).Select(p => p.Id));
            await words.Add(right, right.ConvertAll(p => rows[p.Id].Number), ct);
            foreach (var practitioner in right)
                found.Add(rows[practitioner.Id].Number, practitioner.Id);
        }

        // The postings too are those of the same moment.
        var wrong = isSealed && found.Count == 0 ? [] : await words.Wrong(block, ct);
        await moment.CommitAsync(ct);
        outdated.AddRange(wrong.Select(number => found[number]));
        await Seals.Set(connection, [.. found.ExceptBy(wrong, row => row.Key).Select(row => (row.Value, seals[row.Value]))], ct);
        if (!isSealed && outdated.Count == before)
            await words.Seal(block, ct);
    }

    /// <summary>Who in a block has a seal that does not fit, everybody when the block itself is not sealed, with the seal that would.</summary>
    private async Task<Dictionary<Guid, long>> Doubtful(int block, bool isSealed, CancellationToken ct)
    {
        // Two lanes are enough: what is left of the machine belongs to searches.
        await connection.Execute("SET LOCAL max_parallel_workers_per_gather = 0", ct);
        await using var command = new NpgsqlCommand(
            $"""
            SELECT id, fitting FROM (SELECT p.id, w.number, w.seal, {Seals.OfRows} AS fitting FROM {Seals.Rows} WHERE w.number >= $1 AND w.number < $2 AND p.published IS NOT NULL OFFSET 0) sealed
            WHERE NOT $3 OR seal IS DISTINCT FROM fitting
            ORDER BY number
            """, connection)
        { CommandTimeout = 600, Parameters = { new() { Value = block * Postings.Block }, new() { Value = (block + 1) * Postings.Block }, new() { Value = isSealed } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seals = new Dictionary<Guid, long>();
        while (await reader.ReadAsync(ct))
            seals.Add(reader.GetGuid(0), reader.GetInt64(1));
        return seals;
    }

    private async Task<Dictionary<Guid, Row>> Rows(Guid[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT practitioner_id, w.number, w.print, c.number, sha256(convert_to(c.card, 'UTF8')), {LandingCounts.Columns}
            FROM search_words w
            LEFT JOIN search_cards c USING (practitioner_id)
            LEFT JOIN landing_people l USING (practitioner_id)
            WHERE practitioner_id = ANY ($1)
            """, connection)
        { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new Dictionary<Guid, Row>(ids.Length);
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
