using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Web.Peers;

namespace Web.Journeys;

/// <summary>Keeps a <see cref="Journey"/> between two pages: encrypted, for two hours, read by this site only.</summary>
public sealed class JourneyCookie(IDataProtectionProvider protection, WebOptions options, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private const string Name = "visit-in-hand";

    private readonly IDataProtector protector = protection.CreateProtector("Web.Journey");

    public Journey? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } sealedText)
            return null;
        try
        {
            var journey = JsonSerializer.Deserialize<Journey>(protector.Unprotect(sealedText), Answers.Format);
            return journey?.Until > clock.GetUtcNow() ? journey : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            // Made under an older key or shape, or by someone else: as good as none.
            return null;
        }
    }

    public void Write(HttpContext http, Journey journey) =>
        http.Response.Cookies.Append(Name, protector.Protect(JsonSerializer.Serialize(journey, Answers.Format)), options.Cookie(Life));

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, options.Cookie());
}
