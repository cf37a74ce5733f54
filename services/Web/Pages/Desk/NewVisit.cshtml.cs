using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using NodaTime;
using Platform;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Desk;

/// <summary>A practitioner writes down a visit for somebody who has called.</summary>
public sealed class NewVisitModel(AvailabilityClient availability, BookingsClient bookings, ListingsClient listings) : PageModel
{
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }

    /// <summary>One per shown page, so that pressing twice books once.</summary>
    [BindProperty] public Guid Press { get; set; } = Guid.CreateVersion7();

    [BindProperty] public NewVisitForm Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        Form.Day = Day;
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var places = await Load(ct);
        if (Form.Day is null)
            ModelState.AddModelError("Form.Day", "Which day?");
        if (Form.Time is null)
            ModelState.AddModelError("Form.Time", "When does it begin?");
        if (string.IsNullOrWhiteSpace(Form.Name))
            ModelState.AddModelError("Form.Name", "Who is coming?");
        if (string.IsNullOrWhiteSpace(Form.Email))
            ModelState.AddModelError("Form.Email", "Where should the confirmation go?");
        if (!Form.Asked)
            ModelState.AddModelError("Form.Asked", "Please ask first whether anything speaks against the visit.");
        var (zone, country) = places.GetValueOrDefault(Form.LocationId, ("UTC", null));
        if (ModelState.IsValid && Start(zone) is { } start && await Enter(start, country, ct) is { } booked)
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/week?of={booked.Start:yyyy-MM-dd}&done=entered"));
        ModelState.Remove(nameof(Press));
        Press = Guid.CreateVersion7();
        return Page();
    }

    /// <summary>The instant of what is written, by the clock of the place; the first of two in the hour that a change repeats.</summary>
    private DateTimeOffset? Start(string zone)
    {
        var local = LocalDateTime.FromDateTime(Form.Day!.Value.ToDateTime(Form.Time!.Value));
        var found = Zones.Get(zone).MapLocal(local);
        if (found.Count > 0)
            return found.First().ToDateTimeOffset();
        ModelState.AddModelError("Form.Time", "The clocks jump over this time on that day.");
        return null;
    }

    private async Task<Peers.Booking?> Enter(DateTimeOffset start, string? country, CancellationToken ct)
    {
        try
        {
            return await bookings.Enter(
                new NewVisit(
                    Form.ServiceId, Form.LocationId, start, new NewVisitClient(Form.Name ?? "", Form.Email ?? "", string.IsNullOrWhiteSpace(Form.Phone) ? null : PhoneNumber.Read(Form.Phone, country) ?? Form.Phone),
                    new AskedInPerson(Form.Asked), string.IsNullOrWhiteSpace(Form.Reason) ? null : Form.Reason.Trim()),
                Press.ToString("N"), ct);
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            foreach (var (path, messages) in refusal.Errors)
            {
                var field = path.Split('.')[^1];
                ModelState.AddModelError(field.Length == 0 ? "" : $"Form.{char.ToUpperInvariant(field[0])}{field[1..]}", messages.FirstOrDefault() ?? "Please look at this again.");
            }
        }
        catch (RefusedException refusal) when (refusal.Name == "slot-taken")
        {
            ModelState.AddModelError("Form.Time", "Somebody else has this time, or the quiet time around it.");
        }
        catch (RefusedException refusal) when (refusal.Status is 404 or 409 or 410 or 422)
        {
            ModelState.AddModelError("Form.Time", refusal.Detail ?? refusal.Title ?? "This cannot be booked.");
        }
        return null;
    }

    /// <returns>The zone and the country of each place.</returns>
    private async Task<Dictionary<Guid, (string Zone, string? Country)>> Load(CancellationToken ct)
    {
        var (schedule, _) = await availability.MySchedule(ct);
        var (draft, _, _) = await listings.MyListing(ct);
        Services = [.. draft.Services.Where(s => s.Id is not null).Select(s => new SelectListItem($"{s.Name}, {s.Minutes} minutes", s.Id.ToString()))];
        Places = [.. schedule.Locations.Select(l => new SelectListItem(draft.Locations.Find(d => d.Id == l.LocationId)?.Name ?? "Your practice", l.LocationId.ToString()))];
        return schedule.Locations.ToDictionary(l => l.LocationId, l => (l.TimeZone, draft.Locations.Find(d => d.Id == l.LocationId)?.Country));
    }
}

public sealed class NewVisitForm
{
    public Guid ServiceId { get; set; }
    public Guid LocationId { get; set; }
    public DateOnly? Day { get; set; }
    public TimeOnly? Time { get; set; }
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Reason { get; set; }

    /// <summary>Whether anything speaks against the visit.</summary>
    public bool Asked { get; set; }
}
