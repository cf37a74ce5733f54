using Contracts;
using Xunit;

namespace Notifications.Tests;

[Collection(nameof(NotificationsApp))]
public sealed class CalendarMailTests(NotificationsApp app)
{
    private static readonly DateTimeOffset Since = new(2026, 11, 30, 16, 0, 0, TimeSpan.Zero);
    private readonly Guid calendar = Guid.CreateVersion7();

    [Fact]
    public async Task A_practitioner_hears_since_when_and_what_will_happen()
    {
        await app.Publish(new CalendarFailed(app.Book().PractitionerId, calendar, Since, false, Since.AddMinutes(7)));

        var mail = await app.Mail(calendar, "calendarFailed", "practitioner", Version);

        Assert.Equal(("Ana Reyes <ana@example.org>", "We cannot read one of your calendars"), (mail.To, mail.Subject));
        Assert.Contains("since Monday 30 November 2026, 9:00 am, Denver time", mail.Text);
        Assert.Contains("What it said last still counts", mail.Text);
        Assert.Contains("by Tuesday 1 December 2026, 9:00 am, Denver time", mail.Text);
        Assert.Contains("https://stillpoint.example/desk/calendars", mail.Text);
        Assert.Null(mail.Calendar);
    }

    [Fact]
    public async Task Of_one_that_was_never_read_it_is_said_that_nothing_counts_yet_and_what_to_do()
    {
        await app.Publish(new CalendarFailed(app.Book().PractitionerId, calendar, Since, false, Since.AddMinutes(7), NeverRead: true));

        var mail = await app.Mail(calendar, "calendarNeverRead", "practitioner", Version);

        Assert.Equal("We cannot read the calendar you added", mail.Subject);
        foreach (var body in (string[])[mail.Text, System.Net.WebUtility.HtmlDecode(mail.Html)])
        {
            Assert.Contains("nothing in it counts as busy", body);
            Assert.Contains("Please check its address.", body);
            Assert.Contains("Tuesday 1 December 2026, 9:00 am, Denver time", body);
            Assert.Contains("https://stillpoint.example/desk/calendars", body);
            Assert.DoesNotContain("said last", body);
        }
    }

    [Fact]
    public async Task Once_for_each_step_however_often_it_is_said()
    {
        var practitioner = app.Book().PractitionerId;
        for (var i = 0; i < 3; i++)
        {
            await app.Publish(new CalendarFailed(practitioner, calendar, Since, true, Since.AddDays(1)));
            await app.Publish(new CalendarRecovered(practitioner, calendar, Since, Since.AddDays(2)));
        }

        Assert.Equal("Your free times are not offered at the moment", (await app.Mail(calendar, "openingsWithdrawn", "practitioner", Version)).Subject);
        Assert.Equal("We can read your calendar now", (await app.Mail(calendar, "calendarRecovered", "practitioner", Version)).Subject);
        await app.Becomes("sent", calendar, "calendarRecovered", "practitioner", Version);
        Assert.Equal(2L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE practitioner_id = $1", practitioner));
    }

    private static string Version => Since.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
