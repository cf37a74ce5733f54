using System.Collections.Concurrent;
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

    /// <summary>Answers for one person's eyes: nothing on the way may keep them.</summary>
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
/// The person who calls, as their token says. As a parameter of a route it needs a signed-in person; <c>CurrentUser?</c> allows a guest, but nobody
/// whose token is no longer good: what they do would be nobody's.
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

    /// <exception cref="BadHttpRequestException">401: the token has run out or is none of ours.</exception>
    public static async ValueTask<CurrentUser?> BindAsync(HttpContext context) =>
        (await context.AuthenticateAsync()).Failure is null
            ? From(context)
            : throw new BadHttpRequestException("The token is not good.", StatusCodes.Status401Unauthorized);
}

/// <summary>Tokens by which services know each other: ES256, five minutes.</summary>
public sealed class ServiceTokens(Secrets secrets, TimeProvider clock, IConfiguration settings)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler tokens = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ConcurrentDictionary<string, (ClaimsPrincipal Service, DateTimeOffset Until)> checkedBefore = new(StringComparer.Ordinal);
    private (string Token, DateTimeOffset Until) current;

    internal ECDsaSecurityKey Key { get; } = new(secrets.ServiceKey) { KeyId = "services" };

    /// <summary>A token with at least a minute left.</summary>
    public string Current()
    {
        var now = clock.GetUtcNow();
        if (current.Token is null || current.Until < now.AddMinutes(1) || current.Until > now + Life)
        {
            var until = now + Life;
            current = (tokens.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Callers.ServicesIssuer,
                Audience = Callers.Audience,
                Subject = new ClaimsIdentity([new Claim("sub", settings[Service.NameKey]!)]),
                IssuedAt = now.UtcDateTime,
                Expires = until.UtcDateTime,
                SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
            }), until);
        }
        return current.Token;
    }

    /// <summary>Who sent this very token before and was found to be a service, so that a signature is checked once and not with each of its calls.</summary>
    internal ClaimsPrincipal? Known(string token) =>
        checkedBefore.TryGetValue(token, out var known) && known.Until > clock.GetUtcNow() ? known.Service : null;

    internal void Remember(string token, ClaimsPrincipal service, DateTimeOffset until)
    {
        // A handful of callers with a new token every few minutes; whoever is forgotten is checked again.
        if (checkedBefore.Count >= 64)
            checkedBefore.Clear();
        checkedBefore[token] = (service, until);
    }
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
