using Contracts;
using Listings.Search;
using NodaTime;
using Platform;

namespace Listings.Tests.Search;

/// <summary>Random practitioners, the same for the same seed: crowded in a few corners of the world, some at one and the same point.</summary>
internal sealed class Crowd(int seed, DateTimeOffset now)
{
    public static readonly (double Lat, double Lon, string Zone)[] Corners =
    [
        (39.74, -104.98, "America/Denver"), (-17.0, 179.95, "Pacific/Fiji"), (51.5, -0.12, "Europe/London"), (89.8, 30, "Arctic/Longyearbyen"), (-89.9, -140, "Pacific/Auckland"),
    ];

    public static readonly string[] Levels =
    [
        "upledger:cs1", "upledger:cs2", "upledger:ser1", "upledger:cst-t", "upledger:cst-d", "bcta-na:rcst", "csta-uk:rcst", "karuna:diploma", "milne:series",
    ];

    private static readonly string[] Specialties = ["pelvic-health", "tailbone", "prolapse", "tmj", "migraine", "sleep"];
    private static readonly string[] Languages = ["en", "es", "de", "fr"];
    private static readonly string[] Licences = ["lmt", "pt", "do"];
    private static readonly string[] Populations = ["adults", "elders", "infants"];
    private static readonly string[] Access = ["step-free", "lift", "quiet"];
    private static readonly string[] Approaches = ["biodynamic", "biomechanical", "integrated"];
    private static readonly string[] Genders = ["woman", "man", "non-binary"];

