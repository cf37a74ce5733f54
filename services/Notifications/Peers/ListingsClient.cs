using System.Net;
using Platform;

namespace Notifications.Peers;

/// <summary>How to reach a practitioner.</summary>
public sealed class ListingsClient(HttpClient http)
{
    /// <summary>Null when the practitioner is gone.</summary>
    /// <exception cref="UnavailableException">Listings does not answer.</exception>
    public async Task<PractitionerContact?> Find(Guid practitionerId, CancellationToken ct)
    {
        using var response = await http.GetAsync($"/internal/practitioners/{practitionerId}/contact", ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<PractitionerContact>(Json.Tolerant, ct);
    }
}

/// <param name="Name">Null in a listing that was begun without one.</param>
/// <param name="TimeZone">The practice's; null when the practitioner has not said.</param>
public sealed record PractitionerContact(string? Name, string? Email, string? TimeZone);
