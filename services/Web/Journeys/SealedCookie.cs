using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Web.Peers;

namespace Web.Journeys;

/// <summary>A cookie that nobody but this site can read or make, good for so long.</summary>
public sealed class SealedCookie<T>(string name, TimeSpan life, IDataProtectionProvider protection, WebOptions options)
    where T : class
{
    private readonly IDataProtector protector = protection.CreateProtector($"Web.{name}");

    /// <summary>Null when there is none, or when it was made under an older key or shape, or by someone else.</summary>
    public T? Read(HttpContext http)
    {
        if (http.Request.Cookies[name] is not { Length: > 0 } sealedText)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(protector.Unprotect(sealedText), Answers.Format);
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    public void Write(HttpContext http, T value) =>
        http.Response.Cookies.Append(name, protector.Protect(JsonSerializer.Serialize(value, Answers.Format)), options.Cookie(life));

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(name, options.Cookie());
}
