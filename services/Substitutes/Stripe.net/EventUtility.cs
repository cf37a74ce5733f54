using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stripe;

/// <summary>Reads the events that Stripe posts, once it is sure that Stripe posted them.</summary>
public static class EventUtility
{
    public const int DefaultTimeTolerance = 300;

    /// <param name="json">The request's body, byte for byte.</param>
    /// <param name="stripeSignatureHeader"><c>t=UNIX,v1=HEX</c>, with one <c>v1</c> for each secret that is good at the moment.</param>
    /// <param name="tolerance">Seconds that the signature's instant may lie before or after now.</param>
    /// <exception cref="StripeException">Not signed with this secret, or not within the tolerance.</exception>
    public static Event ConstructEvent(
        string json, string stripeSignatureHeader, string secret, long tolerance = DefaultTimeTolerance, bool throwOnApiVersionMismatch = true) =>
        ConstructEvent(
            json, stripeSignatureHeader, secret, tolerance, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), throwOnApiVersionMismatch);

    /// <param name="utcNow">Unix seconds.</param>
    /// <inheritdoc cref="ConstructEvent(string, string, string, long, bool)"/>
    public static Event ConstructEvent(
        string json, string stripeSignatureHeader, string secret, long tolerance, long utcNow, bool throwOnApiVersionMismatch = true)
    {
        ValidateSignature(json, stripeSignatureHeader, secret, tolerance, utcNow);
        return ParseEvent(json, throwOnApiVersionMismatch);
    }

    /// <summary>Reads an event without asking who sent it.</summary>
    /// <exception cref="StripeException">The event is of another release of the API than this library.</exception>
    public static Event ParseEvent(string json, bool throwOnApiVersionMismatch = true)
    {
        var happened = JsonSerializer.Deserialize<Event>(json, StripeJson.Options) ?? throw new StripeException("The event is empty.");
        if (throwOnApiVersionMismatch && Release(happened.ApiVersion) != Release(StripeClient.ApiVersion))
            throw new StripeException($"The event is of API version {happened.ApiVersion}; {StripeClient.ApiVersion} is understood here.");
        return happened;
    }

    /// <inheritdoc cref="ConstructEvent(string, string, string, long, bool)"/>
    public static void ValidateSignature(string json, string stripeSignatureHeader, string secret, long tolerance, long utcNow)
    {
        ArgumentNullException.ThrowIfNull(stripeSignatureHeader);
        var parts = stripeSignatureHeader.Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToList();
        if (parts.Any(part => part.Length != 2))
            throw new StripeException("The signature header cannot be read.");

        var timestamp = parts.FirstOrDefault(part => part[0] == "t")?[1];
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var signedAt))
            throw new StripeException("The signature header names no instant.");

        var expected = Encoding.ASCII.GetBytes(ComputeSignature(secret, timestamp, json));
        if (!parts.Any(part => part[0] == "v1" && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part[1]), expected)))
            throw new StripeException("No signature in the header was made with this secret over this body.");

        if (Math.Abs(utcNow - signedAt) > tolerance)
            throw new StripeException("The signature was made too long ago, or lies in the future.");
    }

    /// <summary>HMAC-SHA256 of <c>timestamp.payload</c>, in small hexadecimal letters.</summary>
    public static string ComputeSignature(string secret, string timestamp, string payload) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{payload}")));

    private static string? Release(string? apiVersion) => apiVersion?.Split('.').ElementAtOrDefault(1);
}
