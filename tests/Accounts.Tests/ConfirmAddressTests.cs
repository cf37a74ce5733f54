using System.Net;
using System.Net.Http.Json;
using TestKit;
using Xunit;

namespace Accounts.Tests;

public sealed class ConfirmAddressTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    [Fact]
    public async Task A_code_works_once()
    {
        await app.Register(AccountsApp.NewAddress());
        var (_, code) = await app.NewestCode();

        var first = await app.Post("/api/v1/auth/confirm", new { code });
        var second = await app.Post("/api/v1/auth/confirm", new { code });

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await Refusal.Names(second, "code");
    }

    [Fact]
    public async Task Many_clicks_at_once_make_one_account()
    {
        var email = AccountsApp.NewAddress();
        await app.Register(email);
        var (_, code) = await app.NewestCode();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.Post("/api/v1/auth/confirm", new { email, code })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.NoContent);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.BadRequest));
        Assert.Equal(1L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM accounts WHERE email = $1", email));
    }

    [Fact]
    public async Task Two_registrations_of_one_address_make_one_account()
    {
        var email = AccountsApp.NewAddress();
        await app.Register(email);
        var (_, one) = await app.NewestCode();
        await app.Register(email);
        var (_, other) = await app.NewestCode();

        var answers = await Task.WhenAll(app.Post("/api/v1/auth/confirm", new { code = one }), app.Post("/api/v1/auth/confirm", new { code = other }));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.NoContent);
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_code_dies_after_a_day()
    {
        await app.Register(AccountsApp.NewAddress());
        var (_, code) = await app.NewestCode();
        app.Clock.Advance(TimeSpan.FromHours(24));

        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { code }), "code");
    }

    [Fact]
    public async Task Only_the_newest_code_of_an_asking_works()
    {
        await app.Register(AccountsApp.NewAddress());
        var (_, earlier) = await app.NewestCode();
        var (_, newest) = await app.NewestCode();

        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { code = earlier }), "code");
        Assert.Equal(HttpStatusCode.NoContent, (await app.Post("/api/v1/auth/confirm", new { code = newest })).StatusCode);
    }

    [Fact]
    public async Task A_code_is_for_its_own_address()
    {
        await app.Register(AccountsApp.NewAddress());
        var (_, code) = await app.NewestCode();

        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { email = AccountsApp.NewAddress(), code }), "code");
    }

    [Fact]
    public async Task A_code_is_not_kept_readable()
    {
        await app.Register(AccountsApp.NewAddress());
        var (_, code) = await app.NewestCode();

        Assert.True(code.Length >= 22);
        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM registrations r WHERE r::text LIKE '%' || $1 || '%'", code));
        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM outbox o WHERE o.body::text LIKE '%@%'"));
    }

    [Fact]
    public async Task Only_services_get_codes()
    {
        await app.Register(AccountsApp.NewAddress());
        var asked = await app.Fact("SignInCodeAsked");
        var path = $"/internal/accounts/{asked.GetProperty("accountId").GetGuid()}/codes";
        var body = new { requestId = asked.GetProperty("requestId").GetGuid(), purpose = "confirm" };
        var person = (await app.SignedIn(await app.Someone())).AccessToken;

        await Refusal.Is(await app.Service.Guest().PostAsJsonAsync(path, body), 401, "unauthenticated");
        await Refusal.Is(await app.Service.Bearing(person).PostAsJsonAsync(path, body), 403, "forbidden");
    }

    [Fact]
    public async Task There_is_no_code_for_what_was_never_asked()
    {
        var answer = await app.Service.AsService().PostAsJsonAsync(
            $"/internal/accounts/{Guid.CreateVersion7()}/codes", new { requestId = Guid.CreateVersion7(), purpose = "reset" });

        await Refusal.Is(answer, 404, "not-found");
    }
}
