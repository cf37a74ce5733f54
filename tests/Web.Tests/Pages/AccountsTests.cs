using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Web.Tests.Pages;

public sealed class AccountsTests : IAsyncLifetime
{
    private Site site = null!;

    public async Task InitializeAsync()
    {
        site = await Site.Open();
        site.Town.On("POST /api/v1/auth/login", asked => asked.Json.GetProperty("password").GetString() == "the right one"
            ? Results.Json(Tokens("practitioner", "first"))
            : Results.Text("""{"type":"urn:problem:unauthenticated","title":"This email address and password do not match","status":401}""", "application/problem+json", statusCode: 401));
        site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = Array.Empty<object>() }));
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Who_has_signed_in_is_known_to_the_services_and_unreadable_in_the_browser()
    {
        var ana = await SignIn();
        Assert.Equal("/welcome", ana.Last.Headers.Location?.OriginalString);
        await ana.Go("/desk/week");
        Assert.Equal($"Bearer {Access("practitioner", "first")}", site.Town.To("GET /api/v1/me/bookings").Last().Headers["Authorization"]);
        Assert.DoesNotContain(ana.Cookies, c => c.Contains(Access("practitioner", "first"), StringComparison.Ordinal) || c.Contains("refresh-first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_the_address_stays()
    {
        var ana = await site.Visitor().Go("/sign-in");
        await ana.Press("Sign in", ("Email", "ana@example.org"), ("Password", "wrong"));
        Assert.Contains("This email address and password do not match", ana.Text, StringComparison.Ordinal);
        Assert.Equal("ana@example.org", ana.Page.QuerySelector("#Email")!.GetAttribute("value"));
        Assert.Null(ana.Page.QuerySelector("#Password")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("/sign-in", "Sign in", "POST /api/v1/auth/login")]
    [InlineData("/account/forgot", "Send the link", "POST /api/v1/auth/forgot")]
    [InlineData("/register", "Create the account", "POST /api/v1/auth/register")]
    public async Task Limits_are_told_who_guesses_or_has_mails_sent_and_not_that_a_page_did(string page, string button, string question)
    {
        site.Town.Refuse(question, 400, "validation");
        var somebody = await site.Visitor(network: "203.0.113.7").Go(page);
        await somebody.Press(button, ("Email", "ana@example.org"), ("Password", "a long enough one"), ("Name", "Ana"), ("Role", "client"));
        Assert.Equal("203.0.113.7", site.Town.To(question).Single().Headers["X-Forwarded-For"]);
    }

    [Theory]
    [InlineData("/desk/hours", "/desk/hours")]
    [InlineData("https://elsewhere.example", "/welcome")]
    [InlineData("//elsewhere.example", "/welcome")]
    [InlineData("/\\elsewhere.example", "/welcome")]
    [InlineData("/é", "/welcome")]
    public async Task Signing_in_leads_on_to_our_own_pages_only(string wanted, string reached)
    {
        var ana = await SignIn($"/sign-in?to={Uri.EscapeDataString(wanted)}");
        Assert.Equal(reached, ana.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_desk_asks_for_its_owner()
    {
        var stranger = await site.Visitor().Go("/desk/week");
        Assert.Equal("/sign-in?to=%2Fdesk%2Fweek", stranger.Last.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Tokens_that_run_out_are_renewed_without_a_word()
    {
        var ana = await SignIn();
        site.Town.On("POST /api/v1/auth/refresh", asked => Results.Json(Tokens("practitioner", asked.Json.GetProperty("refreshToken").GetString() == "refresh-first" ? "second" : "third")));
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        await ana.Go("/desk/week");
        Assert.Equal($"Bearer {Access("practitioner", "second")}", site.Town.To("GET /api/v1/me/bookings").Last().Headers["Authorization"]);
        await ana.Go("/desk/week");
        Assert.Single(site.Town.To("POST /api/v1/auth/refresh"));
    }

    [Fact]
    public async Task A_session_that_has_ended_asks_to_sign_in_again()
    {
        var ana = await SignIn();
        site.Town.Refuse("POST /api/v1/auth/refresh", 401, "unauthenticated");
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        await ana.Go("/desk/week");
        Assert.StartsWith("/sign-in", ana.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_forgets_here_and_there()
    {
        site.Town.On("POST /api/v1/auth/logout", _ => Results.NoContent());
        var ana = await SignIn();
        await ana.Go("/desk/week");
        await ana.Press("Sign out");
        Assert.Equal("refresh-first", Assert.Single(site.Town.To("POST /api/v1/auth/logout")).Json.GetProperty("refreshToken").GetString());
        await ana.Go("/desk/week");
        Assert.StartsWith("/sign-in", ana.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_forgets_here_while_Accounts_hangs()
    {
        var ana = await SignIn();
        await ana.Go("/desk/week");
        site.Town.Hang("POST /api/v1/auth/refresh");
        site.Town.Hang("POST /api/v1/auth/logout");
        site.Clock.Advance(TimeSpan.FromMinutes(15));
        var waited = System.Diagnostics.Stopwatch.StartNew();
        await ana.Press("Sign out");
        // The door gives up after 4.7 s, and a cookie that it does not pass on stays.
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4.5));
        Assert.Equal("/", ana.Last.Headers.Location?.OriginalString);
        await ana.Go("/desk/week");
        Assert.StartsWith("/sign-in", ana.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_forgets_here_whatever_Accounts_says()
    {
        site.Town.Refuse("POST /api/v1/auth/logout", 429, "too-many-requests");
        var ana = await SignIn();
        await ana.Go("/desk/week");
        await ana.Press("Sign out");
        await ana.Go("/desk/week");
        Assert.StartsWith("/sign-in", ana.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_ahead_is_among_the_visits_however_many_lie_behind()
    {
        site.Town.On("POST /api/v1/auth/login", _ => Results.Json(Tokens("client", "first")));
        site.Town.Status = "confirmed";
        site.Town.On("GET /api/v1/me/bookings", asked => asked.Query.Contains("cursor=more", StringComparison.Ordinal)
            ? Results.Json(new { items = new[] { site.Town.Booked() } })
            : Results.Json(new { items = Array.Empty<object>(), nextCursor = "more" }));
        var jo = await SignIn();
        await jo.Go("/visits");
        Assert.Equal($"/bookings/{Town.Booking}", jo.Page.QuerySelector("main a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_client_sees_the_own_visits()
    {
        site.Town.On("POST /api/v1/auth/login", _ => Results.Json(Tokens("client", "first")));
        site.Town.Status = "confirmed";
        site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = new[] { site.Town.Booked() } }));
        var jo = await SignIn();
        await (await jo.Follow()).Follow();
        Assert.Equal("Your visits", jo.Heading);
        Assert.Equal($"/bookings/{Town.Booking}", jo.Page.QuerySelector("main a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_account_goes_only_when_that_is_wanted_and_this_browser_forgets_it()
    {
        site.Town.On("DELETE /api/v1/me", _ => Results.NoContent());
        site.Town.On("GET /api/v1/me/export", _ => Results.Json(new { account = new { email = "ana@example.org" } }));
        var ana = await SignIn();
        await ana.Go("/account?handler=Export");
        Assert.Equal("""{"account":{"email":"ana@example.org"}}""", await ana.Last.Content.ReadAsStringAsync());
        await ana.Go("/account");
        await ana.Press("Erase my account");
        Assert.Contains("Please tick that you want it erased.", ana.Text, StringComparison.Ordinal);
        Assert.Empty(site.Town.To("DELETE /api/v1/me"));
        await ana.Press("Erase my account", ("Sure", "true"));
        Assert.Equal($"Bearer {Access("practitioner", "first")}", Assert.Single(site.Town.To("DELETE /api/v1/me")).Headers["Authorization"]);
        Assert.Equal("Your account is erased", ana.Heading);
        await ana.Go("/account");
        Assert.StartsWith("/sign-in", ana.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_practitioner_whom_nobody_can_find_yet_begins_with_the_listing()
    {
        site.Town.On("GET /api/v1/me/listing", _ => Results.Json(new { status = "draft" }));
        var ana = await SignIn();
        await ana.Follow();
        Assert.Equal("/desk/listing", ana.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Opening_the_link_of_the_first_mail_confirms_nothing_by_itself()
    {
        site.Town.On("POST /api/v1/auth/confirm", _ => Results.NoContent());
        var ana = await site.Visitor().Go("/account/confirm?code=secret-code");
        Assert.Empty(site.Town.To("POST /api/v1/auth/confirm"));
        await ana.Press("Yes, that is me");
        Assert.Equal("Please enter your password.", ana.Page.QuerySelector("#Password-mistake")!.TextContent);
        Assert.Empty(site.Town.To("POST /api/v1/auth/confirm"));
        await ana.Press("Yes, that is me", ("Password", "a long enough one"));
        var asked = Assert.Single(site.Town.To("POST /api/v1/auth/confirm")).Json;
        Assert.Equal(("secret-code", "a long enough one"), (asked.GetProperty("code").GetString(), asked.GetProperty("password").GetString()));
        Assert.Equal("Your account is ready", ana.Heading);
    }

    [Fact]
    public async Task Whoever_does_not_know_the_password_of_a_registration_can_only_begin_one_of_their_own()
    {
        site.Town.Refuse("POST /api/v1/auth/confirm", 400, "validation", new { errors = new Dictionary<string, string[]> { ["password"] = ["This is not the password."] } });
        var ana = await site.Visitor().Go("/account/confirm?code=good");
        await ana.Press("Yes, that is me", ("Password", "a guess of mine"));
        Assert.Equal("This is not the password.", ana.Page.QuerySelector("#Password-mistake")!.TextContent);
        Assert.Equal("good", ana.Page.QuerySelector("main input[name=Code]")!.GetAttribute("value"));
        Assert.Equal("/register", ana.Page.QuerySelectorAll("main a").Single(a => a.TextContent == "Start again with another password").GetAttribute("href"));
    }

    [Theory]
    [InlineData("confirm", "/account/confirm?code=used", "Yes, that is me", "/register")]
    [InlineData("reset", "/account/reset?code=used", "Use this password", "/account/forgot")]
    public async Task A_link_that_no_longer_works_leads_to_a_new_one(string what, string link, string button, string way)
    {
        site.Town.Refuse($"POST /api/v1/auth/{what}", 400, "validation", new { errors = new Dictionary<string, string[]> { ["code"] = ["This link has already been used."] } });
        var ana = await site.Visitor().Go(link);
        await ana.Press(button, ("Password", "a long enough one"));
        Assert.Equal("This link no longer works", ana.Heading);
        Assert.Equal(way, ana.Page.QuerySelectorAll("main a").Single(a => a.TextContent == "Get a new link").GetAttribute("href"));
        Assert.Null(ana.Page.QuerySelector("main form"));
    }

    [Fact]
    public async Task A_password_that_is_refused_can_be_chosen_again_with_the_same_link()
    {
        site.Town.Refuse("POST /api/v1/auth/reset", 400, "validation", new { errors = new Dictionary<string, string[]> { ["password"] = ["At least ten characters, please."] } });
        var ana = await site.Visitor().Go("/account/reset?code=good");
        await ana.Press("Use this password", ("Password", "short"));
        Assert.Equal("At least ten characters, please.", ana.Page.QuerySelector("#Password-mistake")!.TextContent);
    }

    [Fact]
    public async Task A_wrong_code_of_an_authenticator_is_told_from_none()
    {
        site.Town.Refuse("POST /api/v1/auth/login", 401, "unauthenticated", new { twoFactorRequired = true });
        var ana = await SignIn();
        Assert.Equal("Please enter the code from your authenticator app.", ana.Page.QuerySelector("#Code-mistake")!.TextContent);
        await ana.Press("Sign in", ("Password", "the right one"), ("Code", "123456"));
        Assert.Equal("This code is wrong or has run out. Please enter the one that your app shows now.", ana.Page.QuerySelector("#Code-mistake")!.TextContent);
    }

    [Fact]
    public async Task Whoever_gets_no_mail_can_have_another_one()
    {
        site.Town.On("POST /api/v1/auth/register", _ => Results.Accepted());
        var ana = await site.Visitor().Go("/register?role=practitioner");
        await ana.Press("Create the account", ("Name", "Ana"), ("Email", "ana@example.org"), ("Password", "a long enough one"));
        Assert.Contains("We have sent an email to ana@example.org.", ana.Text, StringComparison.Ordinal);
        await ana.Go(ana.Page.QuerySelector("main a")!.GetAttribute("href")!);
        Assert.True(ana.Page.QuerySelector("input[value=practitioner]")!.HasAttribute("checked"));
    }

    private async Task<Visitor> SignIn(string address = "/sign-in")
    {
        var ana = await site.Visitor().Go(address);
        return await ana.Press("Sign in", ("Email", "ana@example.org"), ("Password", "the right one"));
    }

    private static object Tokens(string role, string which) => new { accessToken = Access(role, which), expiresIn = 900, refreshToken = $"refresh-{which}" };

    /// <summary>Web only reads it; whether it is genuine is for the services to check.</summary>
    private static string Access(string role, string which) => string.Join('.', new[]
    {
        """{"alg":"ES256"}""", JsonSerializer.Serialize(new { sub = Town.Ana, email = "ana@example.org", role, practitioner = Town.Ana, which }), "signature",
    }.Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));
}
