using System.Globalization;
using System.Text.Json;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Desk;

/// <summary>The rows of the listing's form: added, removed, made whole again before they are sent.</summary>
public static class ListingRows
{
    private const int Tiers = 3;

    /// <summary>A new listing begins with one of each that it will need.</summary>
    public static void Prepare(ListingDraft form)
    {
        if (form.Trainings.Count == 0)
            form.Trainings.Add(new());
        if (form.Locations.Count == 0)
            form.Locations.Add(new() { Formats = ["inPerson"] });
        if (form.Services.Count == 0)
            form.Services.Add(new() { Minutes = 60, Formats = ["inPerson"] });
        form.Policy ??= new() { Tiers = [new() { HoursBefore = 24, RefundPercent = 100 }, new() { HoursBefore = 2, RefundPercent = 50 }] };
        while (form.Policy.Tiers.Count < Tiers)
            form.Policy.Tiers.Add(new());
    }

    /// <summary>Adds or removes a row: <c>add-training</c>, <c>remove-service-2</c>. False when the button asks for something else.</summary>
    public static bool Change(ListingDraft form, string? what)
    {
        if (what?.Split('-') is not [var action and ("add" or "remove"), var kind, .. var rest])
            return false;
        var at = rest is [var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        switch (kind)
        {
            case "training":
                Change(form.Trainings, action, at);
                break;
            case "licence":
                Change(form.Licences, action, at);
                break;
            case "location":
                Change(form.Locations, action, at);
                break;
            case "service":
                Change(form.Services, action, at);
                break;
        }
        return true;
    }

    /// <summary>What the services could not even read, by the field's name.</summary>
    public static IEnumerable<(string Field, string Message)> Mistakes(ListingDraft form)
    {
        for (var i = 0; i < form.Trainings.Count; i++)
        {
            if (IsEmpty(form.Trainings[i]))
                continue;
            if (form.Trainings[i].Issuer is null)
                yield return ($"Form.Trainings[{i}].Mark", "Please choose the training.");
            if (form.Trainings[i].From is null)
                yield return ($"Form.Trainings[{i}].From", "Please say since when.");
        }
        for (var i = 0; i < form.Licences.Count; i++)
        {
            foreach (var field in Missing((nameof(LicenceDraft.Code), form.Licences[i].Code), (nameof(LicenceDraft.Jurisdiction), form.Licences[i].Jurisdiction), (nameof(LicenceDraft.Number), form.Licences[i].Number)))
                yield return ($"Form.Licences[{i}].{field}", "This is missing.");
        }
        for (var i = 0; i < form.Locations.Count; i++)
        {
            if (IsEmpty(form.Locations[i]))
                continue;
            foreach (var field in Missing((nameof(LocationDraft.Name), form.Locations[i].Name), (nameof(LocationDraft.Locality), form.Locations[i].Locality), (nameof(LocationDraft.Country), form.Locations[i].Country)))
                yield return ($"Form.Locations[{i}].{field}", "This is missing.");
        }
        for (var i = 0; i < form.Services.Count; i++)
        {
            if (IsEmpty(form.Services[i]))
                continue;
            if (string.IsNullOrWhiteSpace(form.Services[i].Name))
                yield return ($"Form.Services[{i}].Name", "This is missing.");
            if (form.Services[i].Minutes is null)
                yield return ($"Form.Services[{i}].Minutes", "Please say how long it takes.");
            if (form.Services[i].Price is null)
                yield return ($"Form.Services[{i}].Amount", "Please give the price as a number, as in 120 or 120.50.");
        }
        for (var i = 0; i < form.Policy?.Tiers.Count; i++)
        {
            if (!IsEmpty(form.Policy.Tiers[i]) && (form.Policy.Tiers[i].HoursBefore is null || form.Policy.Tiers[i].RefundPercent is null))
                yield return ($"Form.Policy.Tiers[{i}].HoursBefore", "Both hours and percent are needed, or neither.");
        }
    }

    /// <summary>Takes out the rows that nobody filled in. True when others have moved up by that.</summary>
    public static bool Close(ListingDraft form) =>
        Close(form.Trainings, IsEmpty) | Close(form.Locations, IsEmpty) | Close(form.Services, IsEmpty) | (form.Policy is not null && Close(form.Policy.Tiers, IsEmpty));

    /// <summary>The document to be kept, without what only the form has; the form stays as it was filled in.</summary>
    public static ListingDraft Whole(ListingDraft filled)
    {
        var form = JsonSerializer.Deserialize<ListingDraft>(JsonSerializer.SerializeToUtf8Bytes(filled, Answers.Format), Answers.Format)!;
        foreach (var service in form.Services.Where(s => s.ForWhom is { MinAgeMonths: null, MaxAgeMonths: null }))
            service.ForWhom = null;
        foreach (var location in form.Locations)
            (location.Country, location.TravelRadiusKm) = (location.Country?.Trim().ToUpperInvariant(), location.Formats.Contains("homeVisit") ? location.TravelRadiusKm : null);
        foreach (var licence in form.Licences)
            licence.Jurisdiction = licence.Jurisdiction?.Trim().ToUpperInvariant();
        if (form.Policy is { Tiers.Count: 0 } && string.IsNullOrWhiteSpace(form.Policy.Text))
            form.Policy = null;
        // Whoever has no words of their own for the rules gets ours.
        if (form.Policy is { } policy && string.IsNullOrWhiteSpace(policy.Text))
            policy.Text = string.Join(' ', Promises.Rules(new() { Tiers = [.. policy.Tiers.Where(t => t is { HoursBefore: not null, RefundPercent: not null }).Select(t => new PolicyTier(t.HoursBefore!.Value, t.RefundPercent!.Value))] }));
        form.Approach = Said(form.Approach);
        form.Gender = Said(form.Gender);
        return form;
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void Change<T>(List<T> rows, string action, int at)
        where T : new()
    {
        if (action == "add")
            rows.Add(new());
        else if (at >= 0 && at < rows.Count)
            rows.RemoveAt(at);
    }

    private static bool Close<T>(List<T> rows, Predicate<T> isEmpty)
    {
        var moves = rows.FindIndex(isEmpty) is >= 0 and var first && rows.FindLastIndex(row => !isEmpty(row)) > first;
        rows.RemoveAll(isEmpty);
        return moves;
    }

    private static IEnumerable<string> Missing(params (string Field, string? Value)[] fields) => fields.Where(f => string.IsNullOrWhiteSpace(f.Value)).Select(f => f.Field);

    private static bool IsEmpty(TrainingDraft row) => row is { Id: null, Issuer: null, From: null, To: null, Hours: null } && string.IsNullOrWhiteSpace(row.Credential);

    private static bool IsEmpty(LocationDraft row) => row.Id is null && string.IsNullOrWhiteSpace(row.Name) && string.IsNullOrWhiteSpace(row.Locality) && row.AddressLines.Count == 0;

    private static bool IsEmpty(OfferingDraft row) => row.Id is null && string.IsNullOrWhiteSpace(row.Name) && row.Price is null or { Amount: 0 };

    private static bool IsEmpty(TierDraft row) => row is { HoursBefore: null, RefundPercent: null };
}
