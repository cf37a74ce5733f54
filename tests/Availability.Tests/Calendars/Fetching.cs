using System.Net;
using Xunit;

namespace Availability.Tests;

/// <summary>Calendars fetched from this machine, which the product itself never does.</summary>
internal static class Fetching
{
    /// <summary>Bytes of a calendar that are still read.</summary>
    public const int Limit = 100_000;

    public static Task<IPAddress[]> LocalHost(string host, CancellationToken ct) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    public static AvailabilityOptions Options(double seconds = 15) => new() { FeedsAllowPrivate = true, MaxFeedBytes = Limit, FeedTimeoutSeconds = seconds };

    public static CalendarClient Client(double seconds = 15, ResolveHost? resolve = null) => new(resolve ?? LocalHost, _ => true, Options(seconds));

    /// <summary>Why a calendar is not read.</summary>
    public static async Task<CalendarProblem> Problem(Uri address, double seconds = 15, ResolveHost? resolve = null)
    {
        using var client = Client(seconds, resolve);
        return (await Assert.ThrowsAsync<CalendarUnreadException>(() => client.Fetch(address, null, null, default))).Problem;
    }
}
