using Bookings.Requesting;
using Contracts;

namespace Bookings.Reading;

/// <summary>A booking as its client or its practitioner sees it. Instants of the visit carry the offset of its place.</summary>
/// <param name="Due">Still to be paid online.</param>
/// <param name="RefundDue">On its way back.</param>
/// <param name="CheckoutUrl">Where to pay, as long as there is something to pay and the time is held.</param>
/// <param name="Actions">What the caller can do with it now.</param>
/// <param name="Entrusted">What the client told in confidence; for the practitioner only.</param>
/// <param name="Safety">How the questions about safety were answered.</param>
public sealed record BookingView(
    Guid Id, BookingStatus Status, DateTimeOffset Start, DateTimeOffset End, string TimeZone, int Sequence,
    PractitionerView Practitioner, ServiceView Service, Place Location, ClientView Client, Relation VisitFor,
    Money Price, Money DueNow, Money Due, Money Paid, Money Refunded, Money RefundDue, PolicyView Policy,
    DateTimeOffset? HoldExpiresAt, string? CheckoutUrl, IReadOnlyList<HistoryView> History, IReadOnlyList<string> Actions,
    EntrustedView? Entrusted, SafetyView Safety);

/// <summary>The answer to a request for a booking. A repeat is answered the same, whatever has become of the booking since.</summary>
public sealed record RequestedView(
    Guid Id, BookingStatus Status, DateTimeOffset Start, DateTimeOffset End, string TimeZone, PractitionerView Practitioner, ServiceView Service,
    Place Location, Money Price, Money DueNow, PolicyView Policy, DateTimeOffset? HoldExpiresAt, string? CheckoutUrl, string ManageToken, Uri ManageUrl);

public sealed record PractitionerView(Guid Id, string Slug, string Name, bool Demo);

public sealed record ServiceView(Guid Id, string Name, int Minutes);

public sealed record ClientView(string Name, string Email, string? Phone, string TimeZone);

/// <param name="Tiers">Ascending; after the last nothing comes back.</param>
public sealed record PolicyView(string Text, IReadOnlyList<TierView> Tiers);

/// <param name="Until">The last instant at which cancelling pays this back.</param>
public sealed record TierView(DateTimeOffset Until, Money Refund, int RefundPercent);

/// <param name="Event">
/// What happened, as a word: requested, entered, paid, confirmed, moved, clockChanged, leftByClock, cancelled, refundPromised,
/// refunded, refundReturned, expired, completed, noShow.
/// </param>
public sealed record HistoryView(DateTimeOffset At, BookingStatus Status, Party By, string Event);

public sealed record EntrustedView(
    IReadOnlyList<string> Touch, string? Note, string? VisitorFirstName, string? VisitorBirthMonth, VisitAddress? VisitAddress, string? CancelReason, string? OwnReason);

/// <param name="AskedInPerson">By the practitioner, who wrote the appointment down.</param>
/// <param name="Version">Of the list of which nothing applied; null when it was asked in person.</param>
public sealed record SafetyView(bool AskedInPerson, string? Version, DateTimeOffset AnsweredAt);
