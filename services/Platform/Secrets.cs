using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;

namespace Platform;

/// <summary>The keys a service works with; they come from the environment only.</summary>
public sealed record Secrets(byte[] EncryptionKey, byte[] LinkKey, ECDsa ServiceKey)
{
    private const string DevelopmentMark = "dev:";

    /// <exception cref="InvalidOperationException">One is missing or unreadable, or is a development secret in Production.</exception>
    public static Secrets From(IConfiguration settings, bool production)
    {
        var serviceKey = ECDsa.Create();
        serviceKey.ImportPkcs8PrivateKey(Read(settings, "SERVICE_KEY", production), out _);
        return new(Read(settings, "ENCRYPTION_KEY", production), Read(settings, "LINK_KEY", production), serviceKey);
    }

    /// <summary>Base64 bytes from a setting. Secrets made for development start with <c>dev:</c> and are refused in Production.</summary>
    public static byte[] Read(IConfiguration settings, string key, bool production)
    {
        var text = settings[key] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {key} is missing.");
        if (text.StartsWith(DevelopmentMark, StringComparison.Ordinal))
            text = production ? throw new InvalidOperationException($"The setting {key} is a development secret; Production needs its own.") : text[DevelopmentMark.Length..];
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"The setting {key} is not base64.", e);
        }
    }
}

/// <summary>Seals what only its two readers may see: AES-256-GCM under a key of its own for each purpose, derived from <c>ENCRYPTION_KEY</c>.</summary>
public sealed class SecretBox(Secrets secrets)
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public byte[] Seal(string text, string purpose) => Seal(Encoding.UTF8.GetBytes(text), purpose);

    /// <exception cref="CryptographicException">It was sealed for another purpose or key, or was altered.</exception>
    public string Open(byte[] box, string purpose) => Encoding.UTF8.GetString(OpenBytes(box, purpose));

    public byte[] Seal(byte[] bytes, string purpose)
    {
        var box = new byte[1 + NonceSize + bytes.Length + TagSize];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceSize));
        using var aes = new AesGcm(Key(purpose), TagSize);
        aes.Encrypt(box.AsSpan(1, NonceSize), bytes, box.AsSpan(1 + NonceSize, bytes.Length), box.AsSpan(box.Length - TagSize), [Version]);
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed for another purpose or key, or was altered.</exception>
    public byte[] OpenBytes(byte[] box, string purpose)
    {
        if (box.Length < 1 + NonceSize + TagSize || box[0] != Version)
            throw new CryptographicException("Not a sealed box.");
        var bytes = new byte[box.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(Key(purpose), TagSize);
        aes.Decrypt(box.AsSpan(1, NonceSize), box.AsSpan(1 + NonceSize, bytes.Length), box.AsSpan(box.Length - TagSize), bytes, [Version]);
        return bytes;
    }

    private byte[] Key(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secrets.EncryptionKey, 32, info: Encoding.UTF8.GetBytes(purpose));
}

/// <summary>Equality without the value: HMAC-SHA-256 under <c>LINK_KEY</c>, for limits by address and the like.</summary>
public sealed class KeyedHash(Secrets secrets)
{
    /// <summary>URL-safe text of 43 characters; the same for the same value and purpose.</summary>
    public string Of(string value, string purpose) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(secrets.LinkKey, Encoding.UTF8.GetBytes($"{purpose}\0{value}")));
}

/// <summary>Tokens that their owner can make again from an id and a version, so that none is stored and raising the version revokes them.</summary>
public sealed class LinkTokens(KeyedHash hash)
{
    /// <summary>URL-safe text of 43 characters.</summary>
    /// <param name="purpose">What it opens, such as <c>manage</c> or <c>feed</c>.</param>
    public string Make(string purpose, Guid id, int version) => hash.Of($"{id:N}.{version}", $"link:{purpose}");

    /// <summary>Whether <paramref name="token"/> is the one for exactly this; takes the same time whatever is wrong with it.</summary>
    public bool Fits(string? token, string purpose, Guid id, int version) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Make(purpose, id, version)));
}

/// <summary>ASP.NET's protection of cookies and forms without a key ring to share: every copy derives the same keys from <c>ENCRYPTION_KEY</c>.</summary>
public sealed class StatelessProtection(SecretBox box) : IDataProtectionProvider
{
    public IDataProtector CreateProtector(string purpose) => new Protector(box, purpose);

    private sealed class Protector(SecretBox box, string purpose) : IDataProtector
    {
        public IDataProtector CreateProtector(string inner) => new Protector(box, $"{purpose}\0{inner}");

        public byte[] Protect(byte[] plaintext) => box.Seal(plaintext, $"protection:{purpose}");

        public byte[] Unprotect(byte[] protectedData) => box.OpenBytes(protectedData, $"protection:{purpose}");
    }
}
