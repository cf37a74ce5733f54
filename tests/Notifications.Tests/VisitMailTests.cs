using Contracts;
using Notifications.Mime;
using Xunit;

namespace Notifications.Tests;

public sealed class VisitMailTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    private static readonly string[] HealthWords =
        ["pelvic", "migraine", "trauma", "anxiety", "tmj", "pain", "treat", "heal", "health", "therapy", "session", "symptom", "condition", "craniosacral"];

    [Fact]
    public async Task A_client_hears_when_where_for_how_much_and_until_when()
    {
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));

        var mail = await app.Mail(visit.Id, "booked", "client");

        Assert.Equal("Kim Doe <kim@example.org>", mail.To);
        Assert.Equal("Your visit with Ana Reyes is booked", mail.Subject);
        foreach (var body in (string[])[mail.Text, System.Net.WebUtility.HtmlDecode(mail.Html)])
        {
            Assert.Contains("Tuesday 1 December 2026, 9:00 am, Denver time", body);
            Assert.Contains("60 minutes", body);
            Assert.Contains("Studio, 12 Willow Street, Denver, CO", body);
            Assert.Contains("Ring at the blue door; second floor, left.", body);
            Assert.Contains("$120.00, paid", body);
            Assert.Contains("Free to change until Monday 30 November, 9:00 am.", body);
            Assert.Contains($"https://stillpoint.example/bookings/{visit.Id}?token=opens-it", body);
        }
    }

    [Fact]
    public async Task A_practitioner_hears_who_comes_but_gets_no_key_to_the_client_s_page()
    {
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));

        var mail = await app.Mail(visit.Id, "booked", "practitioner");

        Assert.Equal("Ana Reyes <ana@example.org>", mail.To);
        Assert.Equal("A visit is booked: Tuesday 1 December, 9:00 am", mail.Subject);
        Assert.Contains("Kim Doe", mail.Text);
        Assert.DoesNotContain("token=", mail.Text + mail.Html);
        Assert.DoesNotContain("kim@example.org", mail.Text + mail.Html);
    }

    [Fact]
    public async Task A_practitioner_who_has_given_no_name_yet_hears_all_the_same()
    {
        var visit = app.Book();
        app.Contacts[visit.PractitionerId] = new { id = visit.PractitionerId, name = (string?)null, slug = (string?)null, email = visit.PractitionerEmail, visit.TimeZone, language = "en" };
        await app.Publish(app.Confirmed(visit));

        Assert.Equal("ana@example.org", (await app.Mail(visit.Id, "booked", "practitioner")).To);
    }

    [Fact]
    public async Task Each_reads_their_own_clock()
    {
        var visit = app.Book(v => v with { ClientZone = "America/New_York" });
        await app.Publish(app.Confirmed(visit));

        var client = await app.Mail(visit.Id, "booked", "client");
        var practitioner = await app.Mail(visit.Id, "booked", "practitioner");

        Assert.Contains("When: Tuesday 1 December 2026, 11:00 am, New York time\nLocal time there: Tuesday 1 December 2026, 9:00 am, Denver time\n", client.Text.ReplaceLineEndings("\n"));
        Assert.Contains("When: Tuesday 1 December 2026, 9:00 am, Denver time\nLength", practitioner.Text.ReplaceLineEndings("\n"));
        Assert.Contains("Free to change until Monday 30 November, 11:00 am.", client.Text);
    }

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

    [Theory]
    [InlineData(CancelledBy.Client, 6000, "You have cancelled this visit.", "$60.00 goes back to your card, usually in 5–10 days.")]
    [InlineData(CancelledBy.Client, 0, "You have cancelled this visit.", "there is no refund this close to the visit")]
    [InlineData(CancelledBy.Practitioner, 12000, "Ana Reyes has had to cancel this visit.", "$120.00 goes back to your card")]
    [InlineData(CancelledBy.System, 12000, "This visit will not take place.", "$120.00 goes back to your card")]
    public async Task A_cancellation_says_by_whom_and_what_comes_back(CancelledBy by, long refund, string who, string what)
    {
        var visit = app.Book();
        await app.Publish(new BookingCancelled(visit.Id, visit.PractitionerId, 1, by, WasConfirmed: true, new Money(refund, "USD"), app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(visit.Id, "cancelled", "client", "1");
        await app.Mail(visit.Id, "cancelled", "practitioner", "1");

        Assert.Equal("Your visit with Ana Reyes is cancelled", mail.Subject);
        Assert.Contains(who, mail.Text);
        Assert.Contains(what, mail.Text);
    }

    [Fact]
    public async Task A_request_that_came_to_nothing_is_told_without_a_calendar_entry()
    {
        var visit = app.Book(v => v with { Status = "cancelledByPractitioner", Paid = new Money(0, "USD") });
        await app.Publish(new BookingCancelled(
            visit.Id, visit.PractitionerId, 0, CancelledBy.Practitioner, WasConfirmed: false, new Money(0, "USD"), app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(visit.Id, "declined", "client");

        Assert.Null(mail.Calendar);
        Assert.DoesNotContain("goes back", mail.Text);
        Assert.Null(await app.State(visit.Id, "declined", "practitioner"));
    }

    [Fact]
    public async Task Who_takes_an_unpaid_request_back_hears_nothing()
    {
        var visit = app.Book();
        var delivery = Guid.CreateVersion7();
        await app.Publish(
            new BookingCancelled(visit.Id, visit.PractitionerId, 0, CancelledBy.Client, WasConfirmed: false, new Money(0, "USD"), app.Service.Clock.GetUtcNow()),
            delivery);
        await TestKit.Eventually.True(async () => await app.Service.Db.Scalar<long>("SELECT count(*) FROM inbox WHERE message_id = $1", delivery) == 1);

        Assert.Null(await app.State(visit.Id, "declined", "client"));
    }

    [Theory]
    [InlineData("cancelledByClient", "This is for your visit with Ana Reyes on Tuesday 1 December 2026, 9:00 am, Denver time.")]
    [InlineData("expired", "arrived after someone else had taken the time. The visit is not booked.")]
    public async Task A_refund_says_what_for_and_how_long_it_takes(string status, string what)
    {
        var visit = app.Book(v => v with { Status = status });
        var refundId = Guid.CreateVersion7();
        await app.Publish(new PaymentRefunded(visit.Id, refundId, new Money(6000, "USD"), new Money(6000, "USD"), app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(visit.Id, "refunded", "client", refundId.ToString());

        Assert.Equal("$60.00 is on its way back to you", mail.Subject);
        Assert.Contains(what, mail.Text);
        Assert.Contains("usually in 5–10 days", mail.Text);
        Assert.Null(mail.Calendar);
    }

    [Fact]
    public async Task No_mail_says_what_somebody_comes_for()
    {
        var visit = app.Book();
        var now = app.Service.Clock.GetUtcNow();
        var refundId = Guid.CreateVersion7();
        await app.Publish(app.Confirmed(visit));
        await app.Publish(new BookingRescheduled(visit.Id, visit.PractitionerId, 1, visit.Start, visit.End, now));
        await app.Publish(new BookingCancelled(visit.Id, visit.PractitionerId, 2, CancelledBy.Client, true, new Money(6000, "USD"), now));
        await app.Publish(new PaymentRefunded(visit.Id, refundId, new Money(6000, "USD"), new Money(6000, "USD"), now));

        ReadMail[] mails =
        [
            await app.Mail(visit.Id, "booked", "client"), await app.Mail(visit.Id, "booked", "practitioner"),
            await app.Mail(visit.Id, "moved", "client", "1"), await app.Mail(visit.Id, "moved", "practitioner", "1"),
            await app.Mail(visit.Id, "cancelled", "client", "2"), await app.Mail(visit.Id, "cancelled", "practitioner", "2"),
            await app.Mail(visit.Id, "refunded", "client", refundId.ToString()),
        ];

        foreach (var mail in mails)
        {
            var all = $"{mail.Subject}\n{mail.Text}\n{mail.Html}\n{mail.Calendar}";
            Assert.All(HealthWords, word => Assert.DoesNotContain(word, all, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("!", mail.Subject + mail.Text);
        }
    }

    [Fact]
    public async Task Names_are_only_names_wherever_they_stand()
    {
        var visit = app.Book(v => v with { ClientName = "<b>Kim</b>\r\nBcc: all@example.org", PractitionerName = "Ana\r\nX-Evil: 1 <script>" });
        await app.Publish(app.Confirmed(visit));

        var mime = await File.ReadAllTextAsync(await app.MailFile(visit.Id, "booked", "client"));
        var mail = await app.Mail(visit.Id, "booked", "client");

        Assert.DoesNotContain("\r\nBcc:", mime);
        Assert.DoesNotContain("\r\nX-Evil:", mime);
        Assert.DoesNotContain("<script>", mail.Html);
        Assert.DoesNotContain("<b>Kim", mail.Html);
    }

    [Fact]
    public async Task The_page_can_be_read_aloud_and_at_night()
    {
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));

        var html = (await app.Mail(visit.Id, "booked", "client")).Html;

        Assert.Contains("<html lang=\"en\">", html);
        Assert.Contains("<title>Your visit with Ana Reyes is booked</title>", html);
        Assert.Contains("prefers-color-scheme: dark", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("<table", html);
        Assert.Single(html.Split("<h1").Skip(1));
    }
}
