using System.Net;
using System.Net.Http.Json;
using Contracts;
using Microsoft.Extensions.Caching.Memory;
using Platform;

namespace Availability;

/// <summary>Listings, as far as time needs it: which practitioner a slug stands for, and what is published.</summary>
public sealed class ListingsClient(HttpClient http, SlugCache known)
{
    private sealed record Found(Guid Id);

    /// <summary>Null when nobody has that slug.</summary>
    /// <exception cref="UnavailableException">Listings does not answer.</exception>
    public async Task<Guid?> FindPractitioner(string slug, CancellationToken ct)
    {
        if (slug.Length > 200 || !slug.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return null;
        if (known.Find(slug) is { } id)
            return id;
        using var response = await http.GetAsync(new Uri($"/internal/practitioners/by-slug/{slug}", UriKind.Relative), ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var found = await response.Content.ReadFromJsonAsync<Found>(Json.Tolerant, ct);
        known.Keep(slug, found!.Id);
        return found.Id;
    }

    /// <summary>What the practitioner offers now; null when nothing is published.</summary>
    /// <exception cref="UnavailableException">Listings does not answer.</exception>
    public async Task<Offer?> Published(Guid practitionerId, CancellationToken ct)
    {
        using var response = await http.GetAsync(new Uri($"/internal/practitioners/{practitionerId}/facts", UriKind.Relative), ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var facts = await response.Content.ReadFromJsonAsync<PractitionerPublished>(Json.Tolerant, ct);
        return new Offer(facts!.Locations, facts.Services);
    }
}

/// <summary>Slugs that were asked for recently. They never change, so a hit needs no second look; misses are not kept.</summary>
public sealed class SlugCache : IDisposable
{
    private readonly MemoryCache slugs = new(new MemoryCacheOptions { SizeLimit = 50_000 });

    public Guid? Find(string slug) => slugs.TryGetValue<Guid>(slug, out var id) ? id : null;

    public void Keep(string slug, Guid id) =>
        slugs.Set(slug, id, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) });

    public void Dispose() => slugs.Dispose();
}
