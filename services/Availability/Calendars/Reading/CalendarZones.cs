using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;
using Platform;

namespace Availability;

/// <summary>
/// The zones that a calendar names by TZID (RFC 5545 sections 3.2.19 and 3.6.5). A name that is known stands for the zone that ships with the product,
/// whatever the file describes: descriptions often hold only the rule of the year in which they were made, and appointments everywhere else follow our
/// edition. A description counts for names that mean nothing outside of its file.
/// </summary>
internal sealed class CalendarZones(CalendarComponent calendar, DateTimeZone home, Instant until, Effort effort)
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Iana =
        TzdbDateTimeZoneSource.Default.GetIds().ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string> Windows =
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, CalendarComponent> _descriptions = Descriptions(calendar);
    private readonly Dictionary<string, DateTimeZone> _found = [];

    /// <summary>The one value of a property, or null if it cannot be read.</summary>
    public CalendarTime? Time(ContentLine line) => Time(line, line.Value);

    /// <inheritdoc cref="Time(ContentLine)"/>
    /// <param name="value">One of several in the line.</param>
    public CalendarTime? Time(ContentLine line, ReadOnlySpan<char> value)
    {
        var zone = line.Parameter("TZID") is { } name ? Find(name) : home;
        var time = CalendarTime.Parse(value, zone, asDate: "DATE".Equals(line.Parameter("VALUE"), StringComparison.OrdinalIgnoreCase));
        return time is { IsDate: true } date ? date with { Zone = home } : time;
    }

    /// <summary>A PERIOD (section 3.3.9) among the values of a property, or null if it is none.</summary>
    public Occurrence? Period(ContentLine line, ReadOnlySpan<char> value)
    {
        var slash = value.IndexOf('/');
        if (slash < 0 || Time(line, value[..slash]) is not { } start)
            return null;
        var second = value[(slash + 1)..];
        var length = Time(line, second) is { } end ? new CalendarDuration(0, end.Instant - start.Instant) : CalendarDuration.Parse(second.ToString());
        return length is { Elapsed: var elapsed } known && elapsed >= Duration.Zero ? new Occurrence(start, known) : null;
    }

    private DateTimeZone Find(string name)
    {
        if (!_found.TryGetValue(name, out var zone))
            _found[name] = zone = Known(name) ?? Described(name) ?? DescribedZone.Unknown;
        return zone;
    }

    private static DateTimeZone? Known(string name)
    {
        if (name.Length > CalendarLimits.ZoneName)
            return null;
        if (Iana.TryGetValue(name, out var id) || Windows.TryGetValue(name, out id))
            return Zones.Get(id);
        // Names meant to be unique in the world, such as /mozilla.org/20050126_1/Europe/Berlin, end with one that is.
        for (var slash = name.StartsWith('/') ? 0 : -1; slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (Iana.TryGetValue(name.AsSpan(slash + 1), out id))
                return Zones.Get(id);
        }

        return null;
    }

    private DescribedZone? Described(string name) =>
        _descriptions.TryGetValue(name, out var description) ? DescribedZone.Read(name, description, until, effort) : null;

    private static Dictionary<string, CalendarComponent> Descriptions(CalendarComponent calendar)
    {
        var descriptions = new Dictionary<string, CalendarComponent>();
        foreach (var description in calendar.PartsOf("VTIMEZONE"))
        {
            // Commas and semicolons are escaped in a property and quoted in a parameter.
            if (description.Line("TZID") is { } name)
                descriptions.TryAdd(name.Value.Replace("\\", "", StringComparison.Ordinal), description);
        }

        return descriptions;
    }
}
