using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TestKit;

namespace Web.Tests;

/// <summary>The pages as they really run, in a town of their own, on a clock that stands still.</summary>
public sealed class Site : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string?> settings;

    private Site(Town town, Dictionary<string, string?> settings) => (Town, this.settings) = (town, settings);

    public Town Town { get; }

    public FakeClock Clock { get; } = new();

    public static async Task<Site> Open(string environment = "Development", params (string Key, string Value)[] own) =>
        In(await Town.Build(), environment, own);

    public static Site In(Town town, string environment = "Development", params (string Key, string Value)[] own)
    {
        // The factory would look for a solution file above the build's output, which may be anywhere.
        Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_WEB", AppContext.BaseDirectory);
        var settings = new Dictionary<string, string?>
        {
            ["environment"] = environment,
            ["SERVICE_KEY"] = TestKeys.ServiceKey,
            ["ENCRYPTION_KEY"] = TestKeys.EncryptionKey,
            ["LINK_KEY"] = TestKeys.LinkKey,
            ["PUBLIC_URL"] = "http://localhost:8080",
            ["STRIPE_API_BASE"] = "http://127.0.0.1:4242",
            ["LOG_LEVEL"] = "Critical",
        };
        foreach (var peer in (string[])["LISTINGS", "AVAILABILITY", "BOOKINGS", "PAYMENTS", "NOTIFICATIONS", "ACCOUNTS"])
            settings[$"{peer}_URL"] = town.Peer.Url.ToString();
        foreach (var (key, value) in own)
            settings[key] = value;
        return new(town, settings);
    }

    /// <summary>Somebody with a browser that keeps cookies.</summary>
    /// <param name="network">The address that the door has seen.</param>
    public Visitor Visitor(string? network = null)
    {
        var browser = CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        if (network is not null)
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", network);
        return new(browser);
    }

    /// <summary>Somebody who has signed in, on the page that follows.</summary>
    public async Task<Visitor> SignedIn(string role)
    {
        var token = string.Join('.', new[] { """{"alg":"ES256"}""", JsonSerializer.Serialize(new { sub = Town.Ana, email = "ana@example.org", name = "Ana Reyes", role, practitioner = role == "practitioner" ? Town.Ana : (Guid?)null }), "signature" }
            .Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));
        Town.On("POST /api/v1/auth/login", _ => Results.Json(new { accessToken = token, expiresIn = 900, refreshToken = "refresh" }));
        var someone = await Visitor().Go("/sign-in");
        return await someone.Press("Sign in", ("Email", "ana@example.org"), ("Password", "good"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Town.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }
}
