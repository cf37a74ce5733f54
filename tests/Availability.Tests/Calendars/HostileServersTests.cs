using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Availability.Tests;

/// <summary>Servers that mean harm, or cannot do better.</summary>
public sealed class HostileServersTests : IAsyncLifetime
{
    private Elsewhere elsewhere = null!;

    public async Task InitializeAsync() => elsewhere = await Elsewhere.Open();

    public async Task DisposeAsync() => await elsewhere.DisposeAsync();

    [Theory]
    [InlineData("http://calendar.example/a.ics")]
    [InlineData("https://127.0.0.1/a.ics")]
    [InlineData("https://0x7f.1/a.ics")]
    [InlineData("https://[::ffff:10.0.0.1]/a.ics")]
    [InlineData("https://ana:secret@calendar.example/a.ics")]
    [InlineData("https://calendar.example:25/a.ics")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//169.254.169.254/latest")]
    [InlineData("https://")]
    public async Task Redirects_lead_to_public_addresses_only(string target)
    {
        var (first, allowed) = (elsewhere.Redirect("r.ics", target), true);
        // Only the first step is allowed to go to the test's own server.
        using var strict = new CalendarClient(Fetching.LocalHost, _ => allowed, new AvailabilityOptions());
        var unread = await Assert.ThrowsAsync<CalendarUnreadException>(() => strict.Fetch(first, null, null, default));
        Assert.Equal(CalendarProblem.Misled, unread.Problem);
        Assert.Single(elsewhere.Asked);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_not_followed()
    {
        var target = elsewhere.Put("inside.ics", "secret");
        var inside = new UriBuilder(target) { Host = "inside.example" }.Uri;
        ResolveHost resolve = (host, _) => Task.FromResult<IPAddress[]>(host == "inside.example" ? [IPAddress.Parse("203.0.114.1"), IPAddress.Loopback] : [IPAddress.Loopback]);
        using var client = new CalendarClient(resolve, PublicAddress.Is, Fetching.Options());
        Assert.Equal(CalendarProblem.NotPublic, (await Assert.ThrowsAsync<CalendarUnreadException>(() => client.Fetch(inside, null, null, default))).Problem);
        Assert.Empty(elsewhere.Asked);
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked_however_often_the_name_changes()
    {
        var port = elsewhere.Put("a.ics", "text").Port;
        var (resolved, second) = (0, IPAddress.Parse("127.0.0.2"));
        // Each time it is asked the name server says something else: the address that is fine here first, then the one that is not.
        ResolveHost rebinding = (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref resolved) % 2 == 1 ? IPAddress.Loopback : second]);
        using var client = new CalendarClient(rebinding, a => !a.Equals(second), Fetching.Options());
        var address = new Uri($"http://rebinding.example:{port}/a.ics");
        Assert.NotNull((await client.Fetch(address, null, null, default)).Body);
        Assert.Equal(1, resolved);
        await Assert.ThrowsAsync<CalendarUnreadException>(() => client.Fetch(address, null, null, default));
        Assert.NotNull((await client.Fetch(address, null, null, default)).Body);
        Assert.Equal(3, resolved);
    }

    [Fact]
    public async Task Bombs_do_not_go_off()
    {
        using var client = Fetching.Client();
        Assert.Equal("text", Encoding.UTF8.GetString((await client.Fetch(Gzip("fine.ics", Elsewhere.Packed("text"u8.ToArray())), null, null, default)).Body!));
        Assert.Equal(CalendarProblem.TooLarge, await Fetching.Problem(Gzip("bomb.ics", Elsewhere.Packed(new byte[50_000_000]))));
        byte[] nothing = [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        // Members without content, one after the other: nothing ever comes out.
        Assert.Equal(CalendarProblem.TooLarge, await Fetching.Problem(Gzip("empty.ics", [.. Enumerable.Repeat(nothing, 10_000).SelectMany(b => b)])));
        Assert.Equal(CalendarProblem.NotACalendar, await Fetching.Problem(Gzip("broken.ics", [31, 139, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])));
        Assert.Equal(CalendarProblem.NotACalendar, await Fetching.Problem(Gzip("twice.ics", Elsewhere.Packed(Elsewhere.Packed(new byte[10])), "gzip, gzip")));
        Assert.Equal(CalendarProblem.NotACalendar, await Fetching.Problem(Gzip("other.ics", [1, 2, 3], "br")));
    }

    [Fact]
    public async Task Nobody_is_waited_for_longer_than_the_time_allowed()
    {
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(CalendarProblem.TooSlow, await Fetching.Problem(elsewhere.Put("silent.ics", http => Task.Delay(Timeout.Infinite, http.RequestAborted)), seconds: 0.5));
        Assert.Equal(CalendarProblem.TooSlow, await Fetching.Problem(elsewhere.Put("dripping.ics", async http =>
        {
            while (true)
            {
                await http.Response.WriteAsync("x", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(50, http.RequestAborted);
            }
        }), seconds: 0.5));
        Assert.Equal(CalendarProblem.TooSlow, await Fetching.Problem(new Uri("http://slow.example/"), seconds: 0.5, resolve: async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return [];
        }));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1.4, 6);
    }

    [Theory]
    [InlineData("not even http")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Long: {16K}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nless")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Broken_servers_are_unreachable(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serve = Task.Run(async () =>
        {
            using var connection = await listener.AcceptTcpClientAsync();
            var stream = connection.GetStream();
            _ = await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Replace("{16K}", new string('x', 17_000), StringComparison.Ordinal)));
        });
        Assert.Equal(CalendarProblem.Unreachable, await Fetching.Problem(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")));
        await serve;
    }

    private Uri Gzip(string name, byte[] body, string encoding = "gzip") => elsewhere.Put(name, http =>
    {
        http.Response.Headers.ContentEncoding = encoding;
        return http.Response.Body.WriteAsync(body).AsTask();
    });
}
