namespace Web.Peers;

/// <summary>The short list that is asked before money.</summary>
public sealed record SafetyScreen
{
    public required string Version { get; init; }
    public required string Question { get; init; }
    public IReadOnlyList<SafetyItem> Items { get; init; } = [];
    public IReadOnlyList<SafetyGroup> Groups { get; init; } = [];
    public string? Advice { get; init; }

    /// <summary>The items under their titles; those without a group come under none.</summary>
    public IEnumerable<(string? Title, IEnumerable<SafetyItem> Items)> Parts =>
        Items.GroupBy(i => i.Group).Select(g => (Groups.FirstOrDefault(t => t.Code == g.Key)?.Title, g.AsEnumerable()));
}

public sealed record SafetyItem(string Text, string? Group);

public sealed record SafetyGroup(string Code, string Title);

public sealed record BookingRequest(
    Guid PractitionerId, Guid ServiceId, Guid LocationId, DateTimeOffset Start, string? HoldToken, ClientDetails Client, Visitor Visitor,
    SafetyAnswer? Safety, string[]? Touch, string? Note, VisitAddress? VisitAddress, bool AcceptPolicies);

public sealed record ClientDetails(string Name, string Email, string? Phone, string TimeZone);

public sealed record Visitor(string Relation, string? FirstName = null, string? BirthMonth = null, bool? GuardianConsent = null);

public sealed record SafetyAnswer(string Version, bool NoneApply);

public sealed record VisitAddress(string Line, string Locality, string? PostalCode);

/// <summary>A booking just made.</summary>
public sealed record Requested(Guid Id, string Status, Uri? CheckoutUrl, string ManageToken);

/// <summary>A booking as its client or practitioner sees it.</summary>
public sealed record Booking
{
    public Guid Id { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset Start { get; init; }
    public DateTimeOffset End { get; init; }
    public required BookedPractitioner Practitioner { get; init; }
    public required BookedService Service { get; init; }
    public required Location Location { get; init; }
    public Price? Price { get; init; }
    public Price? Paid { get; init; }
    public Price? Refunded { get; init; }
    public BookedPolicy? Policy { get; init; }
    public DateTimeOffset? HoldExpiresAt { get; init; }
    public Uri? CheckoutUrl { get; init; }
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Who booked; for the practitioner.</summary>
    public BookedClient? Client { get; init; }

    public Price? RefundDue { get; init; }

    public IReadOnlyList<Happening> History { get; init; } = [];

    /// <summary>Money that had gone back did not reach the client.</summary>
    public bool RefundReturned => History.LastOrDefault(h => h.Event is "refunded" or "refundReturned")?.Event == "refundReturned";

    /// <summary>What was told in confidence; for the practitioner only.</summary>
    public Entrusted? Entrusted { get; init; }

    public bool Can(string action) => Actions.Contains(action);
}

/// <param name="Event">A word: <c>requested</c>, <c>paid</c>, <c>confirmed</c>, <c>refunded</c> and so on.</param>
public sealed record Happening(DateTimeOffset At, string Event);

public sealed record BookedPractitioner(Guid Id, string? Slug, string Name, bool Demo);

public sealed record BookedClient(string Name, string? Email, string? Phone);

public sealed record Entrusted
{
    public IReadOnlyList<string> Touch { get; init; } = [];
    public string? Note { get; init; }
    public string? VisitorFirstName { get; init; }
    public string? VisitorBirthMonth { get; init; }
    public VisitAddress? VisitAddress { get; init; }
}

public sealed record BookedService(Guid Id, string Name, int? Minutes);

public sealed record BookedPolicy
{
    public string? Text { get; init; }
    public IReadOnlyList<DatedTier> Tiers { get; init; } = [];
}

/// <summary>What comes back when the visit is called off before <paramref name="Until"/>.</summary>
public sealed record DatedTier(DateTimeOffset Until, Price Refund);

public sealed record CancelPreview(Price Refund, Price? Keeps, DateTimeOffset? Until);

public sealed record Cancelled(string Status, Price Refund);

public sealed record ReschedulePreview
{
    public DateTimeOffset? Start { get; init; }
    public DateTimeOffset? End { get; init; }
    public BookedPolicy? Policy { get; init; }
}
