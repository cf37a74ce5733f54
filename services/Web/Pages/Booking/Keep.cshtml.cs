using System.Text;
using Microsoft.AspNetCore.Mvc;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>Ten more minutes for the time in hand, then back to where the person was.</summary>
public sealed class KeepModel(JourneyCookie journeys, ListingsClient listings, AvailabilityClient availability, TimeProvider clock)
    : JourneyStep(journeys, listings, clock)
{
    [BindProperty] public string? To { get; set; }

    public IActionResult OnGet() => Redirect(Journey.NextStep);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var journey = Journey with { Extended = true };
        try
        {
            if (CanExtend)
                journey = journey with { KeptUntil = (await availability.Extend(journey.HoldId!.Value, journey.HoldToken!, ct)).ExpiresAt };
        }
        catch (RefusedException refusal) when (refusal.Name == "hold-expired" || refusal.Status == 404)
        {
            journey = journey with { HoldId = null, HoldToken = null, KeptUntil = null };
        }
        catch (RefusedException refusal) when (refusal.Status == 409)
        {
            // It has had its ten minutes before; the time it is kept until stays as it was.
        }
        Journeys.Write(HttpContext, journey);
        return Redirect(Url.IsLocalUrl(To) && Ascii.IsValid(To) ? To : journey.NextStep);
    }
}
