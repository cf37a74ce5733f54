using Microsoft.AspNetCore.Authentication.Cookies;

namespace Web.People;

/// <summary>Who may see which page: people are known by <see cref="SignInCookie"/>, and a policy is named after the role it asks for.</summary>
internal static class SigningIn
{
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SignInCookie>();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SignInCookie>((cookie, signIn) => signIn.Shape(cookie));
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("practitioner", policy => policy.RequireRole("practitioner"))
            .AddPolicy("moderator", policy => policy.RequireRole("moderator"))
            .AddPolicy("operator", policy => policy.RequireRole("operator"));
    }
}
