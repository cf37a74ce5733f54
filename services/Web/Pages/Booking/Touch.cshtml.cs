using Microsoft.AspNetCore.Mvc;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>What the visitor wants of the hands, if they like to say so now. It goes to the practitioner sealed, and nowhere else.</summary>
public sealed class TouchModel(JourneyCookie journeys, ListingsClient listings, TimeProvider clock) : JourneyStep(journeys, listings, clock)
{
    /// <summary>All of the journey has to fit into one cookie.</summary>
    public const int LongestNote = 400;

    public static readonly (string Code, string Name)[] Wishes =
    [
        ("clothed", "I stay fully clothed"),
        ("no-mouth-work", "No work inside the mouth"),
        ("no-pelvic-contact", "No hands on the pelvis"),
        ("little-talk", "Little talk"),
        ("seated", "I would rather sit than lie"),
        ("chaperone", "Somebody comes with me"),
        ("ser-opt-in", "If feelings come up, it is fine to work with them"),
    ];

    [BindProperty] public string[] Touch { get; set; } = [];

    [BindProperty] public string? Note { get; set; }

    public void OnGet() => (Touch, Note) = (Journey.Touch ?? [], Journey.Note);

    public IActionResult OnPost()
    {
        if (Note?.Length > LongestNote)
        {
            ModelState.AddModelError("Note", $"Please use at most {LongestNote} letters; the rest can be said on the day.");
            return Page();
        }
        return GoOn(Journey with { Touch = [.. Wishes.Select(w => w.Code).Intersect(Touch)], Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim() });
    }
}
