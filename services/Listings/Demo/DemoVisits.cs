using Contracts;

namespace Listings.Demo;

/// <summary>Invents where visits take place, what kinds there are, and what they cost.</summary>
internal static class DemoVisits
{
    private static readonly long Epoch = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Policy UsualPolicy { get; } = new("Free to change until a day before. After that half comes back, and in the last two hours nothing.")
    {
        Tiers = [new(24, 100), new(2, 50)],
    };

    private static readonly Policy[] Policies =
    [
        UsualPolicy, UsualPolicy, UsualPolicy,
        new("Free to change until two days before. After that half comes back until the day before, then nothing.") { Tiers = [new(48, 100), new(24, 50)] },
        new("Free to change until a day before, then nothing comes back.") { Tiers = [new(24, 100)] },
        new("Free to change until twelve hours before.") { Tiers = [new(12, 100)] },
    ];

    public static Policy Policy(Dice dice) => dice.Pick(Policies);

    public static IReadOnlyList<Location> Locations(DemoTown town, DemoNames names, Dice dice)
    {
        var first = Place(town, names, dice, dice.Pick(DemoData.Words.Rooms));
        var locations = new List<Location> { dice.Chance(0.3) ? first with { Formats = [.. first.Formats, VisitFormat.Online] } : first };
        if (dice.Chance(0.22))
            locations.Add(Place(town, names, dice, "Second room"));
        if (dice.Chance(0.12))
            locations[0] = locations[0] with { TravelRadiusKm = dice.Between(1, 5) * 5, Formats = [.. locations[0].Formats, VisitFormat.HomeVisit] };
        return locations;
    }

    public static IReadOnlyList<Offering> Services(DemoCountry country, IReadOnlyList<Location> locations, IReadOnlyList<string> specialties, Dice dice)
    {
        var hour = dice.Between(country.Price60[0] / country.Step, country.Price60[1] / country.Step) * country.Step;
        VisitFormat[] formats = locations.Any(l => l.Formats.Contains(VisitFormat.HomeVisit)) ? [VisitFormat.InPerson, VisitFormat.HomeVisit] : [VisitFormat.InPerson];
        var services = new List<Offering>
        {
            Make("Follow-up visit", 60, hour, formats, country, dice),
            Make("First visit", 75, Rounded(hour * 1.2, country), formats, country, dice) with { FirstVisit = true },
        };
        if (dice.Chance(0.15))
            services.RemoveAt(1);
        else if (dice.Chance(0.15))
            services[0] = services[0] with { Name = "Long visit", Minutes = 90, Price = new(Rounded(hour * 1.4, country), country.Currency) };
        if (specialties.Any(s => s.StartsWith("infant-", StringComparison.Ordinal) || s is "feeding-difficulty" or "plagiocephaly" or "difficult-birth"))
            services.Add(Make("Visit for a baby", 30, Rounded(hour * 0.7, country), formats, country, dice) with { ForWhom = new(0, 24) });
        if (locations.Any(l => l.Formats.Contains(VisitFormat.Online)))
            services.Add(Make("Introductory call", 15, 0, [VisitFormat.Online], country, dice));
        return services;
    }

    public static IReadOnlyList<Offering> ForAna(DemoCountry country, Dice dice) =>
    [
        Make("Follow-up visit", 60, 11_000, [VisitFormat.InPerson], country, dice),
        Make("First visit", 75, 13_500, [VisitFormat.InPerson], country, dice) with { FirstVisit = true },
        Make("Introductory call", 15, 0, [VisitFormat.Online], country, dice),
    ];

    private static Location Place(DemoTown town, DemoNames names, Dice dice, string name)
    {
        var door = DemoTowns.Door(town, dice);
        return new(
            name, town.Name, town.Country, town.Region, door.Code.Length > 0 ? door.Code : null, door.Lat, door.Lon, dice.Chance(0.2), town.TimeZone,
            Directions: dice.Pick(DemoData.Words.Directions), Id: dice.Id(Epoch))
        {
            AddressLines = [string.Format(System.Globalization.CultureInfo.InvariantCulture, dice.Pick(names.Streets), dice.Between(1, 180))],
            Formats = [VisitFormat.InPerson],
            Access = dice.Some([.. Taxonomy.Current.AccessFeatures.Select(a => a.Code)], dice.Between(1, 5)),
        };
    }

    private static Offering Make(string name, int minutes, long amount, VisitFormat[] formats, DemoCountry country, Dice dice) =>
        new(name, minutes, new Money(amount, country.Currency), Id: dice.Id(Epoch)) { Formats = formats };

    private static long Rounded(double amount, DemoCountry country) => (long)Math.Round(amount / country.Step) * country.Step;
}
