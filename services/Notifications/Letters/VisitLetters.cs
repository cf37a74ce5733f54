using Contracts;
using NodaTime;
using Notifications.Peers;
using Platform;

namespace Notifications.Letters;

/// <summary>
/// What client and practitioner are told about a visit. Subjects name the practitioner or the time and nothing else; what somebody comes
/// for, or wrote, is in no mail.
/// </summary>
public sealed class VisitLetters(MailOptions options)
{
    private const string HowLongRefundsTake = "usually in 5–10 days";

    public Letter For(Message message, Visit visit, PractitionerContact? practitioner, DateTimeOffset now)
    {
        var place = Zones.Find(visit.TimeZone) ?? DateTimeZone.Utc;
        var start = message.StartsAt ?? visit.Start;
        var end = message.EndsAt ?? visit.End;
        if (message.Recipient == Reader.Practitioner)
            return ForPractitioner(message, visit, start, end, place, Zones.Find(practitioner?.TimeZone) ?? place);

        var zone = Zones.Find(visit.Client.TimeZone) ?? place;
        var with = visit.PractitionerName;
        return message.Kind switch
        {
            MessageKind.Booked => new Letter($"Your visit with {with} is booked",
            [
                Greeting(visit),
                new Facts([.. When(start, zone, place), Length(start, end), .. Where(visit), Price(visit), .. Changes(visit, zone, now)]),
                new Step("See or change this visit", visit.ManageUrl),
                new Words("The attached entry puts the visit in your calendar."),
            ]),
            MessageKind.Moved => new Letter($"Your visit with {with} has moved",
            [
                Greeting(visit),
                new Words("This is the new time. There is nothing more to pay, and your calendar entry moves with it."),
                new Facts([.. When(start, zone, place), Length(start, end), .. Where(visit), Price(visit), .. Changes(visit, zone, now)]),
                new Step("See or change this visit", visit.ManageUrl),
            ]),
            MessageKind.ClockChanged => new Letter($"Your visit with {with} keeps its time",
            [
                Greeting(visit),
                new Words("The time zone rules there have changed since you booked. Your visit stays at the time you agreed on. The attached entry corrects it in your calendar."),
                new Facts([.. When(start, zone, place), Length(start, end), .. Where(visit), Price(visit), .. Changes(visit, zone, now)]),
                new Step("See or change this visit", visit.ManageUrl),
            ]),
            MessageKind.LeftByClock => new Letter($"Please check the time of your visit with {with}",
            [
                Greeting(visit),
                new Words("The time zone rules there have changed since you booked, and someone else now has a visit at the time you agreed on. Your visit is still booked. By the new clock, this is when it is:"),
                new Facts([.. When(start, zone, place), Length(start, end), .. Where(visit)]),
                new Words($"If that does not suit you, move or cancel it, or talk to {with}."),
                new Step("See or change this visit", visit.ManageUrl),
            ]),
            MessageKind.Cancelled => new Letter($"Your visit with {with} is cancelled",
            [
                Greeting(visit),
                new Words(message.CancelledBy switch
                {
                    CancelledBy.Client => "You have cancelled this visit.",
                    CancelledBy.Practitioner => $"{visit.PractitionerName} has had to cancel this visit.",
                    _ => "This visit will not take place.",
                }),
                new Facts([.. When(start, zone, place)]),
                .. RefundPromise(message, visit),
                new Step("See this booking", visit.ManageUrl),
            ]),
            MessageKind.Declined => new Letter($"Your visit with {with} could not be arranged",
            [
                Greeting(visit),
                new Words("We are sorry: the time you asked for is not available after all."),
                new Facts([.. When(start, zone, place)]),
                .. RefundPromise(message, visit),
                new Step("Find another time", options.PublicUrl),
            ]),
            MessageKind.Refunded => Refund(message, visit, start, zone),
            _ => throw new NotSupportedException($"{message.Kind} is not about a visit."),
        };
    }

