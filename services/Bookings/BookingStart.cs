using Contracts;

namespace Bookings;

public sealed partial class Booking
{
    /// <summary>A client asks for a time that Availability is holding.</summary>
    public static Booking Request(
        Guid id, Offering offering, AgreedTime time, DateTimeOffset holdExpiresAt, BookingClient client, Visit visit, DateTimeOffset now)
    {
        var booking = Start(id, offering, offering.DueNow, time, holdExpiresAt, client, visit, now);
        booking.Become(BookingStatus.AwaitingPayment, "requested", Party.Client, now);
        booking._facts.Add(new BookingRequested(id, booking.PractitionerId, now));
        return booking;
    }

    /// <summary>A practitioner writes down an appointment for a client who called or came by. It is paid in person: nothing is due online.</summary>
    /// <param name="reason">Sealed already.</param>
    public static Booking Enter(
        Guid id, Offering offering, AgreedTime time, DateTimeOffset holdExpiresAt, BookingClient client, Visit visit, byte[]? reason, DateTimeOffset now)
    {
        var booking = Start(id, offering, Money.Zero(offering.Service.Price.Currency), time, holdExpiresAt, client, visit, now);
        booking.OwnReason = reason;
        booking.Become(BookingStatus.AwaitingPayment, "entered", Party.Practitioner, now);
        booking._facts.Add(new BookingRequested(id, booking.PractitionerId, now));
        return booking;
    }

    private static Booking Start(
        Guid id, Offering offering, Money due, AgreedTime time, DateTimeOffset holdExpiresAt, BookingClient client, Visit visit, DateTimeOffset now)
    {
        var (practitioner, service) = (offering.Practitioner, offering.Service);
        var booking = new Booking
        {
            Id = id,
            PractitionerId = practitioner.Id,
            PractitionerSlug = practitioner.Slug,
            PractitionerName = practitioner.Name,
            Demo = practitioner.Demo,
            ServiceId = service.Id,
            ServiceName = service.Name,
            Minutes = service.Minutes,
            ClientAccountId = client.AccountId,
            ClientName = client.Name,
            ClientEmail = client.Email,
            ClientPhone = client.Phone,
            ClientTimeZone = client.TimeZone,
            Relation = visit.Relation,
            Entrusted = visit.Entrusted,
            SafetyVersion = visit.SafetyVersion,
            SafetyAnsweredAt = now,
            PriceMinor = service.Price.Amount,
            DueMinor = due.Amount,
            Currency = due.Currency,
            Policy = Policy.Agree(offering.Policy.Text, offering.Policy.Tiers, time.StartsAt, due, now),
            HoldExpiresAt = holdExpiresAt.ToUniversalTime(),
            CreatedAt = now,
            ManageVersion = 1,
        };
        booking.AgreeOn(time, offering.Location);
        return booking;
    }
}

/// <summary>The person who books, as typed.</summary>
/// <param name="AccountId">Null for a guest.</param>
public sealed record BookingClient(Guid? AccountId, string Name, string Email, string? Phone, string TimeZone);

/// <summary>What else belongs to a visit besides its time.</summary>
/// <param name="Entrusted">Sealed already.</param>
/// <param name="SafetyVersion">The list of the safety screen of which nothing applied, or <see cref="AskedInPerson"/>.</param>
public sealed record Visit(Relation Relation, byte[]? Entrusted, string SafetyVersion)
{
    /// <summary>Stands where the version of a list would: the practitioner has asked the client.</summary>
    public const string AskedInPerson = "asked-in-person";
}
