using Notifications.Calendars;
using Notifications.Mime;
using Xunit;

namespace Notifications.Tests;

public sealed class InvitationTests
{
    [Fact]
    public void Times_are_instants_in_UTC()
    {
        var entry = CalendarReader.Event(Example().ToCalendar().Content);

        Assert.Equal("20261201T160000Z", entry["DTSTART"]);
        Assert.Equal("20261201T170000Z", entry["DTEND"]);
        Assert.Equal("20261123T090000Z", entry["DTSTAMP"]);
        Assert.Equal(("REQUEST", "CONFIRMED", "3"), (entry["METHOD"], entry["STATUS"], entry["SEQUENCE"]));
    }

    [Fact]
    public void A_cancelled_visit_takes_its_entry_away()
    {
        var calendar = (Example() with { Cancelled = true, Sequence = 4 }).ToCalendar();
        var entry = CalendarReader.Event(calendar.Content);

        Assert.Equal("CANCEL", calendar.Method);
        Assert.Equal(("CANCEL", "CANCELLED", "4"), (entry["METHOD"], entry["STATUS"], entry["SEQUENCE"]));
        Assert.Equal(CalendarReader.Event(Example().ToCalendar().Content)["UID"], entry["UID"]);
    }

    [Theory]
    [InlineData("Kim\r\nATTENDEE:mailto:all@example.org")]
    [InlineData("Kim\";X=\"y:mailto:all@example.org")]
    [InlineData("Kim; Doe, the \\ elder")]
    [InlineData("名前 🌿 ü and so on until the line has to be folded somewhere in the middle of it all")]
    public void Whatever_a_name_holds_it_stays_a_name(string name)
    {
        Assert.True(Mailbox.TryCreate(name, "kim@example.org", out var attendee));

        var content = (Example() with { Attendee = attendee, Summary = $"Visit with {attendee.Name}" }).ToCalendar().Content;
        var entry = CalendarReader.Event(content);

        Assert.Equal("mailto:kim@example.org", entry["ATTENDEE"]);
        var unescaped = entry["SUMMARY"].Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        Assert.Equal($"Visit with {attendee.Name}", unescaped);
        Assert.Single(content.Split("\r\n"), line => line.StartsWith("ATTENDEE", StringComparison.Ordinal));
    }

    private static Invitation Example() => new(
        "0198@stillpoint.example", 3, Cancelled: false, new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
        new(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(-7)), new(2026, 12, 1, 10, 0, 0, TimeSpan.FromHours(-7)),
        "Visit with Ana Reyes", "12 Willow Street, Denver", "", Mailbox.Parse("Ana Reyes <visits@stillpoint.example>"), Mailbox.Parse("Kim Doe <kim@example.org>"));
}
