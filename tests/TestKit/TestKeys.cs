using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform;

namespace TestKit;

/// <summary>Keys of one test run, and the tokens that Accounts would give out.</summary>
public static class TestKeys
{
    private const string KeyId = "test";
    private static readonly ECDsa Signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa Services = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string SigningKey { get; } = Convert.ToBase64String(Signing.ExportPkcs8PrivateKey());

    public static string ServiceKey { get; } = Convert.ToBase64String(Services.ExportPkcs8PrivateKey());

    public static string EncryptionKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static string LinkKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>What Accounts publishes at <c>/.well-known/jwks.json</c>.</summary>
    public static string Jwks
    {
        get
        {
            var p = Signing.ExportParameters(false);
            return $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"{{KeyId}}","x":"{{Base64UrlEncoder.Encode(p.Q.X)}}","y":"{{Base64UrlEncoder.Encode(p.Q.Y)}}"}]}""";
        }
    }

    /// <summary>A person's access token, valid for fifteen minutes from <paramref name="now"/>.</summary>
    public static string Person(DateTimeOffset now, Guid id, string email, string[] roles, Guid? practitionerId = null) => Token(
        Callers.PeopleIssuer, new ECDsaSecurityKey(Signing) { KeyId = KeyId }, now,
        [
            new("sub", id.ToString()), new("email", email), .. roles.Select(r => new Claim("role", r)),
            .. practitionerId is { } p ? (Claim[])[new(Callers.PractitionerClaim, p.ToString())] : [],
        ]);

    /// <summary>The token of another service.</summary>
    public static string Service(DateTimeOffset now) =>
        Token(Callers.ServicesIssuer, new ECDsaSecurityKey(Services) { KeyId = "services" }, now, [new("sub", "Tests")]);

    private static string Token(string issuer, SecurityKey key, DateTimeOffset now, IEnumerable<Claim> claims) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = Callers.Audience,
            Subject = new ClaimsIdentity(claims),
            IssuedAt = now.UtcDateTime,
            Expires = now.UtcDateTime.AddMinutes(15),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
}
