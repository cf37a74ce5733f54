using Contracts;

namespace Notifications;

/// <summary>
/// One mail to one reader: queued with the fact that calls for it, composed once, sent until it has left. It holds no name and no address;
/// the composed mail does, sealed, and only until it is sent.
/// </summary>
public sealed class Message
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private Message() { }

    public required Guid Id { get; init; }

    /// <summary>What makes this message this one, as in <c>0198….booked.client.0</c>: its Message-ID and its file are named by it.</summary>
    public required string Key { get; init; }

    public required MessageKind Kind { get; init; }

    public required Reader Recipient { get; init; }

    public string Channel { get; private init; } = "email";

    /// <summary>For messages about a visit.</summary>
    public Guid? BookingId { get; private init; }

    public Guid? PractitionerId { get; private init; }

    public Guid? AccountId { get; private init; }

    /// <summary>The request that a code answers.</summary>
    public Guid? RequestId { get; private init; }

    /// <summary>The entry of the waiting list that it is about.</summary>
    public Guid? WaitlistEntryId { get; private init; }

    /// <summary>The booking's version that the message tells of (RFC 5545 SEQUENCE).</summary>
    public int Sequence { get; private init; }

    /// <summary>The visit's time at that version; later ones are another message's to tell.</summary>
    public DateTimeOffset? StartsAt { get; private init; }

    public DateTimeOffset? EndsAt { get; private init; }

    /// <summary>When what a message about a calendar tells of began.</summary>
    public DateTimeOffset? Since { get; private init; }

    public CancelledBy? CancelledBy { get; private init; }

    public long? AmountMinor { get; private init; }

    public string? Currency { get; private init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not tried before this; while somebody is sending it, the instant from which another may.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>After this it is of no use to its reader.</summary>
    public DateTimeOffset GiveUpAt { get; private init; }

    public MessageState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Failures that are not another server's absence.</summary>
    public int Faults { get; private set; }

    /// <summary>The sealed mail, from when it is composed until it is sent, so that a repeat is the same mail byte for byte.</summary>
    public byte[]? Content { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public Money? Amount => AmountMinor is { } minor && Currency is { } currency ? new Money(minor, currency) : null;

    public static Message Booked(BookingConfirmed fact, Reader reader, DateTimeOffset now) => AboutVisit(
        MessageKind.Booked, fact.BookingId, fact.PractitionerId, fact.Sequence, reader, now, fact.StartsAt, fact.EndsAt);

    public static Message Moved(BookingRescheduled fact, Reader reader, DateTimeOffset now) => AboutVisit(
        fact.ClockChanged ? MessageKind.ClockChanged : MessageKind.Moved, fact.BookingId, fact.PractitionerId, fact.Sequence, reader, now, fact.StartsAt, fact.EndsAt);

    public static Message LeftByClock(BookingLeftByClock fact, Reader reader, DateTimeOffset now) => AboutVisit(
        MessageKind.LeftByClock, fact.BookingId, fact.PractitionerId, fact.Sequence, reader, now, fact.StartsAt, fact.EndsAt);

    /// <summary>An appointment that was called off, or a request that never became one.</summary>
    public static Message Cancelled(BookingCancelled fact, Reader reader, DateTimeOffset now) => AboutVisit(
        fact.WasConfirmed ? MessageKind.Cancelled : MessageKind.Declined, fact.BookingId, fact.PractitionerId, fact.Sequence, reader, now,
        by: fact.By, amount: fact.Refund);

    /// <summary>A booking can be refunded more than once, so the refund names the message, not the sequence.</summary>
    public static Message Refunded(PaymentRefunded fact, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Key = KeyOf(fact.BookingId, MessageKind.Refunded, Reader.Client, fact.RefundId.ToString()),
        Kind = MessageKind.Refunded,
        Recipient = Reader.Client,
        BookingId = fact.BookingId,
        AmountMinor = fact.Amount.Amount,
        Currency = fact.Amount.Currency,
        CreatedAt = now,
        DueAt = now,
        GiveUpAt = now.AddDays(3),
    };

    /// <param name="life">How long the mail is worth sending: no longer than its code would live.</param>
    public static Message Code(SignInCodeAsked fact, MessageKind kind, TimeSpan life, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Key = KeyOf(fact.RequestId, kind, Reader.Account, "0"),
        Kind = kind,
        Recipient = Reader.Account,
        AccountId = fact.AccountId,
        RequestId = fact.RequestId,
        CreatedAt = now,
        DueAt = now,
        GiveUpAt = now + life,
    };

    /// <param name="since">Tells one trouble with a calendar from the next.</param>
    public static Message OfCalendar(MessageKind kind, Guid practitionerId, Guid calendarId, DateTimeOffset since, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Key = KeyOf(calendarId, kind, Reader.Practitioner, since.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Kind = kind,
        Recipient = Reader.Practitioner,
        PractitionerId = practitionerId,
        Since = since,
        CreatedAt = now,
        DueAt = now,
        GiveUpAt = now.AddDays(1),
    };

    public static Message OfListing(MessageKind kind, ListingDecided fact, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Key = KeyOf(fact.DecisionId, kind, Reader.Practitioner, "0"),
        Kind = kind,
        Recipient = Reader.Practitioner,
        PractitionerId = fact.PractitionerId,
        CreatedAt = now,
        DueAt = now,
        GiveUpAt = now.AddDays(3),
    };

    public static Message OfWaiting(MessageKind kind, Guid entryId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Key = KeyOf(entryId, kind, Reader.Client, "0"),
        Kind = kind,
        Recipient = Reader.Client,
        WaitlistEntryId = entryId,
        CreatedAt = now,
        DueAt = now,
        GiveUpAt = now.AddDays(1),
    };

    /// <summary>Keeps the composed mail; from now on this message is that mail.</summary>
    public void Compose(byte[] sealedMail) => Content ??= sealedMail;

    /// <summary>The composed mail names somebody whom nobody may name any more; it is composed anew, if there is anything left to tell.</summary>
    public void ForgetContent() => Content = null;

    public void Sent(DateTimeOffset now)
    {
        State = MessageState.Sent;
        SentAt = now;
        Content = null;
    }

    /// <summary>Tries again later, doubling the wait up to ten minutes, or gives up.</summary>
    /// <param name="outage">Another server is away, which is nobody's fault and says nothing about the message.</param>
    public void Failed(DateTimeOffset now, bool outage, int faultLimit)
    {
        Attempts++;
        if (!outage)
            Faults++;
        DueAt = now + TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(Attempts, 20) - 1)));
        if (Faults >= faultLimit || DueAt > GiveUpAt)
            Die();
    }

    /// <summary>Its reader cannot be reached this way, or there is nothing left to tell.</summary>
    public void Die()
    {
        State = MessageState.Dead;
        Content = null;
    }

    private static Message AboutVisit(
        MessageKind kind, Guid bookingId, Guid practitionerId, int sequence, Reader reader, DateTimeOffset now,
        DateTimeOffset? startsAt = null, DateTimeOffset? endsAt = null, CancelledBy? by = null, Money? amount = null) => new()
        {
            Id = Guid.CreateVersion7(now),
            Key = KeyOf(bookingId, kind, reader, sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Kind = kind,
            Recipient = reader,
            BookingId = bookingId,
            PractitionerId = practitionerId,
            Sequence = sequence,
            StartsAt = startsAt,
            EndsAt = endsAt,
            CancelledBy = by,
            AmountMinor = amount?.Amount,
            Currency = amount?.Currency,
            CreatedAt = now,
            DueAt = now,
            GiveUpAt = now.AddDays(3),
        };

    private static string KeyOf(Guid about, MessageKind kind, Reader reader, string version) =>
        string.Join('.', about, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()),
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reader.ToString()), version);
}
