using System.Text.Json.Serialization;
using Web.Wording;

namespace Web.Peers;

/// <summary>The listing document as its owner edits it in one form: the wire's fields, and beside some of them the words a form shows instead.</summary>
public sealed class ListingDraft
{
    public string? Name { get; set; }
    public string? Headline { get; set; }
    public string? Biography { get; set; }
    public string? Approach { get; set; }
    public string? Gender { get; set; }
    public int? PractisingSince { get; set; }
    public List<TrainingDraft> Trainings { get; set; } = [];
    public List<LicenceDraft> Licences { get; set; } = [];
    public List<string> Specialties { get; set; } = [];
    public List<string> Populations { get; set; } = [];
    public List<string> Techniques { get; set; } = [];
    public List<string> Modalities { get; set; } = [];
    public List<string> Languages { get; set; } = [];
    public List<string> Associations { get; set; } = [];
    public List<LocationDraft> Locations { get; set; } = [];
    public List<OfferingDraft> Services { get; set; } = [];
    public PolicyDraft? Policy { get; set; }
    public string? Preparation { get; set; }
    public string? Aftercare { get; set; }
    public bool SlidingScale { get; set; }
    public bool AcceptsNew { get; set; } = true;
}

public sealed class TrainingDraft
{
    public const string InOwnWords = "other";

    public Guid? Id { get; set; }
    public string? Issuer { get; set; }
    public string? Credential { get; set; }
    public string? Level { get; set; }
    public int? Hours { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }

    /// <summary>The mark as one choice: <c>issuer:mark</c>, or words of one's own.</summary>
    [JsonIgnore]
    public string? Mark
    {
        get => Level ?? (Issuer is null ? null : InOwnWords);
        set
        {
            Issuer = string.IsNullOrEmpty(value) ? null : value.Split(':')[0];
            Level = value?.Contains(':', StringComparison.Ordinal) == true ? value : null;
            // The credential follows from the mark, and is the owner's to say only without one.
            Credential = Level is null ? Credential : null;
        }
    }

    /// <summary>What it is called where nobody in the list issues it.</summary>
    [JsonIgnore]
    public string? OwnWords
    {
        get => Issuer == InOwnWords ? Credential : null;
        set => Credential = Issuer == InOwnWords ? value : Credential;
    }
}

public sealed class LicenceDraft
{
    public Guid? Id { get; set; }
    public string? Code { get; set; }
    public string? Jurisdiction { get; set; }
    public string? Number { get; set; }
    public DateOnly? Expires { get; set; }
}

public sealed class LocationDraft
{
    public Guid? Id { get; set; }
    public string? Name { get; set; }
    public List<string> AddressLines { get; set; } = [];
    public string? Locality { get; set; }
    public string? Region { get; set; }
    public string? PostalCode { get; set; }
    public string? Country { get; set; }
    public double? Lat { get; set; }
    public double? Lon { get; set; }
    public bool Approximate { get; set; }
    public string? TimeZone { get; set; }
    public List<string> Formats { get; set; } = [];
    public int? TravelRadiusKm { get; set; }
    public List<string> Access { get; set; } = [];
    public string? Directions { get; set; }

    [JsonIgnore]
    public string? Street
    {
        get => string.Join('\n', AddressLines);
        set => AddressLines = [.. (value ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }
}

public sealed class OfferingDraft
{
    public Guid? Id { get; set; }
    public string? Name { get; set; }
    public int? Minutes { get; set; }
    public Price? Price { get; set; }
    public bool FirstVisit { get; set; }
    public string? BookingMode { get; set; }
    public AgesDraft? ForWhom { get; set; }
    public List<Guid>? LocationIds { get; set; }
    public List<string> Formats { get; set; } = [];

    [JsonIgnore]
    public string Currency
    {
        get => Price?.Currency ?? "USD";
        set => Price = new(Price?.Amount ?? 0, value);
    }

    /// <summary>The price in whole units with cents, as people write it; null when it cannot be read. Set the currency first.</summary>
    [JsonIgnore]
    public string? Amount
    {
        get => Price is null ? null : Say.Plain(Price);
        set => Price = Say.Read(value, Currency);
    }
}

public sealed class AgesDraft
{
    public int? MinAgeMonths { get; set; }
    public int? MaxAgeMonths { get; set; }
}

public sealed class PolicyDraft
{
    public string? Text { get; set; }
    public List<TierDraft> Tiers { get; set; } = [];
}

public sealed class TierDraft
{
    public int? HoursBefore { get; set; }
    public int? RefundPercent { get; set; }
}

/// <summary>Where a listing stands, and what is still missing.</summary>
public sealed record ListingState
{
    public string? Slug { get; init; }
    public string Status { get; init; } = "draft";
    public bool IsPublished { get; init; }
    public bool HasChanges { get; init; }
    public string? Reason { get; init; }
    public IReadOnlyList<Issue> Issues { get; init; } = [];
}

public sealed record Issue(string Path, string Message, string? Words, string? Suggestion)
{
    public string Said => Words is null ? Message : $"“{Words}”: {Message} {Suggestion}".TrimEnd();
}

/// <summary>What waits for a moderator.</summary>
public sealed record Waiting
{
    public Guid PractitionerId { get; init; }
    public string? Slug { get; init; }
    public long Version { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }
    public required ListingDraft Listing { get; init; }
    public IReadOnlyList<Issue> Issues { get; init; } = [];
}
