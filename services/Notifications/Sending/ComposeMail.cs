using System.Text.RegularExpressions;
using Notifications.Calendars;
using Notifications.Letters;
using Notifications.Mime;
using Notifications.Peers;

namespace Notifications.Sending;

/// <summary>Turns a queued message into a mail: asks the owners for names, addresses and links, and writes the letter.</summary>
public sealed partial class ComposeMail(
    BookingsClient bookings, ListingsClient listings, AccountsClient accounts,
    VisitLetters visits, AccountLetters signIns, CalendarLetters calendars, ListingLetters decisions, WaitingLetters waitings, MailOptions options, TimeProvider clock)
{
    /// <exception cref="UndeliverableException">There is nothing left to tell, or nobody to tell it to.</exception>
    /// <exception cref="Platform.UnavailableException">An owner does not answer.</exception>
    public Task<Mail> For(Message message, CancellationToken ct) =>
        message.BookingId is { } bookingId ? AboutVisit(message, bookingId, ct)
        : message.WaitlistEntryId is { } entryId ? AboutWaiting(message, entryId, ct)
        : message.Since is { } since ? ToPractitioner(message, practitioner => calendars.For(message.Kind, since, practitioner), ct)
        : message.AccountId is { } accountId ? AboutAccount(message, accountId, ct)
        : ToPractitioner(message, _ => decisions.For(message.Kind), ct);

    /// <summary>Whether the client whom a mail was once composed for, or about, is still known by name and address.</summary>
    /// <exception cref="Platform.UnavailableException">An owner does not answer.</exception>
    public async Task<bool> KnowsItsClient(Message message, CancellationToken ct) =>
        message.BookingId is { } bookingId ? await bookings.Find(bookingId, ct) is { Client.Email.Length: > 0 }
        : message.WaitlistEntryId is not { } entryId || await bookings.FindWaiting(entryId, ct) is not null;

    private async Task<Mail> AboutVisit(Message message, Guid bookingId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var visit = await bookings.Find(bookingId, ct) ?? throw new UndeliverableException("the booking is gone");
        visit = visit with
        {
            PractitionerName = HeaderText.Clean(visit.PractitionerName),
            Client = visit.Client with { Name = Spoken(visit.Client.Name) },
        };
        PractitionerContact? practitioner = null;
        if (message.Recipient == Reader.Practitioner)
            practitioner = await listings.Find(visit.PractitionerId, ct) ?? throw new UndeliverableException("the practitioner is gone");

        var to = practitioner is null
            ? Reachable(visit.Client.Name, visit.Client.Email)
            : Reachable(practitioner.Name, practitioner.Email);
        var letter = visits.For(message, visit, practitioner, now);
        return Written(message, to, letter, now, CalendarEntry(message, visit, to, now));
    }

    private async Task<Mail> AboutWaiting(Message message, Guid entryId, CancellationToken ct)
    {
        var waiting = await bookings.FindWaiting(entryId, ct) ?? throw new UndeliverableException("nobody waits any more");
        var practitioner = waiting.PractitionerId is { } id ? await listings.Find(id, ct) : null;
        return Written(message, Reachable("", waiting.Email), waitings.For(message.Kind, waiting, practitioner), clock.GetUtcNow());
    }

    private async Task<Mail> AboutAccount(Message message, Guid accountId, CancellationToken ct)
    {
        var purpose = message.Kind switch
        {
            MessageKind.ConfirmAddress => "confirm",
            MessageKind.ResetPassword => "reset",
            _ => "known",
        };
        var code = await accounts.MakeCode(accountId, message.RequestId!.Value, purpose, ct)
            ?? throw new UndeliverableException("there is nothing left to prove");
        return Written(message, Reachable("", code.Email), signIns.For(message.Kind, code.Url), clock.GetUtcNow());
    }

    private async Task<Mail> ToPractitioner(Message message, Func<PractitionerContact, Letter> letter, CancellationToken ct)
    {
        var practitioner = await listings.Find(message.PractitionerId!.Value, ct) ?? throw new UndeliverableException("the practitioner is gone");
        return Written(message, Reachable(practitioner.Name, practitioner.Email), letter(practitioner), clock.GetUtcNow());
    }

    private Mail Written(Message message, Mailbox to, Letter letter, DateTimeOffset now, MailCalendar? calendar = null) => new(
        $"{message.Key}@{options.PublicUrl.Host}", now, options.Sender, to, letter.Subject,
        TextLetter.Write(letter, options.SiteName, options.PublicUrl), HtmlLetter.Write(letter, options.SiteName, options.PublicUrl), calendar);

    private MailCalendar? CalendarEntry(Message message, Visit visit, Mailbox to, DateTimeOffset now)
    {
        if (message.Kind is not (MessageKind.Booked or MessageKind.Moved or MessageKind.ClockChanged or MessageKind.Cancelled))
            return null;
        var forClient = message.Recipient == Reader.Client;
        return new Invitation(
            // The same as in the calendar file that Bookings offers, so that both are one entry.
            Uid: $"{visit.Id}@{options.PublicUrl.Host}",
            message.Sequence,
            Cancelled: message.Kind == MessageKind.Cancelled,
            Stamp: now,
            message.StartsAt ?? visit.Start,
            message.EndsAt ?? visit.End,
            Summary: (forClient ? visit.PractitionerName : visit.Client.Name) is { Length: > 0 } with ? $"Visit with {with}" : "Visit",
            Location: visit.Location.Format is "online" or "homeVisit" ? "" : Street(visit.Location),
            Description: forClient ? "To see or change this visit, use the link in our email." : "The rest is on your desk.",
            Organizer(visit),
            to).ToCalendar();
    }

    // Our address, so that the practitioner's own stays private; their name, so that the entry says whose visit it is.
    private Mailbox Organizer(Visit visit) =>
        Mailbox.TryCreate(visit.PractitionerName, options.Sender.Address, out var organizer) ? organizer : options.Sender;

    private static string Street(VisitPlace place) =>
        string.Join(", ", new[] { place.AddressLine, place.Locality, place.Region }.Where(s => !string.IsNullOrWhiteSpace(s)));

    /// <summary>A client's name; empty where something in it could be taken for an address: a guest may have typed a stranger's mailbox, and a link for them to follow.</summary>
    private static string Spoken(string name) => HeaderText.Clean(name) is var clean && AddressInside().IsMatch(clean) ? "" : clean;

    [GeneratedRegex(@"://|@|/\S|\bwww\b|[\p{L}\p{N}]{2}\.[\p{L}\p{N}]{2}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressInside();

    private static Mailbox Reachable(string? name, string? address) =>
        Mailbox.TryCreate(name, address, out var mailbox) ? mailbox : throw new UndeliverableException("the address cannot be written to");
}