    private readonly Random dice = new(seed);
    private readonly DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);

    public IReadOnlyList<Practitioner> Practitioners(int count) => [.. Enumerable.Range(0, count).Select(Invent)];

    /// <summary>What Availability says of one of them, a day ago at the most; nothing for some visits.</summary>
    public OpeningsChanged Openings(Practitioner practitioner, long version = 1)
    {
        // Visits begin on whole minutes.
        var told = now.AddSeconds(-now.Second).AddHours(-dice.Next(30));
        var listing = practitioner.Published!;
        return new(
            practitioner.Id, version, dice.Next(3) * 120,
            [.. from location in listing.Locations from service in listing.Services where service.IsAt(location) && dice.Next(5) > 0 select Visit(location, service, told)], told);
    }

    /// <summary>A place to search from; few, so that their distances can be measured beforehand.</summary>
    public (double Lat, double Lon) Spot()
    {
        var corner = dice.Pick(Corners);
        var (lat, lon) = Turned(corner.Lat + dice.NextDouble() - 0.5, corner.Lon + dice.NextDouble() - 0.5);
        return (Math.Round(lat, 4), Math.Round(lon, 4));
    }

    public SearchPractitioners.Query Query((double Lat, double Lon)[] spots)
    {
        var spot = dice.Pick(spots);
        var (point, box) = dice.Next(10) switch { 0 => (false, false), 1 => (false, true), 2 => (true, true), _ => (true, false) };
        var sort = dice.Next(8) switch { 0 or 1 => "soonest", 2 => "price", 3 => "rating", _ => null };
        var window = dice.Next(6);
        return new(
            Lat: point ? spot.Lat : null, Lon: point ? spot.Lon : null,
            RadiusKm: point && !box ? dice.Pick(0.5, 5, 40, 120, 500) : null,
            Bbox: box ? Box(spot) : null,
            Lineage: Sometimes(4, "upledger", "biodynamic", "visionary", "healing-art"),
            Licence: Sometimes(12, Licences),
            Language: Sometimes(8, Languages),
            Format: Sometimes(4, "inPerson", "homeVisit", "online"),
            Approach: Sometimes(12, Approaches),
            Gender: Sometimes(12, Genders),
            Level: dice.Next(7) == 0 ? dice.Pick(Levels) : null,
            Specialty: Sometimes(5, Specialties),
            Population: Sometimes(12, Populations),
            Access: Sometimes(12, Access),
            Verified: dice.Next(6) == 0 ? true : null,
            MaxPrice: dice.Next(6) == 0 ? dice.Next(0, 13) * 1000 : null,
            Currency: dice.Pick("USD", "EUR"),
            SlidingScale: dice.Next(12) == 0 ? true : null,
            AcceptsNew: dice.Next(12) == 0 ? true : null,
            AvailableFrom: window == 0 ? Text(today.AddDays(dice.Next(-1, 31))) : null,
            AvailableTo: window == 1 ? Text(today.AddDays(dice.Next(0, 31))) : null,
            AvailableWithinDays: window == 2 ? dice.Next(1, 32) : null,
            TimeOfDay: Sometimes(8, "morning", "afternoon", "evening"),
            Weekday: Sometimes(8, "monday", "wednesday", "saturday", "sunday"),
            Minutes: dice.Next(6) == 0 ? dice.Pick(15, 30, 60, 90) : null,
            Sort: sort,
            Facets: dice.Next(25) == 0 ? true : null);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private T[]? Sometimes<T>(int seldom, params T[] from) => dice.Next(seldom) == 0 ? dice.Some(from) : null;

    private string Box((double Lat, double Lon) spot)
    {
        var (west, east) = (Math.Round(spot.Lon - (dice.NextDouble() * dice.Pick(0.2, 2, 60)), 4), Math.Round(spot.Lon + (dice.NextDouble() * dice.Pick(0.2, 2, 150)), 4));
        var (south, north) = (Math.Round(Math.Max(-90, spot.Lat - dice.NextDouble()), 4), Math.Round(Math.Min(90, spot.Lat + dice.NextDouble()), 4));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(west < -180 ? west + 360 : west)},{south},{(east > 180 ? east - 360 : east)},{north}");
    }

    private Practitioner Invent(int number)
    {
        var trainings = dice.Many(0, 3, () => Training(dice.Pick(Levels)));
        var currency = dice.Next(4) == 0 ? "EUR" : "USD";
        var listing = new Listing
        {
            Name = $"Somebody {number}",
            Headline = "Quiet work",
            Approach = dice.Pick(Approaches),
            Gender = dice.Next(3) == 0 ? null : dice.Pick(Genders),
            Trainings = trainings,
            Licences = dice.Many(0, 1, () => new Licence(dice.Pick(Licences), "US-CO", "1", dice.Next(2) == 0 ? today.AddDays(dice.Next(-5, 5)) : null, Guid.CreateVersion7())),
            Specialties = dice.Some(Specialties),
            Populations = dice.Some(Populations),
            Languages = dice.Some(Languages),
            SlidingScale = dice.Next(3) == 0,
            AcceptsNew = dice.Next(3) > 0,
            Locations = dice.Many(1, 3, Location),
            Services =
            [
                new("Visit", dice.Pick(60, 90), new(9000 + (dice.Next(4) * 1000) + (number % 3), currency), ForWhom: number % 5 == 2 ? new(0, 24) : null, Id: Guid.CreateVersion7()) { Formats = [VisitFormat.InPerson, VisitFormat.HomeVisit] },
                new("Short visit", 30, new(4000 + (dice.Next(4) * 1000), currency), number % 4 == 1, Id: Guid.CreateVersion7()) { Formats = [dice.Pick(VisitFormat.InPerson, VisitFormat.HomeVisit)] },
                new("First talk", 15, new(0, currency), Id: Guid.CreateVersion7()) { Formats = [VisitFormat.Online] },
            ],
        };
        var evidence = trainings.Where(_ => dice.Next(2) == 0).Select(t => new Evidence(
            t.Id!.Value, dice.Next(2) == 0 ? EvidenceState.DocumentSeen : EvidenceState.ConfirmedByIssuer, "moderator", today, t));
        return Practitioner.Invented(Guid.CreateVersion7(), $"somebody-{number}-{seed}", "somebody@example.org", listing, [.. evidence], now);
    }

    private Training Training(string level) => new(
        level.Split(':')[0], today.AddDays(-dice.Next(10, 4000)), level, level, To: dice.Next(3) == 0 ? today.AddDays(dice.Next(-9, 9)) : null, Id: Guid.CreateVersion7());

    private Location Location()
    {
        var corner = dice.Pick(Corners);
        // Half of them stand on a few common points, so that distances are equal to the last bit.
        var (lat, lon) = dice.Next(2) == 0
            ? Turned(corner.Lat + (0.05 * dice.Next(3)), corner.Lon + (0.05 * dice.Next(3)))
            : Turned(corner.Lat + dice.NextDouble() - 0.5, corner.Lon + dice.NextDouble() - 0.5);
        VisitFormat[] formats = dice.Some(VisitFormat.InPerson, VisitFormat.HomeVisit, VisitFormat.Online);
        return new("Room", "Town", "US", Lat: lat, Lon: lon, Approximate: dice.Next(4) == 0, TimeZone: corner.Zone, TravelRadiusKm: formats.Contains(VisitFormat.HomeVisit) ? dice.Next(1, 60) : null, Id: Guid.CreateVersion7())
        {
            Formats = formats,
            Access = dice.Some(Access),
        };
    }

    private VisitOpenings Visit(Location location, Offering service, DateTimeOffset told)
    {
        var zone = Zones.Get(location.TimeZone!);
        var from = DateOnly.FromDateTime(Zones.ToLocal(told, zone).DateTime);
        var starts = Enumerable.Range(0, dice.Pick(0, 1, 3, 12, 12)).Select(_ => told.AddMinutes(5 * dice.Next(0, dice.Pick(200, 2000, 9000)))).Distinct().Order().ToList();
        // A full list leaves more unsaid: an hour of some days here, of a weekday there.
        for (var i = starts.Count < 12 ? 0 : dice.Next(14); i > 0; i--)
        {
            var begin = starts[11].AddMinutes(5 * dice.Next(1, 60 * 288));
            for (var (week, weeks) = (0, dice.Pick(0, 0, 8)); week <= weeks; week++)
                starts.AddRange(Enumerable.Range(0, dice.Next(1, 4)).Select(step => begin.AddDays(7 * week).AddMinutes(30 * step)));
        }

        var sets = new ulong[3];
        var days = new SortedSet<int>[64];
        starts = [.. starts.Distinct().Order()];
        foreach (var start in starts)
        {
            var local = Zones.ToLocal(start, zone).DateTime;
            var (date, day) = (DateOnly.FromDateTime(local), DateOnly.FromDateTime(local).DayNumber - from.DayNumber);
            if (day > 63)
                continue;
            sets[local.Hour < 12 ? 0 : local.Hour < 17 ? 1 : 2] |= 1UL << day;
            (days[day] ??= []).Add((int)(Instant.FromDateTimeOffset(start) - zone.AtStartOfDay(LocalDate.FromDateOnly(date)).ToInstant()).TotalMinutes);
        }

        var together = days.Index().Where(d => d.Item is not null).GroupBy(d => string.Join(' ', d.Item)).Select(same => new DayStarts(same.Aggregate(0UL, (set, d) => set | 1UL << d.Index), [.. same.First().Item]));
        return new(location.Id!.Value, service.Id!.Value, from, sets[0], sets[1], sets[2], [.. starts.Take(12)], [.. together]);
    }

    /// <summary>Over the pole and round the world.</summary>
    private static (double Lat, double Lon) Turned(double lat, double lon)
    {
        if (Math.Abs(lat) > 90)
            (lat, lon) = (Math.CopySign(180, lat) - lat, lon + 180);
        return (lat, ((lon + 540) % 360) - 180);
    }
}

internal static class Dice
{
    public static T Pick<T>(this Random dice, params T[] from) => from[dice.Next(from.Length)];

    /// <summary>One to three of them, each once.</summary>
    public static T[] Some<T>(this Random dice, params T[] from) => [.. from.OrderBy(_ => dice.Next()).Take(dice.Next(1, 4))];

    public static List<T> Many<T>(this Random dice, int least, int most, Func<T> make) => [.. Enumerable.Range(0, dice.Next(least, most + 1)).Select(_ => make())];
}
