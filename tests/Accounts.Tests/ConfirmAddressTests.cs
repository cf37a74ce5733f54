using System.Net;
using System.Net.Http.Json;
using Accounts.Oneself;
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
    public async Task Who_did_not_register_opens_no_account_for_a_stranger_who_did()
    {
        var email = AccountsApp.NewAddress();
        await app.Register(email, "a stranger's choice");
        var (_, code) = await app.NewestCode();

        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { code, password = AccountsApp.Password }), "password");
        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { code, password = new string('x', 300) }), "password");

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SignIn(email, "a stranger's choice")).StatusCode);
        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM accounts WHERE email = $1", email));
    }

    [Fact]
    public async Task A_mistyped_password_can_be_entered_again()
    {
        var email = AccountsApp.NewAddress();
        await app.Register(email);
        var (_, code) = await app.NewestCode();

        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { code, password = "lamp on the stair" }), "password");
        Assert.Equal(HttpStatusCode.NoContent, (await app.Post("/api/v1/auth/confirm", new { code, password = AccountsApp.Password })).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email)).StatusCode);
    }

    [Fact]
    public async Task A_stranger_who_asks_for_an_account_later_does_not_make_the_owners_own_link_worthless()
    {
        var email = AccountsApp.NewAddress();
        await app.Register(email);
        var (_, mine) = await app.NewestCode();
        await app.Register(email.ToUpperInvariant(), "a stranger's choice", role: "practitioner", name: "A Stranger");
        var (_, theirs) = await app.NewestCode();

        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { code = theirs, password = AccountsApp.Password }), "password");
        Assert.Equal(HttpStatusCode.NoContent, (await app.Post("/api/v1/auth/confirm", new { code = mine, password = AccountsApp.Password })).StatusCode);
        await Refusal.Names(await app.Post("/api/v1/auth/confirm", new { code = theirs, password = "a stranger's choice" }), "code");

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SignIn(email, "a stranger's choice")).StatusCode);
        var me = await app.Service.Bearing((await app.SignedIn(email)).AccessToken).GetFromJsonAsync<ShowMe.Response>("/api/v1/me");
        Assert.Equal(("Some One", "client"), (me!.Name, Assert.Single(me.Roles)));
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
