namespace Listings.Demo;

/// <summary>Invents believable trainings and licences, with how well they are evidenced.</summary>
internal static class DemoTraining
{
    private static readonly IReadOnlyDictionary<string, double> UpledgerLevels = new Dictionary<string, double>
    {
        ["upledger:cs1"] = 0.12,
        ["upledger:cs2"] = 0.22,
        ["upledger:ser1"] = 0.16,
        ["upledger:ser2"] = 0.12,
        ["upledger:adv1"] = 0.08,
        ["upledger:adv2"] = 0.03,
        ["upledger:cst-t"] = 0.2,
        ["upledger:cst-d"] = 0.07,
    };

    private static readonly string[] Schools = ["karuna:diploma", "body-intelligence:diploma", "body-of-wonder:diploma", "iabt:diploma"];

    /// <summary>All specialties, as often as people ask for them: the frequent ones are listed more than once.</summary>
    public static IReadOnlyList<string> Specialties { get; } =
    [
        .. Taxonomy.Current.Specialties.Select(s => s.Code),
        "relaxation", "stress", "anxiety", "headache", "neck-pain", "back-pain", "sleep", "tmj", "pelvic-health", "pregnancy", "postpartum", "migraine", "trauma", "infant-colic",
    ];

    public static IReadOnlyList<string> Populations { get; } = [.. Taxonomy.Current.Populations.Select(p => p.Code)];

    public static IReadOnlyList<string> Modalities { get; } = [.. Taxonomy.Current.Modalities.Select(m => m.Code)];

    /// <summary>Work inside the mouth needs a licence that allows it, so nobody is given it here.</summary>
    public static IReadOnlyList<string> Techniques { get; } = [.. Taxonomy.Current.Techniques.Select(t => t.Code).Where(t => t != "intraoral")];

    public static IReadOnlyList<Training> In(string lineage, string country, int since, Dice dice, DateOnly today)
    {
        var from = new DateOnly(since, dice.Between(1, 12), dice.Between(1, 28)).AddMonths(-dice.Between(0, 18));
        return lineage switch
        {
            "upledger" => Upledger(from, dice, today),
            "biodynamic" => [Biodynamic(country, from, dice, today)],
            "osteopathic-cranial" => [Make(dice.Pick(["oca:course", "oca:member", "oca:proficiency"]), from, dice)],
            "visionary" => [Make("milne:series", from, dice)],
            "cst-alliance" => [Make(dice.Pick(["cst-alliance:be1", "cst-alliance:be2", "cst-alliance:be3"]), from, dice)],
            "healing-art" => [Make(dice.Pick(["crafted-touch:core", "crafted-touch:certified"]), from, dice)],
            "cranio-suisse" => [Make(dice.Pick(["cranio-suisse:kt-branch", "cranio-suisse:kt-federal"]), from, dice)],
            _ => [new("other", from, "Two-year craniosacral training at a regional school", Hours: dice.Between(10, 30) * 10, Id: dice.Id(Instant(from)))],
        };
    }

    public static IReadOnlyList<Licence> Licences(string lineage, DemoCountry country, DemoTown town, Dice dice, DateOnly today)
    {
        var jurisdiction = town.Country is "US" or "CA" && town.Region is { Length: 2 } region ? $"{town.Country}-{region}" : town.Country;
        // Cranial work inside osteopathy is open to these professions only.
        string[] needed = lineage == "osteopathic-cranial" ? [dice.Pick(["do", "do", "md", "dds"])] : [];
        var licences = new List<Licence>();
        foreach (var code in needed.Concat(country.Licences.Where(l => dice.Chance(l.Value)).Select(l => l.Key)).Take(2))
        {
            licences.Add(new(code, jurisdiction, $"{code[..2].ToUpperInvariant()}-{dice.Between(10_000, 999_999)}", today.AddDays(dice.Between(-20, 700)), dice.Id(Instant(today))));
        }
        return licences;
    }

    public static IReadOnlyList<string> Associations(IReadOnlyList<Training> trainings) =>
        [.. trainings.Select(t => MembershipOf(t.Issuer)).OfType<string>().Distinct()];

    /// <summary>A third is confirmed by the issuer, a third was seen as a document, the rest is the practitioner's word.</summary>
    public static Evidence? Evidence(Training training, bool confirmed, Dice dice, DateOnly today)
    {
        var roll = confirmed ? 0 : dice.Share();
        var on = today.AddDays(-dice.Between(5, 300));
        return training.Issuer == "other" || roll > 0.68 ? null
            : roll < 0.36 ? new(training.Id!.Value, EvidenceState.ConfirmedByIssuer, Taxonomy.Current.FindIssuer(training.Issuer)!.Name, on, training)
            : new(training.Id!.Value, EvidenceState.DocumentSeen, "Moderators", on, training);
    }

    public static Evidence? Evidence(Licence licence, Dice dice, DateOnly today) =>
        dice.Chance(0.6) ? new(licence.Id!.Value, EvidenceState.DocumentSeen, "Moderators", today.AddDays(-dice.Between(5, 300)), Licence: licence) : null;

    private static string? MembershipOf(string issuer) => issuer switch
    {
        "upledger" => "iahp",
        "bcta-na" or "iabt" or "cranio-suisse" => issuer,
        "csta-uk" => "csta",
        "oca" => "osteopathic-cranial-academy",
        _ => null,
    };

    private static Training[] Upledger(DateOnly from, Dice dice, DateOnly today)
    {
        var level = dice.Pick(UpledgerLevels);
        var ladder = Make(level, from, dice);
        return dice.Chance(0.2) && from.AddYears(2) < today ? [ladder, Make(dice.Pick(["upledger:pediatrics", "upledger:obstetrics", "upledger:brain-speaks"]), from.AddYears(1), dice)] : [ladder];
    }

    private static Training Biodynamic(string country, DateOnly from, Dice dice, DateOnly today)
    {
        var register = country switch { "US" or "CA" => "bcta-na:rcst", "GB" or "IE" => "csta-uk:rcst", _ => null };
        var level = register is not null && dice.Chance(0.6) ? register : dice.Pick(Schools);
        var training = Make(level, from, dice);
        if (level != "bcta-na:rcst")
            return training;

        // Renewed each 31 May; a few have let it lapse, and their badge has gone out by itself.
        var end = new DateOnly(today.Year, 5, 31);
        if (end < today)
            end = end.AddYears(1);
        return training with { To = dice.Chance(0.06) ? end.AddYears(-1) : end };
    }

    private static Training Make(string level, DateOnly from, Dice dice)
    {
        var held = Taxonomy.Current.FindLevel(level)!;
        return new(held.Issuer.Code, from, held.Credential.Code, level, held.Credential.Hours, Id: dice.Id(Instant(from)));
    }

    private static long Instant(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
