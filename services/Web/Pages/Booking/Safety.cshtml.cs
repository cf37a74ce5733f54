using Microsoft.AspNetCore.Mvc;
using Platform;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>
/// One question before money: does any of this apply? What is answered is neither kept nor written down anywhere; only that nothing
/// applied goes with the booking.
/// </summary>
public sealed class SafetyModel(JourneyCookie journeys, ListingsClient listings, AvailabilityClient availability, BookingsClient bookings, TimeProvider clock)
    : JourneyStep(journeys, listings, clock)
{
    [BindProperty] public string? Applies { get; set; }

    public override string Back => "/book/who";

    public SafetyScreen Screen { get; private set; } = null!;

    /// <summary>The month of birth is known by now, and may be why these questions are asked and not the ones before.</summary>
    public bool GoesByAge => Visitors.IsChild(Journey.For) && Journey is { SafetyVersion: null, ChildBirthMonth: not null };

    /// <summary>Something applies: this is the end of the way for today.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Nothing is kept for this person any more.</summary>
    public bool LetItGo { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (Journey.For is null)
            return Redirect("/book/who");
        await LoadScreen(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (Journey.For is null)
            return Redirect("/book/who");
        await LoadScreen(ct);
        switch (Applies)
        {
            case "no":
                return GoOn(Journey with { SafetyVersion = Screen.Version });
            case "yes":
                Stopped = true;
                Journeys.Forget(HttpContext);
                LetItGo = await LetGo(ct);
                return Page();
            default:
                ModelState.AddModelError("Applies", "Please answer before you go on.");
                return Page();
        }
    }

    private async Task LoadScreen(CancellationToken ct) => Screen = await bookings.SafetyScreen(Visitors.Screen(Journey.For), Place.Country, ct);

    private async Task<bool> LetGo(CancellationToken ct)
    {
        if (KeptUntil is null)
            return true;
        try
        {
            await availability.LetGo(Journey.HoldId!.Value, Journey.HoldToken!, ct);
            return true;
        }
        catch (RefusedException)
        {
            // It ended by itself in the meantime, which is all that was wanted.
            return true;
        }
        catch (UnavailableException)
        {
            // It ends by itself; what this person has to hear must not wait for that.
            return false;
        }
    }
}
