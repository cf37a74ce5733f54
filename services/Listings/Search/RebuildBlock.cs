using System.Collections.Concurrent;
using System.Data;
using Listings.Landing;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Listings.Search;

/// <summary>
/// Looks at practitioners, a block of words at a time and as it was at one moment. Whose seal fits is passed over, in a block of words whose seal fits; everybody
/// else's rows are made in memory and compared. A card, or what landing pages count, is written where it is another one; nobody is locked for the sake of a card. The words of
/// a block are written anew when those of most are wrong; else whose words stand wrongly is left to be made anew, in another block.
/// </summary>
internal sealed class RebuildBlock
{
    /// <summary>Numbers that are asked for at a time.</summary>
    private const int Some = 2_048;

    private readonly ListingsDb db;
    private readonly NpgsqlConnection connection;
    private readonly BlockCheck words;
    private readonly LandingPlaces places;
    private readonly MadeRows made;
    private readonly CardWriter cards = new();
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

    /// <summary>False, and nothing has been done, when somebody was published meanwhile whose rows were to be written.</summary>
    private async Task<bool> TryAt(int block, CancellationToken ct)
    {
        try
        {
            await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            var (count, anew) = await At(block, ct);
            await moment.CommitAsync(ct);
            left.AddRange(anew);
            mended += count;
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation)
        {
            words.Clear();
            made.Clear();
            return false;
        }
    }

    private async Task<(int Mended, IEnumerable<Guid> Left)> At(int block, CancellationToken ct)
    {
        await connection.Execute(LookUps.UseKeys, ct);
        var isSealed = await words.IsSealed(block, ct);
        var seals = isSealed ? await Seals.Of(connection, block, ct) : new long[Postings.Block];
        // Of whom words were looked at; whose cards were others; what the words of others were made of.
        var (found, other, prints) = (new Dictionary<int, Guid>(), new HashSet<int>(), new Dictionary<int, Guid>());
        var looked = false;
        for (var from = 0; from < Postings.Block; from += Some)
        {
            await PublishedReader.Each(Doubtful(block, from, seals), Row.Read, Take, () => Learn(ct), ct);
            other.UnionWith(await Mend(seals, ct));
        }

        if (found.Count == 0 && isSealed)
        {
            if (looked)
                await Seals.SetPractitioners(connection, block, seals, ct);
            return (other.Count, []);
        }

        // The postings too are those of the same moment.
        HashSet<int> wrong = [.. prints.Keys, .. await words.Wrong(block, ct)];
        if (wrong.Count * 2 > found.Count && found.Count == await words.Count(block, ct))
        {
            await words.WriteAnew(block, prints.ToDictionary(p => found[p.Key], p => p.Value), ct);
            await Seals.Renew(connection, seals, [.. prints.Keys], ct);
            await Seals.Set(connection, block, BlockCheck.OfRows(block), seals, ct);
            other.UnionWith(wrong);
            return (other.Count, []);
        }

        foreach (var number in wrong)
            seals[number % Postings.Block] = 0;
        if (isSealed || wrong.Count == 0)
            await Seals.Set(connection, block, $"{words.Seal}", seals, ct);
        return (other.Except(wrong).Count(), wrong.Select(number => found[number]));

        bool Take(Row row)
        {
            var (practitioner, number) = (row.Practitioner, row.Number);
            ref var seal = ref seals[number % Postings.Block];
            var print = WordIndex.PrintOf(practitioner);
            var isFound = isSealed && row.Print == print && Seals.FitWords(row.Seal, seal);
            var known = places.Knows(practitioner.Published!.Locations);
            // Who waits for towns has their words learnt with them.
            if (!known && !isFound)
                words.Ask(practitioner);
            if (!known || (!isFound && !words.TryAdd(practitioner, number)))
                return false;
            looked = true;
            seal = row.Seal;
            if (!isFound)
                found.Add(number, practitioner.Id);
            if (row.Print != print)
                prints.Add(number, print);
            var card = Card.Of(practitioner);
            var json = cards.Write(card);
            var person = LandingPerson.Of(practitioner, card, places);
            var isCounted = row.Person?.IsAlike(person) == true;
            if (number != row.NumberOfCard || !json.SequenceEqual(row.Card) || !isCounted)
                made.Add(practitioner.Id, number, json, isCounted && row.Card is not null ? null : person);
            return true;
        }
    }

    private async Task Learn(CancellationToken ct)
    {
        await words.Learn(ct);
        await places.Learn(ct);
    }

    /// <summary>Writes the cards that are others, with what landing pages count; answers whose.</summary>
    private async Task<int[]> Mend(long[] seals, CancellationToken ct)
    {
        int[] numbers = [.. made.Numbers];
        if (numbers.Length == 0)
            return numbers;
        await made.Lock(ct);
        await made.Write(ct);
        await Seals.Renew(connection, seals, numbers, ct);
        return numbers;
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

    /// <summary>A practitioner, and what stands of them.</summary>
    private sealed record Row(Practitioner Practitioner, long Seal, int Number, Guid Print, int? NumberOfCard, byte[]? Card, LandingPerson? Person)
    {
        private const int At = PublishedReader.Count;

        public static Row Read(NpgsqlDataReader reader) => new(
            PublishedReader.Read(reader), reader.GetInt64(At), reader.GetInt32(At + 1), reader.GetGuid(At + 2), reader.OrNull<int?>(At + 3), reader.OrNull<byte[]>(At + 4),
            reader.IsDBNull(At + 5) ? null : LandingCounts.Read(reader, At + 5));
    }
}
