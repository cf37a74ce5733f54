using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>Keeps the search's tables true to what is published.</summary>
public static class SearchIndex
{
    private const int Batch = 2_000;

    /// <summary>
    /// Makes search show the practitioner as now published, or not at all when nothing is. Call it in the transaction that has saved the
    /// listing, so that both are seen together.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no transaction.</exception>
    public static async Task Refresh(ListingsDb db, Guid practitionerId, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("The search changes in the transaction that changes the listing.");

        var connection = await db.Connection(ct);
        await using (var clear = new NpgsqlBatch(connection))
        {
            // The row is the lock between this and the openings that arrive meanwhile.
            clear.BatchCommands.Add(With(
                "INSERT INTO openings_versions VALUES ($1, 0) ON CONFLICT (practitioner_id) DO UPDATE SET version = openings_versions.version", practitionerId));
            clear.BatchCommands.Add(With("DELETE FROM search_entries WHERE practitioner_id = $1", practitionerId));
            clear.BatchCommands.Add(With("DELETE FROM search_locations WHERE practitioner_id = $1", practitionerId));
            clear.BatchCommands.Add(With("DELETE FROM search_cards WHERE practitioner_id = $1", practitionerId));
            await clear.ExecuteNonQueryAsync(ct);
        }

        var practitioner = await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == practitionerId, ct);
        if (practitioner?.Published is not null)
            await Write(connection, [practitioner], ct);
    }

    /// <summary>Adds the published practitioners that search does not know yet, all of them when <paramref name="anew"/>; answers how many.</summary>
    public static async Task<int> Fill(ListingsDb db, bool anew, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(60));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (anew)
            await connection.Execute("TRUNCATE search_entries, search_locations, search_cards", ct);
        var empty = !await connection.Scalar<bool>("SELECT EXISTS (SELECT FROM search_entries)", ct);
        var indexes = empty ? await connection.DropIndexes(["search_entries"], ct) : [];

        var count = 0;
        var last = Guid.Empty;
        while (true)
        {
            var some = await db.Practitioners.FromSql(
                $"""
                SELECT * FROM practitioners p
                WHERE published IS NOT NULL AND id > {last} AND NOT EXISTS (SELECT FROM search_cards c WHERE c.practitioner_id = p.id)
                ORDER BY id LIMIT {Batch}
                """).AsNoTracking().ToListAsync(ct);
            if (some.Count == 0)
                break;
            await Write(connection, some, ct);
            count += some.Count;
            last = some[^1].Id;
        }

        foreach (var index in indexes)
            await connection.Execute(index, ct);
        await transaction.CommitAsync(ct);
        if (count > 0)
        {
            // Searches read the index alone, which needs the visibility map that a vacuum writes.
            await connection.Execute("VACUUM (ANALYZE) search_entries, search_locations, search_cards", ct);
        }

        return count;
    }

    private static async Task Write(NpgsqlConnection connection, List<Practitioner> practitioners, CancellationToken ct)
    {
        var numbers = await SearchNumbers.For(connection, practitioners, ct);
        var nextAt = await NextAt(connection, practitioners, ct);
        await using (var entries = await connection.BeginTextImportAsync(
            """
            COPY search_entries (practitioner_id, location_id, lineage, from_on, until_on, spot, specialties, levels, lineages, evidenced, languages, formats,
                travel_metres, has_others, next_at) FROM STDIN
            """, ct))
        {
            foreach (var line in practitioners.SelectMany(p => EntryLines.Of(p, numbers, nextAt)))
                await entries.WriteAsync(line.AsMemory(), ct);
        }

        await using (var cards = await connection.BeginBinaryImportAsync("COPY search_cards (practitioner_id, card) FROM STDIN (FORMAT binary)", ct))
        {
            foreach (var practitioner in practitioners)
                await cards.WriteRowAsync(ct, practitioner.Id, SearchEntries.CardOf(practitioner).ToJson());
            await cards.CompleteAsync(ct);
        }

        await using var locations = await connection.BeginBinaryImportAsync("COPY search_locations (practitioner_id, location_id, card) FROM STDIN (FORMAT binary)", ct);
        foreach (var practitioner in practitioners)
        {
            foreach (var card in practitioner.Published!.Locations.Select(l => SearchEntries.CardOf(practitioner.Published, l)).OfType<LocationCard>())
                await locations.WriteRowAsync(ct, practitioner.Id, card.Location.Id, card.ToJson());
        }

        await locations.CompleteAsync(ct);
    }

    private static async Task<Dictionary<Guid, DateTime>> NextAt(NpgsqlConnection connection, List<Practitioner> practitioners, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT location_id, next_at FROM next_openings WHERE practitioner_id = ANY ($1) AND next_at < 'infinity'", connection)
        { Parameters = { new() { Value = practitioners.ConvertAll(p => p.Id).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<Guid, DateTime>();
        while (await reader.ReadAsync(ct))
            found[reader.GetGuid(0)] = reader.GetDateTime(1);
        return found;
    }

    private static NpgsqlBatchCommand With(string sql, Guid id) => new(sql) { Parameters = { new() { Value = id } } };
}
