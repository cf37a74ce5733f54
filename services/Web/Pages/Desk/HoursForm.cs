using System.Globalization;
using Web.Peers;

namespace Web.Pages.Desk;

/// <summary>The weekly hours as a form: each day's ranges, and an empty one to write into.</summary>
public sealed class HoursForm
{
    public static readonly string[] Week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public string? Tag { get; set; }
    public List<PlaceHours> Places { get; set; } = [];
    public int MinimumNoticeMinutes { get; set; }
    public int HorizonDays { get; set; }
    public int StartIntervalMinutes { get; set; }
    public int BufferBeforeMinutes { get; set; }
    public int BufferAfterMinutes { get; set; }
    public int? MaxPerDay { get; set; }
    public int? MaxPerWeek { get; set; }
    public int TravelGapMinutes { get; set; }

    public static HoursForm From(Schedule schedule, string? tag) => new()
    {
        Tag = tag,
        Places = [.. schedule.Locations.Select(l => new PlaceHours
        {
            LocationId = l.LocationId,
            TimeZone = l.TimeZone,
            LaterFrom = l.Later is [var first, ..] ? first.From : null,
            Ranges = [.. Week.SelectMany(day => l.Weekly.Where(h => h.Day == day).OrderBy(h => h.From, StringComparer.Ordinal).Select(h => new HoursRange { Day = day, From = h.From, To = h.To, Services = [.. h.Services ?? []] })
                .Append(new HoursRange { Day = day }))],
        })],
        MinimumNoticeMinutes = schedule.MinimumNoticeMinutes,
        HorizonDays = schedule.HorizonDays,
        StartIntervalMinutes = schedule.StartIntervalMinutes,
        BufferBeforeMinutes = schedule.BufferBeforeMinutes,
        BufferAfterMinutes = schedule.BufferAfterMinutes,
        MaxPerDay = schedule.MaxPerDay,
        MaxPerWeek = schedule.MaxPerWeek,
        TravelGapMinutes = schedule.TravelGapMinutes,
    };

    /// <summary>The hours as written here; what the form does not show stays as it is <paramref name="now"/>.</summary>
    public Schedule ToSchedule(Schedule now) => now with
    {
        Locations = [.. Places.Select(p => new LocationHours(
            p.LocationId, p.TimeZone ?? "UTC", [.. p.Written.Select(r => new WeeklyHours(r.Day!, r.From!, r.To!, r.Services.Count == 0 ? null : r.Services))],
            now.Locations.FirstOrDefault(l => l.LocationId == p.LocationId)?.Later))],
        MinimumNoticeMinutes = MinimumNoticeMinutes,
        HorizonDays = HorizonDays,
        StartIntervalMinutes = StartIntervalMinutes,
        BufferBeforeMinutes = BufferBeforeMinutes,
        BufferAfterMinutes = BufferAfterMinutes,
        MaxPerDay = MaxPerDay,
        MaxPerWeek = MaxPerWeek,
        TravelGapMinutes = TravelGapMinutes,
    };

    /// <summary>What cannot be read, by the field's name.</summary>
    public IEnumerable<(string Field, string Message)> Mistakes()
    {
        for (var p = 0; p < Places.Count; p++)
        {
            for (var r = 0; r < Places[p].Ranges.Count; r++)
            {
                var range = Places[p].Ranges[r];
                if (!range.IsEmpty && (!Week.Contains(range.Day) || !IsTime(range.From) || !IsTime(range.To)))
                    yield return ($"Form.Places[{p}].Ranges[{r}].From", "Please give both a start and an end, or leave both empty.");
            }
        }
    }

    private static bool IsTime(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

/// <summary>The hours at one place.</summary>
public sealed class PlaceHours
{
    public Guid LocationId { get; set; }
    public string? TimeZone { get; set; }

    /// <summary>The date from which other hours hold, when there are such.</summary>
    public DateOnly? LaterFrom { get; set; }

    public List<HoursRange> Ranges { get; set; } = [];

    public IEnumerable<HoursRange> Written => Ranges.Where(r => !r.IsEmpty);
}

public sealed class HoursRange
{
    public string? Day { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }

    /// <summary>The only services of these hours; none means all.</summary>
    public List<Guid> Services { get; set; } = [];

    public bool IsEmpty => string.IsNullOrEmpty(From) && string.IsNullOrEmpty(To);
}
