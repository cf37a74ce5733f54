namespace Accounts;

/// <summary>Bookings, which keeps visits and has to know whose they are before somebody leaves.</summary>
public sealed class BookingsClient(HttpClient http) : Keeper(http)
{
    /// <summary>Bookings that were made as a guest with this address become the account's.</summary>
    /// <exception cref="Platform.UnavailableException">Bookings does not answer.</exception>
    public async Task AttachGuestBookings(Guid accountId, string email, CancellationToken ct)
    {
        using var answer = await Http.PostAsJsonAsync($"/internal/clients/{accountId}/guest-bookings", new { email }, ct);
        answer.EnsureSuccessStatusCode();
    }
}
