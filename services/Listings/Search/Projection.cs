using System.Collections.Concurrent;
using System.Text;
using Listings.Landing;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>What search shows and is made from, one row a practitioner, kept beside the write model. A withdrawn practitioner leaves an empty row, so that every copy hears of it.</summary>
public static class Projection
{
    /// <summary>So many blocks of practitioners are made at a time: while the database works for one, this process works for another.</summary>
    private const int Lanes = 2;

    /// <summary>Practitioners whose rows are written at a time in each lane.</summary>
    private const int Some = 512;

    /// <summary>
    /// Makes search show the practitioner as now published, or not at all when nothing is. Call it in the transaction that has saved the
    /// listing, so that both are seen together.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no transaction.</exception>
    public static async Task Refresh(ListingsDb db, Guid practitionerId, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("The search changes in the transaction that changes the listing.");

        var practitioner = await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == practitionerId, ct);
        var connection = await db.Connection(ct);
        string? card = null;
        int? number = null;
        if (practitioner?.Published is null)
            await WordIndex.Forget(connection, practitionerId, ct);
        else
            (card, number) = (Encoding.UTF8.GetString(new CardWriter().Write(Card.Of(practitioner))), await WordIndex.Write(connection, practitioner, ct));

        await using var command = new NpgsqlCommand($"WITH made (practitioner_id, card, number) AS (SELECT $1, $2, $3) {MadeRows.Upsert}", connection)
        {
            Parameters =
            {
                new() { Value = practitionerId }, new() { Value = (object?)card ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)number ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Makes the rows that are missing, with those that are not as they would be made now when <paramref name="anew"/>, while searches go on; answers how
    /// many are different now. What was withdrawn meanwhile is left to whoever withdrew it.
    /// </summary>
    public static async Task<int> Fill(ListingsDb db, bool anew, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        var count = anew ? await Rebuild(db, connection, ct) : await Make(db, await connection.Scalar<Guid[]>(
            """
            SELECT array(SELECT id FROM practitioners p
                WHERE published IS NOT NULL AND NOT EXISTS (SELECT FROM search_cards c WHERE c.practitioner_id = p.id AND c.card IS NOT NULL) ORDER BY id)
            """, ct), ct);
        if (count > 0)
            await connection.Execute("ANALYZE search_cards, search_words, search_postings, search_vocabulary", ct);
        if (count > 0 || anew)
            await LandingCounts.Recount(connection, ct);
        return count;
    }

    private static async Task<int> Rebuild(ListingsDb db, NpgsqlConnection connection, CancellationToken ct)
    {
        var (mended, left) = await RebuildBlock.All(db, ct);
        var count = mended + await Make(db, left, ct) + await TakeAwayStrays(db, connection, ct);
        await WordIndex.FillVocabulary(connection, ct);
        return count;
    }

    /// <summary>Makes the rows of these practitioners, as far as they are published; answers how many are different now.</summary>
    internal static async Task<int> Make(ListingsDb db, Guid[]? ids, CancellationToken ct)
    {
        var blocks = new ConcurrentQueue<Guid[]>((ids ?? []).Chunk(WordLoad.Most));
        return (await InLanes(db, lane => Make(lane, blocks, ct), ct)).Sum();
    }

    /// <summary>Whoever is shown or counted without being published is so no longer; answers how many were.</summary>
    private static async Task<int> TakeAwayStrays(ListingsDb db, NpgsqlConnection connection, CancellationToken ct)
    {
        var strays = await connection.Scalar<Guid[]>(
            """
            SELECT array(
                SELECT DISTINCT practitioner_id FROM (
                    SELECT practitioner_id FROM search_words
                    UNION ALL
                    SELECT practitioner_id FROM search_cards c WHERE card IS NOT NULL AND NOT EXISTS (SELECT FROM search_words w WHERE w.practitioner_id = c.practitioner_id)
                    UNION ALL
                    SELECT practitioner_id FROM landing_people l WHERE NOT EXISTS (SELECT FROM search_words w WHERE w.practitioner_id = l.practitioner_id)) shown
                WHERE NOT EXISTS (SELECT FROM practitioners p WHERE p.id = shown.practitioner_id AND p.published IS NOT NULL))
            """, ct) ?? [];
        var count = 0;
        foreach (var id in strays)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Somebody may have published them meanwhile, and that stays.
            if (await db.Practitioners.FromSql($"SELECT * FROM practitioners WHERE id = {id} FOR NO KEY UPDATE").AsNoTracking().ToListAsync(ct) is [{ Published: not null }])
                continue;
            await Refresh(db, id, ct);
            await LandingCounts.Write(connection, id, null, ct);
            await transaction.CommitAsync(ct);
            count++;
        }

        return count;
    }

    /// <summary>Does the work several times over beside each other, each with a connection of its own.</summary>
    internal static Task<T[]> InLanes<T>(ListingsDb db, Func<ListingsDb, Task<T>> work, CancellationToken ct)
    {
        var options = (DbContextOptions<ListingsDb>)db.GetService<IDbContextOptions>();
        return Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(
            async () =>
            {
                await using var own = new ListingsDb(options);
                return await work(own);
            }, ct)));
    }

    private static async Task<int> Make(ListingsDb db, ConcurrentQueue<Guid[]> blocks, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        var (words, places, cards, made, count) = (new WordLoad(connection), new LandingPlaces(connection), new CardWriter(), new MadeRows(connection), 0);
        while (blocks.TryDequeue(out var block))
        {
            // Locked until they are written: whoever publishes meanwhile comes after this and has the last word.
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await connection.Execute(LookUps.UseKeys, ct);
            await words.Begin(ct);
            foreach (var ids in block.Chunk(Some))
            {
                var command = new NpgsqlCommand($"SELECT {PublishedReader.Columns} FROM practitioners p WHERE id = ANY ($1) AND published IS NOT NULL ORDER BY id FOR NO KEY UPDATE", connection)
                { Parameters = { new() { Value = ids } } };
                await PublishedReader.Each(command, PublishedReader.Read, Take, Learn, ct);
                await words.Write(ct);
                count += await made.Write(ct);
            }

            await words.Complete(transaction.CommitAsync, ct);
        }

        return count;

        bool Take(Practitioner practitioner)
        {
            if (!places.Knows(practitioner.Published!.Locations))
            {
                words.Ask(practitioner);
                return false;
            }

            if (words.TryAdd(practitioner) is not { } number)
                return false;
            var card = Card.Of(practitioner);
            made.Add(practitioner.Id, number, cards.Write(card), LandingPerson.Of(practitioner, card, places));
            return true;
        }

        async Task Learn()
        {
            await words.Learn(ct);
            await places.Learn(ct);
        }
    }
}
