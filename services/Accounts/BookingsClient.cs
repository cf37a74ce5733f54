namespace Accounts;

/// <summary>Bookings, as far as leaving needs it.</summary>
public sealed class BookingsClient(HttpClient http)
{
    /// <summary>Bookings that were made as a guest with this address become the account's.</summary>
    /// <exception cref="Platform.UnavailableException">Bookings does not answer.</exception>
    public async Task AttachGuestBookings(Guid accountId, string email, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync($"/internal/clients/{accountId}/guest-bookings", new { email }, ct);
        answer.EnsureSuccessStatusCode();
    }
}
