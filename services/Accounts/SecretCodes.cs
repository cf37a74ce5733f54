using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Accounts;

/// <summary>Secrets that are handed out once and only recognised afterwards: 256 random bits, of which we keep the hash.</summary>
public static class SecretCodes
{
    /// <summary>URL-safe text of 43 characters.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Plain SHA-256: nothing of 256 random bits can be guessed, so there is nothing to slow down.</summary>
    public static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
