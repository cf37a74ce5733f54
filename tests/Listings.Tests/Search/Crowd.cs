using Contracts;
using Listings.Search;

namespace Listings.Tests.Search;

/// <summary>Random practitioners, the same for the same seed: crowded in a few corners of the world, some at one and the same point.</summary>
internal sealed class Crowd(int seed, DateTimeOffset now)
{
    public static readonly (double Lat, double Lon)[] Corners = [(39.74, -104.98), (-17.0, 179.95), (51.5, -0.12), (78.2, 15.6)];

    private static readonly string[] Levels =
    [
        "upledger:cs1", "upledger:cs2", "upledger:ser1", "upledger:cst-t", "upledger:cst-d", "bcta-na:rcst", "csta-uk:rcst", "karuna:diploma", "milne:series",
    ];

    private static readonly string[] Specialties = ["pelvic-health", "tailbone", "prolapse", "tmj", "migraine", "sleep"];
    private static readonly string[] Languages = ["en", "es", "de", "fr"];

    private readonly Random dice = new(seed);
    private readonly DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);

    public IReadOnlyList<Practitioner> Practitioners(int count) => [.. Enumerable.Range(0, count).Select(Invent)];

    /// <summary>What Availability says of one of them; nothing for some locations.</summary>
    public OpeningsChanged Openings(Practitioner practitioner) => new(
        practitioner.Id, 1, dice.Next(3) * 120,
        [.. practitioner.Published!.Locations.Where(_ => dice.Next(4) > 0).Select(l => new LocationOpenings(
            l.Id!.Value, practitioner.Published.Services[0].Id!.Value, [.. Enumerable.Range(0, dice.Next(6)).Select(_ => now.AddMinutes(30 * dice.Next(-2, 900))).Distinct().Order()]))],
        now);

    public SearchPractitioners.Query Query()
    {
        var corner = dice.Pick(Corners);
        var near = dice.Next(8) > 0;
        return new(
            Lat: near ? Math.Round(corner.Lat + dice.NextDouble() - 0.5, 4) : null, Lon: near ? Math.Round(Turned(corner.Lon + dice.NextDouble() - 0.5), 4) : null,
            RadiusKm: near ? dice.Pick(0.5, 5, 40, 120, 500) : null,
            Lineage: dice.Next(3) == 0 ? dice.Some("upledger", "biodynamic", "visionary", "healing-art") : null,
            Level: dice.Next(5) == 0 ? dice.Pick(Levels) : null,
            Specialty: dice.Next(4) == 0 ? dice.Some(Specialties) : null,
            Format: dice.Next(4) == 0 ? dice.Some("inPerson", "homeVisit", "online") : null,
            Language: dice.Next(5) == 0 ? dice.Some(Languages) : null,
            Verified: dice.Next(6) == 0 ? true : null,
            AvailableWithinDays: dice.Next(4) == 0 ? dice.Next(1, 20) : null,
            Sort: dice.Next(3) == 0 ? "soonest" : null,
            Facets: dice.Next(3) == 0 ? true : null);
    }

    private Practitioner Invent(int number)
    {
        var trainings = dice.Many(0, 3, () => Training(dice.Pick(Levels)));
        var locations = dice.Many(1, 3, Location);
        var listing = new Listing
        {
            Name = $"Somebody {number}",
            Headline = "Quiet work",
            Trainings = trainings,
            Specialties = dice.Some(Specialties),
            Languages = dice.Some(Languages),
            Locations = locations,
            Services =
            [
                new("Visit", 60, new(9000 + number, "USD"), Id: Guid.CreateVersion7()) { Formats = [VisitFormat.InPerson, VisitFormat.HomeVisit] },
                new("First talk", 15, new(0, "USD"), Id: Guid.CreateVersion7()) { Formats = [VisitFormat.Online] },
            ],
        };
        var evidence = trainings.Where(_ => dice.Next(2) == 0).Select(t => new Evidence(
            t.Id!.Value, dice.Next(2) == 0 ? EvidenceState.DocumentSeen : EvidenceState.ConfirmedByIssuer, "moderator", today, t));
        return Practitioner.Invented(Guid.CreateVersion7(), $"somebody-{number}", "somebody@example.org", listing, [.. evidence], now);
    }

    private Training Training(string level) => new(
        level.Split(':')[0], today.AddDays(-dice.Next(10, 4000)), level, level, To: dice.Next(3) == 0 ? today.AddDays(dice.Next(-9, 9)) : null, Id: Guid.CreateVersion7());

    private Location Location()
    {
        var corner = dice.Pick(Corners);
        // Half of them stand on a few common points, so that distances are equal to the last bit.
        var (lat, lon) = dice.Next(2) == 0
            ? (corner.Lat + 0.05 * dice.Next(3), Turned(corner.Lon + 0.05 * dice.Next(3)))
            : (corner.Lat + dice.NextDouble() - 0.5, Turned(corner.Lon + dice.NextDouble() - 0.5));
        return new("Room", "Town", "US", Lat: lat, Lon: lon, Approximate: dice.Next(4) == 0, TimeZone: "America/Denver", TravelRadiusKm: dice.Next(2) * dice.Next(5, 60), Id: Guid.CreateVersion7())
        {
            Formats = dice.Some(VisitFormat.InPerson, VisitFormat.HomeVisit, VisitFormat.Online),
        };
    }

    private static double Turned(double lon) => lon > 180 ? lon - 360 : lon;
}

internal static class Dice
{
    public static T Pick<T>(this Random dice, params T[] from) => from[dice.Next(from.Length)];

    /// <summary>One to three of them, each once.</summary>
    public static T[] Some<T>(this Random dice, params T[] from) => [.. from.OrderBy(_ => dice.Next()).Take(dice.Next(1, 4))];

    public static List<T> Many<T>(this Random dice, int least, int most, Func<T> make) => [.. Enumerable.Range(0, dice.Next(least, most + 1)).Select(_ => make())];
}
