using Microsoft.AspNetCore.DataProtection;

namespace Web.Journeys;

/// <summary>The manage tokens of the visits, and of what is waited for, that this browser made or opened from a mail, so that no address has to carry one.</summary>
public sealed class VisitKeys(IDataProtectionProvider protection, WebOptions options)
{
    private const int Most = 8;

    private readonly SealedCookie<Key[]> cookie = new("visits", TimeSpan.FromHours(12), protection, options);

    public string? Of(HttpContext http, Guid booking) => Read(http).FirstOrDefault(k => k.Booking == booking)?.Token;

    /// <summary>The visit whose key came last.</summary>
    public Guid? Newest(HttpContext http) => Read(http) is [var key, ..] ? key.Booking : null;

    public void Add(HttpContext http, Guid booking, string token) =>
        cookie.Write(http, [new(booking, token), .. Read(http).Where(k => k.Booking != booking).Take(Most - 1)]);

    private Key[] Read(HttpContext http) => cookie.Read(http) ?? [];

    private sealed record Key(Guid Booking, string Token);
}
