using Microsoft.AspNetCore.WebUtilities;

namespace Web.Peers;

/// <summary>Who can be found, and the words they are described with.</summary>
public sealed class ListingsClient(HttpClient http)
{
    public Task<Taxonomy> Taxonomy(CancellationToken ct) => http.Ask<Taxonomy>("/api/v1/taxonomy", ct);

    public async Task<IReadOnlyList<Place>> Places(string typed, CancellationToken ct) =>
        (await http.Ask<Items<Place>>(QueryHelpers.AddQueryString("/api/v1/places", new Dictionary<string, string?> { ["q"] = typed, ["limit"] = "6" }), ct)).All;

    public Task<Findings> Search(IEnumerable<KeyValuePair<string, string?>> wanted, CancellationToken ct) =>
        http.Ask<Findings>(QueryHelpers.AddQueryString("/api/v1/practitioners", wanted), ct);

    public Task<Practitioner?> Practitioner(string slug, CancellationToken ct) =>
        http.AskMaybe<Practitioner>($"/api/v1/practitioners/{Uri.EscapeDataString(slug)}", ct);
}
