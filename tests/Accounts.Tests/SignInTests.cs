using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using TestKit;
using Xunit;

namespace Accounts.Tests;

public sealed class SignInTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    [Fact]
    public async Task Unknown_unproven_and_wrong_sound_the_same()
    {
        var known = await app.Someone();
        var unproven = AccountsApp.NewAddress();
        await app.Register(unproven);

        var answers = new[]
        {
            await app.SignIn(AccountsApp.NewAddress()),
            await app.SignIn(unproven),
            await app.SignIn(known, "not my password"),
        };

        foreach (var answer in answers)
            await Refusal.Is(answer, 401, "unauthenticated");
        var bodies = await Task.WhenAll(answers.Select(Body));
        Assert.Single(bodies.Distinct());
    }

    [Fact]
    public async Task The_address_may_be_written_large() =>
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn((await app.Someone()).ToUpperInvariant())).StatusCode);

    [Fact]
    public async Task An_address_that_no_database_could_hold_is_refused() =>
        await Refusal.Names(await app.Service.Guest().PostAsJsonAsync("/api/v1/auth/login", new { email = "jo\0@example.org", password = "whatever it is" }), "email");

    [Fact]
    public async Task The_token_says_who_somebody_is_so_that_they_need_not_type_it_again()
    {
        var email = await app.Someone();
        var body = await (await app.SignIn(email)).Content.ReadFromJsonAsync<JsonObject>();
        var token = new JsonWebToken((string)body!["accessToken"]!);

        Assert.Equal((email, "Some One"), (token.GetClaim("email").Value, token.GetClaim("name").Value));
    }

    [Fact]
    public async Task Answers_with_tokens_are_not_kept_on_the_way()
    {
        var answer = await app.SignIn(await app.Someone());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Somebody_with_an_authenticator_needs_its_code()
    {
        var email = await app.Someone();
        string code;
        await using (var scope = app.Service.Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var account = (await people.FindByEmailAsync(email))!;
            await people.ResetAuthenticatorKeyAsync(account);
            await people.SetTwoFactorEnabledAsync(account, true);
            code = Authenticator.Code((await people.GetAuthenticatorKeyAsync(account))!);
        }

        var without = await Refusal.Is(await app.SignIn(email), 401, "unauthenticated");
        var wrongPassword = await Refusal.Is(await app.SignIn(email, "not my password", twoFactorCode: code), 401, "unauthenticated");

        Assert.True(without.GetProperty("twoFactorRequired").GetBoolean());
        Assert.False(wrongPassword.TryGetProperty("twoFactorRequired", out _));
        await Refusal.Is(await app.SignIn(email, twoFactorCode: code == "000000" ? "000001" : "000000"), 401, "unauthenticated");
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email, twoFactorCode: code)).StatusCode);
    }

    private static async Task<string> Body(HttpResponseMessage answer)
    {
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }
}
