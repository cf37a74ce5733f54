using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Peers;

/// <summary>Who can be found, and the words they are described with.</summary>
public sealed class ListingsClient(HttpClient http)
{
    /// <summary>From so many people on, a place may be meant without its region.</summary>
    private const int LargerPlace = 50_000;

    public Task<Taxonomy> Taxonomy(CancellationToken ct) => http.Ask<Taxonomy>("/api/v1/taxonomy", ct);

    public async Task<IReadOnlyList<Place>> Places(string typed, CancellationToken ct, int limit = 6) =>
        (await http.Ask<Items<Place>>(QueryHelpers.AddQueryString("/api/v1/places", new Dictionary<string, string?> { ["q"] = typed, ["limit"] = limit.ToString(CultureInfo.InvariantCulture) }), ct)).All;

    /// <summary>The larger places that are called exactly so, the largest first.</summary>
    public async Task<IReadOnlyList<Place>> PlacesCalled(string name, CancellationToken ct) =>
        [.. (await Places(name, ct, limit: 20)).Where(p => p.PostalCode is null && p.Population >= LargerPlace && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    public Task<Findings> Search(IEnumerable<KeyValuePair<string, string?>> wanted, CancellationToken ct) =>
        http.Ask<Findings>(QueryHelpers.AddQueryString("/api/v1/practitioners", wanted), ct);

    /// <summary>The caller's own listing, where it stands, and the tag to save it under.</summary>
    public async Task<(ListingDraft Draft, ListingState State, string? Tag)> MyListing(CancellationToken ct)
    {
        using var answer = await http.Send(HttpMethod.Get, Mine, null, ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        return (JsonSerializer.Deserialize<ListingDraft>(body, Answers.Format)!, JsonSerializer.Deserialize<ListingState>(body, Answers.Format)!, answer.Headers.ETag?.ToString());
    }

    /// <exception cref="RefusedException">400 with the fields that cannot be kept; 412 when it was changed elsewhere.</exception>
    public async Task Save(ListingDraft draft, string? tag, CancellationToken ct) =>
        (await http.Send(HttpMethod.Put, Mine, draft, ct, ("If-Match", tag))).Dispose();

    /// <exception cref="RefusedException">400 with what is still missing.</exception>
    public async Task Submit(CancellationToken ct) => (await http.Send(HttpMethod.Post, $"{Mine}/submit", null, ct)).Dispose();

    public async Task Unpublish(CancellationToken ct) => (await http.Send(HttpMethod.Post, $"{Mine}/unpublish", null, ct)).Dispose();

    public Task<Items<Waiting>> Queue(string? cursor, CancellationToken ct) =>
        http.Ask<Items<Waiting>>(cursor is null ? "/api/v1/moderation/queue" : QueryHelpers.AddQueryString("/api/v1/moderation/queue", "cursor", cursor), ct);

    /// <param name="verdict"><c>approve</c> or <c>return</c>.</param>
    public async Task Decide(Guid practitioner, string verdict, string reason, long version, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, $"/api/v1/moderation/listings/{practitioner}/{verdict}", new { reason, version }, ct)).Dispose();

    private const string Mine = "/api/v1/me/listing";

    /// <param name="slug">Null when the address had only space in its place, as pages read it.</param>
    public Task<Practitioner?> Practitioner(string? slug, CancellationToken ct) =>
        slug is null ? Task.FromResult<Practitioner?>(null) : http.AskMaybe<Practitioner>($"/api/v1/practitioners/{Uri.EscapeDataString(slug)}", ct);
}
