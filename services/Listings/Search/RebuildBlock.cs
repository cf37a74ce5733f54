using System.Collections.Concurrent;
using System.Data;
using Listings.Landing;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Listings.Search;

/// <summary>
/// Looks at practitioners, a block of words at a time and as it was at one moment. Whose seal fits is passed over, in a block of words whose seal fits; everybody
/// else's rows are made in memory and compared. A card, or what landing pages count, is written where it is another one: only whom it belongs to is locked. Whose
/// words stand wrongly is left to be made anew, in another block.
/// </summary>
internal sealed class RebuildBlock
{
    /// <summary>Numbers that are asked for at a time.</summary>
    private const int Some = 2_048;

    /// <summary>When the words of more than so many are wrong, nobody else of the block is looked at.</summary>
    private const int TooMany = Some / 4;

    private readonly ListingsDb db;
    private readonly NpgsqlConnection connection;
    private readonly BlockCheck words;
    private readonly LandingPlaces places;
    private readonly MadeRows made;
    private readonly List<Guid> left = [];
    private int mended;

    private RebuildBlock(ListingsDb db, NpgsqlConnection connection)
    {
        (this.db, this.connection) = (db, connection);
        (words, places, made) = (new(connection), new(connection), new(connection));
    }

    /// <summary>How many have been mended, and who has to be made anew, in the order of their ids.</summary>
    public static async Task<(int Mended, Guid[] Left)> All(ListingsDb db, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        var unknown = await connection.Scalar<Guid[]>("SELECT array(SELECT id FROM practitioners p WHERE published IS NOT NULL AND NOT EXISTS (SELECT FROM search_words w WHERE w.practitioner_id = p.id))", ct);
        var blocks = new ConcurrentQueue<int>(await connection.Scalar<int[]>($"SELECT array(SELECT DISTINCT number / {Postings.Block} FROM search_words)", ct) ?? []);
        var looks = await Projection.InLanes(db, async lane =>
        {
            var look = new RebuildBlock(lane, await lane.Connection(ct));
            while (blocks.TryDequeue(out var block))
            {
                while (!await look.TryAt(block, ct))
                {
                }
            }

            return look;
        }, ct);
        return (looks.Sum(look => look.mended), [.. looks.SelectMany(look => look.left).Concat(unknown ?? []).Order()]);
    }

    /// <summary>False, and nothing has been done, when somebody who was to be mended has been published meanwhile.</summary>
    private async Task<bool> TryAt(int block, CancellationToken ct)
    {
        try
        {
            await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            var (wrong, count) = await At(block, ct);
            await moment.CommitAsync(ct);
            left.AddRange(wrong);
            mended += count;
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected)
        {
            words.Clear();
            made.Clear();
            return false;
        }
    }

    private async Task<(IReadOnlyCollection<Guid> Wrong, int Mended)> At(int block, CancellationToken ct)
    {
        // Two lanes are enough: what is left of the machine belongs to searches.
        await connection.Execute("SET LOCAL max_parallel_workers_per_gather = 0", ct);
        if (!await words.HasAny(block, ct))
            return (await Everybody(block, ct), 0);
        var isSealed = await words.IsSealed(block, ct);
        var seals = isSealed ? await Seals.Of(connection, block, ct) : new long[Postings.Block];
        var (found, wrong, count) = (new Dictionary<int, Guid>(), new Dictionary<int, Guid>(), 0);
        for (var from = 0; from < Postings.Block; from += Some)
        {
            await PublishedReader.Each(Doubtful(block, from, seals), Row.Read, Take, () => Learn(ct), ct);
            if (wrong.Count > TooMany)
            {
                words.Clear();
                made.Clear();
                return (await Everybody(block, ct), count);
            }

            count += await Mend(seals, ct);
        }

        if (found.Count + wrong.Count == 0 && isSealed)
            return ([], 0);
        // The postings too are those of the same moment.
        foreach (var number in await words.Wrong(block, ct))
            wrong.Add(number, found[number]);
        foreach (var number in wrong.Keys)
            seals[number % Postings.Block] = 0;
        if (isSealed || wrong.Count == 0)
            await Seals.Set(connection, block, $"{words.Seal}", seals, ct);
        return (wrong.Values, count);

        bool Take(Row row)
        {
            var (practitioner, number) = (row.Practitioner, row.Number);
            if (row.Print != WordIndex.PrintOf(practitioner))
                return wrong.TryAdd(number, practitioner.Id);
            if (!(places.Knows(practitioner.Published!.Locations) ? words.TryAdd(practitioner, number) : words.Ask(practitioner)))
                return false;
            found.Add(number, practitioner.Id);
            seals[number % Postings.Block] = row.Seal;
            var (card, person) = (Card.Of(practitioner).ToJson(), LandingPerson.Of(practitioner, places));
            if (number != row.NumberOfCard || !card.AsSpan().SequenceEqual(row.Card) || row.Person?.IsAlike(person) != true)
                made.Add(person, number, card);
            return true;
        }
    }

    private async Task Learn(CancellationToken ct)
    {
        await words.Learn(ct);
        await places.Learn(ct);
    }

    /// <summary>Writes what was found to be different; answers of how many.</summary>
    private async Task<int> Mend(long[] seals, CancellationToken ct)
    {
        int[] numbers = [.. made.Numbers];
        if (numbers.Length == 0)
            return 0;
        await made.Lock(ct);
        await made.Write(ct);
        await Seals.Renew(connection, seals, numbers, ct);
        return numbers.Length;
    }

    /// <summary>Who has a seal that does not fit.</summary>
    private NpgsqlCommand Doubtful(int block, int from, long[] seals)
    {
        var first = (block * Postings.Block) + from;
        return new(
            $"""
            SELECT {PublishedReader.Columns}, {Seals.OfRows}, w.number, w.print, c.number, c.card, {LandingCounts.ColumnsOf("l")}
            FROM {Seals.Rows}
            WHERE w.number >= $1 AND w.number < $2 AND ($3)[w.number - $1 + 1] IS DISTINCT FROM {Seals.OfRows}
            ORDER BY w.number
            """, connection)
        { CommandTimeout = 600, Parameters = { new() { Value = first }, new() { Value = first + Some }, new() { Value = seals[from..(from + Some)] } } };
    }

    private async Task<Guid[]> Everybody(int block, CancellationToken ct) =>
        await connection.Scalar<Guid[]>($"SELECT array(SELECT practitioner_id FROM search_words WHERE number >= {block * Postings.Block} AND number < {(block + 1) * Postings.Block})", ct) ?? [];

    /// <summary>A practitioner, and what stands of them.</summary>
    private sealed record Row(Practitioner Practitioner, long Seal, int Number, Guid Print, int? NumberOfCard, byte[]? Card, LandingPerson? Person)
    {
        private const int At = PublishedReader.Count;

        public static Row Read(NpgsqlDataReader reader) => new(
            PublishedReader.Read(reader), reader.GetInt64(At), reader.GetInt32(At + 1), reader.GetGuid(At + 2), reader.OrNull<int?>(At + 3), reader.OrNull<byte[]>(At + 4),
            reader.IsDBNull(At + 5) ? null : LandingCounts.Read(reader, At + 5));
    }
}
