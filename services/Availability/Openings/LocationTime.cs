using System.Numerics;
using NodaTime;

namespace Availability;

/// <summary>
/// What one location offers in a window, as sets of five-minute cells in UTC: its hours, and the starts that steps, notice, horizon and the days'
/// limit leave. Both are the same for visits of any length, so they are made once and asked for each. Hours, steps and offsets are multiples of
/// five minutes; claims, time off and outside busy time may have any edges, and are exact all the same, because it is starts that they take away.
/// </summary>
public sealed class LocationTime
{
    private const int Grain = 5 * 60;

    /// <summary>Days are counted from 1 January 1970, a Thursday, three days after a Monday.</summary>
    private const int ThursdayToMonday = 3;

    /// <summary>No visit is longer, so hours are known for so long after the last start.</summary>
    private const int LongestVisit = (int)WallClock.Day / Grain;

    private static readonly Duration JustUnderASecond = Duration.FromSeconds(1) - Duration.Epsilon;

    private readonly Timetable _timetable;
    private readonly Workplace _place;
    private readonly WallClock _clock;
    private readonly long _firstCell;
    private readonly Cells _hours;
    private readonly Cells _steps;
    private readonly Comb _interval;
    private readonly (long From, long Until)[] _claims = [];
    private readonly (long From, long Until)[] _closed = [];

    /// <param name="serviceId">Hours that are for other services are left out.</param>
    /// <param name="window">Of starts; both edges may lie anywhere.</param>
    public LocationTime(Timetable timetable, Workplace place, Guid serviceId, Stretch window, Instant now)
    {
        (_timetable, _place) = (timetable, place);
        var horizon = ((now.ToUnixTimeSeconds() + place.Zone.GetUtcOffset(now).Seconds) / WallClock.Day) + timetable.HorizonDays;

        // Two days beyond the horizon are after it in every zone.
        var from = Math.Max(Ceiling(window.From), Ceiling(now) + (timetable.MinimumNoticeMinutes * 60));
        var until = Math.Min(Ceiling(window.Until), (horizon + 2) * WallClock.Day);
        _firstCell = UpToCell(from);
        var starts = (int)Math.Max(0, UpToCell(until) - _firstCell);
        _steps = new Cells(starts);
        _interval = new Comb(timetable.StartIntervalMinutes * 60 / Grain);
        _hours = new Cells(starts == 0 ? 0 : starts + LongestVisit);
        if (starts == 0)
            return;

        // Hours that matter to a start may have begun two dates before it, as the clock of some zone shows them.
        _clock = new WallClock(place.Zone, from - (3 * WallClock.Day), until + (3 * WallClock.Day));
        var firstDay = (_clock.Shows(from) / WallClock.Day) - 2;
        var lastDay = Math.Min(_clock.Shows(until) / WallClock.Day, horizon) + 2;
        foreach (var weekly in place.Weekly)
        {
            if (!weekly.AreFor(serviceId))
                continue;
            var (begin, end) = weekly.InDay;
            var since = weekly.Since is { } date ? Math.Max(firstDay, WallClock.DayOf(date)) : firstDay;
            var last = weekly.Before is { } over ? Math.Min(lastDay, WallClock.DayOf(over) - 1) : lastDay;
            for (var day = since + (((int)weekly.Day + ThursdayToMonday + (6 * since)) % 7); day <= last; day += 7)
                AddHours((day * WallClock.Day) + begin, (day * WallClock.Day) + end, horizon);
        }

        foreach (var extra in place.ExtraHours)
            AddHours(WallClock.WallOf(extra.From), WallClock.WallOf(extra.To), horizon);
        if (timetable.MaxPerDay is { } perDay)
            RemoveFull(perDay, 1, firstDay, lastDay);
        if (timetable.MaxPerWeek is { } perWeek)
            RemoveFull(perWeek, 7, firstDay, lastDay);
        _claims = new (long, long)[timetable.Claims.Length];
        for (var i = 0; i < _claims.Length; i++)
            _claims[i] = Outwards(timetable.KeptClear(timetable.Claims[i], place.LocationId));
        _closed =
        [
            .. Array.ConvertAll(timetable.OutsideBusy, o => Outwards(o.Busy)),
            .. place.TimeOff.Select(t => _clock.Stretch(WallClock.WallOf(t.From), WallClock.WallOf(t.To))).Where(off => off.From < off.Until),
        ];
    }

    /// <summary>The cells at which a visit may start.</summary>
    /// <param name="minutes">Its length, 1 to 1440; need not be a multiple of five.</param>
    public Cells Starts(int minutes)
    {
        var starts = _hours.Copy();
        starts.KeepBeginnings((int)UpToCell(minutes * 60));
        starts.Intersect(_steps);
        var (before, length, after) = (_timetable.BufferBeforeMinutes * 60, minutes * 60, (minutes + _timetable.BufferAfterMinutes) * 60);
        foreach (var (from, until) in _claims)
            RemoveStarts(starts, from - after, until + before);
        foreach (var (from, until) in _closed)
            RemoveStarts(starts, from - length, until);
        return starts;
    }

    /// <summary>The same as openings, ascending.</summary>
    public Opening[] Openings(int minutes)
    {
        var starts = Starts(minutes);
        var (openings, found) = (new Opening[starts.Size], 0);
        var words = starts.Words;
        for (var i = 0; i < words.Length; i++)
        {
            for (var left = words[i]; left != 0; left &= left - 1)
            {
                var cell = _firstCell + (i << 6) + BitOperations.TrailingZeroCount(left);
                openings[found++] = new Opening(cell * Grain, minutes, _place.LocationId);
            }
        }

        return openings;
    }

