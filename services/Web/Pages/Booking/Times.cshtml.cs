using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Platform;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>Choosing a time; the chosen one is kept for this person from here on.</summary>
public sealed class TimesModel(ListingsClient listings, AvailabilityClient availability, JourneyCookie journeys, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid? Service { get; set; }

    /// <summary>The first day to show.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }

    /// <summary>A time that was pointed at before, on another page.</summary>
    [BindProperty(SupportsGet = true)] public string? Pick { get; set; }

    /// <summary>A time that someone else has just taken.</summary>
    [BindProperty(SupportsGet = true)] public string? Taken { get; set; }

    [BindProperty(SupportsGet = true)] public string? For { get; set; }

    /// <summary>By whose clock times are told; where the visit is unless somebody wants another.</summary>
    [BindProperty(SupportsGet = true)] public string? Zone { get; set; }

    /// <summary>The town whose clock is wanted.</summary>
    [BindProperty(SupportsGet = true)] public string? Town { get; set; }

    [BindProperty] public string? Time { get; set; }

    public Practitioner Person { get; private set; } = null!;

    public Visit Visit { get; private set; } = null!;

    public TimeChoice Choice { get; private set; } = null!;

    /// <summary>The time that was pointed at, where it can be had.</summary>
    public Opening? Picked { get; private set; }

    /// <summary>The time that was pointed at, where it cannot be had.</summary>
    public DateTimeOffset? Gone { get; private set; }

    public IReadOnlyList<Opening> Close { get; private set; } = [];

    /// <summary>A time with this practitioner that is kept for this person already.</summary>
    public Journey? Kept { get; private set; }

    /// <summary>The address of this page with a time pointed at.</summary>
    public static string Link(string slug, Guid? service, Guid? location, DateTimeOffset? start, string? visitor) =>
        QueryHelpers.AddQueryString($"/practitioners/{slug}/times", new Dictionary<string, string?>
        {
            ["service"] = service?.ToString(),
            ["pick"] = start is { } at && location is { } place ? TimeChoice.Value(at, place) : null,
            ["for"] = visitor,
        });

    public static string TakenLink(string slug, Guid service, DateTimeOffset start, Guid location) =>
        QueryHelpers.AddQueryString($"/practitioners/{slug}/times", new Dictionary<string, string?> { ["service"] = service.ToString(), ["taken"] = TimeChoice.Value(start, location) });

    /// <summary>The address of this page for a kind of visit, by the same clock.</summary>
    public string To(Guid service, DateOnly? from = null, string? zone = null) =>
        QueryHelpers.AddQueryString($"/practitioners/{Person.Slug}/times", new Dictionary<string, string?>
        {
            ["service"] = service.ToString(),
            ["from"] = from?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["for"] = For,
            ["zone"] = zone ?? Zone,
        });

    public async Task<IActionResult> OnGet(string slug, CancellationToken ct)
    {
        if (!await Load(slug, ct))
            return NotFound();
        if (string.IsNullOrWhiteSpace(Town))
            return Page();
        if (await listings.Places(Town, ct) is [{ TimeZone: { } zone }, ..])
            return Redirect(To(Visit.Id, From, zone));
        ModelState.AddModelError("Town", "We do not know this town. Is there a larger one near by?");
        return Page();
    }

    public async Task<IActionResult> OnPost(string slug, CancellationToken ct)
    {
        if (!await Load(slug, ct))
            return NotFound();
        if (!TimeChoice.TryRead(Time, out var start, out var location))
        {
            ModelState.AddModelError("Time", "Please choose a time.");
            return Page();
        }

        var before = journeys.Read(HttpContext);
        try
        {
            var hold = await availability.Keep(Person.Id, Visit.Id, location, start, before?.HoldToken, ct);
            var journey = (before?.Slug == slug ? before : null) ?? new Journey
            {
                Id = Guid.CreateVersion7(),
                Slug = slug,
                ServiceId = Visit.Id,
                LocationId = location,
                Start = start,
                Until = clock.GetUtcNow() + JourneyCookie.Life,
                For = Visitors.IsKnown(For) ? For : null,
            };
            journey = journey with
            {
                ServiceId = Visit.Id,
                LocationId = location,
                Start = start,
                TimeZone = Zone,
                HoldId = hold.Id,
                HoldToken = hold.Token,
                KeptUntil = hold.ExpiresAt,
                Extended = false,
                Until = clock.GetUtcNow() + JourneyCookie.Life,
            };
            journeys.Write(HttpContext, journey);
            return Redirect(journey.NextStep);
        }
        catch (RefusedException refusal) when (refusal.Name is "slot-taken" or "not-an-opening")
        {
            return Redirect(TakenLink(slug, Visit.Id, start, location));
        }
        catch (RefusedException refusal) when (refusal.Name == "too-many-holds")
        {
            ModelState.AddModelError("", "Several times are already being kept for you. Please book one of them, or wait until they are released.");
            return Page();
        }
        catch (RefusedException refusal) when (refusal.Name == "hold-expired" && before is not null)
        {
            // What was kept before is gone already, so there is nothing left to swap.
            journeys.Write(HttpContext, before with { HoldToken = null, HoldId = null, KeptUntil = null });
            ModelState.AddModelError("", "The time we kept for you has been released. Please choose again.");
            return Page();
        }
    }

    private async Task<bool> Load(string slug, CancellationToken ct)
    {
        if (await listings.Practitioner(slug, ct) is not { } person || ((Service is { } id ? person.VisitOf(id) : null) ?? person.Plainest(For)) is not { } visit)
            return false;
        (Person, Visit) = (person, visit);
        var journey = journeys.Read(HttpContext) is { } known && known.Slug == slug ? known : null;
        Kept = journey?.IsKept(clock.GetUtcNow()) == true ? journey : null;
        TimeChoice.TryRead(Pick, out var picked, out _);
        Zone ??= journey?.TimeZone;
        Zone = Zone is { } asked && Zones.Find(asked) is not null ? asked : null;
        var today = DateOnly.FromDateTime(Zones.ToLocal(clock.GetUtcNow(), Zone ?? person.TimeZone).Date);
        var from = TimeChoice.From(From ?? DateOnly.FromDateTime(picked.Date), today);
        if (await availability.Openings(person.Slug, visit.Id, from, from.AddDays(TimeChoice.Ahead), null, ct, Zone, Kept?.HoldToken) is not { } openings)
            return false;
        Choice = TimeChoice.From(openings, person);
        if (from != today)
            Choice = Choice with { Next = null };
        if (TimeChoice.TryRead(Time ?? Pick, out var start, out var place))
            Picked = openings.Days.SelectMany(d => d.Openings).FirstOrDefault(o => o.Start == start && o.LocationId == place);
        if (Picked is null && TimeChoice.TryRead(Taken ?? Time ?? Pick, out var gone, out _))
            (Gone, Close) = (Zones.ToLocal(gone, Choice.TimeZone), TimeChoice.Close(openings, gone));
        return true;
    }
}
