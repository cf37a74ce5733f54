using System.Text;
using Bookings.Reading;
using Contracts;
using Xunit;

namespace Bookings.Tests;

public sealed class CalendarFileTests
{
    [Theory]
    [InlineData("Ana, Reyes; the \\ third", "SUMMARY:Visit with Ana\\, Reyes\\; the \\\\ third")]
    [InlineData("Åsa Öström 森田 😀 Åsa Öström 森田 😀 Åsa Öström 森田 😀 Åsa Öström 森田 😀", "SUMMARY:Visit with Åsa Öström 森田 😀 Åsa Öström 森田 😀 Åsa Öström 森田 😀 Åsa Öström 森田 😀")]
    public void Names_are_escaped_and_folded_without_breaking_a_character(string name, string line)
    {
        var offering = Sample.Offering();
        offering = offering with { Practitioner = offering.Practitioner with { Name = name } };
        var booking = Booking.Request(
            Guid.CreateVersion7(), offering, AgreedTime.At(Sample.Studio, Sample.Start, Sample.Start.AddMinutes(60)), Sample.Now,
            new BookingClient(null, "Kim", "kim@example.org", null, "UTC"), new Visit(Relation.Self, null, "2026-11"), Sample.Now);

        var file = CalendarFile.Of(booking, Party.Client, "example.org");

        Assert.All(file.Split("\r\n"), part => Assert.InRange(Encoding.UTF8.GetByteCount(part), 0, 75));
        Assert.Contains(line, file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n"));
    }
}
