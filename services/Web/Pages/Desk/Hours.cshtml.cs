using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Web.Peers;

namespace Web.Pages.Desk;

/// <summary>When a practitioner works: the week at each place, and how people can book.</summary>
public sealed partial class HoursModel(AvailabilityClient availability, ListingsClient listings) : PageModel
{
    [BindProperty] public HoursForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)] public bool Saved { get; set; }

    /// <summary>What the owner calls each place.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    public async Task OnGet(CancellationToken ct)
    {
        var (schedule, tag) = await availability.MySchedule(ct);
        Form = HoursForm.From(schedule, tag);
        await LoadNames(ct);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        foreach (var (field, message) in Form.Mistakes())
            ModelState.AddModelError(field, message);
        if (ModelState.IsValid && await Save(ct))
            return Redirect("/desk/hours?saved=true");
        await LoadNames(ct);
        return Page();
    }

    /// <summary>Choices for a length, with the present one among them.</summary>
    public static IEnumerable<SelectListItem> Lengths(int present, params int[] minutes) =>
        minutes.Append(present).Distinct().Order().Select(m => new SelectListItem(Length(m), m.ToString(CultureInfo.InvariantCulture)));

    public static IEnumerable<SelectListItem> Days(int present, params int[] days) =>
        days.Append(present).Distinct().Order().Select(d => new SelectListItem($"{d} days", d.ToString(CultureInfo.InvariantCulture)));

    private static string Length(int minutes) => minutes switch
    {
        0 => "None",
        60 => "1 hour",
        >= 1440 when minutes % 1440 == 0 => minutes == 1440 ? "1 day" : $"{minutes / 1440} days",
        >= 60 when minutes % 60 == 0 => $"{minutes / 60} hours",
        _ => $"{minutes} minutes",
    };

    private async Task<bool> Save(CancellationToken ct)
    {
        try
        {
            var (now, _) = await availability.MySchedule(ct);
            await availability.Save(Form.ToSchedule(now), Form.Tag, ct);
            return true;
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            foreach (var (path, messages) in refusal.Errors)
                ModelState.AddModelError(Field(path), WeeklyWords().Replace(messages.FirstOrDefault() ?? "Please look at this again.", "others at the same place"));
        }
        catch (RefusedException refusal) when (refusal.Status is 412 or 428)
        {
            ModelState.Remove("Form.Tag");
            Form.Tag = (await availability.MySchedule(ct)).Tag;
            ModelState.AddModelError("", "Your hours were changed in another window in the meantime. What you see here is not saved yet. Save again to keep it.");
        }
        return false;
    }

    /// <summary>The form's field for a path of the document, whose ranges leave the empty rows out.</summary>
    private string Field(string path)
    {
        var at = WeeklyPath().Match(path);
        if (!at.Success)
            return path.Length == 0 ? "" : $"Form.{char.ToUpperInvariant(path[0])}{path[1..]}";
        var place = int.Parse(at.Groups[1].Value, CultureInfo.InvariantCulture);
        var range = Form.Places[place].Written.ElementAt(int.Parse(at.Groups[2].Value, CultureInfo.InvariantCulture));
        return $"Form.Places[{place}].Ranges[{Form.Places[place].Ranges.IndexOf(range)}].From";
    }

    private async Task LoadNames(CancellationToken ct)
    {
        var (draft, _, _) = await listings.MyListing(ct);
        Names = draft.Locations.Where(l => l.Id is not null).ToDictionary(l => l.Id!.Value, l => l.Name ?? l.Locality ?? "");
    }

    [GeneratedRegex(@"^locations\[(\d+)\]\.weekly\[(\d+)\]")]
    private static partial Regex WeeklyPath();

    [GeneratedRegex(@"weekly\[\d+\]")]
    private static partial Regex WeeklyWords();
}
