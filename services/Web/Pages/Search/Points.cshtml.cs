using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Search;

/// <summary>Who was found, as points for the map: as many as a map can show, and the names of the towns around.</summary>
public sealed class PointsModel(ListingsClient listings, LandingClient landing) : PageModel
{
    private const int Most = 500;
    private const int AtOnce = 100;
    private const int TownsAround = 60;

    [BindProperty(SupportsGet = true)]
    public Wanted Wanted { get; set; } = new();

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        var people = new List<Found>();
        var page = await Look(null);
        var total = page.Total;
        while (page.NextCursor is { } next && people.Count < Most)
            page = await Look(next);
        var towns = page.Origin is { } origin ? await landing.Towns(TownsAround, ct, near: (origin.Lat, origin.Lon)) : [];
        return new JsonResult(new
        {
            total,
            people = people.Where(p => p.Location is { Lat: not null, Lon: not null }).Select(Point),
            towns = towns.OrderByDescending(t => t.People).Select(t => new { t.Name, t.Lat, t.Lon }),
        });

        async Task<Findings> Look(string? cursor)
        {
            var found = await listings.Search((Wanted with { Cursor = cursor }).Question(AtOnce), ct);
            people.AddRange(found.Items);
            return found;
        }
    }

    private static object Point(Found person) => new
    {
        person.Location!.Lat,
        person.Location.Lon,
        person.Name,
        address = $"/practitioners/{person.Slug}",
        told = person.NextOpenings is [var next, ..] ? $"Next free: {Say.When(next.Start, person.Location.TimeZone)}" : person.Location.Town,
    };
}
