using System.Net;
using System.Net.Http.Json;
using Accounts.Oneself;
using TestKit;
using Xunit;

namespace Accounts.Tests;

public sealed class RegisterTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    [Fact]
    public async Task From_registration_to_the_own_page()
    {
        var email = await app.Someone("practitioner");
        var tokens = await app.SignedIn(email);
        Assert.Equal(900, tokens.ExpiresIn);

        var me = await app.Service.Bearing(tokens.AccessToken).GetFromJsonAsync<ShowMe.Response>("/api/v1/me");

        Assert.Equal(email, me!.Email);
        Assert.Equal(["practitioner"], me.Roles);
        Assert.Equal(7, me.PractitionerId!.Value.Version);
        var fact = await app.Fact("AccountRegistered");
        Assert.Equal(me.Id, fact.GetProperty("accountId").GetGuid());
        Assert.Equal(me.PractitionerId, fact.GetProperty("practitionerId").GetGuid());
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_an_address_is_known()
    {
        var known = await app.Someone();

        var again = await app.Register(known.ToUpperInvariant());
        var purpose = (await app.Fact("SignInCodeAsked")).GetProperty("purpose").GetString();
        var fresh = await app.Register(AccountsApp.NewAddress());

        Assert.Equal("known", purpose);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (again.StatusCode, fresh.StatusCode));
        Assert.Equal(await again.Content.ReadAsStringAsync(), await fresh.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_known_address_keeps_its_password()
    {
        var email = await app.Someone();

        await app.Register(email, "a stranger's choice");

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SignIn(email, "a stranger's choice")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email)).StatusCode);
    }

    [Fact]
    public async Task A_stranger_who_registered_first_gets_nothing()
    {
        var email = AccountsApp.NewAddress();
        await app.Register(email, "a stranger's choice");
        await app.Register(email);
        var (_, code) = await app.NewestCode();

        await app.Post("/api/v1/auth/confirm", new { code });

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.SignIn(email, "a stranger's choice")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn(email)).StatusCode);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("123456789")]
    [InlineData("1234567890")]
    [InlineData("PassWord123")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcdefghijklm")]
    [InlineData("stillpoint")]
    [InlineData("")]
    public async Task A_weak_password_is_refused(string password) =>
        await Refusal.Names(await app.Register(AccountsApp.NewAddress(), password), "password");

    [Theory]
    [InlineData("not an address")]
    [InlineData("two@example.org, three@example.org")]
    [InlineData("someone@example.org\r\nBcc: all@example.org")]
    [InlineData("\"Some One\" <someone@example.org>")]
    [InlineData("\"someone\"@example.org")]
    [InlineData("someone@some_where.org")]
    [InlineData("someone@[192.0.2.1]")]
    [InlineData("someone@localhost")]
    [InlineData("someone@example.org.")]
    public async Task Something_that_is_no_address_is_refused(string email) => await Refusal.Names(await app.Register(email), "email");

    [Theory]
    [InlineData("moderator")]
    [InlineData("operator")]
    [InlineData("Client")]
    public async Task Nobody_makes_themselves_more_than_they_are(string role) =>
        await Refusal.Names(await app.Register(AccountsApp.NewAddress(), role: role), "role");

    [Fact]
    public async Task Nothing_else_can_be_set()
    {
        var answer = await app.Post("/api/v1/auth/register", new
        {
            email = AccountsApp.NewAddress(),
            password = AccountsApp.Password,
            name = "Some One",
            role = "client",
            practitionerId = Guid.CreateVersion7(),
        });

        await Refusal.Names(answer, "practitionerId");
    }
}
