using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Desk;

/// <summary>The calendars a practitioner keeps elsewhere, how each stands, and the address at which those can follow the visits here.</summary>
public sealed class CalendarsModel(CalendarsClient calendars, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Address { get; set; }

    [BindProperty] public string? Name { get; set; }

    public IReadOnlyList<OutsideCalendar> All { get; private set; } = [];

    public Uri Feed { get; private set; } = null!;

    public Task OnGet(CancellationToken ct) => Load(ct);

    /// <summary>Asked by the page while a new calendar has not been read yet.</summary>
    public async Task<IActionResult> OnGetState(CancellationToken ct) => new JsonResult(new { settled = (await calendars.All(ct)).All(c => c.State != "waiting") });

    public async Task<IActionResult> OnPostAdd(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Address))
        {
            ModelState.AddModelError(nameof(Address), "This is missing.");
            await Load(ct);
            return Page();
        }

        return await Do(calendars.Add(Address.Trim(), string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(), ct), ct);
    }

    public Task<IActionResult> OnPostRemove(Guid id, CancellationToken ct) => Do(calendars.Drop(id, ct), ct);

    public Task<IActionResult> OnPostIgnore(Guid id, CancellationToken ct) => Do(calendars.Tell(id, "ignore", ct), ct);

    public Task<IActionResult> OnPostRetry(Guid id, CancellationToken ct) => Do(calendars.Tell(id, "retry", ct), ct);

    public Task<IActionResult> OnPostRenew(CancellationToken ct) => Do(calendars.RenewFeed(ct), ct);

    /// <summary>How a calendar stands, in one sentence or two.</summary>
    public string State(OutsideCalendar calendar) => calendar.State switch
    {
        "waiting" => "We are reading it for the first time.",
        "current" => $"Up to date. Read {Ago(calendar.LastSuccessAt)}.",
        "failing" when calendar.LastSuccessAt is null => $"{calendar.Problem} Until we can read it, nothing in it counts as busy.",
        "failing" => $"{calendar.Problem} What it said {Ago(calendar.LastSuccessAt)} still counts.",
        "withdrawn" => $"{calendar.Problem} We have not been able to read it for {Lasted(calendar.FailingSince)}, so none of your free times are offered.",
        _ => $"{calendar.Problem} It is left out until we can read it again.",
    };

    /// <summary>What happens next of itself.</summary>
    public string? Next(OutsideCalendar calendar) => calendar switch
    {
        { State: "failing", WithdrawsAt: { } at } => $"If we still cannot read it in {Say.Lasting(at - clock.GetUtcNow())}, we will stop offering your free times until we can.",
        { State: "withdrawn" or "ignored" } => $"We will try again {(calendar.NextTryAt > clock.GetUtcNow() ? $"in {Say.Lasting(calendar.NextTryAt - clock.GetUtcNow())}" : "now")}.",
        _ => null,
    };

    private string Ago(DateTimeOffset? at) => $"{Lasted(at)} ago";

    private string Lasted(DateTimeOffset? since) => Say.Lasting(clock.GetUtcNow() - since!.Value);

    private async Task<IActionResult> Do(Task action, CancellationToken ct)
    {
        try
        {
            await action;
            return Redirect("/desk/calendars");
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            foreach (var (field, mistakes) in refusal.Errors)
                ModelState.AddModelError(field == "name" ? nameof(Name) : nameof(Address), mistakes[0]);
        }
        catch (RefusedException refusal) when (refusal.Status is 404 or 409)
        {
            ModelState.AddModelError("", refusal.Detail is { } detail ? $"{refusal.Title}. {detail}" : refusal.Title ?? "This calendar has already been removed.");
        }

        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        var (all, feed) = (calendars.All(ct), calendars.Feed(ct));
        (All, Feed) = (await all, await feed);
    }
}
