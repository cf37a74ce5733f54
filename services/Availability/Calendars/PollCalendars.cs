using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Platform;

namespace Availability;

/// <summary>
/// Outside calendars are asked every few minutes, each by one copy at a time: it is taken by a lease, since no transaction stays open over a call to
/// somebody else. One such worker asks one calendar after the other; the <paramref name="quick"/> ones and the others have workers of their own, so
/// that any number of slow and broken calendars delay only each other.
/// </summary>
public sealed class PollCalendars(bool quick) : Worker
{
    private const int ForQuick = 12;
    private const int ForOthers = 8;

    /// <summary>Time to wait for a turn to parse, on top of the time that an answer may take.</summary>
    private static readonly TimeSpan ToRead = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan QuickAnswer = TimeSpan.FromSeconds(3);

    /// <summary>Parsing takes processor time: one calendar at a time leaves the rest of it to people who are waiting for an answer.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>What a try has come to, as the calendar notes it; with the fact to publish, if there is one.</summary>
    private delegate object? Outcome(OutsideCalendar calendar, DateTimeOffset now);

    /// <summary>With this many workers, one of them looks every fraction of a second.</summary>
    protected override TimeSpan Period => TimeSpan.FromSeconds(2 + (4 * Random.Shared.NextDouble()));

    /// <exception cref="InvalidOperationException">Production would fetch from private networks.</exception>
    public static void AddTo(WebApplicationBuilder builder, AvailabilityOptions options)
    {
        if (options.FeedsAllowPrivate && builder.Environment.IsProduction())
            throw new InvalidOperationException("The setting FEEDS_ALLOW_PRIVATE is for development; Production reads calendars on the public internet only.");
        builder.Services.AddSingleton<ResolveHost>(Resolve);
        builder.Services.AddSingleton<AllowAddress>(options.FeedsAllowPrivate ? _ => true : PublicAddress.Is);
        builder.Services.AddSingleton<CalendarClient>();
        for (var i = 0; i < ForQuick + ForOthers; i++)
            builder.AddWorker<PollCalendars>(i < ForQuick);
    }

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var (db, clock) = (services.GetRequiredService<AvailabilityDb>(), services.GetRequiredService<TimeProvider>());
        var lease = TimeSpan.FromSeconds(services.GetRequiredService<AvailabilityOptions>().FeedTimeoutSeconds) + ToRead;
        if (await Take(db, lease, clock.GetUtcNow(), ct) is not { } calendar)
            return false;

        var context = await CalendarContext.Of(db, calendar.PractitionerId, clock.GetUtcNow(), ct);
        Outcome outcome;
        try
        {
            outcome = await Ask(services, calendar, context, ct);
        }
        catch (CalendarUnreadException e)
        {
            outcome = (failed, now) => failed.Failed(e.Problem, now, e.RetryAfter, Jitter());
        }
        catch (CalendarFormatException)
        {
            outcome = (failed, now) => failed.Failed(CalendarProblem.NotACalendar, now, jitter: Jitter());
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Our own fault, but it must not look as if the calendar were fine.
            services.GetRequiredService<ILogger<PollCalendars>>().LogError(e, "The calendar {CalendarId} could not be read", calendar.Id);
            outcome = (failed, now) => failed.Failed(CalendarProblem.NotACalendar, now, jitter: Jitter());
        }

        await Settle(db, calendar, outcome, clock.GetUtcNow(), ct);
        return true;
    }

    private async Task<OutsideCalendar?> Take(AvailabilityDb db, TimeSpan lease, DateTimeOffset now, CancellationToken ct) =>
        (await db.OutsideCalendars.FromSql($"""
            UPDATE outside_calendars SET leased_until = {now + lease}
            WHERE id = (
                SELECT id FROM outside_calendars WHERE quick = {quick} AND due_at <= {now} AND (leased_until IS NULL OR leased_until <= {now})
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct)).SingleOrDefault();

    private static async Task<Outcome> Ask(IServiceProvider services, OutsideCalendar calendar, CalendarContext context, CancellationToken ct)
    {
        var address = new Uri(services.GetRequiredService<SecretBox>().Open(calendar.Address, OutsideCalendar.Purpose));
        // Read on another day or for another zone the same text may mean other times: then all of it is wanted again.
        var asBefore = calendar.ReadAs == context.Key;
        var started = TimeProvider.System.GetTimestamp();
        var fetched = await services.GetRequiredService<CalendarClient>()
            .Fetch(address, asBefore ? calendar.Tag : null, asBefore ? calendar.LastModified : null, ct);
        var isQuick = TimeProvider.System.GetElapsedTime(started) < QuickAnswer;
        var pause = TimeSpan.FromSeconds(services.GetRequiredService<AvailabilityOptions>().FeedPollSeconds) * Jitter();
        if (fetched.Body is null)
            return (same, now) => same.Answered(now, isQuick, pause, fetched.Tag ?? same.Tag, fetched.LastModified ?? same.LastModified);

        var digest = SHA256.HashData(fetched.Body);
        if (asBefore && digest.AsSpan().SequenceEqual(calendar.Digest))
            return (same, now) => same.Answered(now, isQuick, pause, fetched.Tag, fetched.LastModified);

        var busy = await Read(fetched.Body, context, ct);
        return (changed, now) =>
        {
            changed.Read(busy, digest, context.Key);
            return changed.Answered(now, isQuick, pause, fetched.Tag, fetched.LastModified);
        };
    }

    private static async Task<NpgsqlRange<DateTime>[]> Read(byte[] body, CalendarContext context, CancellationToken ct)
    {
        await Turn.WaitAsync(ct);
        try
        {
            using var text = new StreamReader(new MemoryStream(body));
            var busy = CalendarReader.Busy(await text.ReadToEndAsync(ct), context.Window, context.Home, context.IsOurs);
            return [.. busy.Select(b => new NpgsqlRange<DateTime>(b.From.ToDateTimeUtc(), true, b.Until.ToDateTimeUtc(), false))];
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task Settle(AvailabilityDb db, OutsideCalendar asked, Outcome outcome, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTime(asked.PractitionerId, ct);
        // Dropped meanwhile, or our lease ran out and it is another's.
        if (await OutsideCalendar.Lock(db, asked.Id, ct) is not { } calendar || calendar.LeasedUntil != asked.LeasedUntil)
            return;

        var before = calendar.Takes;
        if (outcome(calendar, now) is { } fact)
            db.Publish(fact, now);
        await db.SaveChangesAsync(ct);
        if (before.All != calendar.Takes.All || !before.Busy.SequenceEqual(calendar.Takes.Busy))
            await db.OpeningsMayHaveChanged(now, ct, asked.PractitionerId);
        await transaction.CommitAsync(ct);
    }

    private static double Jitter() => 0.9 + (0.2 * Random.Shared.NextDouble());

    /// <summary>On a thread of its own: the system's resolver blocks, and a stranger's name server may let it wait.</summary>
    private static Task<IPAddress[]> Resolve(string host, CancellationToken ct) =>
        Task.Factory.StartNew(() => Dns.GetHostAddresses(host), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(ct);
}
