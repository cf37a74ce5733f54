using System.Net;
using TestKit;
using Xunit;

namespace Accounts.Tests;

public sealed class ResetPasswordTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    private const string NewPassword = "a window to the yard";

    [Fact]
    public async Task A_new_password_signs_every_device_out()
    {
        var email = await app.Someone();
        var device = await app.SignedIn(email);
        var code = await Forget(email);

        var reset = await app.Post("/api/v1/auth/reset", new { email, code, password = NewPassword });

        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        await Refusal.Is(await app.Refresh(device.RefreshToken), 401, "unauthenticated");
        await Refusal.Is(await app.SignIn(email), 401, "unauthenticated");
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email, NewPassword)).StatusCode);
    }

    [Fact]
    public async Task A_code_works_once_and_voids_the_others()
    {
        var email = await app.Someone();
        var one = await Forget(email);
        var other = await Forget(email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.Post("/api/v1/auth/reset", new { code = one, password = NewPassword })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.NoContent);
        await Refusal.Names(await app.Post("/api/v1/auth/reset", new { code = other, password = NewPassword }), "code");
    }

    [Fact]
    public async Task A_refused_password_does_not_cost_the_link()
    {
        var code = await Forget(await app.Someone());

        await Refusal.Names(await app.Post("/api/v1/auth/reset", new { code, password = "password123" }), "password");
        Assert.Equal(HttpStatusCode.NoContent, (await app.Post("/api/v1/auth/reset", new { code, password = NewPassword })).StatusCode);
    }

    [Fact]
    public async Task A_code_dies_after_an_hour()
    {
        var code = await Forget(await app.Someone());
        app.Clock.Advance(TimeSpan.FromHours(1));

        await Refusal.Names(await app.Post("/api/v1/auth/reset", new { code, password = NewPassword }), "code");
    }

    [Fact]
    public async Task A_code_that_proves_an_address_changes_no_password()
    {
        await app.Register(AccountsApp.NewAddress());
        var (_, code) = await app.NewestCode();

        await Refusal.Names(await app.Post("/api/v1/auth/reset", new { code, password = NewPassword }), "code");
    }

    [Fact]
    public async Task Nobody_hears_whether_an_address_is_known()
    {
        var before = await Asked();
        var unknown = await app.Post("/api/v1/auth/forgot", new { email = AccountsApp.NewAddress() });

        Assert.Equal(HttpStatusCode.Accepted, unknown.StatusCode);
        Assert.Equal(before, await Asked());
    }

    private Task<long> Asked() => app.Service.Db.Scalar<long>("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.SignInCodeAsked,%'");

    private async Task<string> Forget(string email)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await app.Post("/api/v1/auth/forgot", new { email })).StatusCode);
        return (await app.NewestCode()).Code;
    }
}
