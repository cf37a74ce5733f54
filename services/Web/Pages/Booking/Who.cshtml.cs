using Microsoft.AspNetCore.Mvc;
using Web.Journeys;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Booking;

/// <summary>Who will lie on the table, so that the right things are asked.</summary>
public sealed class WhoModel(JourneyCookie journeys, ListingsClient listings, TimeProvider clock) : JourneyStep(journeys, listings, clock)
{
    [BindProperty] public string? For { get; set; }

    public void OnGet() => For = Journey.For;

    public IActionResult OnPost()
    {
        if (!Visitors.IsKnown(For))
        {
            ModelState.AddModelError("For", "Please choose who the visit is for.");
            return Page();
        }
        if (Visit.ForWhom is { } ages && !ages.Includes(For!))
        {
            ModelState.AddModelError("For", $"“{Visit.Name}” is for people {Say.Ages(ages)}. Please choose another kind of visit on the page before.");
            return Page();
        }
        // Each list of questions is for one kind of visitor, so another visitor is asked anew; and another child is born in a month of its own.
        var sameList = Visitors.Screen(For) == Visitors.Screen(Journey.For);
        return GoOn(Journey with { For = For, SafetyVersion = sameList ? Journey.SafetyVersion : null, ChildBirthMonth = For == Journey.For ? Journey.ChildBirthMonth : null });
    }
}
