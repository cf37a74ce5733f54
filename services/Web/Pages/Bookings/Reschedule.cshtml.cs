using Microsoft.AspNetCore.Mvc;
using Platform;
using Web.Journeys;
using Web.Pages.Booking;
using Web.Peers;

namespace Web.Pages.Bookings;

/// <summary>Another time for a booked visit: choose it, see what it means, agree. The old time is not lost until the new one is had.</summary>
public sealed class RescheduleModel(BookingsClient bookings, AvailabilityClient availability, ListingsClient listings, VisitKeys keys, TimeProvider clock)
    : BookedVisit(bookings, keys, clock)
{
    [BindProperty(SupportsGet = true)] public string? Time { get; set; }

    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }

    /// <summary>One per shown page, so that pressing twice moves once.</summary>
    [BindProperty] public Guid Press { get; set; }

    public TimeChoice? Choice { get; private set; }

    public ReschedulePreview? Preview { get; private set; }

    public DateTimeOffset NewStart { get; private set; }

    /// <summary>Where it would be then, if that is another place than now.</summary>
    public Location? NewPlace { get; private set; }

    /// <summary>How it would be had there.</summary>
    public string? NewFormat { get; private set; }

    /// <summary>The clock where it would be then.</summary>
    public string NewZone => (NewPlace ?? Booking.Location).TimeZone;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!Booking.Can("reschedule"))
            return Redirect(Home);
        if (TimeChoice.TryRead(Time, out var start, out var location))
            await Look(start, location, ct);
        if (Preview is null)
            await LoadTimes(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!TimeChoice.TryRead(Time, out var start, out var location))
            return Redirect($"/bookings/{Booking.Id}/reschedule");
        try
        {
            await Bookings.Reschedule(Booking.Id, Token, start, location, Press.ToString("N"), ct);
            return Redirect(HomeAt(start) + (IsPractitioners ? "&done=moved" : ""));
        }
        catch (RefusedException refusal) when (refusal.Status is 409 or 422)
        {
            Explain(refusal, start);
        }
        await LoadTimes(ct);
        return Page();
    }

    private async Task Look(DateTimeOffset start, Guid location, CancellationToken ct)
    {
        try
        {
            Preview = await Bookings.ReschedulePreview(Booking.Id, Token, start, ct);
            if (location != Booking.Location.Id && Booking.Practitioner.Slug is { } slug && await listings.Practitioner(slug, ct) is { } person)
                (NewPlace, NewFormat) = (person.LocationOf(location), person.LocationOf(location) is { } place ? person.VisitOf(Booking.Service.Id)?.FormatAt(place) : null);
            NewStart = Zones.ToLocal(start, NewZone);
            Press = Guid.CreateVersion7();
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 409 or 422)
        {
            Explain(refusal, start);
        }
    }

    private void Explain(RefusedException refusal, DateTimeOffset start) => ModelState.AddModelError("Time", refusal.Name switch
    {
        "slot-taken" or "not-an-opening" => $"Someone has just taken {Wording.Say.Time(start)}. Your visit stays where it was. Please choose another time.",
        _ => refusal.Detail ?? refusal.Title ?? "The visit can no longer be moved.",
    });

    private async Task LoadTimes(CancellationToken ct)
    {
        var zone = Booking.Location.TimeZone;
        var today = DateOnly.FromDateTime(Zones.ToLocal(Now, zone).Date);
        var from = TimeChoice.From(From, today);
        if (Booking.Practitioner.Slug is { } slug && await listings.Practitioner(slug, ct) is { } person
            && await availability.Openings(slug, Booking.Service.Id, from, from.AddDays(TimeChoice.Ahead), null, ct, zone) is { } openings)
            Choice = TimeChoice.From(openings, person);
    }
}
