using System.Buffers.Text;
using System.Security.Cryptography;

namespace Web.Door;

/// <summary>What each answer tells the browser not to do.</summary>
public static class SecurityHeaders
{
    private static readonly object NonceKey = new();

    /// <summary>The nonce that lets this answer's own scripts run, and no others.</summary>
    public static string Nonce(this HttpContext http) => (string)http.Items[NonceKey]!;

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<WebOptions>();
        var payment = options.StripeApiBase is { } sandbox ? $" {sandbox.GetLeftPart(UriPartial.Authority)}" : "";
        // A tile's address has places for numbers, and perhaps one for a part of the host.
        var tiles = options.MapTileUrl is { Length: > 8 } map && map.IndexOf('/', 8) is var path and > 0 ? $" {map[..path].Replace("{s}", "*", StringComparison.Ordinal)}" : "";
        app.Use((http, next) =>
        {
            // nginx ends TLS; what is made here (cookies, links) belongs to the address that people see.
            http.Request.Scheme = options.PublicUrl.Scheme;
            var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
            http.Items[NonceKey] = nonce;
            // On starting, because an error page clears what was set before it.
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                // A page may have set a stricter one of its own.
                if (headers.ContentSecurityPolicy.Count == 0)
                    headers.ContentSecurityPolicy = string.Join("; ",
                    "default-src 'none'", $"script-src 'nonce-{nonce}'", "style-src 'self'", "font-src 'self'", $"img-src 'self'{tiles}", "connect-src 'self'",
                    // Chromium applies this to where a form's answer redirects: a booking's to the payment page, a practitioner's to their account's.
                    $"form-action 'self' https://checkout.stripe.com https://connect.stripe.com{payment}",
                    "frame-ancestors 'none'", "base-uri 'none'");
                headers.XContentTypeOptions = "nosniff";
                if (!headers.ContainsKey("Referrer-Policy"))
                    headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)";
                if (options.IsDemonstration)
                    headers["X-Robots-Tag"] = "noindex";
                // Pages, files and redirects with cookies are for one person, unless they say that they are for all.
                if (headers.CacheControl.Count == 0)
                    headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return next(http);
        });
    }
}
