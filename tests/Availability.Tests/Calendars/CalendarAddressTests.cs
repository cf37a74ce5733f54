using Xunit;

namespace Availability.Tests;

public sealed class CalendarAddressTests
{
    [Theory]
    [InlineData("https://calendar.google.com/calendar/ical/ana%40example.org/private-0123456789abcdef/basic.ics", "https://calendar.google.com/calendar/ical/ana%40example.org/private-0123456789abcdef/basic.ics")]
    [InlineData("https://outlook.office365.com/owa/calendar/0123@example.org/4567/calendar.ics", "https://outlook.office365.com/owa/calendar/0123@example.org/4567/calendar.ics")]
    [InlineData("webcal://p01-caldav.icloud.com/published/2/MTIz", "https://p01-caldav.icloud.com/published/2/MTIz")]
    [InlineData("  WebCal://cloud.example.org:8443/remote.php/dav/public-calendars/abc?export ", "https://cloud.example.org:8443/remote.php/dav/public-calendars/abc?export")]
    [InlineData("webcals://cloud.example.org/x.ics", "https://cloud.example.org/x.ics")]
    public void Addresses_as_people_paste_them(string pasted, string read)
    {
        Assert.True(CalendarAddress.TryRead(pasted, anywhere: false, out var address));
        Assert.Equal(read, address.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("calendar.google.com/basic.ics")]
    [InlineData("http://calendar.example.org/basic.ics")]
    [InlineData("ftp://calendar.example.org/basic.ics")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://ana:secret@calendar.example.org/basic.ics")]
    [InlineData("https://calendar.example.org:22/basic.ics")]
    [InlineData("https://calendar.example.org:80/basic.ics")]
    [InlineData("https://127.0.0.1/basic.ics")]
    [InlineData("https://127.1/basic.ics")]
    [InlineData("https://2130706433/basic.ics")]
    [InlineData("https://0x7f.0.0.1/basic.ics")]
    [InlineData("https://0x7f000001/basic.ics")]
    [InlineData("https://0177.0.0.1/basic.ics")]
    [InlineData("https://10.1/basic.ics")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]/basic.ics")]
    [InlineData("https://[::ffff:127.0.0.1]/basic.ics")]
    [InlineData("https://[::ffff:a9fe:a9fe]/basic.ics")]
    [InlineData("https://[fe80::1%25eth0]/basic.ics")]
    [InlineData("https://[64:ff9b::7f00:1]/basic.ics")]
    [InlineData("webcal://192.168.0.1/basic.ics")]
    [InlineData("https://calendar.example.org/a\r\nHost: b")]
    public void What_we_do_not_fetch(string? pasted) => Assert.False(CalendarAddress.TryRead(pasted, anywhere: false, out _));

    [Fact]
    public void Nobody_needs_an_address_of_two_thousand_characters() =>
        Assert.False(CalendarAddress.TryRead($"https://calendar.example.org/{new string('x', 2000)}", anywhere: false, out _));

    [Theory]
    [InlineData("http://127.0.0.1:5000/x.ics")]
    [InlineData("https://localhost/x.ics")]
    public void On_a_developers_machine_anywhere_is_fine(string pasted)
    {
        Assert.True(CalendarAddress.TryRead(pasted, anywhere: true, out _));
        Assert.False(CalendarAddress.TryRead("file:///etc/passwd", anywhere: true, out _));
    }
}
