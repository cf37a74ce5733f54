using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Pages.Booking;
using Web.Peers;
using Web.Structured;
using Web.Wording;

namespace Web.Pages.Search;

/// <summary>One practitioner: who, how a visit goes, with what training, at what price, and how to find the door.</summary>
public sealed class ProfileModel(
    ListingsClient listings, AvailabilityClient availability, Words words, WebOptions options, TimeProvider clock, ILogger<ProfileModel> log) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? For { get; set; }

    public Practitioner Person { get; private set; } = null!;

    public Taxonomy Taxonomy { get; private set; } = new();

    /// <summary>Availability does not answer, so the page cannot say whether there is a free time.</summary>
    public bool TimesAreAway { get; private set; }

    public async Task<IActionResult> OnGet(string slug, CancellationToken ct)
    {
        if (await listings.Practitioner(slug, ct) is not { } person)
            return NotFound();
        if (person.Slug != slug)
            return Redirect($"/practitioners/{person.Slug}");
        Taxonomy = await words.Get(ct);
        Person = person with { NextOpenings = await Next(person, ct) };
        Describe();
        return Page();
    }

    private void Describe()
    {
        var path = $"/practitioners/{Person.Slug}";
        var place = Person.Location ?? (Person.Locations.Count > 0 ? Person.Locations[0] : null);
        var known = Person.Lineages.Select(l => Taxonomy.LineageName(l.Code)).Distinct().Take(2).ToList();
        ViewData["Title"] = place is null ? Person.Name : $"{Person.Name}, craniosacral therapist in {place.Town}";
        ViewData["Description"] = $"{Person.Headline}{(Person.Headline?.TrimEnd() is [.., not ('.' or '?')] ? "." : "")} {(known.Count > 0 ? $"Trained in {Say.List(known, " and ")}. " : "")}{(Person.FromPrice is { } from ? $"From {Say.Price(from)} for {from.Minutes} minutes. " : "")}Free times to book.".TrimStart();
        ViewData["Listed"] = new Listed(path)
        {
            // An invented person is nobody to find, on whichever site.
            IsThin = Person.Demo,
            Things =
            [
                .. PractitionerThings.Of(Person, Taxonomy, new Uri(options.PublicUrl, path), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)),
                place is null ? ListThings.Crumbs(options.PublicUrl, (Person.Name, path))
                    : ListThings.Crumbs(options.PublicUrl, (place.Town, new Wanted { Near = $"{place.Town}, {place.Country}" }.Address(null)), (Person.Name, path)),
            ],
        };
    }

    /// <summary>The soonest free times of the plainest visit. The page is worth reading without them, so their absence does not stop it.</summary>
    private async Task<IReadOnlyList<NextOpening>> Next(Practitioner person, CancellationToken ct)
    {
        if (person.Plainest(For) is not { } visit)
            return [];
        try
        {
            var today = DateOnly.FromDateTime(Zones.ToLocal(clock.GetUtcNow(), person.TimeZone).Date);
            var openings = await availability.Openings(person.Slug, visit.Id, today, today.AddDays(TimeChoice.Ahead), null, ct);
            return [.. (openings?.Days ?? []).SelectMany(d => d.Openings).Take(3).Select(o => new NextOpening(o.Start, visit.Id, o.LocationId))];
        }
        catch (UnavailableException)
        {
            log.LogWarning("A profile is shown without free times while Availability is away");
            TimesAreAway = true;
            return [];
        }
    }
}