    /// <summary>The first of <paramref name="starts"/>, at most so many, ascending.</summary>
    public List<DateTimeOffset> First(Cells starts, int most)
    {
        var first = new List<DateTimeOffset>(most);
        var words = starts.Words;
        for (var i = 0; i < words.Length; i++)
        {
            for (var left = words[i]; left != 0 && first.Count < most; left &= left - 1)
                first.Add(DateTimeOffset.FromUnixTimeSeconds((_firstCell + (i << 6) + BitOperations.TrailingZeroCount(left)) * Grain));
        }

        return first;
    }

    /// <summary>On which of 64 dates from <paramref name="first"/> on one of <paramref name="starts"/> lies in a part of the day; bit 0 is the first date.</summary>
    /// <param name="first">Days since 1970.</param>
    /// <param name="from">Hour on the wall that begins the part.</param>
    /// <param name="to">The hour that ends it, not included.</param>
    public ulong Days(Cells starts, long first, int from, int to)
    {
        var days = 0UL;
        for (var i = 0; i < 64; i++)
        {
            var midnight = (first + i) * WallClock.Day;
            foreach (var run in _clock.Runs)
            {
                var (begin, end) = run.Showing(midnight + (from * 3600), midnight + (to * 3600));
                if (starts.Any(UpToCell(begin) - _firstCell, UpToCell(end) - _firstCell))
                    days |= 1UL << i;
            }
        }

        return days;
    }

    /// <summary>For each of 64 dates from <paramref name="first"/> on, how many minutes after its first instant those of <paramref name="starts"/> come that lie in it.</summary>
    /// <param name="first">Days since 1970.</param>
    public List<int>[] Minutes(Cells starts, long first)
    {
        var words = starts.Words;
        var dates = new List<int>[64];
        foreach (ref var minutes in dates.AsSpan())
            minutes = [];
        var (known, begin) = (long.MinValue, 0L);
        for (var i = 0; i < words.Length; i++)
        {
            for (var left = words[i]; left != 0; left &= left - 1)
            {
                var second = (_firstCell + (i << 6) + BitOperations.TrailingZeroCount(left)) * Grain;
                var date = _clock.Shows(second) / WallClock.Day;
                if (date < first || date >= first + dates.Length)
                    continue;
                if (date != known)
                    (known, begin) = (date, _clock.Stretch(date * WallClock.Day, (date + 1) * WallClock.Day).From);
                dates[date - first].Add((int)(second - begin) / 60);
            }
        }

        return dates;
    }

    private void AddHours(long from, long to, long horizon)
    {
        var lastStart = Math.Min(to, (horizon + 1) * WallClock.Day);
        if (_clock.IsSteady(from, to, out var offset))
        {
            // So nearly always: what follows comes to the same, and is three times the work.
            var cell = CellOf(from - offset) - _firstCell;
            _hours.Add(cell, cell + CellOf(to - from));
            _steps.AddEach(cell, cell + CellOf(lastStart - from), _interval);
            return;
        }

        var (begin, end) = _clock.Stretch(from, to);
        _hours.Add(UpToCell(begin) - _firstCell, CellOf(end) - _firstCell);

        // A local time that does not exist is shown in no run of the clock, one that is repeated in two.
        var step = _timetable.StartIntervalMinutes * 60;
        foreach (var run in _clock.Runs)
        {
            var (first, until) = run.Showing(from, lastStart);
            if (first >= until)
                continue;
            var passed = first + run.Offset - from;
            if (passed > 0)
                first += (step - (passed % step)) % step;
            _steps.AddEach(CellOf(first) - _firstCell, UpToCell(until) - _firstCell, _interval);
        }
    }

    /// <summary>Removes the days, or the weeks from Monday on, in which so many claims start.</summary>
    private void RemoveFull(int max, int days, long firstDay, long lastDay)
    {
        var (first, last) = ((firstDay + ThursdayToMonday) / days, (lastDay + ThursdayToMonday) / days);
        var visits = new int[last - first + 1];
        foreach (var claim in _timetable.Claims)
        {
            var unit = (WallClock.DayOf(claim.On) + ThursdayToMonday) / days;
            if (unit < first || unit > last || ++visits[unit - first] != max)
                continue;
            var begin = ((unit * days) - ThursdayToMonday) * WallClock.Day;
            foreach (var run in _clock.Runs)
            {
                var (from, until) = run.Showing(begin, begin + (days * WallClock.Day));
                _steps.Remove(UpToCell(from) - _firstCell, UpToCell(until) - _firstCell);
            }
        }
    }

    /// <summary>Removes the starts that lie after the one instant and before the other, neither included.</summary>
    private void RemoveStarts(Cells starts, long after, long before) => starts.Remove(CellOf(after) + 1 - _firstCell, UpToCell(before) - _firstCell);

    /// <summary>The stretch in whole seconds, both edges outwards: for starts on whole seconds that is the same.</summary>
    private static (long From, long Until) Outwards(Stretch stretch) => (stretch.From.ToUnixTimeSeconds(), Ceiling(stretch.Until));

    private static long Ceiling(Instant instant) => (instant + JustUnderASecond).ToUnixTimeSeconds();

    private static long CellOf(long seconds) => seconds / Grain;

    /// <summary>The first cell that begins at <paramref name="seconds"/> or later.</summary>
    private static long UpToCell(long seconds) => (seconds + Grain - 1) / Grain;
}
