using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Platform;

namespace Web.Journeys;

/// <summary>The manage tokens of the visits that this browser made or opened from a mail, so that no address has to carry one.</summary>
public sealed class VisitKeys(IDataProtectionProvider protection, WebOptions options)
{
    private const string Name = "visits";
    private const int Most = 8;
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly IDataProtector protector = protection.CreateProtector("Web.VisitKeys");

    public string? Of(HttpContext http, Guid booking) => Read(http).FirstOrDefault(k => k.Booking == booking)?.Token;

    public void Add(HttpContext http, Guid booking, string token)
    {
        Key[] keys = [new(booking, token), .. Read(http).Where(k => k.Booking != booking).Take(Most - 1)];
        http.Response.Cookies.Append(Name, protector.Protect(JsonSerializer.Serialize(keys, Json.Strict)), options.Cookie(Life));
    }

    private Key[] Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } sealedText)
            return [];
        try
        {
            return JsonSerializer.Deserialize<Key[]>(protector.Unprotect(sealedText), Json.Strict) ?? [];
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            // Made under an older key or shape, or by someone else: as good as none.
            return [];
        }
    }

    private sealed record Key(Guid Booking, string Token);
}
