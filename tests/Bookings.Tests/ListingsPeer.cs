using System.Collections.Concurrent;
using Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform;
using TestKit;

namespace Bookings.Tests;

/// <summary>Stands where Listings would: knows a few offerings.</summary>
public sealed class ListingsPeer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Choice, Offering> offerings = new();
    private FakePeer peer = null!;

    private ListingsPeer() => Usual = Offer();

    public Uri Url => peer.Url;

    public int Calls => peer.Calls;

    /// <summary>An hour in Denver for 120 dollars.</summary>
    public Choice Usual { get; }

    /// <summary>How many people a search finds, by its query.</summary>
    public ConcurrentDictionary<string, int> Finds { get; } = new();

    public static async Task<ListingsPeer> Start()
    {
        var listings = new ListingsPeer();
        listings.peer = await FakePeer.Start(app =>
        {
            app.MapGet(
                "/internal/offerings/{practitioner:guid}/{service:guid}",
                IResult (HttpContext http, Guid practitioner, Guid service, Guid locationId) =>
                    http.Request.Headers.Authorization.Count == 0 ? Problem.Unauthenticated
                    : listings.offerings.TryGetValue(new Choice(practitioner, service, locationId), out var offering) ? TypedResults.Ok(offering)
                    : Problem.NotFound);
            app.MapGet("/api/v1/practitioners", IResult (HttpContext http) =>
                http.Request.Query["near"] == "Nowhere" ? Problem.Unprocessable("place-not-found", "We do not know this place")
                : TypedResults.Ok(new { total = listings.Finds.GetValueOrDefault(http.Request.QueryString.Value!) }));
        });
        return listings;
    }

    public Choice Offer(
        long price = 12_000, string currency = "USD", string format = "inPerson", AgeRange? forWhom = null, string bookingMode = "instant",
        string zone = "America/Denver", Choice? besides = null)
    {
        var visit = new Choice(besides?.PractitionerId ?? Guid.CreateVersion7(), besides?.ServiceId ?? Guid.CreateVersion7(), Guid.CreateVersion7());
        offerings[visit] = new Offering(
            new OfferingPractitioner(visit.PractitionerId, "ana-reyes-denver", "Ana Reyes", true),
            new OfferingService(visit.ServiceId, "First visit", 60, new Money(price, currency), bookingMode, forWhom),
            new Place(visit.LocationId, "Studio", "Denver", "US", zone, format, "1 Main Street", "CO", "Ring twice"),
            new OfferingPolicy("Free to change until a day before.", [new PolicyRule(24, 100), new PolicyRule(2, 50)]),
            100);
        return visit;
    }

    public void Reprice(Choice visit, long price) =>
        offerings[visit] = offerings[visit] with { Service = offerings[visit].Service with { Price = new Money(price, "USD") } };

    public Task Stop() => peer.Stop();

    public ValueTask DisposeAsync() => peer.DisposeAsync();
}

/// <summary>What is booked: whose, which, where.</summary>
public sealed record Choice(Guid PractitionerId, Guid ServiceId, Guid LocationId);
