using System.Net;
using Platform;

namespace Payments;

/// <summary>Listings, as far as money needs it: whether a practitioner exists outside the demonstration.</summary>
public sealed class ListingsClient(HttpClient http)
{
    /// <exception cref="UnavailableException">Listings does not answer.</exception>
    public async Task<bool> IsInvented(Guid practitionerId, CancellationToken ct)
    {
        using var answer = await http.GetAsync(new Uri($"/internal/practitioners/{practitionerId}/contact", UriKind.Relative), ct);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return false;
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Contact>(Json.Tolerant, ct))!.Demo;
    }

    private sealed record Contact(bool Demo);
}
