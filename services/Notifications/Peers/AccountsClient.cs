using System.Net;
using Platform;

namespace Notifications.Peers;

/// <summary>Codes by which a person proves that an address is theirs; Accounts makes one when its mail is composed.</summary>
public sealed class AccountsClient(HttpClient http)
{
    /// <summary>Null when there is nothing to prove any more: it was proven, has expired, or the account is gone.</summary>
    /// <exception cref="UnavailableException">Accounts does not answer.</exception>
    public async Task<SignInCode?> MakeCode(Guid accountId, Guid requestId, string purpose, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync($"/internal/accounts/{accountId}/codes", new { requestId, purpose }, Json.Strict, ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<SignInCode>(Json.Tolerant, ct);
    }
}

/// <param name="Url">The page that takes the code; the code is in it.</param>
public sealed record SignInCode(string Email, Uri Url);
