using NodaTime;
using Platform;

namespace Availability;

/// <summary>The weekly hours at one location.</summary>
/// <param name="Later">Hours that hold instead from a date on, in the order of their dates; each until the next.</param>
public sealed record LocationHours(Guid LocationId, string TimeZone, IReadOnlyList<WeeklyHours> Weekly, IReadOnlyList<LaterHours>? Later = null)
{
    private const int MinutesPerDay = 24 * 60;
    private const int MinutesPerWeek = 7 * MinutesPerDay;
    private static readonly DateOnly Earliest = new(2000, 1, 1), Latest = new(2200, 1, 1);

    /// <summary>All of them as the engine reads them. Hours over midnight belong to the date on which they begin.</summary>
    internal IEnumerable<WeeklyRange> Ranges()
    {
        var (later, since) = (Later ?? [], (LocalDate?)null);
        for (var i = 0; i <= later.Count; i++)
        {
            LocalDate? before = i < later.Count ? LocalDate.FromDateOnly(later[i].From) : null;
            foreach (var hours in i == 0 ? Weekly : later[i - 1].Weekly)
                yield return hours.ToRange() with { Since = since, Before = before };
            since = before;
        }
    }

    internal void Validate(Check check, string path)
    {
        check.Zone($"{path}.timeZone", TimeZone);
        Validate(check, $"{path}.weekly", Weekly);
        if (Later is null || !check.Each($"{path}.later", Later, 20))
            return;
        for (var i = 0; i < Later.Count; i++)
        {
            check.That($"{path}.later[{i}].from", Later[i].From > Earliest && Later[i].From < Latest, "A date of this century is needed.");
            check.That($"{path}.later[{i}].from", i == 0 || Later[i].From > Later[i - 1].From, "This is not after the one before it.");
            Validate(check, $"{path}.later[{i}].weekly", Later[i].Weekly);
        }
    }

    private static void Validate(Check check, string path, IReadOnlyList<WeeklyHours> weekly)
    {
        if (!check.Each(path, weekly, 100))
            return;
        for (var i = 0; i < weekly.Count; i++)
        {
            Schedule.OnGrain(check, $"{path}[{i}].from", weekly[i].From);
            Schedule.OnGrain(check, $"{path}[{i}].to", weekly[i].To);
            check.That($"{path}[{i}].services", weekly[i].Services is null or { Count: > 0 and <= 50 }, "Between 1 and 50 services, please; leave them out for all.");
        }

        for (var i = 0; i < weekly.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                // One of them is enough to say: of equal hours each overlaps with each.
                if (!check.That($"{path}[{i}]", !Overlap(weekly[i], weekly[j]), $"These hours overlap with weekly[{j}]."))
                    return;
            }
        }
    }

    /// <summary>Whether two ranges share time in a week that goes round, so that Sunday night reaches into Monday. Hours for different services may.</summary>
    private static bool Overlap(WeeklyHours a, WeeklyHours b) =>
        (MinutesUntil(a, b) < Length(a) || MinutesUntil(b, a) < Length(b)) && (a.Services is null || b.Services is null || a.Services.Intersect(b.Services).Any());

    private static int MinutesUntil(WeeklyHours a, WeeklyHours b) => (Begin(b) - Begin(a) + MinutesPerWeek) % MinutesPerWeek;

    private static int Begin(WeeklyHours h) => ((int)h.Day * MinutesPerDay) + (h.From.Hour * 60) + h.From.Minute;

    private static int Length(WeeklyHours h) => h.To > h.From ? (int)(h.To - h.From).TotalMinutes : MinutesPerDay - (int)(h.From - h.To).TotalMinutes;
}

/// <summary>Weekly hours that hold from a date of the location on.</summary>
public sealed record LaterHours(DateOnly From, IReadOnlyList<WeeklyHours> Weekly);

/// <summary>Hours on one day of each week; when <paramref name="To"/> is not after <paramref name="From"/> they end on the next day.</summary>
/// <param name="Services">The only services that can be had then; all when left out.</param>
public sealed record WeeklyHours(DayOfWeek Day, TimeOnly From, TimeOnly To, IReadOnlyList<Guid>? Services = null)
{
    internal WeeklyRange ToRange() => new(
        Day == DayOfWeek.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)(int)Day, new LocalTime(From.Hour, From.Minute), new LocalTime(To.Hour, To.Minute))
    { OnlyFor = Services };
}
