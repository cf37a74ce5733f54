using Listings.Places;

namespace Listings.Demo;

/// <summary>
/// Invents practitioners one after the other, always the same ones for the same towns and day. Nothing here is about a real person, and
/// whoever reads a listing is told so by its mark.
/// </summary>
internal sealed class DemoPractitioners(DemoTowns towns, DateTimeOffset now)
{
    private const ulong Seed = 20_261_122;
    private static readonly DateTimeOffset FirstId = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HashSet<ulong> slugs = [];
    private readonly DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>The first of all is always Ana Reyes in Denver, so that guides and tests can name somebody.</summary>
    public IEnumerable<Practitioner> Take(int count)
    {
        for (var i = 0; i < count; i++)
            yield return Invent(i);
    }

    private Practitioner Invent(int index)
    {
        var dice = new Dice(Seed, (ulong)index);
        var id = dice.Id(FirstId.AddMilliseconds(index).ToUnixTimeMilliseconds());
        var draft = index == 0 ? AnaReyes(dice) : Anybody(dice);
        var evidence = draft.Listing.Trainings.Select(t => DemoTraining.Evidence(t, index == 0, dice, today))
            .Concat(draft.Listing.Licences.Select(l => DemoTraining.Evidence(l, dice, today))).OfType<Evidence>();
        return Practitioner.Invented(id, Slug(draft.Listing.Name!, draft.Town.Name, index), $"practitioner-{index + 1}@example.org", draft.Listing, [.. evidence], now);
    }

    private (Listing Listing, DemoTown Town) Anybody(Dice dice)
    {
        var town = towns.Pick(dice);
        var country = DemoData.Countries[town.Country];
        var language = DemoData.LanguageOf(town);
        var names = DemoData.Names[language];
        var woman = dice.Chance(0.75);
        var name = $"{dice.Pick(woman ? names.Women : names.Men)} {dice.Pick(names.Last)}";
        var since = today.Year - dice.Between(1, 28);
        var specialties = Taxonomy.Current.WithParents(dice.Some(DemoTraining.Specialties, dice.Between(3, 8)));
        var lineage = dice.Pick(country.Lineages);
        var trainings = DemoTraining.In(lineage, town.Country, since, dice, today);
        if (dice.Chance(0.15) && dice.Pick(country.Lineages) is var second && second != lineage && second != "osteopathic-cranial")
            trainings = [.. trainings, .. DemoTraining.In(second, town.Country, since, dice, today)];
        var licences = DemoTraining.Licences(lineage, country, town, dice, today);
        var locations = DemoVisits.Locations(town, names, dice);
        var listing = new Listing
        {
            Name = name,
            // Many leave it unsaid.
            Gender = dice.Chance(0.4) ? null : dice.Chance(0.02) ? "non-binary" : woman ? "woman" : "man",
            Approach = lineage switch { "biodynamic" or "visionary" => "biodynamic", "upledger" when dice.Chance(0.7) => "biomechanical", _ => "integrated" },
            PractisingSince = since,
            Trainings = trainings,
            Licences = licences,
            Specialties = specialties,
            Populations = dice.Some(DemoTraining.Populations, dice.Between(1, 5)),
            Techniques = dice.Some(DemoTraining.Techniques, dice.Between(2, 5)),
            Modalities = dice.Some(DemoTraining.Modalities, dice.Between(0, 2)),
            Languages = [.. (language == country.Names ? country.Languages : [language, .. country.Languages]).Concat(dice.Some(country.AlsoSpoken, dice.Chance(0.45) ? dice.Between(1, 2) : 0)).Distinct()],
            Associations = DemoTraining.Associations(trainings),
            Locations = locations,
            Services = DemoVisits.Services(country, locations, specialties, dice),
            Policy = DemoVisits.Policy(dice),
            SlidingScale = dice.Chance(0.25),
            AcceptsNew = dice.Chance(0.92),
        };
        return (DemoWriting.Write(listing, town, dice, today), town);
    }

    private (Listing Listing, DemoTown Town) AnaReyes(Dice dice)
    {
        var town = towns.Named("Denver", "US");
        var country = DemoData.Countries["US"];
        var studio = new Location("Studio", town.Name, "US", "CO", "80202", 39.7508, -104.9966, TimeZone: town.TimeZone,
            Directions: "The entrance is on the courtyard; ring at Studio and take the lift to the second floor.", Id: dice.Id(FirstId.ToUnixTimeMilliseconds()))
        {
            AddressLines = ["1420 Larkspur Street", "Suite 2"],
            Formats = [VisitFormat.InPerson, VisitFormat.Online],
            Access = ["step-free", "lift", "transit", "quiet", "scent-free"],
        };
        return (new Listing
        {
            Name = "Ana Reyes",
            Headline = "Quiet, exact work for the pelvis and for the months after birth",
            Biography = "I have practised in Denver since 2015, after ten years as a massage therapist. People come to me with pelvic pain, with a tailbone that "
                + "will not settle, or in the months after a birth, often beside their doctor or physiotherapist. You stay fully dressed, the work is external, and you "
                + "can pause at any moment. Hablo español, y las visitas pueden ser en español.",
            Gender = "woman",
            Approach = "integrated",
            PractisingSince = 2015,
            Trainings = [new("upledger", new(2019, 9, 14), "upledger:cst-t", "upledger:cst-t", Id: dice.Id(FirstId.ToUnixTimeMilliseconds()))],
            Licences = [new("lmt", "US-CO", $"MT.{dice.Between(10_000, 99_999)}", today.AddMonths(14), dice.Id(FirstId.ToUnixTimeMilliseconds()))],
            Specialties = ["pelvic-health", "postpartum"],
            Populations = ["adults", "pregnant", "postpartum"],
            Techniques = ["diaphragm-pelvic", "sacral-hold", "still-point"],
            Languages = ["en", "es"],
            Associations = ["iahp"],
            Locations = [studio],
            Services = DemoVisits.ForAna(country, dice),
            Policy = DemoVisits.UsualPolicy,
            Preparation = DemoData.Words.Preparation,
            Aftercare = DemoData.Words.Aftercare,
        }, town);
    }

    /// <summary>Name and town, with a number for whoever comes to it second.</summary>
    private string Slug(string name, string town, int index)
    {
        var slug = Spelling.Plain($"{name} {town}").Replace(' ', '-');
        var print = 14_695_981_039_346_656_037;
        foreach (var letter in slug)
            print = (print ^ letter) * 1_099_511_628_211;
        return slugs.Add(print) ? slug : $"{slug}-{index + 1}";
    }
}
