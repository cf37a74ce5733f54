using System.Text.Json;

namespace Web.Peers;

/// <summary>Money in minor units.</summary>
public record Price(long Amount, string Currency);

public sealed record FromPrice(long Amount, string Currency, int Minutes) : Price(Amount, Currency);

public sealed record Place(JsonElement Id, string Name, string? Region, string Country, string? PostalCode, string? TimeZone, int Population)
{
    /// <summary>As the directory writes it, and as the search reads it again.</summary>
    public string Written => string.Join(", ", new[] { PostalCode is null ? Name : $"{PostalCode} {Name}", Area, Country }.Where(p => !string.IsNullOrEmpty(p)));

    private string? Area => Region == Name ? null : Region;

    /// <summary>What tells it from others of its name.</summary>
    /// <param name="home">The country that goes without saying.</param>
    public string Apart(string? home) => string.IsNullOrEmpty(Area) ? Country : Country == home ? Area : $"{Area}, {Country}";
}

public sealed record Items<T>
{
    [System.Text.Json.Serialization.JsonPropertyName("items")]
    public IReadOnlyList<T> All { get; init; } = [];

    public string? NextCursor { get; init; }
}

/// <summary>One page of a search.</summary>
public sealed record Findings
{
    public Origin? Origin { get; init; }
    public int Total { get; init; }
    public bool TotalIsLowerBound { get; init; }
    public IReadOnlyList<Found> Items { get; init; } = [];
    public string? NextCursor { get; init; }

    /// <summary>How many each value of each filter would find; a filter that the directory does not count is not in it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Facets { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, int>>();
}

/// <param name="Country">ISO 3166; null for a point that was not named.</param>
/// <param name="Lat">WGS 84 degrees, to two decimals.</param>
public sealed record Origin(string? Name, string? Country, double Lat = 0, double Lon = 0);

/// <summary>A practitioner among the results.</summary>
public record Found
{
    public Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public string? Headline { get; init; }
    public string? PhotoUrl { get; init; }
    public bool Demo { get; init; }
    public double? DistanceKm { get; init; }
    public Location? Location { get; init; }
    public IReadOnlyList<Lineage> Lineages { get; init; } = [];
    public IReadOnlyList<string> Specialties { get; init; } = [];
    public IReadOnlyList<string> Formats { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public int? PractisingSince { get; init; }
    public FromPrice? FromPrice { get; init; }
    public Rating? Rating { get; init; }
    public IReadOnlyList<NextOpening> NextOpenings { get; init; } = [];

    public string Initials => Name.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } words ? $"{words[0][0]}{words[^1][0]}" : Name[..1];
}

public sealed record Rating(double Average, int Count);

public sealed record Lineage(string Code, string? Level, string? Evidence, DateOnly? ValidUntil);

public sealed record NextOpening(DateTimeOffset Start, Guid ServiceId, Guid LocationId);

/// <summary>Everything a practitioner's own page says.</summary>
public sealed record Practitioner : Found
{
    public string? Biography { get; init; }
    public string? Approach { get; init; }
    public string? Gender { get; init; }
    public IReadOnlyList<Training> Trainings { get; init; } = [];
    public IReadOnlyList<Licence> Licences { get; init; } = [];
    public IReadOnlyList<Visit> Services { get; init; } = [];
    public IReadOnlyList<Location> Locations { get; init; } = [];
    public Policy? Policy { get; init; }
    public IReadOnlyList<string> Associations { get; init; } = [];
    public string? Preparation { get; init; }
    public string? Aftercare { get; init; }

    /// <summary>Visits that this site can book, the plain ones first.</summary>
    public IEnumerable<Visit> Bookable => Services.Where(s => s.BookingMode is null or "instant");

    /// <summary>The zone of the first place.</summary>
    public string TimeZone => (Locations.Count > 0 ? Locations[0].TimeZone : Location?.TimeZone) ?? "UTC";

