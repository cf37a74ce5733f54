using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform;
using Web.Peers;

namespace Web.Pages.Desk;

/// <summary>A practitioner's month: visits, time off, extra hours and public holidays on a calendar, and one day of it to change.</summary>
public sealed class MonthModel(AvailabilityClient availability, BookingsClient bookings, ListingsClient listings, TimeProvider clock) : PageModel
{
    /// <summary>The month to show, as in <c>2026-12</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? Of { get; set; }

    /// <summary>The day to look at and to change.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }

    /// <summary>What was just done, and how many visits lie in it.</summary>
    [BindProperty(SupportsGet = true)] public string? Done { get; set; }

    [BindProperty(SupportsGet = true)] public int Within { get; set; }

    [BindProperty] public TimeOffForm Off { get; set; } = new();

    [BindProperty] public ExtraHoursForm Extra { get; set; } = new();

    public DateOnly First { get; private set; }

    public DateOnly Today { get; private set; }

    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    /// <summary>The Mondays of the weeks that the month touches.</summary>
    public IEnumerable<DateOnly> Weeks
    {
        get
        {
            for (var monday = First.AddDays(-(((int)First.DayOfWeek + 6) % 7)); monday <= Last; monday = monday.AddDays(7))
                yield return monday;
        }
    }

    public IReadOnlyDictionary<DateOnly, DeskDay> Days { get; private set; } = new Dictionary<DateOnly, DeskDay>();

    public ILookup<DateOnly, Peers.Booking> Visits { get; private set; } = Array.Empty<Peers.Booking>().ToLookup(_ => default(DateOnly));

    /// <summary>The public holidays that touch the month and are not over.</summary>
    public IReadOnlyList<Holiday> Holidays { get; private set; } = [];

    public HolidaySource? HolidaySource { get; private set; }

    /// <summary>What the owner calls each place.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>What stands on a day: as much as a phone has room for, and the rest of the words.</summary>
    public IEnumerable<DayMark> Marks(DateOnly date)
    {
        var day = Days.GetValueOrDefault(date);
        if (Visits[date].Count() is > 0 and var visits)
            yield return new("visits", $"{visits}", visits == 1 ? " visit" : " visits");
        if (day is { TimeOff.Count: > 0 })
            yield return day.IsOff ? new("away", "off", "") : new("partly", "part", " off");
        else if (day is { IsClosed: true })
            yield return new("none", "", "no hours");
        foreach (var holiday in Holidays.Where(h => h.From <= date && h.To >= date))
            yield return new("feast", "", holiday.Name);
        if (day is { ExtraHours.Count: > 0 })
            yield return new("extra", "+", " extra hours");
    }

    /// <summary>The marks of this month that are too short to be understood, explained.</summary>
    public IReadOnlyList<(string Kind, string Mark, string Said)> Key
    {
        get
        {
            var kinds = Enumerable.Range(0, Last.Day).SelectMany(d => Marks(First.AddDays(d))).Select(m => m.Kind).ToHashSet();
            (string Kind, string Mark, string Said)[] all = [("visits", "2", "visits"), ("away", "off", "the whole day"), ("partly", "part", "of the day off"), ("extra", "+", "extra hours"), ("none", "", "no hours")];
            return [.. all.Where(k => kinds.Contains(k.Kind))];
        }
    }

    public IEnumerable<SelectListItem> Places => Names.Select(n => new SelectListItem(n.Value, n.Key.ToString()));

    public string Place(Guid? id) => id is { } known ? Names.GetValueOrDefault(known, "a place you no longer list") : "everywhere";

    /// <summary>Where it is one, for a holiday that is not one everywhere.</summary>
    public string? PlacesOf(Holiday holiday) => holiday.Locations.Count < Names.Count ? string.Join(", ", holiday.Locations.Select(l => Place(l.LocationId))) : null;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostOff(CancellationToken ct) => Save("off", "Off", async day => Within = await availability.TakeTimeOff(Off.For(day), ct), ct);

    public Task<IActionResult> OnPostHoliday(string? name, CancellationToken ct) => Save("off", "", day => TakeHoliday(day, name, ct), ct);

    public Task<IActionResult> OnPostExtra(CancellationToken ct) => Save("extra", "Extra", day => availability.AddExtraHours(Extra.For(day), ct), ct);

    public Task<IActionResult> OnPostDropOff(Guid id, CancellationToken ct) => Save("dropped", "", _ => availability.Drop("time-off", id, ct), ct);

    public Task<IActionResult> OnPostDropExtra(Guid id, CancellationToken ct) => Save("dropped", "", _ => availability.Drop("extra-hours", id, ct), ct);

