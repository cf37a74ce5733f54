using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Availability;

/// <summary>What proves that a hold is one's own: 192 random bits, of which only a hash is stored.</summary>
public static class HoldToken
{
    public const string Header = "X-Hold-Token";

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
