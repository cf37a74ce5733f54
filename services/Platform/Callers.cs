using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform;

/// <summary>Who calls: a person by the bearer token of Accounts, another service by one made with <c>SERVICE_KEY</c>, or nobody we know.</summary>
public static class Callers
{
    public const string PeopleIssuer = "stillpoint";
    public const string ServicesIssuer = "stillpoint-services";
    public const string Audience = "stillpoint";
    public const string PractitionerClaim = "practitioner";

    internal const string ServicePolicy = "service";

    /// <summary>Only people who are signed in; others hear 401.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(policy => policy.RequireClaim("iss", PeopleIssuer));

    /// <summary>Only people with one of these roles; others hear 403, strangers 401.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(policy => policy.RequireClaim("iss", PeopleIssuer).RequireRole(roles));

    /// <summary>Answers meant for one person: no cache on the way may keep them.</summary>
    public static RouteGroupBuilder Personal(this RouteGroupBuilder group) => group.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    });

    internal static void AddCallers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceTokens>();
        builder.Services.AddHttpClient<PeopleKeys>(http => http.Timeout = TimeSpan.FromSeconds(4))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false });
        builder.Services.AddAuthentication("Bearer").AddScheme<AuthenticationSchemeOptions, BearerHandler>("Bearer", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(ServicePolicy, policy => policy.RequireClaim("iss", ServicesIssuer));
    }
}

/// <summary>
/// The person who calls, according to their token. As a parameter of a route it requires a signed-in person; <c>CurrentUser?</c> allows a guest too, but
/// not somebody whose token has run out: what they did would belong to nobody.
/// </summary>
/// <param name="Name">As they gave it when they registered.</param>
/// <param name="PractitionerId">Set for practitioners only.</param>
public sealed record CurrentUser(Guid Id, string Email, string Name, IReadOnlyList<string> Roles, Guid? PractitionerId)
{
    public static CurrentUser? From(HttpContext http)
    {
        var user = http.User;
        return user.FindFirst("iss")?.Value == Callers.PeopleIssuer && Guid.TryParse(user.FindFirst("sub")?.Value, out var id)
            ? new(
                id,
                user.FindFirst("email")?.Value ?? "",
                user.FindFirst("name")?.Value ?? "",
                [.. user.FindAll("role").Select(c => c.Value)],
                Guid.TryParse(user.FindFirst(Callers.PractitionerClaim)?.Value, out var practitioner) ? practitioner : null)
            : null;
    }

    /// <exception cref="BadHttpRequestException">401: the token has run out, or is not one of ours.</exception>
    public static async ValueTask<CurrentUser?> BindAsync(HttpContext context) =>
        (await context.AuthenticateAsync()).Failure is null
            ? From(context)
            : throw new BadHttpRequestException("The token is not good.", StatusCodes.Status401Unauthorized);
}

/// <summary>
/// The practitioner who calls. As a parameter of a route it refuses everybody else with 403: also an account that has the role without being anybody in
/// the directory.
/// </summary>
public sealed record CurrentPractitioner(Guid Id)
{
    /// <exception cref="BadHttpRequestException">403: the caller is not a practitioner.</exception>
    public static ValueTask<CurrentPractitioner?> BindAsync(HttpContext context) =>
        CurrentUser.From(context)?.PractitionerId is { } id
            ? new(new CurrentPractitioner(id))
            : throw new BadHttpRequestException("The caller is not a practitioner.", StatusCodes.Status403Forbidden);
}

/// <summary>The public keys that Accounts signs people's tokens with, read from it when a new one turns up.</summary>
internal sealed class PeopleKeys(HttpClient http, TimeProvider clock, IConfiguration settings)
{
    private static readonly Lock Gate = new();
    private static (Uri? From, IReadOnlyList<SecurityKey> Keys, DateTimeOffset At) known = (null, [], default);

    /// <exception cref="UnavailableException">Accounts does not answer and the key is not known yet.</exception>
    public async Task<IReadOnlyList<SecurityKey>> Find(string keyId, CancellationToken ct)
    {
        var address = new Uri(new Uri(settings["ACCOUNTS_URL"] ?? throw new InvalidOperationException("The setting ACCOUNTS_URL is missing.")), "/.well-known/jwks.json");
        var now = clock.GetUtcNow();
        lock (Gate)
        {
            // A made-up key id must not turn into a request to Accounts for each call.
            if (known.From == address && (known.Keys.Any(k => k.KeyId == keyId) || (known.At <= now && known.At > now.AddSeconds(-10))))
                return known.Keys;
        }
        try
        {
            IReadOnlyList<SecurityKey> keys = [.. new JsonWebKeySet(await http.GetStringAsync(address, ct)).GetSigningKeys()];
            lock (Gate)
                known = (address, keys, now);
            return keys;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException)
        {
            throw new UnavailableException("Accounts", e);
        }
    }
}

/// <summary>Reads the bearer token: ES256 only, for us, not expired.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder,
    PeopleKeys people, ServiceTokens services, TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string scheme = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var text = header[scheme.Length..].Trim();
        if (services.Known(text) is { } known)
            return AuthenticateResult.Success(new AuthenticationTicket(known, Scheme.Name));
        if (text.Length > 8192 || !Tokens.CanReadToken(text))
            return AuthenticateResult.Fail("not a token");

        JsonWebToken token;
        try
        {
            token = Tokens.ReadJsonWebToken(text);
        }
        catch (ArgumentException)
        {
            return AuthenticateResult.Fail("not a token");
        }
        var isService = token.Issuer == Callers.ServicesIssuer;
        IReadOnlyList<SecurityKey> keys = isService ? [services.Key] : await people.Find(token.Kid ?? "", Context.RequestAborted);
        var result = await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = isService ? Callers.ServicesIssuer : Callers.PeopleIssuer,
            ValidAudience = Callers.Audience,
            IssuerSigningKeys = keys,
            LifetimeValidator = (_, expires, _, _) => expires is { } e && e > clock.GetUtcNow().UtcDateTime,
            NameClaimType = "sub",
            RoleClaimType = "role",
        });
        if (!result.IsValid)
            return AuthenticateResult.Fail("not valid");
        var caller = new ClaimsPrincipal(result.ClaimsIdentity);
        if (isService)
            services.Remember(text, caller, token.ValidTo);
        return AuthenticateResult.Success(new AuthenticationTicket(caller, Scheme.Name));
    }
}
