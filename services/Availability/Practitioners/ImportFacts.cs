using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Availability;

/// <summary>
/// <c>import-facts FILE</c> (or <c>-</c> for standard input): takes in what Listings exported, one <see cref="PractitionerPublished"/> a line, as if
/// it had come by message. Practitioners who are new here and have no schedule get invented hours. Any number of lines, in bounded memory; running
/// it again changes nothing.
/// </summary>
public static class ImportFacts
{
    private const int BatchSize = 5_000;

    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not [var source])
        {
            await Console.Error.WriteLineAsync("Say which file to import, or - for standard input.");
            return 2;
        }

        using var input = source == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(source);
        var count = await Import(
            services.GetRequiredService<AvailabilityDb>(), input, services.GetRequiredService<TimeProvider>().GetUtcNow(),
            done => Console.Error.WriteLine($"imported {done} practitioners"), ct);
        await Console.Out.WriteLineAsync($"{count} practitioners");
        return 0;
    }

    /// <returns>The number of facts read.</returns>
    /// <exception cref="JsonException">A line is not such a fact; what came before its batch is imported.</exception>
    public static async Task<long> Import(AvailabilityDb db, TextReader input, DateTimeOffset now, Action<long> progress, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await db.Database.ExecuteSqlAsync(
            $"DROP TABLE IF EXISTS facts; CREATE TEMPORARY TABLE facts (id uuid PRIMARY KEY, version bigint, offer jsonb, hours jsonb)", ct);

        var (count, batch) = (0L, new Dictionary<Guid, PractitionerPublished>(BatchSize));
        while (await input.ReadLineAsync(ct) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var fact = JsonSerializer.Deserialize<PractitionerPublished>(line, Json.Tolerant) ?? throw new JsonException("A line says null.");
            if (!batch.TryGetValue(fact.PractitionerId, out var earlier) || earlier.Version < fact.Version)
                batch[fact.PractitionerId] = fact;
            count++;
            if (batch.Count == BatchSize)
                await Flush();
        }

        await Flush();
        return count;

        async Task Flush()
        {
            await using (var copy = await connection.BeginBinaryImportAsync("COPY facts FROM STDIN (FORMAT binary)", ct))
            {
                foreach (var fact in batch.Values)
                {
                    await copy.StartRowAsync(ct);
                    await copy.WriteAsync(fact.PractitionerId, NpgsqlDbType.Uuid, ct);
                    await copy.WriteAsync(fact.Version, NpgsqlDbType.Bigint, ct);
                    await copy.WriteAsync(JsonSerializer.Serialize(new Offer(fact.Locations, fact.Services), Json.Strict), NpgsqlDbType.Jsonb, ct);
                    await copy.WriteAsync(JsonSerializer.Serialize(DemoHours.For(fact.PractitionerId, fact.Locations), Json.Strict), NpgsqlDbType.Jsonb, ct);
                }

                await copy.CompleteAsync(ct);
            }

            // One statement, so that a batch is imported whole or not at all. The parts see the database as it was before: "new" is who had no row.
            await db.Database.ExecuteSqlAsync(
                $"""
                WITH known AS (SELECT f.id FROM facts f JOIN practitioners p USING (id)),
                told AS (
                    INSERT INTO practitioners (id, facts_version, published, offer) SELECT id, version, true, offer FROM facts ORDER BY id
                    ON CONFLICT (id) DO UPDATE SET facts_version = excluded.facts_version, published = true, offer = excluded.offer
                        WHERE practitioners.facts_version < excluded.facts_version
                    RETURNING id
                ),
                hours AS (
                    INSERT INTO schedules (practitioner_id, version, document)
                    SELECT id, 1, hours FROM facts WHERE id NOT IN (SELECT id FROM known) ORDER BY id ON CONFLICT DO NOTHING
                )
                INSERT INTO openings_told (practitioner_id, version, refresh_at) SELECT id, 0, {now} FROM told ORDER BY id
                ON CONFLICT (practitioner_id) DO UPDATE SET refresh_at = excluded.refresh_at, digest = NULL
                """, ct);
            await db.Database.ExecuteSqlAsync($"TRUNCATE facts", ct);
            batch.Clear();
            progress(count);
        }
    }
}
