using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Availability.Tests;

public sealed class CalendarClientTests : IAsyncLifetime
{
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
        using var client = Fetching.Client();
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
        using var client = Fetching.Client();
        var first = await client.Fetch(address, null, null, default);
        Assert.Null((await client.Fetch(address, first.Tag, null, default)).Body);
        Assert.Equal(CalendarProblem.ServerTrouble, await Fetching.Problem(elsewhere.Put("lies.ics", 304)));
    }

    [Theory]
    [InlineData(404, CalendarProblem.NotFound)]
    [InlineData(410, CalendarProblem.NotFound)]
    [InlineData(401, CalendarProblem.NotAllowed)]
    [InlineData(403, CalendarProblem.NotAllowed)]
    [InlineData(429, CalendarProblem.ServerTrouble)]
    [InlineData(500, CalendarProblem.ServerTrouble)]
    [InlineData(204, CalendarProblem.ServerTrouble)]
    public async Task What_a_server_says_instead(int status, CalendarProblem problem) => Assert.Equal(problem, await Fetching.Problem(elsewhere.Put("x.ics", status)));

    [Theory]
    [InlineData("120", 120)]
    [InlineData("soon", null)]
    public async Task A_server_can_ask_to_be_left_alone(string retryAfter, int? seconds)
    {
        using var client = Fetching.Client();
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
        using var client = Fetching.Client();
        Assert.Equal("text", Encoding.UTF8.GetString((await client.Fetch(elsewhere.Url("0.ics"), null, null, default)).Body!));
        Assert.Equal(CalendarProblem.Misled, await Fetching.Problem(elsewhere.Redirect("first.ics", elsewhere.Url("0.ics").ToString())));
    }

    [Fact]
    public async Task A_body_is_read_up_to_the_limit()
    {
        using var client = Fetching.Client();
        Assert.Equal(Fetching.Limit, (await client.Fetch(elsewhere.Put("exact.ics", new string('x', Fetching.Limit)), null, null, default)).Body!.Length);
        Assert.Equal(CalendarProblem.TooLarge, await Fetching.Problem(elsewhere.Put("more.ics", new string('x', Fetching.Limit + 1))));
        Assert.Equal(CalendarProblem.TooLarge, await Fetching.Problem(elsewhere.Put("endless.ics", async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.WriteAsync(new string('x', 8192), http.RequestAborted);
        })));
    }

    [Fact]
    public async Task Names_and_ports_without_anybody_are_unreachable()
    {
        Assert.Equal(CalendarProblem.Unreachable, await Fetching.Problem(new Uri("http://127.0.0.1:9/")));
        Assert.Equal(CalendarProblem.Unreachable, await Fetching.Problem(new Uri("http://nobody.example/"), resolve: (_, _) => Task.FromResult<IPAddress[]>([])));
        Assert.Equal(CalendarProblem.Unreachable, await Fetching.Problem(new Uri("http://nobody.example/"), resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound)));
        // Plain http where TLS is spoken, and the other way round.
        Assert.Equal(CalendarProblem.Unreachable, await Fetching.Problem(new UriBuilder(elsewhere.Put("a.ics", "text")) { Scheme = "https" }.Uri));
    }
}
