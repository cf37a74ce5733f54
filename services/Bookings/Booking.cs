using Contracts;

namespace Bookings;

/// <summary>The agreement between a client and a practitioner about one visit: its time, its price and what happens to the money.</summary>
public sealed partial class Booking
{
    private readonly List<Capture> _captures = [];
    private readonly List<Refund> _refunds = [];
    private readonly List<HistoryEntry> _history = [];

    private Booking()
    {
    }

    public required Guid Id { get; init; }

    public required Guid PractitionerId { get; init; }

    public required string PractitionerSlug { get; init; }

    public required string PractitionerName { get; init; }

    /// <summary>An invented practitioner, for whom no real money may be taken.</summary>
    public required bool Demo { get; init; }

    public required Guid ServiceId { get; init; }

    public required string ServiceName { get; init; }

    public required int Minutes { get; init; }

    public Guid LocationId { get; private set; }

    public Place Place { get; private set; } = null!;

    public DateTimeOffset StartsAt { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>The wall-clock time at <see cref="Place"/> that the two agreed on, kept beside the instant so that a change of a zone's rules can be noticed.</summary>
    public DateTime AgreedLocal { get; private set; }

    /// <summary>The time-zone data that joined <see cref="AgreedLocal"/> and <see cref="StartsAt"/>.</summary>
    public string ZoneVersion { get; private set; } = "";

    /// <summary>Null for a guest, and for somebody who has left.</summary>
    public Guid? ClientAccountId { get; private set; }

    public string ClientName { get; private set; } = "";

    /// <summary>Lower case; empty for somebody who has left.</summary>
    public string ClientEmail { get; private set; } = "";

    public string? ClientPhone { get; private set; }

    public required string ClientTimeZone { get; init; }

    public required Relation Relation { get; init; }

    /// <summary>Touch, note, the visitor's name and the address of a home visit, encrypted; null when none was given.</summary>
    public byte[]? Entrusted { get; private set; }

    /// <summary>Why somebody cancelled, in their own words, encrypted.</summary>
    public byte[]? CancelReason { get; private set; }

    /// <summary>The day that was called off with this visit in it.</summary>
    public Guid? DayOffId { get; private set; }

    /// <summary>Why the practitioner booked outside their own hours, notice or horizon, in their own words, encrypted.</summary>
    public byte[]? OwnReason { get; private set; }

    public required string SafetyVersion { get; init; }

    public required DateTimeOffset SafetyAnsweredAt { get; init; }

    public required long PriceMinor { get; init; }

    public required long DueMinor { get; init; }

    public required string Currency { get; init; }

    public Policy Policy { get; private set; } = null!;

    public DateTimeOffset HoldExpiresAt { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public BookingStatus Status { get; private set; }

    public string? CheckoutUrl { get; private set; }

    /// <summary>Counts the changes that calendars must hear of (RFC 5545 SEQUENCE).</summary>
    public int Sequence { get; private set; }

    /// <summary>Raised to make every manage link sent so far worthless.</summary>
    public int ManageVersion { get; private set; }

    public int Moves { get; private set; }

    public IntendedMove? IntendedMove { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>PostgreSQL's xmin: two writers of one booking never both win.</summary>
    public uint RowVersion { get; private set; }

    public IReadOnlyList<Capture> Captures => _captures;

    public IReadOnlyList<Refund> Refunds => _refunds;

    public IReadOnlyList<HistoryEntry> History => _history;

    public Money Price => new(PriceMinor, Currency);

    /// <summary>What is paid online to confirm the visit.</summary>
    public Money DueNow => new(DueMinor, Currency);

    /// <summary>All that was captured for this booking, a second payment by mistake included.</summary>
    public Money Paid => new(_captures.Where(c => c.Currency == Currency).Sum(c => c.AmountMinor), Currency);

    /// <summary>All that has gone back.</summary>
    public Money Refunded => new(_refunds.Where(r => r.RefundedAt is not null).Sum(r => r.AmountMinor), Currency);

    /// <summary>What is on its way back. Money that somebody sent back unasked and that returned is owed to nobody.</summary>
    public Money RefundDue => new(_refunds.Where(r => r.RefundedAt is null && r.Reason is not RefundReason.Outside).Sum(r => r.AmountMinor), Currency);

    /// <summary>What the client still has to pay online.</summary>
    public Money Outstanding => Status is BookingStatus.AwaitingPayment && !IsPaid ? DueNow : Money.Zero(Currency);

    /// <summary>The payment that pays for the visit is here, and it has not been promised back.</summary>
    public bool IsPaid => Counted is not null && !_refunds.Any(r => r.Reason is RefundReason.Cancelled or RefundReason.HoldLost);

    /// <summary>The visit has its time, or a payment is here that may yet get it.</summary>
    public bool NeedsTime => Status is BookingStatus.Confirmed or BookingStatus.Completed or BookingStatus.NoShow || (IsPaid && !IsCancelled);

    public bool WasConfirmed => _history.Exists(h => h.Status is BookingStatus.Confirmed);

    public bool IsCancelled =>
        Status is BookingStatus.CancelledByClient or BookingStatus.CancelledByPractitioner or BookingStatus.CancelledBySystem;

    private Capture? Counted => _captures.Find(c => c.Counts);
}

/// <summary>Who will lie on the table, seen from who books.</summary>
public enum Relation
{
    Self,
    Child,
    Other,
}
