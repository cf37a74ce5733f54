using Microsoft.AspNetCore.DataProtection;

namespace Web.Journeys;

/// <summary>Keeps a <see cref="Journey"/> between two pages, for two hours.</summary>
public sealed class JourneyCookie(IDataProtectionProvider protection, WebOptions options, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private readonly SealedCookie<Journey> cookie = new("visit-in-hand", Life, protection, options);

    public Journey? Read(HttpContext http) => cookie.Read(http) is { } journey && journey.Until > clock.GetUtcNow() ? journey : null;

    public void Write(HttpContext http, Journey journey) => cookie.Write(http, journey);

    public void Forget(HttpContext http) => cookie.Forget(http);
}
