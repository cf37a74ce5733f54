using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Moderation;

/// <summary>What waits for a moderator, longest first; each decision with its reason.</summary>
public sealed class QueueModel(ListingsClient listings, Words words, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Cursor { get; set; }

    [BindProperty] public Guid Id { get; set; }

    [BindProperty] public long Version { get; set; }

    [BindProperty] public string? Reason { get; set; }

    public Items<Waiting> Waiting { get; private set; } = new();

    public Taxonomy Taxonomy { get; private set; } = new();

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostApprove(CancellationToken ct) => Decide("approve", ct);

    public Task<IActionResult> OnPostReturn(CancellationToken ct) => Decide("return", ct);

    private async Task<IActionResult> Decide(string verdict, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Reason))
        {
            ModelState.AddModelError($"reason-{Id}", "Please give a reason; it is kept, and the owner sees it.");
        }
        else
        {
            try
            {
                await listings.Decide(Id, verdict, Reason.Trim(), Version, ct);
                return Redirect("/moderation");
            }
            catch (RefusedException refusal) when (refusal.Status is 400 or 404 or 409 or 412)
            {
                ModelState.AddModelError($"reason-{Id}", refusal.Status == 412 ? "The listing was changed since you read it. Please read it again." : refusal.Title ?? "This has already been decided.");
            }
        }
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        Taxonomy = await words.Get(ct);
        Waiting = await listings.Queue(Cursor, ct);
    }
}
