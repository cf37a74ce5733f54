using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Limits;

/// <summary>
/// Counts attempts in the database, so that copies of the service count together. An attempt is counted before it is made and given back when
/// it turns out to be good; a crowd of guesses at one moment gets no further than guesses one by one.
/// </summary>
public sealed class AttemptLimits(AccountsDb db, KeyedHash hash, AccountOptions options, TimeProvider clock)
{
    /// <summary>Null when it may go on; else how long to wait, and nothing of this attempt is counted.</summary>
    public async Task<ProblemHttpResult?> Try(HttpContext http, IReadOnlyList<AttemptLimit> limits, CancellationToken ct)
    {
        if (!options.RateLimits)
            return null;
        for (var i = 0; i < limits.Count; i++)
        {
            if (await Count(limits[i], ct) is not { } wait)
                continue;
            foreach (var counted in limits.Take(i))
                await GiveBack(counted, ct);
            return Problems.TooManyRequests(http, wait);
        }

        return null;
    }

    public async Task GiveBack(IEnumerable<AttemptLimit> limits, CancellationToken ct)
    {
        if (!options.RateLimits)
            return;
        foreach (var limit in limits)
            await GiveBack(limit, ct);
    }

    private async Task<TimeSpan?> Count(AttemptLimit limit, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var key = KeyOf(limit);
        var counted = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO attempt_counts AS c (key, count, ends_at) VALUES ({key}, 1, {now + limit.Window})
            ON CONFLICT (key) DO UPDATE SET
                count = CASE WHEN c.ends_at <= {now} THEN 1 ELSE c.count + 1 END,
                ends_at = CASE WHEN c.ends_at <= {now} THEN excluded.ends_at ELSE c.ends_at END
            WHERE c.ends_at <= {now} OR c.count < {limit.Most}
            """, ct);
        if (counted == 1)
            return null;
        var endsAt = await db.AttemptCounts.Where(c => c.Key == key).Select(c => c.EndsAt).SingleAsync(ct);
        return endsAt > now ? endsAt - now : TimeSpan.FromSeconds(1);
    }

    private Task<int> GiveBack(AttemptLimit limit, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE attempt_counts SET count = count - 1 WHERE key = {KeyOf(limit)} AND count > 0", ct);

    private string KeyOf(AttemptLimit limit) => hash.Of(limit.Subject, $"limit:{limit.Name}");
}

/// <summary>How many are allowed within a window that begins with the first.</summary>
/// <param name="Subject">Whose attempts are counted: an address, a network, or both.</param>
public sealed record AttemptLimit(string Name, string Subject, int Most, TimeSpan Window);
