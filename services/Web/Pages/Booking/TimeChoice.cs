using System.Globalization;
using Platform;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>Free times to choose from: a few days at once, the next free first.</summary>
public sealed record TimeChoice(IReadOnlyList<OpenDay> Days, string TimeZone, DateTimeOffset? Next, DateOnly? Later, IReadOnlyDictionary<Guid, string> Places)
{
    public const int DaysAtOnce = 5;

    /// <summary>How far ahead one look goes.</summary>
    public const int Ahead = 60;

    public static TimeChoice From(Openings openings, Practitioner person)
    {
        var days = openings.Days.Where(d => d.Openings.Count > 0).ToList();
        var several = days.Take(DaysAtOnce).SelectMany(d => d.Openings).Select(o => o.LocationId).Distinct().Count() > 1;
        return new(
            [.. days.Take(DaysAtOnce)],
            openings.TimeZone,
            days.FirstOrDefault()?.Openings[0].Start,
            days.Count > DaysAtOnce ? days[DaysAtOnce].Date : null,
            several ? person.Locations.ToDictionary(l => l.Id, l => l.Name ?? l.Town) : new Dictionary<Guid, string>());
    }

    /// <summary>The day to look from: the one that was asked for if it lies ahead and within two years, else today.</summary>
    public static DateOnly From(DateOnly? wanted, DateOnly today) => wanted is { } day && day > today && day < today.AddYears(2) ? day : today;

    /// <summary>A time and its place, as a form sends them.</summary>
    public static string Value(Opening opening) => Value(opening.Start, opening.LocationId);

    public static string Value(DateTimeOffset start, Guid location) => string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd'T'HH:mm:sszzz}|{location}");

    public static bool TryRead(string? value, out DateTimeOffset start, out Guid location)
    {
        (start, location) = (default, default);
        return value?.Split('|') is [var at, var where]
            && DateTimeOffset.TryParseExact(at, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out start)
            && Guid.TryParse(where, out location);
    }

    /// <summary>Which of the two it is, for a time that the clock shows twice.</summary>
    public string? Twice(Opening opening) => Zones.IsFirstOfTwo(opening.Start, TimeZone) switch
    {
        true => "before the clock goes back",
        false => "after the clock goes back",
        null => null,
    };

    /// <summary>The free times nearest to one that is gone.</summary>
    public static IReadOnlyList<Opening> Close(Openings openings, DateTimeOffset gone) =>
        [.. openings.Days.SelectMany(d => d.Openings).OrderBy(o => (o.Start - gone).Duration()).Take(3).OrderBy(o => o.Start)];
}
