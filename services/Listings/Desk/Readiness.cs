namespace Listings.Desk;

/// <summary>What a listing still lacks, or has too much of, before a moderator is asked to look at it.</summary>
public static class Readiness
{
    private const int ShortestBiography = 80;

    public static IReadOnlyList<Issue> Of(Listing listing) => [.. Missing(listing), .. Claims(listing)];

    private static IEnumerable<Issue> Missing(Listing listing)
    {
        if (string.IsNullOrWhiteSpace(listing.Name))
            yield return new("name", "missing", "Your name is missing.");
        if (string.IsNullOrWhiteSpace(listing.Headline))
            yield return new("headline", "missing", "One sentence about your work is missing.");
        if ((listing.Biography?.Trim().Length ?? 0) < ShortestBiography)
            yield return new("biography", "missing", $"Tell people a little about yourself, in at least {ShortestBiography} characters.");
        if (listing.Trainings.Count == 0)
            yield return new("trainings", "missing", "At least one training is needed.");
        foreach (var (training, i) in listing.Trainings.Select((t, i) => (t, i)))
        {
            // Without its end it would be shown as held for ever.
            if (training is { To: null, Level: { } level } && Taxonomy.Current.FindLevel(level)?.Credential.RenewedOn is not null)
                yield return new($"trainings[{i}].to", "missing", "This is renewed each year. Until which day is yours valid?");
        }
        if (listing.Languages.Count == 0)
            yield return new("languages", "missing", "Which languages do you work in?");
        if (listing.Locations.Count == 0)
            yield return new("locations", "missing", "Where do visits take place?");
        foreach (var (location, i) in listing.Locations.Select((l, i) => (l, i)))
        {
            if (location.Lat is null || location.Lon is null)
                yield return new($"locations[{i}].lat", "missing", "We do not know this place; please give its latitude and longitude.");
            if (location.TimeZone is null)
                yield return new($"locations[{i}].timeZone", "missing", "In which time zone is this?");
            if (location.Formats.Count == 0)
                yield return new($"locations[{i}].formats", "missing", "Say whether visits are here, at the client’s home, or online.");
            if (location.Formats.Contains(VisitFormat.InPerson) && location.AddressLines.Count == 0)
                yield return new($"locations[{i}].addressLines", "missing", "People need the street and number to find you.");
        }
        if (!listing.Services.Any(s => !s.Introductory))
            yield return new("services", "missing", "At least one kind of visit that can be booked is needed.");
        foreach (var (service, i) in listing.Services.Select((s, i) => (s, i)))
        {
            if (!listing.Locations.Any(service.IsAt))
                yield return new($"services[{i}].formats", "missing", "None of your locations offers this.");
        }
        if (listing.Policy is null)
            yield return new("policy", "missing", "What comes back when somebody cancels?");
    }

    private static IEnumerable<Issue> Claims(Listing listing)
    {
        IEnumerable<(string Path, string? Text)> texts =
        [
            ("name", listing.Name), ("headline", listing.Headline), ("biography", listing.Biography), ("preparation", listing.Preparation), ("aftercare", listing.Aftercare),
            ("policy.text", listing.Policy?.Text),
            .. listing.Services.Select((s, i) => ($"services[{i}].name", (string?)s.Name)),
            .. listing.Locations.Select((l, i) => ($"locations[{i}].name", (string?)l.Name)),
            .. listing.Locations.Select((l, i) => ($"locations[{i}].directions", l.Directions)),
            .. listing.Trainings.Select((t, i) => ($"trainings[{i}].credential", t.Issuer == "other" ? t.Credential : null)),
        ];
        return texts.SelectMany(text => ClaimsCheck.In(text.Text).Select(claim => new Issue(text.Path, "claim", claim.Why, claim.Words, claim.Suggestion)));
    }
}

/// <param name="Path">The field, as a camelCase JSON path.</param>
/// <param name="Code"><c>missing</c> or <c>claim</c>.</param>
/// <param name="Words">Of a claim: the words that may not be published.</param>
/// <param name="Suggestion">Of a claim: what could stand there.</param>
public sealed record Issue(string Path, string Code, string Message, string? Words = null, string? Suggestion = null);
