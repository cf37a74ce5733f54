using System.Text;
using Listings.Landing;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>What search shows and is made from, one row a practitioner, kept beside the write model. A withdrawn practitioner leaves an empty row, so that every copy hears of it.</summary>
public static class Projection
{

    private const string Upsert =
        """
        INSERT INTO search_cards (practitioner_id, card, number) SELECT practitioner_id, card, number FROM made
        ON CONFLICT (practitioner_id) DO UPDATE SET card = excluded.card, number = excluded.number, changed = pg_current_xact_id()
        WHERE (search_cards.card, search_cards.number) IS DISTINCT FROM (excluded.card, excluded.number)
        """;

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
            (card, number) = (Encoding.UTF8.GetString(Card.Of(practitioner).ToJson()), await WordIndex.Write(connection, practitioner, ct));

        await using var command = new NpgsqlCommand($"WITH made (practitioner_id, card, number) AS (SELECT $1, $2, $3) {Upsert}", connection)
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
    /// Makes the rows that are missing, all of them when <paramref name="anew"/>, while searches go on; answers how many are different now. What
    /// was withdrawn meanwhile is left to whoever withdrew it.
    /// </summary>
    public static async Task<int> Fill(ListingsDb db, bool anew, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(60));
        await connection.Execute("CREATE TEMPORARY TABLE IF NOT EXISTS made (practitioner_id uuid NOT NULL, card text NOT NULL, number int NOT NULL); TRUNCATE made", ct);
        var words = new WordLoad(connection);
        var (count, last) = (0, Guid.Empty);
        while (true)
        {
            // Locked until they are written: whoever publishes meanwhile comes after this and has the last word.
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var some = await db.Practitioners.FromSql(
                $"""
                SELECT * FROM practitioners p
                WHERE published IS NOT NULL AND id > {last} AND ({anew} OR NOT EXISTS (SELECT FROM search_cards c WHERE c.practitioner_id = p.id AND c.card IS NOT NULL))
                ORDER BY id LIMIT {WordLoad.Most} FOR NO KEY UPDATE
                """).AsNoTracking().ToListAsync(ct);
            if (some.Count == 0)
                break;
            var numbers = await words.Write(some, ct);
            await LandingCounts.Load(connection, some, ct);
            await using (var rows = await connection.BeginBinaryImportAsync("COPY made (practitioner_id, card, number) FROM STDIN (FORMAT binary)", ct))
            {
                foreach (var practitioner in some)
                {
                    await rows.StartRowAsync(ct);
                    await rows.WriteAsync(practitioner.Id, NpgsqlDbType.Uuid, ct);
                    await rows.WriteAsync(Card.Of(practitioner).ToJson(), NpgsqlDbType.Text, ct);
                    await rows.WriteAsync(numbers[practitioner.Id], NpgsqlDbType.Integer, ct);
                }

                await rows.CompleteAsync(ct);
            }

            await using (var upsert = new NpgsqlCommand(Upsert, connection) { CommandTimeout = 600 })
                count += await upsert.ExecuteNonQueryAsync(ct);
            await connection.Execute("TRUNCATE made", ct);
            await transaction.CommitAsync(ct);
            last = some[^1].Id;
        }

        if (count > 0)
        {
            await connection.Execute("ANALYZE search_cards", ct);
            await words.Tidy(ct);
            await LandingCounts.Recount(connection, ct);
        }

        return count;
    }
}
