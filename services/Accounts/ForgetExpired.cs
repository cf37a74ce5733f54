using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts;

/// <summary>What has lost its use is forgotten: unproven registrations, old codes, spent counts, sessions nobody can come back to.</summary>
public sealed class ForgetExpired : Worker
{
    protected override TimeSpan Period => TimeSpan.FromMinutes(10);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<AccountsDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var longAgo = now.AddDays(-60);
        var monthAgo = now.AddDays(-31);
        await db.Registrations.Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await db.PasswordResets.Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await db.AttemptCounts.Where(c => c.EndsAt < now).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => s.LastUsedAt < longAgo).ExecuteDeleteAsync(ct);
        await db.RefreshTokens.Where(t => t.ExchangedAt < monthAgo).ExecuteDeleteAsync(ct);
        return false;
    }
}
