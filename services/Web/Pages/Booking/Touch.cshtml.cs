using Microsoft.AspNetCore.Mvc;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>What the visitor wants of the hands, if they like to say so now. It goes to the practitioner sealed, and nowhere else.</summary>
public sealed class TouchModel(JourneyCookie journeys, ListingsClient listings, Words words, TimeProvider clock) : JourneyStep(journeys, listings, clock)
{
    /// <summary>All of the journey has to fit into one cookie.</summary>
    public const int LongestNote = 400;

    public override string Back => "/book/safety";

    public IReadOnlyList<Term> Wishes { get; private set; } = [];

    [BindProperty] public string[] Touch { get; set; } = [];

    [BindProperty] public string? Note { get; set; }

    public async Task OnGet(CancellationToken ct)
    {
        await LoadWishes(ct);
        (Touch, Note) = (Journey.Touch ?? [], Journey.Note);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await LoadWishes(ct);
        if (Note?.Length > LongestNote)
        {
            ModelState.AddModelError("Note", $"Please use at most {LongestNote} characters; you can say the rest on the day.");
            return Page();
        }
        return GoOn(Journey with { Touch = [.. Wishes.Select(w => w.Code).Intersect(Touch)], Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim() });
    }

    private async Task LoadWishes(CancellationToken ct) => Wishes = (await words.Get(ct)).TouchPreferences;
}
