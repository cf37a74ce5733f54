namespace Web;

/// <summary>Settings of the pages, by their names in the environment.</summary>
public sealed class WebOptions
{
    public string SiteName { get; set; } = "Stillpoint";

    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    /// <summary>Where the payment provider answers; its page is where a booking's form ends up.</summary>
    public Uri? StripeApiBase { get; set; }

    /// <summary>Unset: payments go to the sandbox and the directory is a demonstration.</summary>
    public string? StripeApiKey { get; set; }

    /// <summary>As <c>https://tiles.example/{z}/{x}/{y}.png</c>; unset: coastlines and borders of our own.</summary>
    public string? MapTileUrl { get; set; }

    public string? MapAttribution { get; set; }

    /// <summary>Cookies travel only over TLS where the site has it.</summary>
    public CookieSecurePolicy CookiePolicy => PublicUrl.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    public bool IsDemonstration => string.IsNullOrEmpty(StripeApiKey);

    /// <summary>Unread by scripts and unsent by other sites' forms.</summary>
    public CookieOptions Cookie(TimeSpan? life = null) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = CookiePolicy == CookieSecurePolicy.Always,
        Path = "/",
        IsEssential = true,
        MaxAge = life,
    };
}
