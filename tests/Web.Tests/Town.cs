using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TestKit;

namespace Web.Tests;

/// <summary>All the other services as one real web server that answers as api.md says, remembers what it was asked, and can be told to answer otherwise.</summary>
public sealed class Town : IAsyncDisposable
{
    public const string Slug = "ana-reyes-denver";
    public static readonly Guid Ana = new("01980000-0000-7000-8000-0000000000aa");
    public static readonly Guid Visit = new("01980000-0000-7000-8000-00000000000a");
    public static readonly Guid Studio = new("01980000-0000-7000-8000-000000000001");
    public static readonly Guid Booking = new("01980000-0000-7000-8000-0000000000bb");
    public const string Nine = "2026-12-01T09:00:00-07:00";
    public const string ManageToken = "manage-token-of-the-booking";

    private static readonly string[] Clenching = ["clenching"];
    private static readonly string[] Pages = ["us/co/denver", "us/co/denver/tmj"];
    private static readonly string[] PageStarts = ["us/co/denver specialties/tmj"];

    private readonly ConcurrentDictionary<string, Func<Asked, IResult>> answers = [];

    private Town() { }

    public FakePeer Peer { get; private set; } = null!;

    public ConcurrentQueue<Asked> All { get; } = [];

    /// <summary>What the booking is, once it was made.</summary>
    public string Status { get; set; } = "awaitingPayment";

    /// <summary>The id of the hold that was given last.</summary>
    public Guid LastHold { get; private set; }

    public static async Task<Town> Build()
    {
        var town = new Town();
        town.Peer = await FakePeer.Start(app => app.Run(town.Answer));
        town.Furnish();
        return town;
    }

    /// <summary>From now on this is what is answered to, say, <c>POST /api/v1/holds</c>.</summary>
    public void On(string question, Func<Asked, IResult> answer) => answers[question] = answer;

    /// <summary>What is answered to it so far.</summary>
    public Func<Asked, IResult> Answering(string question) => answers[question];

    public void Refuse(string question, int status, string name, object? more = null) =>
        On(question, _ => Results.Text(JsonSerializer.Serialize(Merge(new { type = $"urn:problem:{name}", title = name, status }, more)), "application/problem+json", statusCode: status));

    /// <summary>To this there is no answer, as from a service that has stopped without closing its connections.</summary>
    public void Hang(string question) => On(question, _ => new NoAnswer());

    public IEnumerable<Asked> To(string question) => All.Where(a => a.Question == question);

    public ValueTask DisposeAsync() => Peer.DisposeAsync();

    public static object Price(long amount) => new { amount, currency = "USD" };