    /// <summary>The visit that fits somebody who comes for the first time, or a baby.</summary>
    public Visit? Plainest(string? visitor) =>
        Bookable.OrderBy(v => v.IsTalk).ThenBy(v => v.Fits(visitor) ? 0 : 1).ThenBy(v => v.FirstVisit ? 0 : 1).ThenBy(v => v.Price.Amount).FirstOrDefault();

    public Visit? VisitOf(Guid id) => Services.FirstOrDefault(s => s.Id == id);

    public Location? LocationOf(Guid id) => Locations.FirstOrDefault(l => l.Id == id);
}

public sealed record Training(string Issuer, string Credential, string? Level, int? Hours, DateOnly? From, DateOnly? To, string? Evidence, DateOnly? CheckedOn);

public sealed record Licence(string Code, string? Jurisdiction, string? Number, DateOnly? Expires, string? Evidence);

/// <summary>A kind of visit that a practitioner offers.</summary>
public sealed record Visit
{
    private static readonly string[] Ways = ["inPerson", "homeVisit", "online"];

    public Guid Id { get; init; }
    public required string Name { get; init; }
    public int Minutes { get; init; }
    public required Price Price { get; init; }
    public IReadOnlyList<string> Formats { get; init; } = [];
    public ForWhom? ForWhom { get; init; }
    public bool FirstVisit { get; init; }
    public string? BookingMode { get; init; }

    /// <summary>A first talk from afar; the work itself is done by hand.</summary>
    public bool IsTalk => Formats.Count > 0 && Formats.All(f => f == "online");

    /// <summary>How it is had at that place: in the first of these ways that both know, as it will be booked.</summary>
    public string FormatAt(Location place) => Ways.FirstOrDefault(w => Formats.Contains(w) && place.Formats.Contains(w)) ?? Ways[0];

    /// <summary>Whether it is meant for the age of such a visitor.</summary>
    public bool Fits(string? visitor) =>
        visitor == Journeys.Visitors.Baby ? (ForWhom?.MinAgeMonths ?? 0) == 0 && ForWhom?.MaxAgeMonths is not null : ForWhom?.MaxAgeMonths is null;
}

/// <param name="MinAgeMonths">Included; null for no lowest age.</param>
/// <param name="MaxAgeMonths">Included; null for no highest age.</param>
public sealed record ForWhom(int? MinAgeMonths, int? MaxAgeMonths)
{
    private const int Year = 12;

    /// <summary>The ages in which somebody can be who comes as that; one may be any of them.</summary>
    public bool Includes(string visitor) => visitor switch
    {
        Journeys.Visitors.Baby => (MinAgeMonths ?? 0) < Year,
        Journeys.Visitors.Child => (MinAgeMonths ?? 0) < 18 * Year && (MaxAgeMonths ?? int.MaxValue) >= Year,
        _ => (MaxAgeMonths ?? int.MaxValue) >= 18 * Year,
    };
}

/// <summary>Where a visit takes place.</summary>
public sealed record Location
{
    public Guid Id { get; init; }
    public string? Name { get; init; }
    public string? AddressLine { get; init; }
    public IReadOnlyList<string> AddressLines { get; init; } = [];
    public string? Locality { get; init; }
    public string? PostalCode { get; init; }
    public string? Region { get; init; }
    public string? Country { get; init; }
    public bool Approximate { get; init; }
    public double? Lat { get; init; }
    public double? Lon { get; init; }
    public string TimeZone { get; init; } = "UTC";
    public string? Format { get; init; }
    public IReadOnlyList<string> Formats { get; init; } = [];
    public IReadOnlyList<string> Access { get; init; } = [];
    public string? Directions { get; init; }

    /// <summary>Street and house, where the public may know them.</summary>
    public string Street => AddressLine ?? string.Join(", ", AddressLines);

    public string Town => string.Join(", ", new[] { Locality, Region }.Where(p => !string.IsNullOrEmpty(p)));
}

public sealed record Policy
{
    public string? Text { get; init; }
    public IReadOnlyList<PolicyTier> Tiers { get; init; } = [];
}

public sealed record PolicyTier(double HoursBefore, int RefundPercent);
