using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Peers;

namespace Web.Pages.Desk;

/// <summary>A practitioner writes the listing: one document in one form, whose rows come and go without a script.</summary>
public sealed class ListingModel(ListingsClient listings, Words words) : PageModel
{
    [BindProperty] public ListingDraft Form { get; set; } = new();

    /// <summary>The version that the form was shown from.</summary>
    [BindProperty] public string? Tag { get; set; }

    /// <summary>What the pressed button asks for: <c>save</c>, <c>submit</c>, or a row to add or remove.</summary>
    [BindProperty] public string? Do { get; set; }

    [BindProperty(SupportsGet = true)] public string? Done { get; set; }

    /// <summary>Nobody says how the listing stands.</summary>
    public bool IsAway { get; private set; }

    public ListingState State { get; private set; } = new();

    public Taxonomy Taxonomy { get; private set; } = new();

    public async Task OnGet(CancellationToken ct)
    {
        (Form, State, Tag) = await listings.MyListing(ct);
        Taxonomy = await words.Get(ct);
        ListingRows.Prepare(Form);
        // A proposal; nothing is kept before it is saved.
        if (string.IsNullOrEmpty(Form.Name))
            Form.Name = User.Identity?.Name;
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (ListingRows.Change(Form, Do))
        {
            // The rows have moved, so what was sent no longer says what belongs where; the form itself does.
            ModelState.Clear();
            return await Show(ct);
        }

        foreach (var (field, message) in ListingRows.Mistakes(Form))
            ModelState.AddModelError(field, message);
        if (ModelState.IsValid)
        {
            if (ListingRows.Close(Form))
                ModelState.Clear();
            if (await Keep(ct))
                return Redirect($"/desk/listing?done={Do}");
        }
        return await Show(ct);
    }

    public async Task<IActionResult> OnPostUnpublish(CancellationToken ct)
    {
        try
        {
            await listings.Unpublish(ct);
        }
        catch (RefusedException refusal) when (refusal.Status == 409)
        {
            // It is away already, which is what was wanted.
        }
        return Redirect("/desk/listing?done=unpublish");
    }

    private async Task<bool> Keep(CancellationToken ct)
    {
        var saved = false;
        try
        {
            await listings.Save(ListingRows.Whole(Form), Tag, ct);
            saved = true;
            if (Do == "submit")
                await listings.Submit(ct);
            return true;
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            foreach (var (path, messages) in refusal.Errors)
                ModelState.AddModelError(FieldOf(path), messages.FirstOrDefault() ?? "Please check this.");
        }
        catch (RefusedException refusal) when (refusal.Status is 412 or 428)
        {
            await Retag(ct);
            ModelState.AddModelError("", "Your listing was changed in another window meanwhile. What stands here is not saved yet: press once more to keep it.");
        }
        catch (RefusedException refusal) when (refusal.Status == 409)
        {
            ModelState.AddModelError("", refusal.Detail ?? refusal.Title ?? "This is not possible at the moment.");
        }
        catch (UnavailableException) when (words.Known is not null)
        {
            // Asking again, for what else the page shows, would take longer than the door waits.
            IsAway = true;
            ModelState.AddModelError("", "The directory is not responding right now. What stands here may not be saved yet: please press again in a minute.");
        }
        if (saved && !IsAway)
            await Retag(ct);
        return false;
    }

    private async Task Retag(CancellationToken ct)
    {
        ModelState.Remove(nameof(Tag));
        (_, _, Tag) = await listings.MyListing(ct);
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        if (IsAway)
            Taxonomy = words.Known!;
        else
            (State, Taxonomy) = ((await listings.MyListing(ct)).State, await words.Get(ct));
        ListingRows.Prepare(Form);
        return Page();
    }

    /// <summary>The form's field for a path of the document: <c>services[0].price.amount</c> is <c>Form.Services[0].Amount</c>.</summary>
    public static string FieldOf(string path)
    {
        if (path.Length == 0)
            return "";
        var named = string.Join('.', path.Split('.').Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part[1..]));
        foreach (var (wire, shown) in new[] { (".Price.Amount", ".Amount"), (".Price.Currency", ".Currency"), (".Price", ".Amount"), (".Lat", ".Locality"), (".Lon", ".Locality"), (".Level", ".Mark"), (".Issuer", ".Mark"), (".Credential", ".OwnWords") })
            named = named.EndsWith(wire, StringComparison.Ordinal) ? named[..^wire.Length] + shown : named;
        return $"Form.{(named.Contains(".AddressLines", StringComparison.Ordinal) ? named[..named.IndexOf(".AddressLines", StringComparison.Ordinal)] + ".Street" : named)}";
    }
}
