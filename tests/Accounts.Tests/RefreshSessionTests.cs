using System.Net;
using TestKit;
using Xunit;

namespace Accounts.Tests;

public sealed class RefreshSessionTests : IAsyncLifetime
{
    private readonly AccountsApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Each_exchange_gives_another_token()
    {
        var first = await app.SignedIn(await app.Someone());

        var second = await AccountsApp.Tokens(await app.Refresh(first.RefreshToken));
        var third = await AccountsApp.Tokens(await app.Refresh(second.RefreshToken));

        Assert.Equal(3, new[] { first.RefreshToken, second.RefreshToken, third.RefreshToken }.Distinct().Count());
        Assert.Equal(HttpStatusCode.OK, (await app.Service.Bearing(third.AccessToken).GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task Many_tabs_at_once_all_go_on()
    {
        var tokens = await app.SignedIn(await app.Someone());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.Refresh(tokens.RefreshToken)));

        var pairs = await Task.WhenAll(answers.Select(AccountsApp.Tokens));
        Assert.Equal(20, pairs.Select(p => p.RefreshToken).Distinct().Count());
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        foreach (var pair in pairs)
            Assert.Equal(HttpStatusCode.OK, (await app.Refresh(pair.RefreshToken)).StatusCode);
    }

    [Fact]
    public async Task A_token_that_comes_back_later_ends_the_session_for_both()
    {
        var email = await app.Someone();
        var stolen = await app.SignedIn(email);
        var other = await app.SignedIn(email);
        var owners = await AccountsApp.Tokens(await app.Refresh(stolen.RefreshToken));
        app.Clock.Advance(TimeSpan.FromSeconds(31));

        await Refusal.Is(await app.Refresh(stolen.RefreshToken), 401, "unauthenticated");

        await Refusal.Is(await app.Refresh(owners.RefreshToken), 401, "unauthenticated");
        Assert.Equal(HttpStatusCode.OK, (await app.Refresh(other.RefreshToken)).StatusCode);
    }

    [Fact]
    public async Task After_signing_out_there_is_nothing_to_exchange()
    {
        var tokens = await app.SignedIn(await app.Someone());
        var next = await AccountsApp.Tokens(await app.Refresh(tokens.RefreshToken));

        var signedOut = await app.Post("/api/v1/auth/logout", new { refreshToken = next.RefreshToken });

        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        await Refusal.Is(await app.Refresh(next.RefreshToken), 401, "unauthenticated");
        await Refusal.Is(await app.Refresh(tokens.RefreshToken), 401, "unauthenticated");
        Assert.Equal(HttpStatusCode.NoContent, (await app.Post("/api/v1/auth/logout", new { refreshToken = "never given out" })).StatusCode);
    }

    [Fact]
    public async Task A_session_nobody_uses_for_a_month_is_over()
    {
        var tokens = await app.SignedIn(await app.Someone());
        app.Clock.Advance(TimeSpan.FromDays(30));

        await Refusal.Is(await app.Refresh(tokens.RefreshToken), 401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_is_kept_as_its_hash_only()
    {
        var tokens = await app.SignedIn(await app.Someone());

        Assert.True(tokens.RefreshToken.Length >= 22);
        Assert.Equal(1L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM refresh_tokens WHERE hash = sha256(convert_to($1, 'UTF8'))", tokens.RefreshToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing we gave out")]
    public async Task Anything_else_is_no_token(string token) => await Refusal.Is(await app.Refresh(token), 401, "unauthenticated");
}
