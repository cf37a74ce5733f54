using System.Text;
using Notifications.Mime;
using Xunit;

namespace Notifications.Tests;

public sealed class MailTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 9, 5, 7, TimeSpan.FromHours(-7));

    [Fact]
    public void Only_short_lines_of_ASCII_leave()
    {
        var mime = Encoding.Latin1.GetString(Example().ToMime());

        Assert.All(mime, c => Assert.True(c is '\r' or '\n' or (>= ' ' and <= '~')));
        Assert.All(mime.Split("\r\n"), line => Assert.True(line.Length <= 78 && !line.Contains('\n') && !line.Contains('\r'), line));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var text = "Zürich \u2014 = 1.\n.\n..\nlong " + new string('ü', 200) + "\ntrailing space \n\tTab\n\nend\n";
        var mail = Example(text: text, subject: "Dein Besuch bei Zoë Müller ist gebucht, und dies ist eine lange Zeile mit 🌿 am Ende");

        var read = MailReader.Read(mail.ToMime());

        Assert.Equal(text, read.Text.ReplaceLineEndings("\n"));
        Assert.Equal(mail.Html, read.Html.ReplaceLineEndings("\n"));
        Assert.Equal(mail.Subject, read.Subject);
        Assert.Equal(mail.Calendar!.Content, read.Calendar);
        Assert.Equal("<one.booked.client.0@stillpoint.example>", read.MessageId);
        Assert.Equal(Now.ToUniversalTime(), read.SentAt);
    }

    [Fact]
    public void The_same_mail_is_the_same_octets() => Assert.Equal(Example().ToMime(), Example().ToMime());

    [Fact]
    public void Dates_are_as_RFC_5322_has_them() =>
        Assert.StartsWith("Date: Tue, 01 Dec 2026 16:05:07 +0000\r\n", Encoding.ASCII.GetString(Example().ToMime()), StringComparison.Ordinal);

    [Theory]
    [InlineData("Hello\r\nBcc: all@example.org")]
    [InlineData("Hello\nBcc: all@example.org")]
    [InlineData("Hello\u2028Bcc: all@example.org")]
    [InlineData("Hello\u0085Bcc: all@example.org")]
    [InlineData("Hello\r\n\r\n<script>")]
    public void A_subject_stays_one_line(string subject)
    {
        var headers = Headers(Example(subject: subject));

        Assert.DoesNotContain(headers, h => h.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Single(headers, h => h.StartsWith("Subject: Hello ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_stays_in_its_quotes()
    {
        Assert.True(Mailbox.TryCreate("Kim\" <all@example.org>,\r\n\"Doe", "kim@example.org", out var to));

        Assert.Contains("To: \"Kim\\\" <all@example.org>, \\\"Doe\" <kim@example.org>", Headers(Example(to: to)));
    }

    [Theory]
    [InlineData("=?utf-8?B?QmNjOg==?=")]
    [InlineData("Zoë Müller")]
    [InlineData("名前")]
    public void A_name_that_is_no_plain_ASCII_is_encoded(string name)
    {
        Assert.True(Mailbox.TryCreate(name, "kim@example.org", out var to));

        Assert.StartsWith("=?utf-8?B?", to.ToString(), StringComparison.Ordinal);
        Assert.Equal($"{name} <kim@example.org>", MailReader.Read(Example(to: to).ToMime()).To);
    }

    [Fact]
    public void An_encoded_word_never_cuts_a_character()
    {
        var header = HeaderText.Unstructured("Subject", string.Concat(Enumerable.Repeat("🌿ü", 60)));

        foreach (var word in header["Subject: ".Length..].Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(word.Length <= 75);
            var octets = Convert.FromBase64String(word["=?utf-8?B?".Length..^2]);
            Assert.Equal(octets, Encoding.UTF8.GetBytes(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets)));
        }
    }

    [Fact]
    public void A_line_with_equals_and_dots_survives_the_way()
    {
        Assert.Equal("a=3Db=20\r\n.\r\n=C3=BC", TransferEncoding.QuotedPrintable("a=b \n.\nü"));
        Assert.All(TransferEncoding.QuotedPrintable(new string('=', 500)).Split("\r\n"), line => Assert.True(line.Length <= 76));
    }

    private static Mail Example(string? text = null, string? subject = null, Mailbox? to = null) => new(
        "one.booked.client.0@stillpoint.example", Now, Mailbox.Parse("Stillpoint <visits@stillpoint.example>"),
        to ?? Mailbox.Parse("Kim Doe <kim@example.org>"), subject ?? "Your visit with Ana Reyes is booked",
        text ?? "Hello Kim,\nüber\n", "<p>Hello Kim, ü = 1</p>\n", new MailCalendar("REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:ü\r\nEND:VCALENDAR\r\n"));

    private static string[] Headers(Mail mail)
    {
        var mime = Encoding.ASCII.GetString(mail.ToMime());
        return mime[..mime.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n");
    }
}
