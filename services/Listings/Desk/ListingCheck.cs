using Platform;

namespace Listings.Desk;

/// <summary>Whether a listing's document can be kept at all. What it still lacks for publication is <see cref="Readiness"/>'s to say.</summary>
internal static class ListingCheck
{
    private const int Earliest = 1940;

    /// <param name="known">Ids that this practitioner's documents have carried before; no others may be sent.</param>
    public static void Of(Check check, Listing listing, IReadOnlySet<Guid> known, DateOnly today)
    {
        var taxonomy = Taxonomy.Current;
        check.Text("name", listing.Name, 100, optional: true);
        check.Text("headline", listing.Headline, 140, optional: true);
        check.Text("biography", listing.Biography, 4000, lines: true, optional: true);
        check.Text("preparation", listing.Preparation, 1000, lines: true, optional: true);
        check.Text("aftercare", listing.Aftercare, 1000, lines: true, optional: true);
        Code(check, "approach", listing.Approach, taxonomy.Approaches);
        Code(check, "gender", listing.Gender, taxonomy.Genders);
        if (listing.PractisingSince is { } since)
            check.Between("practisingSince", since, Earliest, today.Year);

        Codes(check, "specialties", listing.Specialties, taxonomy.Specialties.Select(s => s.Code));
        Codes(check, "populations", listing.Populations, taxonomy.Populations);
        Codes(check, "techniques", listing.Techniques, taxonomy.Techniques);
        Codes(check, "modalities", listing.Modalities, taxonomy.Modalities);
        Codes(check, "languages", listing.Languages, taxonomy.Languages);
        Codes(check, "associations", listing.Associations, taxonomy.Associations);

        if (check.Each("trainings", listing.Trainings, 30))
            TrainingCheck.Of(check, listing, today);
        if (check.Each("locations", listing.Locations, 6) && check.Each("services", listing.Services, 20))
            VisitCheck.Of(check, listing);
        Policy(check, listing.Policy);
        Ids(check, listing, known);
    }

    /// <summary>Some of a list's codes, each once.</summary>
    public static void Codes(Check check, string path, IReadOnlyList<string> codes, IReadOnlyList<Term> terms) =>
        Codes(check, path, codes, terms.Select(t => t.Code));

    private static void Codes(Check check, string path, IReadOnlyList<string> codes, IEnumerable<string> terms)
    {
        var known = terms.ToHashSet();
        if (!check.That(path, codes.Count <= known.Count, $"At most {known.Count}, please."))
            return;
        var seen = new HashSet<string>();
        for (var i = 0; i < codes.Count; i++)
        {
            if (check.That($"{path}[{i}]", codes[i] is not null && known.Contains(codes[i]), "This is not one of the codes in the taxonomy."))
                check.That($"{path}[{i}]", seen.Add(codes[i]), "This stands here twice.");
        }
    }

    private static void Code(Check check, string path, string? code, IReadOnlyList<Term> terms) =>
        check.That(path, code is null || terms.Any(t => t.Code == code), "This is not one of the codes in the taxonomy.");

    private static void Policy(Check check, Policy? policy)
    {
        if (policy is null)
            return;
        check.Text("policy.text", policy.Text, 1000, lines: true);
        if (!check.Each("policy.tiers", policy.Tiers, 5))
            return;
        for (var i = 0; i < policy.Tiers.Count; i++)
        {
            var tier = policy.Tiers[i];
            check.Between($"policy.tiers[{i}].hoursBefore", tier.HoursBefore, 0, 720);
            check.Between($"policy.tiers[{i}].refundPercent", tier.RefundPercent, 0, 100);
            if (i == 0)
                continue;
            check.That($"policy.tiers[{i}].hoursBefore", tier.HoursBefore < policy.Tiers[i - 1].HoursBefore, "Each tier is closer to the visit than the one before.");
            check.That($"policy.tiers[{i}].refundPercent", tier.RefundPercent < policy.Tiers[i - 1].RefundPercent, "Less comes back the closer the visit is.");
        }
    }

    private static void Ids(Check check, Listing listing, IReadOnlySet<Guid> known)
    {
        IEnumerable<(string Path, Guid? Id)> ids =
        [
            .. listing.Trainings.Select((t, i) => ($"trainings[{i}].id", t?.Id)), .. listing.Licences.Select((l, i) => ($"licences[{i}].id", l?.Id)),
            .. listing.Locations.Select((l, i) => ($"locations[{i}].id", l?.Id)), .. listing.Services.Select((s, i) => ($"services[{i}].id", s?.Id)),
        ];
        var seen = new HashSet<Guid>();
        foreach (var (path, id) in ids)
        {
            if (id is { } given && check.That(path, known.Contains(given), "This id is not one of yours; leave it out for something new."))
                check.That(path, seen.Add(given), "This stands here twice.");
        }
    }
}
