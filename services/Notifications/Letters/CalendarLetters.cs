using NodaTime;
using Notifications.Peers;
using Platform;

namespace Notifications.Letters;

/// <summary>What a practitioner is told about a connected calendar. Which one it is, and where, is shown on their desk only.</summary>
public sealed class CalendarLetters(MailOptions options)
{
    public Letter For(MessageKind kind, DateTimeOffset since, PractitionerContact practitioner)
    {
        var zone = Zones.Find(practitioner.TimeZone) ?? DateTimeZone.Utc;
        var desk = new Step("See your calendars", new Uri(options.PublicUrl, "/desk/calendars"));
        return kind switch
        {
            MessageKind.CalendarFailed => new Letter("We cannot read one of your calendars",
            [
                new Words($"One of the calendars you keep elsewhere has not answered us since {InstantWords.InFull(since, zone)}."),
                new Words("What it said last still counts: where it has you busy, nothing is offered."),
                Deadline(since, zone),
                desk,
            ]),
            MessageKind.CalendarNeverRead => new Letter("We cannot read the calendar you added",
            [
                new Words($"You added a calendar, and we have not been able to read it yet. We have been trying since {InstantWords.InFull(since, zone)}."),
                new Words("Until we can, nothing in it counts as busy, so someone may book a time when you are busy there."),
                new Words("Please check its address. If it is wrong or out of date, remove the calendar and add it again with the right one. If you no longer need it, just remove it."),
                Deadline(since, zone),
                desk,
            ]),
            MessageKind.OpeningsWithdrawn => new Letter("Your free times are not offered at the moment",
            [
                new Words($"We have not been able to read one of the calendars you keep elsewhere since {InstantWords.InFull(since, zone)}. Until we can, nobody can book a time with you. Visits already booked stay."),
                new Words("You can have us try again, remove the calendar, or go on without it."),
                desk,
            ]),
            MessageKind.CalendarRecovered => new Letter("We can read your calendar now",
            [
                new Words($"The calendar we could not read since {InstantWords.InFull(since, zone)} can be read now, and your free times follow it."),
                desk,
            ]),
            _ => throw new NotSupportedException($"{kind} is not about a calendar."),
        };
    }

    private static Words Deadline(DateTimeOffset since, DateTimeZone zone) => new(
        $"If we still cannot read it by {InstantWords.InFull(since.AddDays(1), zone)}, we will stop offering your free times, so that nobody books over something we cannot see. Visits already booked stay.");
}
