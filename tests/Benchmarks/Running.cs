using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Benchmarks;

/// <summary>The product that <c>./deploy/run</c> has started, as its <c>env</c> file describes it.</summary>
public sealed class Running
{
    private readonly IReadOnlyDictionary<string, string> env;

    private Running(string folder, IReadOnlyDictionary<string, string> env)
    {
        Folder = folder;
        this.env = env;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = 400 })
        {
            BaseAddress = new Uri(env["PUBLIC_URL"]),
        };
    }

    public string Folder { get; }

    public HttpClient Http { get; }

    public string this[string name] => env[name];

    /// <exception cref="InvalidOperationException">Nothing runs there.</exception>
    public static Running Find(string folder)
    {
        var file = Path.Combine(folder, "env");
        if (!File.Exists(file))
            throw new InvalidOperationException($"{file} is not there: start ./deploy/run first.");
        return new(folder, File.ReadAllLines(file).Select(l => l.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]));
    }

    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    public NpgsqlDataSource Database(string service)
    {
        var url = new Uri(env[$"DATABASE_URL_{service}"]);
        var user = url.UserInfo.Split(':');
        return NpgsqlDataSource.Create($"Host={url.Host};Port={url.Port};Database={url.AbsolutePath.Trim('/')};Username={user[0]};Password={Uri.UnescapeDataString(user[1])}");
    }

    /// <summary>Times on offer by one practitioner near a place, from the third day on.</summary>
    public async Task<(JsonElement Profile, JsonElement Service, IReadOnlyList<JsonElement> Openings)> SomeoneWithTimes(string near, int skip, int days = 30)
    {
        var found = await Get($"/api/v1/practitioners?near={Uri.EscapeDataString(near)}&radiusKm=500&limit=100");
        foreach (var item in found.GetProperty("items").EnumerateArray().Skip(skip))
        {
            var profile = await Get($"/api/v1/practitioners/{item.GetProperty("slug").GetString()}");
            var service = profile.GetProperty("services").EnumerateArray().FirstOrDefault(s => s.GetProperty("price").GetProperty("amount").GetInt64() > 0);
            if (service.ValueKind == JsonValueKind.Undefined)
                continue;
            var openings = await Get(OpeningsPath(profile, service, 3, days));
            var starts = openings.GetProperty("days").EnumerateArray().SelectMany(d => d.GetProperty("openings").EnumerateArray()).ToList();
            if (starts.Count >= 20)
                return (profile, service, starts);
        }
        throw new InvalidOperationException($"Nobody near {near} has twenty free times.");
    }

    public static string OpeningsPath(JsonElement profile, JsonElement service, int fromDay, int days)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return $"/api/v1/practitioners/{profile.GetProperty("id").GetString()}/openings?service={service.GetProperty("id").GetString()}&from={today.AddDays(fromDay):yyyy-MM-dd}&to={today.AddDays(fromDay + days - 1):yyyy-MM-dd}";
    }

    /// <summary>A booking request as a guest sends it.</summary>
    public static object BookingOf(JsonElement profile, JsonElement service, JsonElement opening, string safetyVersion) => new
    {
        practitionerId = profile.GetProperty("id").GetString(),
        serviceId = service.GetProperty("id").GetString(),
        locationId = opening.GetProperty("locationId").GetString(),
        start = opening.GetProperty("start").GetString(),
        client = new { name = "Robin Guest", email = $"guest-{Guid.CreateVersion7():N}@example.org", phone = "+13035550123", timeZone = "America/Denver" },
        visitor = new { relation = "self" },
        safety = new { version = safetyVersion, noneApply = true },
        acceptPolicies = true,
    };

    public async Task<string> SafetyVersion() => (await Get("/api/v1/safety-screen?for=adult&country=US")).GetProperty("version").GetString()!;

    public Task<HttpResponseMessage> Book(object booking)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings") { Content = JsonContent.Create(booking) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        return Http.SendAsync(request);
    }
}
