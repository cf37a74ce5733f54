using System.Net;
using TestKit;
using Xunit;

namespace Accounts.Tests;

/// <summary>Each test has a service of its own, since counts are what it is about.</summary>
public sealed class AttemptLimitsTests : IAsyncLifetime
{
    private const string Home = "198.51.100.7";

    private readonly AccountsApp app = new() { Settings = { ["RATE_LIMITS"] = "on" } };

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Guessing_is_stopped_and_told_for_how_long()
    {
        var email = await app.Someone();
        await Fail(email, Home, 10);

        var stopped = await app.SignIn(email);

        await Refusal.Is(stopped, 429, "too-many-requests");
        Assert.InRange(stopped.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
        app.Clock.Advance(stopped.Headers.RetryAfter.Delta.Value);
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_is_stopped_like_a_known_one()
    {
        var nobody = AccountsApp.NewAddress();
        await Fail(nobody, Home, 10);

        await Refusal.Is(await app.SignIn(nobody), 429, "too-many-requests");
    }

    [Fact]
    public async Task Guesses_at_one_moment_get_no_further()
    {
        var email = await app.Someone();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => app.SignIn(email, "not my password")));

        Assert.Equal(10, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(30, answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Strangers_everywhere_cannot_lock_the_owner_out_of_home()
    {
        var email = await app.Someone();
        await app.SignedIn(email, Home);
        for (var network = 1; network <= 3; network++)
            await Fail(email, $"203.0.113.{network}", 10);

        await Refusal.Is(await app.SignIn(email, network: "203.0.113.99"), 429, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email, network: Home)).StatusCode);
    }

    [Fact]
    public async Task Signing_in_well_counts_for_nothing()
    {
        var email = await app.Someone();

        for (var i = 0; i < 15; i++)
            Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email)).StatusCode);
    }

    [Fact]
    public async Task One_household_of_IPv6_is_one_network()
    {
        var email = await app.Someone();
        for (var i = 0; i < 10; i++)
            await app.SignIn(email, "not my password", $"2001:db8:1:2::{i + 1}");

        await Refusal.Is(await app.SignIn(email, network: "2001:db8:1:2:ffff::1"), 429, "too-many-requests");
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email, network: "2001:db8:1:3::1")).StatusCode);
    }

    [Fact]
    public async Task A_mailbox_cannot_be_flooded()
    {
        var email = AccountsApp.NewAddress();
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await app.Register(email)).StatusCode);

        var stopped = await app.Register(email);

        await Refusal.Is(stopped, 429, "too-many-requests");
        Assert.NotNull(stopped.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Register(AccountsApp.NewAddress())).StatusCode);
    }

    [Fact]
    public async Task The_counts_hold_no_address()
    {
        var email = await app.Someone();
        await Fail(email, Home, 1);

        Assert.True(await app.Service.Db.Scalar<long>("SELECT count(*) FROM attempt_counts") > 0);
        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM attempt_counts WHERE key LIKE '%@%' OR key LIKE '%198.51%'"));
    }

    private async Task Fail(string email, string network, int times)
    {
        for (var i = 0; i < times; i++)
            await Refusal.Is(await app.SignIn(email, "not my password", network), 401, "unauthenticated");
    }
}
