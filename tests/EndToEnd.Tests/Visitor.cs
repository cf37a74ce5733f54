using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A time that a practitioner offers.</summary>
public sealed record Offer(Guid PractitionerId, string Slug, Guid ServiceId, Guid LocationId, DateTimeOffset Start, int Minutes, string Name);

/// <summary>A booking as its client knows it.</summary>
public sealed record Booked(Guid Id, string Token, Uri CheckoutUrl, long Due, string Currency, string Email);

/// <summary>Uses the public API as a partner's program would.</summary>
public sealed class Visitor(Product product) : IDisposable
{
    private static readonly HashSet<Guid> Used = [];

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = 400 })
    {
        BaseAddress = product.Url,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public HttpClient Http => http;

    /// <summary>Free times of a practitioner whom no other test has used, a few days ahead.</summary>
    public async Task<IReadOnlyList<Offer>> FreeTimes(int atLeast = 8)
    {
        foreach (var near in (string[])["Denver, CO", "London, GB", "Toronto, CA", "New York, NY"])
        {
            var found = await Json(http.GetAsync(new Uri($"/api/v1/practitioners?near={Uri.EscapeDataString(near)}&radiusKm=200&limit=100", UriKind.Relative)));
            foreach (var item in found.GetProperty("items").EnumerateArray())
            {
                if (!Used.Add(item.GetProperty("id").GetGuid()))
                    continue;
                var offers = await OffersOf(item.GetProperty("slug").GetString()!);
                if (offers.Count >= atLeast)
                    return offers;
            }
        }
        throw new InvalidOperationException("No practitioner with free times is left.");
    }

    public async Task<IReadOnlyList<Offer>> OffersOf(string slug)
    {
        var profile = await Json(http.GetAsync(new Uri($"/api/v1/practitioners/{slug}", UriKind.Relative)));
        var service = profile.GetProperty("services").EnumerateArray().FirstOrDefault(s =>
            s.GetProperty("price").GetProperty("amount").GetInt64() > 0 && s.GetProperty("formats").EnumerateArray().Any(f => f.GetString() == "inPerson"));
        if (service.ValueKind == JsonValueKind.Undefined)
            return [];
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var serviceId = service.GetProperty("id").GetGuid();
        var openings = await Json(http.GetAsync(new Uri($"/api/v1/practitioners/{slug}/openings?service={serviceId}&from={today.AddDays(3):yyyy-MM-dd}&to={today.AddDays(30):yyyy-MM-dd}", UriKind.Relative)));
        return
        [
            .. from day in openings.GetProperty("days").EnumerateArray()
               from opening in day.GetProperty("openings").EnumerateArray()
               select new Offer(
                   profile.GetProperty("id").GetGuid(), slug, serviceId, opening.GetProperty("locationId").GetGuid(),
                   opening.GetProperty("start").GetDateTimeOffset(), service.GetProperty("minutes").GetInt32(), profile.GetProperty("name").GetString()!),
        ];
    }

    public async Task<Booked> Book(Offer offer)
    {
        var email = $"guest-{Guid.CreateVersion7():N}@example.org";
        var key = Guid.CreateVersion7().ToString();
        // A part that the test before has killed may still be coming back: a program waits as it is told to, and asks again under its key.
        var answer = await TryBook(offer, email, key);
        await Eventually.True(
            async () => !await MayAskAgain(answer) || !await MayAskAgain(answer = await TryBook(offer, email, key)),
            TimeSpan.FromSeconds(60), "the product takes bookings");
        var booking = await Json(Task.FromResult(answer), HttpStatusCode.Created);
        Assert.Equal("awaitingPayment", booking.GetProperty("status").GetString());
        var due = booking.GetProperty("dueNow");
        return new(
            booking.GetProperty("id").GetGuid(), booking.GetProperty("manageToken").GetString()!, new Uri(booking.GetProperty("checkoutUrl").GetString()!),
            due.GetProperty("amount").GetInt64(), due.GetProperty("currency").GetString()!, email);
    }

    /// <summary>Not now, or not yet: an earlier try under the same key is still being worked on.</summary>
    private static async Task<bool> MayAskAgain(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.ServiceUnavailable
        || (answer.StatusCode == HttpStatusCode.Conflict && (await answer.Content.ReadAsStringAsync()).Contains("request-in-progress", StringComparison.Ordinal));

    public async Task<HttpResponseMessage> TryBook(Offer offer, string? email = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings");
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        request.Content = JsonContent.Create(new
        {
            practitionerId = offer.PractitionerId,
            serviceId = offer.ServiceId,
            locationId = offer.LocationId,
            start = offer.Start,
            client = new { name = "Robin Guest", email = email ?? $"guest-{Guid.CreateVersion7():N}@example.org", phone = "+13035550123", timeZone = "America/Denver" },
            visitor = new { relation = "self" },
            safety = new { version = await SafetyVersion(), noneApply = true },
            acceptPolicies = true,
        });
        return await http.SendAsync(request);
    }

    public async Task Pay(Booked booking, string card = "4242424242424242")
    {
        using var form = new FormUrlEncodedContent([new("card", card)]);
        using var answer = await http.PostAsync(booking.CheckoutUrl, form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    public Task<JsonElement> Look(Booked booking) => Json(Send(HttpMethod.Get, $"/api/v1/bookings/{booking.Id}", booking.Token));

    public async Task<string> Status(Booked booking) => (await Look(booking)).GetProperty("status").GetString()!;

    /// <summary>Waits for a status; a product that is just being killed may not answer in between.</summary>
    public Task Becomes(Booked booking, string status, TimeSpan? within = null) => Eventually.True(
        async () =>
        {
            using var answer = await Send(HttpMethod.Get, $"/api/v1/bookings/{booking.Id}", booking.Token);
            if (!answer.IsSuccessStatusCode)
                return false;
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString() == status;
        },
        within ?? TimeSpan.FromSeconds(20), $"the booking is {status}");

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, string? manageToken = null, object? body = null, string? bearer = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (manageToken is not null)
            request.Headers.Add("X-Manage-Token", manageToken);
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (method == HttpMethod.Post)
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return http.SendAsync(request);
    }

    public static async Task<JsonElement> Json(Task<HttpResponseMessage> sending, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await sending;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} instead of {(int)expected}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public void Dispose() => http.Dispose();

    private string? safetyVersion;

    private async Task<string> SafetyVersion() => safetyVersion ??=
        (await Json(http.GetAsync(new Uri("/api/v1/safety-screen?for=adult&country=US", UriKind.Relative)))).GetProperty("version").GetString()!;
}
