using System.Text.Json;
using Platform;

namespace Accounts;

/// <summary>Another service that keeps something about people.</summary>
public abstract class Keeper(HttpClient http)
{
    protected HttpClient Http => http;

    /// <summary>All of it about one person, as it is answered.</summary>
    /// <exception cref="UnavailableException">The service does not answer.</exception>
    public async Task<JsonElement> Export(Person person, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync("/internal/export", person, Json.Strict, ct);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
    }
}

/// <summary>How the other services know somebody.</summary>
/// <param name="Email">Confirmed as the account's.</param>
/// <param name="BookingIds">The visits that they booked themselves.</param>
/// <param name="WaitlistEntryIds">What they wait for.</param>
public sealed record Person(Guid AccountId, string Email, Guid? PractitionerId, IReadOnlyList<Guid> BookingIds, IReadOnlyList<Guid> WaitlistEntryIds);

public sealed class ListingsClient(HttpClient http) : Keeper(http);

public sealed class AvailabilityClient(HttpClient http) : Keeper(http);

public sealed class PaymentsClient(HttpClient http) : Keeper(http);

public sealed class NotificationsClient(HttpClient http) : Keeper(http);
