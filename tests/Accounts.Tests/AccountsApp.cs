using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Accounts;
using Accounts.Registering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Accounts.Tests;

/// <summary>Accounts as it runs, reading its own published keys, and what a person does with it.</summary>
public sealed class AccountsApp : IAsyncLifetime
{
    public const string Password = "lamp on the stairs";

    private FakePeer keys = null!;
    private readonly List<FakePeer> keepers = [];

    /// <summary>Which accounts Bookings was told to give an address's guest bookings to.</summary>
    public ConcurrentBag<(Guid AccountId, string Email)> Attached { get; } = [];

    /// <summary>A visit that Bookings keeps for whoever asks.</summary>
    public Guid Visit { get; } = Guid.CreateVersion7();

    public Guid Wait { get; } = Guid.CreateVersion7();

    public Dictionary<string, string?> Settings { get; } = new() { ["PASSWORD_ROUNDS"] = "1000" };

    public ServiceFactory<Program, AccountsDb> Service { get; private set; } = null!;

    public FakeClock Clock => Service.Clock;

    public async Task InitializeAsync()
    {
        // The service checks tokens by the keys at ACCOUNTS_URL, which is itself.
        keys = await FakePeer.Start(app => app.MapGet("/.well-known/jwks.json", () => Service.Guest().GetStringAsync("/.well-known/jwks.json")));
        Settings["ACCOUNTS_URL"] = keys.Url.ToString();
        foreach (var name in (string[])["BOOKINGS", "NOTIFICATIONS", "LISTINGS", "AVAILABILITY", "PAYMENTS"])
        {
            var keeper = await FakePeer.Start(app =>
            {
                app.MapPost("/internal/export", (JsonElement person) => Results.Json(new { keeper = name, person, asClient = new[] { new { id = Visit } }, waiting = new[] { new { id = Wait } } }));
                app.MapPost("/internal/clients/{accountId:guid}/guest-bookings", (Guid accountId, JsonElement body) => Attached.Add((accountId, body.GetProperty("email").GetString()!)));
            });
            keepers.Add(keeper);
            Settings[$"{name}_URL"] = keeper.Url.ToString();
        }
        Service = await ServiceFactory<Program, AccountsDb>.Start(Settings);
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await keys.DisposeAsync();
        foreach (var keeper in keepers)
            await keeper.DisposeAsync();
    }

    public Task StopBookings() => keepers[0].Stop();

    public static string NewAddress() => $"someone-{Guid.CreateVersion7():N}@example.org";

    /// <param name="network">Where the caller is, as the door would say.</param>
    public async Task<HttpResponseMessage> Post(string path, object body, string network = "198.51.100.7")
    {
        // So that what comes later is later: ids of one millisecond have no order.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Forwarded-For", network);
        return await Service.Guest().SendAsync(request);
    }

    public Task<HttpResponseMessage> Register(string email, string password = Password, string role = "client", string name = "Some One") =>
        Post("/api/v1/auth/register", new { email, password, name, role });

    public Task<HttpResponseMessage> SignIn(string email, string password = Password, string network = "198.51.100.7", string? twoFactorCode = null) =>
        Post("/api/v1/auth/login", new { email, password, twoFactorCode }, network);

    /// <summary>What the newest fact of this kind says.</summary>
    public async Task<JsonElement> Fact(string type) => JsonDocument.Parse((await Service.Db.Scalar<string>(
        "SELECT body::text FROM outbox WHERE type LIKE $1 ORDER BY id DESC LIMIT 1", $"Contracts.{type},%"))!).RootElement;

    /// <summary>Does what Notifications does with the newest asking: gets the code, as it stands in the mail's link.</summary>
    public async Task<(string Email, string Code)> NewestCode()
    {
        var asked = await Fact("SignInCodeAsked");
        var answer = await Mint(asked);
        answer.EnsureSuccessStatusCode();
        var mail = (await answer.Content.ReadFromJsonAsync<MakeCode.Response>())!;
        return (mail.Email, mail.Url.Query.Split("code=").Last());
    }

    public Task<HttpResponseMessage> Mint(JsonElement asked) => Service.AsService().PostAsJsonAsync(
        $"/internal/accounts/{asked.GetProperty("accountId").GetGuid()}/codes",
        new { requestId = asked.GetProperty("requestId").GetGuid(), purpose = asked.GetProperty("purpose").GetString() });

    /// <summary>Registers and confirms, as a person would.</summary>
    public async Task<string> Someone(string role = "client")
    {
        var email = NewAddress();
        (await Register(email, role: role)).EnsureSuccessStatusCode();
        var (_, code) = await NewestCode();
        (await Post("/api/v1/auth/confirm", new { email, code })).EnsureSuccessStatusCode();
        return email;
    }

    public static async Task<Pair> Tokens(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Pair>())!;
    }

    public async Task<Pair> SignedIn(string email, string network = "198.51.100.7") => await Tokens(await SignIn(email, network: network));

    public Task<HttpResponseMessage> Refresh(string refreshToken) => Post("/api/v1/auth/refresh", new { refreshToken });

    public sealed record Pair(string AccessToken, int ExpiresIn, string RefreshToken);
}
