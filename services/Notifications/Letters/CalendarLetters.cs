using NodaTime;
using Notifications.Peers;
using Platform;

namespace Notifications.Letters;

/// <summary>What a practitioner is told about a calendar elsewhere that is read for them. Which one it is, and where, stands on their desk only.</summary>
public sealed class CalendarLetters(MailOptions options)
{
    public Letter For(MessageKind kind, DateTimeOffset since, PractitionerContact practitioner)
    {
        var zone = Zones.Find(practitioner.TimeZone) ?? DateTimeZone.Utc;
        var desk = new Step("See your calendars", new Uri(options.PublicUrl, "/desk/calendars"));
        return kind switch
        {
            MessageKind.CalendarFailed => new Letter("A calendar of yours does not answer",
            [
                new Words($"One of the calendars you keep elsewhere has not answered us since {InstantWords.InFull(since, zone)}."),
                new Words("What it said last still holds: where it has you busy, nothing is offered."),
                new Words($"If it stays away until {InstantWords.InFull(since.AddDays(1), zone)}, we stop offering your free times, so that nobody books over something we cannot see. Visits that are booked stay."),
                desk,
            ]),
            MessageKind.OpeningsWithdrawn => new Letter("Your free times are not offered at the moment",
            [
                new Words($"One of the calendars you keep elsewhere has not answered us since {InstantWords.InFull(since, zone)}. Until it does, nobody can book you. Visits that are booked stay."),
                new Words("You can have it asked again, remove it, or go on without it."),
                desk,
            ]),
            MessageKind.CalendarRecovered => new Letter("Your calendar answers again",
            [
                new Words($"The calendar that had not answered us since {InstantWords.InFull(since, zone)} is read again, and your free times follow it."),
                desk,
            ]),
            _ => throw new NotSupportedException($"{kind} is not about a calendar."),
        };
    }
}
