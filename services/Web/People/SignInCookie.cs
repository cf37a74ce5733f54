using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform;
using Web.Peers;

namespace Web.People;

/// <summary>Who is signed in, with the tokens that the other services know them by; renewed before they run out, without a word.</summary>
public sealed class SignInCookie(WebOptions options, TimeProvider clock)
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string Access = "access_token";
    private const string RefreshName = "refresh_token";
    private const string ExpiresAt = "expires_at";
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    public void Shape(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "person";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = options.CookiePolicy;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/sign-in";
        cookie.ReturnUrlParameter = "to";
        cookie.Events.OnValidatePrincipal = Renew;
        // On this site, whatever name the caller says it has.
        cookie.Events.OnRedirectToLogin = cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
            return Task.CompletedTask;
        };
    }

    public Task SignIn(HttpContext http, Tokens tokens)
    {
        var ticket = new AuthenticationProperties { IsPersistent = true };
        Store(ticket, tokens);
        return http.SignInAsync(Scheme, Person(tokens), ticket);
    }

    public static async Task<string?> AccessToken(HttpContext http) => await http.GetTokenAsync(Scheme, Access);

    public static async Task<string?> RefreshToken(HttpContext http) => await http.GetTokenAsync(Scheme, RefreshName);

    public static Task SignOut(HttpContext http) => http.SignOutAsync(Scheme);

    private async Task Renew(CookieValidatePrincipalContext context)
    {
        if (DateTimeOffset.TryParse(context.Properties.GetTokenValue(ExpiresAt), CultureInfo.InvariantCulture, out var until) && until - clock.GetUtcNow() > Early)
            return;

        try
        {
            var accounts = context.HttpContext.RequestServices.GetRequiredService<AccountsClient>();
            var tokens = await accounts.Refresh(context.Properties.GetTokenValue(RefreshName) ?? "", context.HttpContext.RequestAborted);
            Store(context.Properties, tokens);
            context.ReplacePrincipal(Person(tokens));
            context.ShouldRenew = true;
        }
        catch (RefusedException)
        {
            // The tokens are no longer good: whoever it is has to sign in again.
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
        catch (UnavailableException)
        {
            // Accounts is away. The person stays signed in; calls with the old token are refused by their service while it is expired.
        }
    }

    private void Store(AuthenticationProperties ticket, Tokens tokens) => ticket.StoreTokens(
    [
        new() { Name = Access, Value = tokens.AccessToken },
        new() { Name = RefreshName, Value = tokens.RefreshToken },
        new() { Name = ExpiresAt, Value = clock.GetUtcNow().AddSeconds(tokens.ExpiresIn).ToString("O", CultureInfo.InvariantCulture) },
    ]);

    /// <summary>The token came from Accounts itself a moment ago; it is read for the page's sake, and every service checks it again.</summary>
    private static ClaimsPrincipal Person(Tokens tokens)
    {
        var token = new JsonWebToken(tokens.AccessToken);
        return new(new ClaimsIdentity(token.Claims.Where(c => c.Type is "sub" or "email" or "name" or "role" or Callers.PractitionerClaim), Scheme, "name", "role"));
    }
}
