using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Availability;

/// <summary>
/// How long something lasts (RFC 5545 section 3.3.6): first days as the wall counts them, whatever the clock does meanwhile, then elapsed time.
/// </summary>
internal readonly partial record struct CalendarDuration(int Days, Duration Elapsed)
{
    private const int MostDays = 1_000 * 365;

    /// <summary>The end, which no longer belongs to it, of what starts at <paramref name="start"/>.</summary>
    public Instant EndOf(CalendarTime start) => (start with { Local = start.Local.PlusDays(Days) }).Instant + Elapsed;

    /// <summary>What it lasts where no clock is changed.</summary>
    public Duration Usual => Duration.FromDays(Days) + Elapsed;

    /// <summary>What is written as P1W, P15DT5H0M20S or PT30M, or null if it is no such thing, is negative or lasts a millennium.</summary>
    public static CalendarDuration? Parse(string text)
    {
        var match = Form().Match(text.Trim());
        if (!match.Success)
            return null;
        long Part(int number) => match.Groups[number] is { Success: true } part ? long.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (days, seconds) = ((Part(1) * 7) + Part(2), (Part(3) * 3600) + (Part(4) * 60) + Part(5));
        return days <= MostDays && seconds <= MostDays * 86_400L ? new((int)days, Duration.FromSeconds(seconds)) : null;
    }

    [GeneratedRegex(@"^\+?P(?=T?[0-9])(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
