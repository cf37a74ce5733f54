using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Platform;
using Web.Journeys;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Booking;

/// <summary>The whole of it once more, then the booking itself and the way to the payment page.</summary>
public sealed class ReviewModel(JourneyCookie journeys, VisitKeys keys, ListingsClient listings, BookingsClient bookings, Words words, TimeProvider clock)
    : JourneyStep(journeys, listings, clock)
{
    /// <summary>The terms that were on the screen when the button was pressed.</summary>
    [BindProperty] public string? Shown { get; set; }

    public override string Back => "/book/details";

    /// <summary>The price and the rules as they are, short enough for a form to carry.</summary>
    public string Terms => Hash(new { Visit.Price, Person.Policy });

    /// <summary>What coming too late or not at all costs, with its dates.</summary>
    public string Changing => Promises.Changing(Person.Policy, Start, TimeZone, Now);

    /// <summary>When it is where the visit is, if that is by another clock.</summary>
    public string? AtThePlace => TimeZone == Place.TimeZone ? null : Say.When(Zones.ToLocal(Journey.Start, Place.TimeZone), Place.TimeZone);

    public string Where => Say.Where(Place, Visit.FormatAt(Place)) + (AtHome ? $", {Journey.Street}, {Journey.Town}" : "");

    /// <summary>What the visitor wishes of the hands, and what else they said.</summary>
    public string Wishes { get; private set; } = "";

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (NextStep != "/book/review")
            return Redirect(NextStep);
        if (Shown != Terms)
        {
            ModelState.AddModelError("", "The price or the rules for changes are new. Please look again before you book.");
            return await Show(ct);
        }
        try
        {
            var booking = await Book(ct);
            keys.Add(HttpContext, booking.Id, booking.ManageToken);
            Journeys.Forget(HttpContext);
            return booking.CheckoutUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" } checkout
                ? Redirect(checkout.AbsoluteUri)
                : Redirect($"/bookings/{booking.Id}");
        }
        catch (RefusedException refusal) when (refusal.Name is "slot-taken" or "not-an-opening")
        {
            return Redirect(TimesModel.TakenLink(Journey.Slug, Journey.ServiceId, Start, Journey.LocationId));
        }
        catch (RefusedException refusal) when (refusal.Name == "hold-expired")
        {
            Journeys.Write(HttpContext, Journey with { HoldId = null, HoldToken = null, KeptUntil = null });
            ModelState.AddModelError("", "We could not hold the time any longer. It may still be free: please try once more.");
        }
        catch (RefusedException refusal) when (refusal.Name is "safety-required" or "safety-stop")
        {
            Journeys.Write(HttpContext, Journey with { SafetyVersion = null });
            return Redirect("/book/safety");
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 409 or 422 or 429)
        {
            Explain(refusal);
        }
        return await Show(ct);
    }

    /// <summary>
    /// Asks with the hold even when it is over: the press before this one may have used it up in time and gone unanswered, and only the very
    /// same request is known to be that one.
    /// </summary>
    private async Task<Requested> Book(CancellationToken ct)
    {
        try
        {
            return await Send(Asked(Journey.HoldToken), ct);
        }
        catch (RefusedException refusal) when (refusal.Name == "hold-expired" && KeptUntil is null)
        {
            // The page has said that the time is no longer kept, and that it may be free.
            return await Send(Asked(null), ct);
        }
    }

    private Task<Requested> Send(BookingRequest request, CancellationToken ct) => bookings.Request(request, Key(request), ct);

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        if (NextStep != "/book/review")
            return Redirect(NextStep);
        var names = (await words.Get(ct)).TouchPreferences.Where(w => Journey.Touch!.Contains(w.Code)).Select(w => w.Name);
        Wishes = string.Join(". ", names.Append(Journey.Note).Where(w => w is not null));
        return Page();
    }

    private BookingRequest Asked(string? holdToken) => new(
        Person.Id, Journey.ServiceId, Journey.LocationId, Start, holdToken,
        new ClientDetails(Journey.Name!, Journey.Email!, Journey.Phone, TimeZone),
        Visitors.IsChild(Journey.For)
            ? new Visitor(Visitors.Relation(Journey.For), Journey.ChildName, Journey.ChildBirthMonth, true)
            : new Visitor(Visitors.Relation(Journey.For)),
        new SafetyAnswer(Journey.SafetyVersion!, true),
        Journey.Touch is { Length: > 0 } touch ? touch : null,
        Journey.Note,
        AtHome ? new VisitAddress(Journey.Street!, Journey.Town!, Journey.PostalCode) : null,
        AcceptPolicies: true);

    /// <summary>The same press twice is one booking; anything changed in between is a new one.</summary>
    private string Key(BookingRequest request) => $"{Journey.Id:N}-{Hash(request)}";

    private static string Hash<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, Answers.Format)))[..32];

    private void Explain(RefusedException refusal)
    {
        foreach (var (path, messages) in refusal.Errors)
            ModelState.AddModelError(path is "visitor.relation" ? "/book/who" : "/book/details", messages.FirstOrDefault() ?? "Please check this.");
        if (ModelState.IsValid)
            ModelState.AddModelError("", refusal.Name switch
            {
                "not-payable" => $"{Person.Name} cannot take payments here yet. You have not been charged.",
                "request-in-progress" => "We are still working on it. Please wait a moment and try again.",
                _ => refusal.Detail ?? refusal.Title ?? "This could not be booked. You have not been charged.",
            });
    }
}
