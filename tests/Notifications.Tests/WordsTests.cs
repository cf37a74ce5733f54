using Contracts;
using Notifications.Letters;
using Notifications.Peers;
using Platform;
using Xunit;

namespace Notifications.Tests;

public sealed class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Money Price = new(12000, "USD");

    [Theory]
    [InlineData("2026-12-01T16:00:00Z", "America/Denver", "Tuesday 1 December 2026, 9:00 am, Denver time")]
    [InlineData("2026-07-01T15:00:00Z", "America/Denver", "Wednesday 1 July 2026, 9:00 am, Denver time")]
    [InlineData("2026-12-01T00:30:00Z", "Europe/London", "Tuesday 1 December 2026, 12:30 am, London time")]
    [InlineData("2026-12-01T12:00:00Z", "Europe/London", "Tuesday 1 December 2026, 12:00 pm, London time")]
    [InlineData("2026-12-01T12:05:00Z", "America/Argentina/Buenos_Aires", "Tuesday 1 December 2026, 9:05 am, Buenos Aires time")]
    [InlineData("2026-12-01T12:05:00Z", "Etc/UTC", "Tuesday 1 December 2026, 12:05 pm, UTC")]
    // Since 2026 British Columbia keeps summer time, which an old zone table does not know.
    [InlineData("2026-12-01T17:00:00Z", "America/Vancouver", "Tuesday 1 December 2026, 10:00 am, Vancouver time")]
    // The hour that comes twice when Denver's clocks go back.
    [InlineData("2026-11-01T07:30:00Z", "America/Denver", "Sunday 1 November 2026, 1:30 am, Denver time (UTC-06:00)")]
    [InlineData("2026-11-01T08:30:00Z", "America/Denver", "Sunday 1 November 2026, 1:30 am, Denver time (UTC-07:00)")]
    public void An_instant_is_told_on_the_reader_s_clock(string instant, string zone, string words) =>
        Assert.Equal(words, InstantWords.InFull(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture), Zones.Get(zone)));

    [Theory]
    [InlineData(12000, "USD", "$120.00")]
    [InlineData(5, "USD", "$0.05")]
    [InlineData(123456789, "USD", "$1,234,567.89")]
    [InlineData(12000, "JPY", "¥12,000")]
    [InlineData(12500, "KWD", "KWD\u00A012.500")]
    [InlineData(9550, "CAD", "CA$95.50")]
    [InlineData(14000, "CHF", "CHF\u00A0140.00")]
    public void Money_is_told_with_its_own_digits(long minor, string currency, string words) => Assert.Equal(words, MoneyWords.Of(new Money(minor, currency)));

    [Fact]
    public void A_policy_names_its_instants() => Assert.Equal(
        "Free to change until Monday 30 November, 9:00 am. After that, until Tuesday 1 December, 7:00 am, $60.00 comes back. Later than that, nothing comes back.",
        Policy(Now));

    [Fact]
    public void A_policy_leaves_out_what_has_passed()
    {
        Assert.Equal("Until Tuesday 1 December, 7:00 am, $60.00 comes back. Later than that, nothing comes back.", Policy(NotificationsApp.Start.AddHours(-20)));
        Assert.Equal("There is no refund any more if you cancel.", Policy(NotificationsApp.Start.AddHours(-1)));
    }

    private static string? Policy(DateTimeOffset now) => PolicyWords.Of(
        [new RefundTier(NotificationsApp.Start.AddHours(-24), Price), new RefundTier(NotificationsApp.Start.AddHours(-2), new Money(6000, "USD"))],
        Price, Zones.Get("America/Denver"), now);
}
