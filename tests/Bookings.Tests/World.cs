using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>The service as it runs, among small stand-ins for Listings, Availability and Payments that answer as the real ones promise to.</summary>
public sealed class World : IAsyncDisposable
{
    /// <summary>The first booking of a process compiles as it goes; a booking's patience with its peers is not for that.</summary>
    private static readonly Lazy<Task> Warm = new(async () =>
    {
        await using var world = await Open();
        await Eventually.True(async () => (await world.Ask(world.Wish())).IsSuccessStatusCode, TimeSpan.FromMinutes(1), "bookings are made");
    });

    private World(ServiceFactory<Program, BookingsDb> service, ListingsPeer listings, AvailabilityPeer availability, PaymentsPeer payments)
    {
        Service = service;
        Listings = listings;
        Availability = availability;
        Payments = payments;
        Guest = service.Guest();
    }

    public ServiceFactory<Program, BookingsDb> Service { get; }

    public ListingsPeer Listings { get; }

    public AvailabilityPeer Availability { get; }

    public PaymentsPeer Payments { get; }

    public HttpClient Guest { get; }

    public DateTimeOffset Now => Service.Clock.GetUtcNow();

    public static async Task<World> Start(bool withBroker = false, Dictionary<string, string?>? settings = null)
    {
        await Warm.Value;
        return await Open(withBroker, settings);
    }

    private static async Task<World> Open(bool withBroker = false, Dictionary<string, string?>? settings = null)
    {
        var clock = new FakeClock();
        var listings = await ListingsPeer.Start();
        var availability = await AvailabilityPeer.Start(clock);
        var payments = await PaymentsPeer.Start();
        var all = new Dictionary<string, string?>(settings ?? [])
        {
            ["LISTINGS_URL"] = listings.Url.ToString(),
            ["AVAILABILITY_URL"] = availability.Url.ToString(),
            ["PAYMENTS_URL"] = payments.Url.ToString(),
        };
        var service = await ServiceFactory<Program, BookingsDb>.Start(all, withBroker, clock);
        return new(service, listings, availability, payments);
    }

    /// <summary>A request that is right in every way; the start is one that nobody else has asked for.</summary>
    public JsonObject Wish(Choice? visit = null)
    {
        visit ??= Listings.Usual;
        return new JsonObject
        {
            ["practitionerId"] = visit.PractitionerId,
            ["serviceId"] = visit.ServiceId,
            ["locationId"] = visit.LocationId,
            ["start"] = Availability.NextStart().ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
            ["client"] = new JsonObject
            {
                ["name"] = "Kim Client",
                ["email"] = $"kim-{Guid.CreateVersion7():N}@example.org",
                ["phone"] = "+1 (303) 555-0123",
                ["timeZone"] = "America/Denver",
            },
            ["visitor"] = new JsonObject { ["relation"] = "self" },
            ["safety"] = new JsonObject { ["version"] = "2026-11", ["noneApply"] = true },
            ["touch"] = new JsonArray("clothed", "no-mouth-work"),
            ["note"] = "My left hip, please.",
            ["acceptPolicies"] = true,
        };
    }

    public async Task<HttpResponseMessage> Ask(JsonNode wish, string? key = null, HttpClient? caller = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings") { Content = JsonContent.Create(wish) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        return await (caller ?? Guest).SendAsync(request);
    }

    public async Task<Booked> Book(Choice? visit = null, JsonNode? wish = null, HttpClient? caller = null)
    {
        using var answer = await Ask(wish ?? Wish(visit), caller: caller);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        var body = JsonDocument.Parse(text).RootElement;
        return new Booked(body.GetProperty("id").GetGuid(), body.GetProperty("manageToken").GetString()!, body);
    }

    /// <summary>A booking that is paid and kept; the facts are handed over as if the bus had brought them.</summary>
    public async Task<Booked> Confirmed(Choice? visit = null, JsonNode? wish = null)
    {
        var booked = await Book(visit, wish);
        await Change(booked.Id, booking =>
        {
            booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now);
            booking.Confirm(Now);
        });
        return booked;
    }

    public Task Change(Guid id, Action<Booking> change) => Service.In(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var booking = await db.ForChange(id, default);
        change(booking!);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return 0;
    });

    public async Task<HttpResponseMessage> Call(HttpMethod method, Booked booked, string path = "", object? body = null, string? token = null, HttpClient? caller = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/bookings/{booked.Id}{path}");
        if (caller is null)
            request.Headers.Add("X-Manage-Token", token ?? booked.Token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await (caller ?? Guest).SendAsync(request);
    }

    public async Task<JsonElement> Show(Booked booked, HttpClient? caller = null)
    {
        using var answer = await Call(HttpMethod.Get, booked, caller: caller);
        return await Read(answer);
    }

    public static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<string?> Status(Guid id) => Service.Db.Scalar<string>("SELECT status FROM bookings WHERE id = $1", id);

    public async Task<long> Count(string sql, params object[] values) => await Service.Db.Scalar<long>(sql, values);

    /// <summary>Brings a fact over the broker.</summary>
    public async Task Tell(object fact, Guid? messageId = null)
    {
        var bus = Service.Services.GetRequiredService<IBus>();
        await bus.Publish(fact, fact.GetType(), context => context.MessageId = messageId ?? Guid.CreateVersion7());
    }

    public async ValueTask DisposeAsync()
    {
        Guest.Dispose();
        await Service.DisposeAsync();
        await Listings.DisposeAsync();
        await Availability.DisposeAsync();
        await Payments.DisposeAsync();
    }
}

/// <summary>A booking as its client has it.</summary>
public sealed record Booked(Guid Id, string Token, JsonElement Body);
