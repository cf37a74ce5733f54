using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>A step of a booking: there is a time in hand, and this page asks one thing about it.</summary>
public abstract class JourneyStep(JourneyCookie journeys, ListingsClient listings, TimeProvider clock) : PageModel
{
    /// <summary>Which journey the form was shown for; a second window may have begun another since.</summary>
    [BindProperty] public Guid JourneyId { get; set; }

    public Journey Journey { get; private set; } = null!;

    public Practitioner Person { get; private set; } = null!;

    public Visit Visit { get; private set; } = null!;

    public Location Place { get; private set; } = null!;

    /// <summary>Whether the practitioner comes to the visitor.</summary>
    public bool AtHome => Visit.FormatAt(Place) == "homeVisit";

    /// <summary>The clock by which this person is told of times.</summary>
    public string TimeZone => Journey.TimeZone ?? Place.TimeZone;

    public DateTimeOffset Start => Zones.ToLocal(Journey.Start, TimeZone);

    public DateTimeOffset? KeptUntil => Journey.IsKept(Now) ? Zones.ToLocal(Journey.KeptUntil!.Value, TimeZone) : null;

    public bool CanExtend => KeptUntil is not null && !Journey.Extended;

    /// <summary>Where the question before this one is.</summary>
    public virtual string Back => TimesModel.Link(Journey.Slug, Journey.ServiceId, null, null, null);

    /// <summary>The first question that has no answer yet, for this visit at this place.</summary>
    protected string NextStep => Journey.NextStep == "/book/review" && AtHome && Journey.Street is null ? "/book/details" : Journey.NextStep;

    protected JourneyCookie Journeys => journeys;

    protected DateTimeOffset Now => clock.GetUtcNow();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (journeys.Read(HttpContext) is not { } journey
            || await listings.Practitioner(journey.Slug, HttpContext.RequestAborted) is not { } person
            || person.VisitOf(journey.ServiceId) is not { } visit
            || person.LocationOf(journey.LocationId) is not { } place)
        {
            context.Result = Redirect("/book/nothing");
            return;
        }
        if (HttpMethods.IsPost(Request.Method) && JourneyId != journey.Id)
        {
            context.Result = Redirect("/book/nothing?other=true");
            return;
        }
        (Journey, Person, Visit, Place) = (journey.On(Zones.ToLocal(journey.Start, place.TimeZone)), person, visit, place);
        await next();
    }

    /// <summary>Keeps what was said and goes on to the next open question.</summary>
    protected IActionResult GoOn(Journey journey)
    {
        journeys.Write(HttpContext, journey);
        return Redirect(journey.NextStep);
    }
}
