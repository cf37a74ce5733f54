using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Availability.Tests;

public sealed class CalendarClientTests : IAsyncLifetime
{
    private const int Limit = 100_000;
    private Elsewhere elsewhere = null!;

    public async Task InitializeAsync() => elsewhere = await Elsewhere.Open();

    public async Task DisposeAsync() => await elsewhere.DisposeAsync();

    [Fact]
    public async Task A_calendar_is_fetched_with_its_marks_and_nothing_about_us()
    {
        var address = elsewhere.Put("a.ics", http =>
        {
            http.Response.Headers.ETag = "\"one\"";
            http.Response.Headers.LastModified = "Sun, 22 Nov 2026 10:00:00 GMT";
            http.Response.Headers.SetCookie = "who=we";
            return http.Response.WriteAsync("text");
        });
        using var client = Client();
        using (new System.Diagnostics.Activity("poll").Start())
        {
            var fetched = await client.Fetch(address, null, null, default);
            Assert.Equal(("text", "\"one\"", "Sun, 22 Nov 2026 10:00:00 GMT"), (Encoding.UTF8.GetString(fetched.Body!), fetched.Tag, fetched.LastModified));
            await client.Fetch(address, null, null, default);
        }

        Assert.All(elsewhere.Asked, asked => Assert.Equal(["Accept", "Accept-Encoding", "Host", "User-Agent"], asked.Headers.Keys.Order()));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var address = elsewhere.Put("a.ics", "text");
        using var client = Client();
        var first = await client.Fetch(address, null, null, default);
        Assert.Null((await client.Fetch(address, first.Tag, null, default)).Body);
        Assert.Equal(CalendarProblem.ServerTrouble, await Problem(elsewhere.Put("lies.ics", 304)));
    }

    [Theory]
    [InlineData(404, CalendarProblem.NotFound)]
    [InlineData(410, CalendarProblem.NotFound)]
    [InlineData(401, CalendarProblem.NotAllowed)]
    [InlineData(403, CalendarProblem.NotAllowed)]
    [InlineData(429, CalendarProblem.ServerTrouble)]
    [InlineData(500, CalendarProblem.ServerTrouble)]
    [InlineData(204, CalendarProblem.ServerTrouble)]
    public async Task What_a_server_says_instead(int status, CalendarProblem problem) => Assert.Equal(problem, await Problem(elsewhere.Put("x.ics", status)));

    [Theory]
    [InlineData("120", 120)]
    [InlineData("soon", null)]
    public async Task A_server_can_ask_to_be_left_alone(string retryAfter, int? seconds)
    {
        using var client = Client();
        var unread = await Assert.ThrowsAsync<CalendarUnreadException>(() => client.Fetch(elsewhere.Put("x.ics", 503, retryAfter), null, null, default));
        Assert.Equal(seconds, unread.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Redirects_are_followed_five_times()
    {
        for (var i = 0; i < 10; i++)
        {
            var next = $"{i + 1}.ics";
            elsewhere.Put($"{i}.ics", http =>
            {
                (http.Response.StatusCode, http.Response.Headers.Location) = (302, next);
                return Task.CompletedTask;
            });
        }

        elsewhere.Put("5.ics", "text");
        using var client = Client();
        Assert.Equal("text", Encoding.UTF8.GetString((await client.Fetch(elsewhere.Url("0.ics"), null, null, default)).Body!));
        Assert.Equal(CalendarProblem.Misled, await Problem(Redirect("first.ics", elsewhere.Url("0.ics").ToString())));
    }

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
        var (first, allowed) = (Redirect("r.ics", target), true);
        // Only the first step is allowed to go to the test's own server.
        using var strict = new CalendarClient(LocalHost, _ => allowed, new AvailabilityOptions());
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
        using var client = new CalendarClient(resolve, PublicAddress.Is, Options());
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
        using var client = new CalendarClient(rebinding, a => !a.Equals(second), Options());
        var address = new Uri($"http://rebinding.example:{port}/a.ics");
        Assert.NotNull((await client.Fetch(address, null, null, default)).Body);
        Assert.Equal(1, resolved);
        await Assert.ThrowsAsync<CalendarUnreadException>(() => client.Fetch(address, null, null, default));
        Assert.NotNull((await client.Fetch(address, null, null, default)).Body);
        Assert.Equal(3, resolved);
    }

    [Fact]
    public async Task A_body_is_read_up_to_the_limit()
    {
        using var client = Client();
        Assert.Equal(Limit, (await client.Fetch(elsewhere.Put("exact.ics", new string('x', Limit)), null, null, default)).Body!.Length);
        Assert.Equal(CalendarProblem.TooLarge, await Problem(elsewhere.Put("more.ics", new string('x', Limit + 1))));
        Assert.Equal(CalendarProblem.TooLarge, await Problem(elsewhere.Put("endless.ics", async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.WriteAsync(new string('x', 8192), http.RequestAborted);
        })));
    }

