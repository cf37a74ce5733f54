using Contracts;
using NodaTime;
using Notifications.Peers;

namespace Notifications.Letters;

/// <summary>What a change of mind costs, with the instants that were agreed to.</summary>
public static class PolicyWords
{
    /// <summary>Only what can still come true at <paramref name="now"/>; null when nothing was agreed.</summary>
    public static string? Of(IReadOnlyList<RefundTier>? tiers, Money paid, DateTimeZone zone, DateTimeOffset now)
    {
        if (tiers is not { Count: > 0 } || paid.Amount == 0)
            return null;
        var words = new List<string>();
        foreach (var tier in tiers.Where(t => t.Until > now && t.Refund.Amount > 0).OrderBy(t => t.Until))
        {
            var until = InstantWords.DayAndTime(tier.Until!.Value, zone);
            words.Add(tier.Refund.Amount >= paid.Amount
                ? $"Free to change until {until}."
                : $"{(words.Count == 0 ? "Until" : "After that, until")} {until}, {MoneyWords.Of(tier.Refund)} comes back.");
        }

        words.Add(words.Count == 0 ? "There is no refund any more if you cancel." : "Later than that, nothing comes back.");
        return string.Join(' ', words);
    }
}
