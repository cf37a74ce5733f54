using System.Text.Json;
using Listings.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Demo;

/// <summary>An operator fills the directory with invented practitioners: <c>seed --practitioners 2000</c>. Those that are there stay as they are.</summary>
public static class SeedDirectory
{
    private const int Usual = 2000;

    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        var count = args is ["--practitioners", var number] && int.TryParse(number, out var asked) ? asked : args.Length == 0 ? Usual : -1;
        if (count is < 1 or > 10_000_000)
        {
            await Console.Error.WriteLineAsync("Say how many: seed --practitioners 2000");
            return 2;
        }

        var added = await Seed(services.GetRequiredService<ListingsDb>(), count, services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
        await Console.Error.WriteLineAsync($"{added} practitioners added.");
        return 0;
    }

    /// <summary>Makes sure that the first <paramref name="count"/> invented practitioners exist; returns how many did not.</summary>
    public static async Task<int> Seed(ListingsDb db, int count, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(60));
        var present = await db.Practitioners.CountAsync(p => p.Demo, ct);
        if (present >= count)
            return 0;

        var invented = new DemoPractitioners(await DemoTowns.Load(connection, ct), now);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY practitioners (id, slug, status, version, demo, contact_email, published, evidence, created_at, changed_at, published_at) FROM STDIN (FORMAT binary)", ct))
        {
            copy.Timeout = TimeSpan.FromMinutes(60);
            // The ones before are invented again, since whether a slug needs a number depends on all of them.
            foreach (var practitioner in invented.Take(count).Skip(present))
                await Write(copy, practitioner, ct);
            await copy.CompleteAsync(ct);
        }
        await transaction.CommitAsync(ct);
        await Projection.Fill(db, anew: false, ct);
        return count - present;
    }

    private static async Task Write(NpgsqlBinaryImporter copy, Practitioner practitioner, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(practitioner.Id, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(practitioner.Slug!, NpgsqlDbType.Text, ct);
        await copy.WriteAsync("published", NpgsqlDbType.Text, ct);
        await copy.WriteAsync(practitioner.Version, NpgsqlDbType.Bigint, ct);
        await copy.WriteAsync(practitioner.Demo, NpgsqlDbType.Boolean, ct);
        await copy.WriteAsync(practitioner.ContactEmail, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(practitioner.Published, Listing.Stored), NpgsqlDbType.Json, ct);
        await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(practitioner.Evidence, Listing.Stored), NpgsqlDbType.Json, ct);
        await copy.WriteAsync(practitioner.CreatedAt, NpgsqlDbType.TimestampTz, ct);
        await copy.WriteAsync(practitioner.ChangedAt, NpgsqlDbType.TimestampTz, ct);
        await copy.WriteAsync(practitioner.PublishedAt!.Value, NpgsqlDbType.TimestampTz, ct);
    }
}