    [Fact]
    public async Task Bombs_do_not_go_off()
    {
        using var client = Client();
        Assert.Equal("text", Encoding.UTF8.GetString((await client.Fetch(Gzip("fine.ics", Elsewhere.Packed("text"u8.ToArray())), null, null, default)).Body!));
        Assert.Equal(CalendarProblem.TooLarge, await Problem(Gzip("bomb.ics", Elsewhere.Packed(new byte[50_000_000]))));
        byte[] nothing = [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        // Members without content, one after the other: nothing ever comes out.
        Assert.Equal(CalendarProblem.TooLarge, await Problem(Gzip("empty.ics", [.. Enumerable.Repeat(nothing, 10_000).SelectMany(b => b)])));
        Assert.Equal(CalendarProblem.NotACalendar, await Problem(Gzip("broken.ics", [31, 139, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])));
        Assert.Equal(CalendarProblem.NotACalendar, await Problem(Gzip("twice.ics", Elsewhere.Packed(Elsewhere.Packed(new byte[10])), "gzip, gzip")));
        Assert.Equal(CalendarProblem.NotACalendar, await Problem(Gzip("other.ics", [1, 2, 3], "br")));
    }

    [Fact]
    public async Task Nobody_is_waited_for_longer_than_the_time_allowed()
    {
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(CalendarProblem.TooSlow, await Problem(elsewhere.Put("silent.ics", http => Task.Delay(Timeout.Infinite, http.RequestAborted)), seconds: 0.5));
        Assert.Equal(CalendarProblem.TooSlow, await Problem(elsewhere.Put("dripping.ics", async http =>
        {
            while (true)
            {
                await http.Response.WriteAsync("x", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await Task.Delay(50, http.RequestAborted);
            }
        }), seconds: 0.5));
        Assert.Equal(CalendarProblem.TooSlow, await Problem(new Uri("http://slow.example/"), seconds: 0.5, resolve: async (_, ct) =>
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
        Assert.Equal(CalendarProblem.Unreachable, await Problem(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")));
        await serve;
    }

    [Fact]
    public async Task Names_and_ports_without_anybody_are_unreachable()
    {
        Assert.Equal(CalendarProblem.Unreachable, await Problem(new Uri("http://127.0.0.1:9/")));
        Assert.Equal(CalendarProblem.Unreachable, await Problem(new Uri("http://nobody.example/"), resolve: (_, _) => Task.FromResult<IPAddress[]>([])));
        Assert.Equal(CalendarProblem.Unreachable, await Problem(new Uri("http://nobody.example/"), resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound)));
        // Plain http where TLS is spoken, and the other way round.
        Assert.Equal(CalendarProblem.Unreachable, await Problem(new UriBuilder(elsewhere.Put("a.ics", "text")) { Scheme = "https" }.Uri));
    }

    private static Task<IPAddress[]> LocalHost(string host, CancellationToken ct) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    private static AvailabilityOptions Options(double seconds = 15) => new() { FeedsAllowPrivate = true, MaxFeedBytes = Limit, FeedTimeoutSeconds = seconds };

    private static CalendarClient Client(double seconds = 15, ResolveHost? resolve = null) => new(resolve ?? LocalHost, _ => true, Options(seconds));

    private static async Task<CalendarProblem> Problem(Uri address, double seconds = 15, ResolveHost? resolve = null)
    {
        using var client = Client(seconds, resolve);
        return (await Assert.ThrowsAsync<CalendarUnreadException>(() => client.Fetch(address, null, null, default))).Problem;
    }

    private Uri Redirect(string name, string target) => elsewhere.Put(name, http =>
    {
        (http.Response.StatusCode, http.Response.Headers.Location) = (301, target);
        return Task.CompletedTask;
    });

    private Uri Gzip(string name, byte[] body, string encoding = "gzip") => elsewhere.Put(name, http =>
    {
        http.Response.Headers.ContentEncoding = encoding;
        return http.Response.Body.WriteAsync(body).AsTask();
    });
}
