using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Contracts;

namespace Listings;

/// <summary>What practitioners say about themselves: the writable part of a profile, as one document. Whether a training is evidenced is not theirs to write.</summary>
public record Listing
{
    public string? Name { get; init; }
    public string? Headline { get; init; }
    public string? Biography { get; init; }

    /// <summary>Style of touch, a code of the taxonomy.</summary>
    public string? Approach { get; init; }
    public string? Gender { get; init; }
    public int? PractisingSince { get; init; }
    [AllowNull] public IReadOnlyList<Training> Trainings { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<Licence> Licences { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<string> Specialties { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<string> Populations { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<string> Techniques { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<string> Modalities { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<string> Languages { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<string> Associations { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<Location> Locations { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<Offering> Services { get; init => field = value ?? []; } = [];
    public Policy? Policy { get; init; }
    public string? Preparation { get; init; }
    public string? Aftercare { get; init; }
    public bool SlidingScale { get; init; }
    public bool AcceptsNew { get; init; } = true;

    /// <summary>How a listing is stored: the same names as on the wire, with what was not said left out.</summary>
    public static JsonSerializerOptions Stored { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}

/// <summary>A course or mark held, e.g. issuer <c>upledger</c>, credential and level <c>upledger:cst-t</c>.</summary>
/// <param name="Id">Given by us and kept over changes; null when new.</param>
/// <param name="Credential">A credential of the issuer; free words when the issuer is <c>other</c>.</param>
/// <param name="Level"><c>issuer:mark</c>; null when the issuer is <c>other</c>.</param>
/// <param name="To">The last day on which it is held; null when it does not lapse.</param>
public sealed record Training(
    string Issuer, DateOnly From, string? Credential = null, string? Level = null, int? Hours = null, DateOnly? To = null, Guid? Id = null);

/// <summary>A permission to practise, e.g. code <c>lmt</c> in <c>US-CO</c>.</summary>
/// <param name="Jurisdiction">ISO 3166 country or subdivision.</param>
/// <param name="Expires">The last day on which it is valid; null when it does not lapse.</param>
public sealed record Licence(string Code, string Jurisdiction, string Number, DateOnly? Expires = null, Guid? Id = null);

/// <summary>Where visits take place.</summary>
/// <param name="Lat">WGS 84 degrees; taken from the locality when not given.</param>
/// <param name="Approximate">The address is private: the public sees the locality and a blurred point, the booked client all.</param>
/// <param name="TimeZone">IANA name; that of the nearest place when not given.</param>
public sealed record Location(
    string Name,
    string Locality,
    string Country,
    string? Region = null,
    string? PostalCode = null,
    double? Lat = null,
    double? Lon = null,
    bool Approximate = false,
    string? TimeZone = null,
    int? TravelRadiusKm = null,
    string? Directions = null,
    Guid? Id = null)
{
    [AllowNull] public IReadOnlyList<string> AddressLines { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<VisitFormat> Formats { get; init => field = value ?? []; } = [];
    [AllowNull] public IReadOnlyList<string> Access { get; init => field = value ?? []; } = [];
}

/// <summary>A kind of visit that can be booked.</summary>
/// <param name="Minutes">15 to 180, in steps of 5, without buffers.</param>
/// <param name="LocationIds">Where it is offered; null: wherever one of its formats is.</param>
public sealed record Offering(
    string Name,
    int Minutes,
    Money Price,
    bool FirstVisit = false,
    BookingMode BookingMode = BookingMode.Instant,
    ForWhom? ForWhom = null,
    IReadOnlyList<Guid>? LocationIds = null,
    Guid? Id = null)
{
    [AllowNull] public IReadOnlyList<VisitFormat> Formats { get; init => field = value ?? []; } = [];

    /// <summary>A first talk from afar; the work itself is hands-on, so nothing else is online.</summary>
    [JsonIgnore]
    public bool Introductory => Formats.Count > 0 && Formats.All(f => f == VisitFormat.Online);

    /// <summary>Whether this visit can take place at <paramref name="location"/>.</summary>
    public bool IsAt(Location location) =>
        Formats.Intersect(location.Formats).Any() && (LocationIds is null || LocationIds.Contains(location.Id ?? Guid.Empty));
}

/// <param name="MinAgeMonths">Inclusive; null: no lower bound.</param>
/// <param name="MaxAgeMonths">Inclusive; null: no upper bound.</param>
public sealed record ForWhom(int? MinAgeMonths = null, int? MaxAgeMonths = null);

/// <summary>What a cancellation by the client gives back.</summary>
/// <param name="Text">The same in the practitioner's words.</param>
public sealed record Policy(string Text)
{
    /// <summary>From the earliest cancellation to the latest; later than the last, nothing comes back.</summary>
    [AllowNull] public IReadOnlyList<PolicyTier> Tiers { get; init => field = value ?? []; } = [];
}

/// <param name="HoursBefore">At least this long before the visit begins.</param>
/// <param name="RefundPercent">0 to 100.</param>
public sealed record PolicyTier(int HoursBefore, int RefundPercent);

/// <summary>How a visit takes place.</summary>
public enum VisitFormat
{
    InPerson,
    HomeVisit,
    Online,
}

/// <summary>Whether a time is the client's at once.</summary>
public enum BookingMode
{
    Instant,
}