    private Letter ForPractitioner(Message message, Visit visit, DateTimeOffset start, DateTimeOffset end, DateTimeZone place, DateTimeZone zone)
    {
        var shortTime = InstantWords.DayAndTime(start, zone);
        var client = Named(visit, "named on your desk");
        var who = new Fact("Client", visit.ForSomeoneElse ? $"{client}, booking for someone else" : client);
        var desk = new Step("Open your appointments", new Uri(options.PublicUrl, "/desk/week"));
        return message.Kind switch
        {
            MessageKind.Booked => new Letter($"A visit is booked: {shortTime}",
            [
                new Facts([who, .. When(start, zone, place), Length(start, end), DeskPlace(visit), Price(visit)]),
                new Words("Anything the client wrote for you is on your desk; we do not put it in emails."),
                desk,
            ]),
            MessageKind.Moved => new Letter($"A visit has moved to {shortTime}",
            [
                new Facts([who, .. When(start, zone, place), Length(start, end), DeskPlace(visit)]),
                desk,
            ]),
            MessageKind.ClockChanged => new Letter($"A visit keeps its time: {shortTime}",
            [
                new Words("The time zone rules there have changed. The visit stays at the time you agreed on, and the client has been told."),
                new Facts([who, .. When(start, zone, place), Length(start, end), DeskPlace(visit)]),
                desk,
            ]),
            MessageKind.LeftByClock => new Letter($"A visit is now at a different time of day: {shortTime}",
            [
                new Words("The time zone rules there have changed, and you now have another visit at the time you agreed on. This one is still booked. By the new clock, this is when it is:"),
                new Facts([who, .. When(start, zone, place), Length(start, end), DeskPlace(visit)]),
                new Words("The client has been told. Please agree on a time with them."),
                desk,
            ]),
            MessageKind.Cancelled => new Letter($"The visit on {shortTime} is cancelled",
            [
                new Words(message.CancelledBy switch
                {
                    CancelledBy.Client => $"{Named(visit, "The client")} has cancelled this visit.",
                    CancelledBy.Practitioner => "You have cancelled this visit.",
                    _ => "This visit will not take place.",
                }),
                new Facts([who, .. When(start, zone, place)]),
                desk,
            ]),
            _ => throw new NotSupportedException($"A practitioner is not told of {message.Kind}."),
        };
    }

    private static Letter Refund(Message message, Visit visit, DateTimeOffset start, DateTimeZone zone)
    {
        var amount = MoneyWords.Of(message.Amount ?? visit.Paid);
        var when = InstantWords.InFull(start, zone);
        return new Letter($"{amount} is on its way back to you",
        [
            Greeting(visit),
            new Words(visit.Status == "expired"
                ? $"Your payment for {when}, with {visit.PractitionerName}, arrived after someone else had taken the time. The visit is not booked."
                : $"This is for your visit with {visit.PractitionerName} on {when}."),
            new Words($"{amount} goes back to the card you paid with, {HowLongRefundsTake}."),
            new Step("See this booking", visit.ManageUrl),
        ]);
    }

    private static IEnumerable<LetterPart> RefundPromise(Message message, Visit visit)
    {
        if (message.Amount is { Amount: > 0 } refund)
            yield return new Words($"{MoneyWords.Of(refund)} goes back to your card, {HowLongRefundsTake}.");
        else if (visit.Refunded + visit.RefundDue is { Amount: > 0 } before)
            yield return new Words($"{MoneyWords.Of(before)} was sent back to your card before, and arrives {HowLongRefundsTake}.");
        else if (visit.Paid.Amount > 0 && message.CancelledBy == CancelledBy.Client)
            yield return new Words("As agreed when you booked, there is no refund this close to the visit.");
    }

    private static Words Greeting(Visit visit) => new($"Hello {Named(visit, "there")},");

    private static string Named(Visit visit, string otherwise) => visit.Client.Name is { Length: > 0 } name ? name : otherwise;

    private static IEnumerable<Fact> When(DateTimeOffset start, DateTimeZone reader, DateTimeZone place)
    {
        yield return new Fact("When", InstantWords.InFull(start, reader));
        if (!InstantWords.SameClock(start, reader, place))
            yield return new Fact("Local time there", InstantWords.InFull(start, place));
    }

    private static Fact Length(DateTimeOffset start, DateTimeOffset end) => new("Length", $"{(int)(end - start).TotalMinutes} minutes");

    private static IEnumerable<Fact> Where(Visit visit)
    {
        yield return new Fact("Where", visit.Location.Format switch
        {
            "online" => "Online",
            "homeVisit" => "At the address you gave",
            _ => Address(visit.Location),
        });
        if (!string.IsNullOrWhiteSpace(visit.Location.Directions) && visit.Location.Format is not ("online" or "homeVisit"))
            yield return new Fact("Finding the door", visit.Location.Directions.Trim());
    }

    private static Fact DeskPlace(Visit visit) => new("Where", visit.Location.Format switch
    {
        "online" => "Online",
        "homeVisit" => "At the client’s home; the address is on your desk",
        _ => visit.Location.Name,
    });

    private static string Address(VisitPlace place) =>
        string.Join(", ", new[] { place.Name, place.AddressLine, place.Locality, place.Region }.Where(s => !string.IsNullOrWhiteSpace(s)));

    private static Fact Price(Visit visit) => new("Price", visit.Paid.Amount >= visit.Price.Amount && visit.Price.Amount > 0
        ? $"{MoneyWords.Of(visit.Price)}, paid"
        : MoneyWords.Of(visit.Price));

    private static IEnumerable<Fact> Changes(Visit visit, DateTimeZone zone, DateTimeOffset now)
    {
        if (PolicyWords.Of(visit.Tiers, visit.Paid, zone, now) is { } words)
            yield return new Fact("Changes", words);
        else if (!string.IsNullOrWhiteSpace(visit.PolicyText))
            yield return new Fact("Changes", visit.PolicyText.Trim());
    }
}
