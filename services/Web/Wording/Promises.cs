using System.Globalization;
using Platform;
using Web.Peers;

namespace Web.Wording;

/// <summary>What a change of mind costs, said so that it needs no second reading.</summary>
public static class Promises
{
    /// <summary>For a visit that is not booked yet: what the practitioner's rules mean for this start.</summary>
    public static string Changing(Policy? policy, DateTimeOffset start, string timeZone, DateTimeOffset now)
    {
        var tiers = (policy?.Tiers ?? []).OrderByDescending(t => t.HoursBefore).Where(t => t.RefundPercent > 0)
            .Select(t => (Until: Zones.ToLocal(start.AddHours(-t.HoursBefore), timeZone), t.RefundPercent)).ToList();
        var open = tiers.Where(t => t.Until > now).ToList();
        if (open.Count == 0)
            return tiers.Count == 0 ? "This visit is non-refundable." : "The visit is too soon for a refund if you cancel.";

        var words = new List<string>();
        for (var i = 0; i < open.Count; i++)
        {
            var (until, percent) = open[i];
            words.Add(percent == 100 ? $"Free to change until {Say.Until(until)}." : i == 0
                ? $"Until {Say.Until(until)}, {Share(percent)} comes back."
                : $"After that, {Share(percent)} comes back{(i == open.Count - 1 ? $"; from {Say.Until(until)} on, nothing." : ".")}");
        }
        if (open.Count == 1)
            words.Add("After that, nothing comes back.");
        return string.Join(' ', words);
    }

    /// <summary>The rules as such, without a date.</summary>
    public static IEnumerable<string> Rules(Policy? policy)
    {
        var tiers = (policy?.Tiers ?? []).OrderByDescending(t => t.HoursBefore).ToList();
        foreach (var tier in tiers)
            yield return tier.RefundPercent == 100
                ? $"Up to {Hours(tier.HoursBefore)} before: everything comes back."
                : $"Up to {Hours(tier.HoursBefore)} before: {Share(tier.RefundPercent)} comes back.";
        if (tiers.Count > 0)
            yield return "Later than that: nothing comes back.";
    }

    /// <summary>For a visit that is booked: its own dates and cents. Where nothing was paid, nothing needs to be said.</summary>
    public static IReadOnlyList<string> Dated(BookedPolicy? policy, Price? paid, string timeZone, DateTimeOffset now)
    {
        if (paid is not { Amount: > 0 })
            return [];
        var ahead = (policy?.Tiers ?? []).Where(t => t.Until > now).Select(t => $"Until {Say.Until(Zones.ToLocal(t.Until, timeZone))}: {Say.Exact(t.Refund)} comes back.").ToList();
        return ahead.Count > 0 ? [.. ahead, "After that, nothing comes back."] : ["There is no refund any more."];
    }

    private static string Share(int percent) => percent == 50 ? "half" : percent == 100 ? "everything" : $"{percent.ToString(CultureInfo.InvariantCulture)}%";

    private static string Hours(double hours) => hours switch
    {
        0 => "the start",
        1 => "1 hour",
        >= 48 when hours % 24 == 0 => $"{(hours / 24).ToString(CultureInfo.InvariantCulture)} days",
        _ => $"{hours.ToString(CultureInfo.InvariantCulture)} hours",
    };
}