    private async Task Answer(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var asked = new Asked(
            $"{http.Request.Method} {http.Request.Path}", http.Request.QueryString.Value ?? "", await reader.ReadToEndAsync(),
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        All.Enqueue(asked);
        var answer = answers.TryGetValue(asked.Question, out var known)
            ? known(asked)
            : Results.Text("""{"type":"urn:problem:not-found","title":"There is nothing here","status":404}""", "application/problem+json", statusCode: 404);
        await answer.ExecuteAsync(http);
    }

    private void Furnish()
    {
        var place = Place();
        var person = new
        {
            id = Ana,
            slug = Slug,
            name = "Ana Reyes",
            headline = "Quiet, slow work.",
            demo = true,
            distanceKm = 1.8,
            location = place,
            specialties = new[] { "tmj" },
            formats = new[] { "inPerson" },
            languages = new[] { "en" },
            lineages = new[] { new { code = "upledger", level = "upledger:cst-t", evidence = "confirmedByIssuer" } },
            fromPrice = new { amount = 12000, currency = "USD", minutes = 60 },
            nextOpenings = new[] { new { start = Nine, serviceId = Visit, locationId = Studio } },
            trainings = new[]
            {
                new { issuer = "upledger", credential = "upledger:cst-t", level = "upledger:cst-t", from = "2015-05-01", to = "2027-05-31", evidence = "confirmedByIssuer" },
                new { issuer = "upledger", credential = "upledger:cst-t", level = "upledger:cst-t", from = "2016-05-01", to = "2030-05-31", evidence = "selfDeclared" },
            },
            services = new[] { new { id = Visit, name = "Visit", minutes = 60, price = Price(12000), formats = new[] { "inPerson" }, bookingMode = "instant" } },
            locations = new[] { place },
            policy = new { text = "As usual.", tiers = new[] { new { hoursBefore = 24, refundPercent = 100 }, new { hoursBefore = 2, refundPercent = 50 } } },
        };
        On("GET /api/v1/me/schedule", _ => Results.Json(new { locations = new[] { new { locationId = Studio, timeZone = "America/Denver", weekly = Array.Empty<object>() } } }));
        On("GET /api/v1/taxonomy", _ => Results.Json(new
        {
            lineages = new[] { new { code = "upledger", name = "Upledger", issuers = new[] { new { code = "upledger", name = "Upledger Institute International", credentials = new[] { new { code = "upledger:cst-t", name = "CST-T", levels = (string[]?)null } } } } } },
            specialties = new[] { new { code = "tmj", name = "Jaw", synonyms = Clenching, evidence = new { supporting = "Some say it helps.", limiting = "Nothing controlled is known.", asOf = "2026-11" } } },
            touchPreferences = new[] { new { code = "clothed", name = "I stay fully clothed" } },
            generalEvidence = new { supporting = "A review found less pain.", limiting = "A later review found no effect.", asOf = "2026-11" },
        }));
        On("GET /internal/landing/towns", _ => Results.Json(new { items = new[] { Landed("Denver", 12), Landed("Lakewood", 5) } }));
        On("GET /internal/landing/places/us/co/denver", _ => Results.Json(Landed("Denver", 12)));
        On("GET /internal/landing/places/us/denver", _ => Results.Json(Landed("Denver", 12)));
        On("GET /internal/landing/places/us/co/hygiene", _ => Results.Json(Landed("Hygiene", 1)));
        On("GET /internal/landing/places/us/co/quiet", _ => Results.Json(Landed("Quiet", 0)));
        On("GET /internal/landing/topics", _ => Results.Json(new { people = 42, specialties = new { tmj = 7 }, lineages = new { upledger = 30, visionary = 2 } }));
        On("GET /internal/landing/pages", _ => Results.Json(new { items = Pages, nextCursor = (string?)null }));
        On("GET /internal/landing/pages/starts", _ => Results.Json(new { items = PageStarts }));
        On("GET /internal/landing/people", _ => Results.Json(new { items = new[] { new { id = Ana, slug = Slug, changedAt = "2026-11-20T08:00:00Z" } } }));
        On("GET /internal/landing/people/starts", _ => Results.Json(new { items = new[] { Guid.Empty } }));
        On("GET /api/v1/places", _ => Results.Json(new { items = new[] { new { id = "1", name = "Denver", region = "Colorado", country = "US" } } }));
        On("GET /api/v1/practitioners", _ => Results.Json(new { origin = new { name = "Denver, Colorado, US", country = "US" }, total = 42, items = new[] { person }, facets = new { lineage = new { upledger = 30 }, specialty = new { tmj = 7 }, verified = new Dictionary<string, int> { ["true"] = 9 } }, nextCursor = "next-page" }));
        On($"GET /api/v1/practitioners/{Slug}", _ => Results.Json(person));
        On($"GET /api/v1/practitioners/{Slug}/openings", _ => Results.Json(new
        {
            timeZone = "America/Denver",
            days = new[] { new { date = "2026-12-01", openings = new[] { Opening(Nine), Opening("2026-12-01T10:30:00-07:00"), Opening("2026-12-01T14:00:00-07:00") } } },
        }));
        On("POST /api/v1/holds", _ => Results.Json(new { id = LastHold = Guid.CreateVersion7(), token = "hold-token", expiresAt = "2026-11-23T09:15:00Z" }, statusCode: 201));
        On("GET /api/v1/safety-screen", _ => Results.Json(new { version = "2026-11", question = "Does any of this apply?", items = new[] { new { code = "a", group = "g", text = "A sudden headache" } }, groups = new[] { new { code = "g", title = "In the last days" } }, advice = "Call 911." }));
        On("POST /api/v1/bookings", _ => Results.Json(new { id = Booking, status = "awaitingPayment", checkoutUrl = new Uri(Peer.Url, "/pay/1"), manageToken = ManageToken }, statusCode: 201));
        On($"GET /api/v1/bookings/{Booking}", asked => asked.Headers.GetValueOrDefault("X-Manage-Token") == ManageToken ? Results.Json(Booked()) : Results.NotFound());
    }

    private sealed class NoAnswer : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext) =>
            await Task.Delay(Timeout.Infinite, httpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The booking as its client sees it.</summary>
    public object Booked() => new
    {
        id = Booking,
        status = Status,
        start = Nine,
        end = "2026-12-01T10:00:00-07:00",
        practitioner = new { id = Ana, slug = Slug, name = "Ana Reyes", demo = true },
        service = new { id = Visit, name = "Visit", minutes = 60 },
        location = Place(),
        price = Price(12000),
        dueNow = Price(12000),
        paid = Price(Status == "awaitingPayment" ? 0 : 12000),
        refunded = Price(0),
        policy = new { text = "", tiers = new[] { new { until = "2026-11-30T09:00:00-07:00", refund = Price(12000) } } },
        holdExpiresAt = "2026-11-23T09:15:00Z",
        checkoutUrl = new Uri(Peer.Url, "/pay/1"),
        actions = Status == "confirmed" ? new[] { "cancel", "reschedule" } : ["pay", "cancel"],
    };

    private static object Landed(string name, int people) => new { kind = "town", path = $"us/co/{name.ToLowerInvariant()}", name, region = "CO", country = "US", lat = 39.74, lon = -104.98, people, specialties = new { tmj = people } };

    private static object Place() => new { id = Studio, name = "Studio", addressLines = new[] { "1210 Clarkson Street" }, locality = "Denver", region = "CO", country = "US", timeZone = "America/Denver", formats = new[] { "inPerson" }, access = new[] { "quiet" }, lat = 39.74, lon = -104.99, directions = "The green door." };

    private static object Opening(string start) => new { start, end = start, locationId = Studio };

    private static Dictionary<string, object?> Merge(object first, object? second) =>
        new[] { first, second ?? new { } }.SelectMany(o => o.GetType().GetProperties().Select(p => KeyValuePair.Create(p.Name, p.GetValue(o)))).ToDictionary();
}

/// <summary>One question that the pages asked.</summary>
public sealed record Asked(string Question, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
