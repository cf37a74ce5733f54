using Contracts;

namespace Bookings;

/// <summary>
/// What comes back to the client who cancels, fixed in instants and cents when the visit was agreed: the refund shown is the refund made.
/// </summary>
/// <remarks>
/// Hours count back from the start as time that passes, not as wall-clock hours, so a clock change in between moves the local time
/// of <see cref="PolicyTier.Until"/> by an hour. A half cent is rounded up, in the client's favour (<see cref="Money.Share"/>).
/// </remarks>
/// <param name="Text">The practitioner's own words, as they stood at the booking.</param>
/// <param name="Rules">The tiers as the practitioner offers them; a move recomputes from these.</param>
/// <param name="CeilingPercent">No tier pays more than this: a move never buys back a refund that time had already taken.</param>
/// <param name="Tiers">Ascending by <see cref="PolicyTier.Until"/>; after the last one nothing comes back.</param>
public sealed record Policy(string Text, IReadOnlyList<PolicyRule> Rules, int CeilingPercent, IReadOnlyList<PolicyTier> Tiers)
{
    public static Policy Agree(string text, IReadOnlyList<PolicyRule> rules, DateTimeOffset start, Money due, DateTimeOffset now) =>
        new(text, rules, 100, TiersOf(rules, 100, start, due, now));

    /// <summary>What cancelling at <paramref name="now"/> pays back.</summary>
    public Money RefundAt(DateTimeOffset now, Money due) => TierAt(now)?.Refund ?? Money.Zero(due.Currency);

    /// <summary>The tier that holds at <paramref name="now"/>, whose last instant is <see cref="PolicyTier.Until"/> itself; null when nothing comes back.</summary>
    public PolicyTier? TierAt(DateTimeOffset now) => Tiers.FirstOrDefault(tier => now <= tier.Until);

    /// <summary>The policy after the client's move asked for at <paramref name="now"/>: the same rules from the new start, never above what held before.</summary>
    public Policy AfterClientMoves(DateTimeOffset newStart, Money due, DateTimeOffset now)
    {
        var ceiling = Math.Min(CeilingPercent, TierAt(now)?.RefundPercent ?? 0);
        return this with { CeilingPercent = ceiling, Tiers = TiersOf(Rules, ceiling, newStart, due, now) };
    }

    /// <summary>The policy after the practitioner's move: a client who cannot come then gets everything back until the visit begins.</summary>
    public Policy AfterPractitionerMoves(DateTimeOffset newStart, Money due, DateTimeOffset now)
    {
        PolicyRule[] rules = [new(0, 100)];
        return this with { Rules = rules, CeilingPercent = 100, Tiers = TiersOf(rules, 100, newStart, due, now) };
    }

    /// <summary>The same promises when the start comes so much later: a clock that was changed by law is nobody's move.</summary>
    public Policy After(TimeSpan by) => this with { Tiers = [.. Tiers.Select(tier => tier with { Until = tier.Until + by })] };

    private static List<PolicyTier> TiersOf(IReadOnlyList<PolicyRule> rules, int ceiling, DateTimeOffset start, Money due, DateTimeOffset now)
    {
        var tiers = new List<PolicyTier>();
        foreach (var rule in rules.OrderByDescending(rule => rule.HoursBefore))
        {
            var percent = Math.Min(rule.RefundPercent, ceiling);
            var until = start.ToUniversalTime() - TimeSpan.FromHours(rule.HoursBefore);
            if (percent <= 0 || until < now)
                continue;
            if (tiers is [.., var last] && last.RefundPercent == percent)
                tiers.RemoveAt(tiers.Count - 1);
            tiers.Add(new PolicyTier(until, percent, due.Share(percent * 100)));
        }
        return tiers;
    }
}

/// <summary>A practitioner's promise: at least <paramref name="HoursBefore"/> hours before the start, this share of the payment comes back.</summary>
public sealed record PolicyRule(int HoursBefore, int RefundPercent);

/// <param name="Until">The last instant of the tier, inclusive.</param>
/// <param name="Refund">To the cent, of what was paid online.</param>
public sealed record PolicyTier(DateTimeOffset Until, int RefundPercent, Money Refund);
