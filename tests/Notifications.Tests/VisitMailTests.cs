using Contracts;
using Notifications.Mime;
using Xunit;

namespace Notifications.Tests;

[Collection(nameof(NotificationsApp))]
public sealed class VisitMailTests(NotificationsApp app)
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

    [Theory]
    [InlineData("Win now at http://evil.example")]
    [InlineData("Win now at evil.example")]
    [InlineData("Win WWW.evil")]
    [InlineData("Write to prize@evil")]
    public async Task Nobody_writes_to_a_stranger_through_a_name(string typed)
    {
        var visit = app.Book(v => v with { ClientName = typed });
        await app.Publish(app.Confirmed(visit));

        foreach (var recipient in (string[])["client", "practitioner"])
        {
            var mail = await app.Mail(visit.Id, "booked", recipient);
            Assert.DoesNotContain("evil", $"{mail.To}{mail.Subject}{mail.Text}{mail.Html}{mail.Calendar}", StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("J. R. R. Tolkien")]
    [InlineData("J.R.R. Tolkien")]
    [InlineData("María-José O’Neill, Ph.D.")]
    public async Task Names_of_people_are_repeated(string name)
    {
        var visit = app.Book(v => v with { ClientName = name });
        await app.Publish(app.Confirmed(visit));

        Assert.Contains($"Hello {name},", (await app.Mail(visit.Id, "booked", "client")).Text, StringComparison.Ordinal);
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