    /// <summary>Takes it off in one go where it is a holiday everywhere, else place by place; nothing where that has been done.</summary>
    private async Task TakeHoliday(DateOnly day, string? name, CancellationToken ct)
    {
        if ((await availability.Holidays(day.Year, ct)).Items.FirstOrDefault(h => h.From == day && h.Name == name) is not { } holiday)
            return;
        var (schedule, _) = await availability.MySchedule(ct);
        var open = holiday.Open.Select(id => (Guid?)id).ToList();
        foreach (var place in open.Count == schedule.Locations.Count ? [null] : open)
            Within += await availability.TakeTimeOff(new NewTimeOff(DayWords.Of(holiday.From), DayWords.Of(holiday.To), place, holiday.Name, EveryYear: false), ct);
    }

    private async Task<IActionResult> Save(string done, string form, Func<DateOnly, Task> change, CancellationToken ct)
    {
        if (Day is not { } day)
            return Redirect("/desk/month");
        try
        {
            if (ModelState.IsValid)
            {
                await change(day);
                return Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/month?day={day:yyyy-MM-dd}&done={done}{(Within > 0 ? $"&within={Within}" : "")}#day"));
            }
        }
        catch (RefusedException refusal) when (refusal.Status == 404)
        {
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/month?day={day:yyyy-MM-dd}&done={done}#day"));
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 409)
        {
            foreach (var (path, messages) in refusal.Errors)
                ModelState.AddModelError(path.Length == 0 ? "" : $"{form}.{char.ToUpperInvariant(path[0])}{path[1..]}", messages.FirstOrDefault() ?? "Please look at this again.");
            if (refusal.Errors.Count == 0)
                ModelState.AddModelError("", refusal.Detail is { } detail ? $"{refusal.Title}. {detail}" : refusal.Title ?? "This is not possible at the moment.");
        }
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        var (schedule, _) = await availability.MySchedule(ct);
        Today = DateOnly.FromDateTime(Zones.ToLocal(clock.GetUtcNow(), schedule.Locations is [var place, ..] ? place.TimeZone : "UTC").Date);
        var shown = DateOnly.TryParseExact($"{Of}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var of) && of.Year is > 2000 and < 2199 ? of
            : Day is { Year: > 2000 and < 2199 } day ? day : Today;
        First = new DateOnly(shown.Year, shown.Month, 1);
        if (Day < First || Day > Last)
            Day = null;
        Day ??= Of is null ? Today : null;

        var (draft, _, _) = await listings.MyListing(ct);
        Names = schedule.Locations.ToDictionary(l => l.LocationId, l => draft.Locations.Find(d => d.Id == l.LocationId) is { } known ? known.Name ?? known.Locality ?? "Your practice" : "Your practice");
        Days = (await availability.MyDays(First, Last, ct)).ToDictionary(d => d.Date);
        if (Last >= Today)
        {
            var holidays = await availability.Holidays(First.Year, ct);
            (Holidays, HolidaySource) = ([.. holidays.Items.Where(h => h.From <= Last && h.To >= First)], holidays.Source);
        }
        Visits = (await bookings.Mine(First, Last, ct))
            .Where(b => b.Status is "confirmed" or "completed" or "noShow" or "awaitingPayment").OrderBy(b => b.Start).ToLookup(b => DateOnly.FromDateTime(b.Start.DateTime));
    }
}

/// <param name="Brief">Where there is little room; empty for what is not said there.</param>
public sealed record DayMark(string Kind, string Brief, string Rest);

/// <summary>Time off from the chosen day on; without times it is whole days.</summary>
public sealed class TimeOffForm
{
    public DateOnly? Last { get; set; }
    public TimeOnly? From { get; set; }
    public TimeOnly? To { get; set; }
    public Guid? LocationId { get; set; }
    public bool EveryYear { get; set; }
    public string? Note { get; set; }

    public NewTimeOff For(DateOnly day)
    {
        var last = Last ?? day;
        var (from, to) = From is null && To is null
            ? (DayWords.Of(day), DayWords.Of(last))
            : (DayWords.Of(day, From ?? default), To is { } end ? DayWords.Of(last, end) : DayWords.Of(last.AddDays(1), default));
        return new NewTimeOff(from, to, LocationId, string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(), EveryYear);
    }
}

/// <summary>Hours besides the weekly ones, on the chosen day.</summary>
public sealed class ExtraHoursForm
{
    public TimeOnly? From { get; set; }
    public TimeOnly? To { get; set; }
    public Guid? LocationId { get; set; }

    /// <summary>An end at or before the beginning is on the next day, as in the weekly hours.</summary>
    public NewExtraHours For(DateOnly day) => new(
        From is { } from ? DayWords.Of(day, from) : "", To is { } to ? DayWords.Of(to <= From ? day.AddDays(1) : day, to) : "", LocationId, null);
}

/// <summary>Dates and local times as they are sent.</summary>
internal static class DayWords
{
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(DateOnly day, TimeOnly time) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{time:HH:mm}");
}
