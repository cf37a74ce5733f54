using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TestKit;
using Xunit;

namespace Accounts.Tests;

public sealed class MeTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    [Fact]
    public async Task A_guest_is_asked_to_sign_in()
    {
        foreach (var path in (string[])["/api/v1/me", "/api/v1/me/export"])
            await Refusal.Is(await app.Service.Guest().GetAsync(path), 401, "unauthenticated");
    }

    [Fact]
    public async Task An_export_holds_what_is_kept_but_no_secret()
    {
        var email = await app.Someone();
        var tokens = await app.SignedIn(email);

        var export = await app.Service.Bearing(tokens.AccessToken).GetFromJsonAsync<JsonElement>("/api/v1/me/export");

        Assert.Equal(email, export.GetProperty("account").GetProperty("email").GetString());
        Assert.Equal(1, export.GetProperty("sessions").GetArrayLength());
        Assert.DoesNotContain("hash", export.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("client", "BOOKINGS NOTIFICATIONS")]
    [InlineData("practitioner", "BOOKINGS NOTIFICATIONS LISTINGS AVAILABILITY PAYMENTS")]
    public async Task An_export_holds_what_the_other_services_keep(string role, string keepers)
    {
        var email = await app.Someone(role);
        var export = await app.Service.Bearing((await app.SignedIn(email)).AccessToken).GetFromJsonAsync<JsonElement>("/api/v1/me/export");

        var kept = ((string[])["bookings", "mails", "listing", "time", "payments"]).Select(name => export.GetProperty(name)).Where(part => part.ValueKind is not JsonValueKind.Null).ToList();
        Assert.Equal(keepers, string.Join(' ', kept.Select(part => part.GetProperty("keeper").GetString())));
        Assert.All(kept, part => Assert.Equal(email, part.GetProperty("person").GetProperty("email").GetString()));
        Assert.Equal(app.Visit, export.GetProperty("mails").GetProperty("person").GetProperty("bookingIds")[0].GetGuid());
        Assert.Equal(app.Wait, export.GetProperty("mails").GetProperty("person").GetProperty("waitlistEntryIds")[0].GetGuid());
    }

    [Fact]
    public async Task Leaving_takes_everything_along()
    {
        var email = await app.Someone();
        var tokens = await app.SignedIn(email);
        var me = app.Service.Bearing(tokens.AccessToken);
        var id = (await me.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("id").GetGuid();
        await app.Post("/api/v1/auth/forgot", new { email });

        var left = await me.DeleteAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Contains((id, email), app.Attached);
        Assert.Equal(id, (await app.Fact("AccountErased")).GetProperty("accountId").GetGuid());
        Assert.Equal(900d, await app.Service.Db.Scalar<double>(
            "SELECT extract(epoch FROM max(due_at) - min(created_at))::float8 FROM outbox WHERE type LIKE 'Contracts.AccountErased,%' AND body->>'accountId' = $1", id.ToString()));
        foreach (var table in (string[])["accounts", "registrations", "sessions", "password_resets"])
            Assert.Equal(0L, await app.Service.Db.Scalar<long>($"SELECT count(*) FROM {table} t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || $2 || '%'", email, id.ToString()));
        await Refusal.Is(await me.GetAsync("/api/v1/me"), 401, "unauthenticated");
        await Refusal.Is(await me.DeleteAsync("/api/v1/me"), 401, "unauthenticated");
        await Refusal.Is(await app.Refresh(tokens.RefreshToken), 401, "unauthenticated");
        await Refusal.Is(await app.SignIn(email), 401, "unauthenticated");
    }

    [Fact]
    public async Task Nobody_leaves_half_nor_takes_half_along()
    {
        var alone = new AccountsApp();
        await alone.InitializeAsync();
        var email = await alone.Someone();
        var me = alone.Service.Bearing((await alone.SignedIn(email)).AccessToken);
        await alone.StopBookings();

        await Refusal.Is(await me.DeleteAsync("/api/v1/me"), 503, "unavailable");

        await Refusal.Is(await me.GetAsync("/api/v1/me/export"), 503, "unavailable");
        Assert.Equal(HttpStatusCode.OK, (await me.GetAsync("/api/v1/me")).StatusCode);
        await alone.DisposeAsync();
    }

    [Fact]
    public async Task An_address_is_free_again_after_leaving()
    {
        var email = await app.Someone();
        await app.Service.Bearing((await app.SignedIn(email)).AccessToken).DeleteAsync("/api/v1/me");

        await app.Register(email);

        Assert.Equal("confirm", (await app.Fact("SignInCodeAsked")).GetProperty("purpose").GetString());
    }
}
