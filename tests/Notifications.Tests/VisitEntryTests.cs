using Contracts;
using Xunit;

namespace Notifications.Tests;

/// <summary>The calendar entry that goes with the mails about a visit.</summary>
[Collection(nameof(NotificationsApp))]
public sealed class VisitEntryTests(NotificationsApp app)
{
    [Fact]
    public async Task One_calendar_entry_follows_the_visit_to_its_end()
    {
        var visit = app.Book();
        var later = visit.Start.AddDays(1);
        await app.Publish(app.Confirmed(visit));
        await app.Publish(new BookingRescheduled(visit.Id, visit.PractitionerId, 1, later, later.AddMinutes(60), app.Service.Clock.GetUtcNow()));
        await app.Publish(new BookingCancelled(
            visit.Id, visit.PractitionerId, 2, CancelledBy.Practitioner, WasConfirmed: true, new Money(12000, "USD"), app.Service.Clock.GetUtcNow()));

        var booked = CalendarReader.Event((await app.Mail(visit.Id, "booked", "client")).Calendar!);
        var moved = CalendarReader.Event((await app.Mail(visit.Id, "moved", "client", "1")).Calendar!);
        var cancelled = CalendarReader.Event((await app.Mail(visit.Id, "cancelled", "client", "2")).Calendar!);

        Assert.Equal([$"{visit.Id}@stillpoint.example"], new[] { booked, moved, cancelled }.Select(e => e["UID"]).Distinct());
        Assert.Equal(["0 REQUEST", "1 REQUEST", "2 CANCEL"], new[] { booked, moved, cancelled }.Select(e => $"{e["SEQUENCE"]} {e["METHOD"]}"));
        Assert.Equal(("20261201T160000Z", "20261202T160000Z"), (booked["DTSTART"], moved["DTSTART"]));
        Assert.Equal("Visit with Ana Reyes", booked["SUMMARY"]);
        Assert.Equal("mailto:visits@stillpoint.example", booked["ORGANIZER"]);
        Assert.Equal("mailto:kim@example.org", booked["ATTENDEE"]);
        Assert.Equal("Visit with Kim Doe", CalendarReader.Event((await app.Mail(visit.Id, "booked", "practitioner")).Calendar!)["SUMMARY"]);
    }

    [Fact]
    public async Task Other_rules_of_the_clock_correct_the_entry_or_are_explained_to_both()
    {
        var (follows, stays) = (app.Book(), app.Book());
        var (earlier, now) = (follows.Start.AddHours(-1), app.Service.Clock.GetUtcNow());
        await app.Publish(new BookingRescheduled(follows.Id, follows.PractitionerId, 1, earlier, earlier.AddMinutes(60), now, ClockChanged: true));
        await app.Publish(new BookingLeftByClock(stays.Id, stays.PractitionerId, 0, stays.Start, stays.End, now));

        var corrected = await app.Mail(follows.Id, "clockChanged", "client", "1");
        Assert.Equal("Your visit with Ana Reyes keeps its time", corrected.Subject);
        var entry = CalendarReader.Event(corrected.Calendar!);
        Assert.Equal(("20261201T150000Z", "1", "REQUEST"), (entry["DTSTART"], entry["SEQUENCE"], entry["METHOD"]));
        Assert.NotNull((await app.Mail(follows.Id, "clockChanged", "practitioner", "1")).Calendar);
        foreach (var reader in (string[])["client", "practitioner"])
        {
            var mail = await app.Mail(stays.Id, "leftByClock", reader);
            Assert.Contains("still booked", mail.Text, StringComparison.Ordinal);
            Assert.Null(mail.Calendar);
        }
    }

    [Fact]
    public async Task The_calendar_is_an_alternative_and_a_file()
    {
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));

        var mime = await File.ReadAllTextAsync(await app.MailFile(visit.Id, "booked", "client"));

        Assert.Contains("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n", mime);
        Assert.Contains("Content-Disposition: attachment; filename=visit.ics\r\n", mime);
        Assert.Contains($"Message-ID: <{visit.Id}.booked.client.0@stillpoint.example>\r\n", mime);
    }
}
