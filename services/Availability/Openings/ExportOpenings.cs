using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>
/// <c>export-openings [FILE]</c>: writes the openings of all published practitioners, one <see cref="Contracts.OpeningsChanged"/> a line in no
/// particular order, to the file or to standard output, and notes them as told. For a directory that was filled in one go: a million messages would
/// take the better part of an hour. Bounded memory, all cores.
/// </summary>
public static class ExportOpenings
{
    private const int BatchSize = 500;

    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args.Length > 1)
        {
            await Console.Error.WriteLineAsync("Say which file to write, or nothing for standard output.");
            return 2;
        }

        await using var output = args is [var file] && file != "-" ? File.Create(file) : Console.OpenStandardOutput();
        var count = await Write(
            services.GetRequiredService<IServiceScopeFactory>(), output, services.GetRequiredService<TimeProvider>().GetUtcNow(),
            done => Console.Error.WriteLine($"exported the openings of {done} practitioners"), ct);
        await Console.Error.WriteLineAsync($"exported the openings of {count} practitioners, which is all");
        return 0;
    }

    /// <returns>How many practitioners were written.</returns>
    public static async Task<int> Write(IServiceScopeFactory scopes, Stream output, DateTimeOffset now, Action<int> progress, CancellationToken ct)
    {
        var count = 0;
        using var turn = new SemaphoreSlim(1);
        await using var reading = scopes.CreateAsyncScope();
        var all = Published(reading.ServiceProvider.GetRequiredService<AvailabilityDb>(), ct);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        await Parallel.ForEachAsync(all, parallel, async (ids, stop) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AvailabilityDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            using var lines = new MemoryStream();
            var written = await Tell(db, ids, lines, now, stop);
            await turn.WaitAsync(stop);
            try
            {
                lines.Position = 0;
                await lines.CopyToAsync(output, stop);
                count += written;
                if (count % 20_000 < written)
                    progress(count);
            }
            finally
            {
                turn.Release();
            }

            // Noted after it was written: whoever is cut off in between is told of once more, which is harmless.
            await transaction.CommitAsync(stop);
        });
        await output.FlushAsync(ct);
        return count;
    }

    private static async Task<int> Tell(AvailabilityDb db, Guid[] ids, MemoryStream lines, DateTimeOffset now, CancellationToken ct)
    {
        var noted = await db.OpeningsTold.FromSql($"SELECT * FROM openings_told WHERE practitioner_id = ANY({ids}) ORDER BY practitioner_id FOR UPDATE").ToListAsync(ct);
        var found = await VisitsToCome.Read(db, ids, Instant.FromDateTimeOffset(now), ct);
        var written = 0;
        foreach (var told in noted)
        {
            var (time, toCome) = found[told.PractitionerId];
            told.Forget();
            if (!time.Published || told.Tell(time, toCome, now) is not { } change)
                continue;
            JsonSerializer.Serialize(lines, change, Json.Strict);
            lines.WriteByte((byte)'\n');
            written++;
        }

        await db.SaveChangesAsync(ct);
        return written;
    }

    private static async IAsyncEnumerable<Guid[]> Published(AvailabilityDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var last = Guid.Empty;
        while (true)
        {
            var ids = await db.Practitioners.Where(p => p.Published && p.Id > last).OrderBy(p => p.Id).Take(BatchSize).Select(p => p.Id).ToArrayAsync(ct);
            if (ids.Length == 0)
                yield break;
            last = ids[^1];
            yield return ids;
        }
    }
}
