using Contracts;
using Platform;

namespace Availability;

/// <summary>Believable hours for invented practitioners, always the same for the same one.</summary>
public static class DemoHours
{
    private const DayOfWeek Mon = DayOfWeek.Monday, Tue = DayOfWeek.Tuesday, Wed = DayOfWeek.Wednesday, Thu = DayOfWeek.Thursday, Fri = DayOfWeek.Friday,
        Sat = DayOfWeek.Saturday, Sun = DayOfWeek.Sunday;

    private static readonly WeeklyHours[][] Weeks =
    [
        [.. On("09:00", "12:30", Mon, Tue, Wed, Thu, Fri), .. On("13:30", "17:30", Mon, Tue, Wed, Thu, Fri)],
        [.. On("10:00", "18:00", Tue, Wed, Thu, Fri), .. On("09:00", "14:00", Sat)],
        [.. On("08:00", "14:00", Mon, Wed, Fri), .. On("13:00", "20:00", Tue, Thu)],
        [.. On("09:30", "13:00", Mon, Tue, Wed, Thu), .. On("15:00", "19:00", Mon, Tue, Wed, Thu)],
        [.. On("11:00", "19:00", Wed, Thu, Fri, Sat), .. On("10:00", "15:00", Sun)],
        [.. On("16:00", "21:00", Mon, Tue, Wed, Thu), .. On("09:00", "15:00", Sat)],
        [.. On("08:30", "12:30", Mon, Tue, Thu, Fri), .. On("14:00", "18:30", Mon, Tue, Thu), .. On("09:00", "13:00", Sat)],
        [.. On("09:00", "15:00", Mon, Tue, Wed, Thu, Fri), .. On("17:00", "20:30", Tue, Thu)],
    ];

    /// <summary>With several locations the days of the week take turns between them, as people travel.</summary>
    public static Schedule For(Guid practitionerId, IReadOnlyList<PublishedLocation> locations)
    {
        var draw = new Draw(practitionerId);
        var week = Weeks[draw.Below(Weeks.Length)];
        var known = locations.Where(l => Zones.Find(l.TimeZone) is not null).ToList();
        return new Schedule(
            [.. known.Select((l, i) => new LocationHours(l.LocationId, l.TimeZone, [.. week.Where(h => (int)h.Day % known.Count == i)]))],
            MinimumNoticeMinutes: draw.Of(2, 4, 12, 12, 24) * 60,
            HorizonDays: draw.Of(30, 45, 60, 60, 90),
            StartIntervalMinutes: draw.Of(30, 30, 60),
            BufferBeforeMinutes: draw.Of(0, 0, 0, 5),
            BufferAfterMinutes: draw.Of(0, 5, 10, 15, 15),
            MaxPerDay: draw.Of(0, 0, 0, 6, 5) is > 0 and var max ? max : null);
    }

    private static IEnumerable<WeeklyHours> On(string from, string to, params DayOfWeek[] days) =>
        days.Select(d => new WeeklyHours(d, TimeOnly.ParseExact(from, "HH:mm"), TimeOnly.ParseExact(to, "HH:mm")));

    /// <summary>Numbers that look drawn by chance and depend on the id alone (splitmix64), on every machine and in every version.</summary>
    private struct Draw(Guid seed)
    {
        private ulong state = BitConverter.ToUInt64(seed.ToByteArray(), 0) ^ BitConverter.ToUInt64(seed.ToByteArray(), 8);

        public int Below(int limit)
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
        }

        public int Of(params ReadOnlySpan<int> choices) => choices[Below(choices.Length)];
    }
}
