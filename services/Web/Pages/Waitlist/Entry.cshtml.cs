using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Journeys;
using Web.Pages.Search;
using Web.Peers;

namespace Web.Pages.Waitlist;

/// <summary>What somebody waits for, and a way to stop; once it can be had, the way to it.</summary>
public sealed class EntryModel(WaitlistClient waitlist, ListingsClient listings, Words words, VisitKeys keys) : PageModel
{
    public WaitlistEntry Entry { get; private set; } = null!;

    /// <summary>Whose free time is waited for; null when it is whoever fits.</summary>
    public Practitioner? Person { get; private set; }

    /// <summary>What is looked for, each thing in its own words.</summary>
    public IReadOnlyList<string> Told { get; private set; } = [];

    /// <summary>Where it can be had, or is looked for.</summary>
    public string Address { get; private set; } = "/find";

    private string? Token => keys.Of(HttpContext, Entry.Id);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var id = Guid.TryParse(RouteData.Values["id"]?.ToString(), out var parsed) ? parsed : Guid.Empty;
        if (await waitlist.Entry(id, keys.Of(HttpContext, id), HttpContext.RequestAborted) is { } entry)
        {
            Entry = entry;
            await next();
        }
        else
        {
            context.Result = new RedirectResult("/waiting/over");
        }
    }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (Entry.Search is { } search)
        {
            var wanted = Wanted.Of(search);
            Address = wanted.Address(null);
            Told = Tell(wanted, await words.Get(ct));
        }
        else if (await listings.Practitioner(Entry.PractitionerId.ToString(), ct) is { } person)
        {
            (Person, Address) = (person, $"/practitioners/{person.Slug}/times?service={Entry.ServiceId}");
        }
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await waitlist.Leave(Entry.Id, Token, ct);
        return Redirect("/waiting/over");
    }

    private static List<string> Tell(Wanted wanted, Taxonomy taxonomy)
    {
        var filters = Filters.Of(wanted, taxonomy, new Dictionary<string, IReadOnlyDictionary<string, int>>());
        string?[] typed = [wanted.Q, wanted.Here is not null ? "near you" : wanted.Near];
        return [.. typed.Where(w => !string.IsNullOrEmpty(w)).Select(w => w!), .. wanted.Choices.Select(choice => Filters.Told(choice, filters, null, wanted.Currency))];
    }
}
