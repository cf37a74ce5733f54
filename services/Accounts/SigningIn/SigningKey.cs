using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Platform;

namespace Accounts.SigningIn;

/// <summary>The key that people's tokens are signed with (<c>SIGNING_KEY</c>: PKCS #8, P-256, base64), and its public half for everyone else.</summary>
public sealed class SigningKey
{
    /// <exception cref="InvalidOperationException">The setting is missing or unreadable, or a development secret in Production.</exception>
    public SigningKey(IConfiguration settings, IHostEnvironment environment)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Secrets.Read(settings, "SIGNING_KEY", environment.IsProduction()), out _);
        var point = key.ExportParameters(includePrivateParameters: false);
        var x = Base64UrlEncoder.Encode(point.Q.X);
        var y = Base64UrlEncoder.Encode(point.Q.Y);
        // The key's own thumbprint (RFC 7638), so that a new key has a new name without anybody giving it one.
        var id = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        Credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);
        Public = new PublicKey("EC", "P-256", "sig", "ES256", id, x, y);
    }

    public SigningCredentials Credentials { get; }

    public PublicKey Public { get; }

    /// <summary>A JSON web key (RFC 7517).</summary>
    public sealed record PublicKey(string Kty, string Crv, string Use, string Alg, string Kid, string X, string Y);
}
