using System.Text.Json;
using Platform;

namespace Bookings.Requesting;

/// <summary>
/// What a client tells the practitioner in confidence. It is stored sealed, opened only for the practitioner of the booking with a line in
/// the audit, never mailed, never logged, never on the bus.
/// </summary>
public sealed record Entrusted(IReadOnlyList<string> Touch, string? Note, string? FirstName, string? BirthMonth, VisitAddress? VisitAddress)
{
    private const string Purpose = "entrusted to a booking";
    private const string ReasonPurpose = "reason of a cancellation";

    /// <summary>Null when nothing was said.</summary>
    public byte[]? Seal(SecretBox box) =>
        Touch.Count == 0 && Note is null && FirstName is null && BirthMonth is null && VisitAddress is null
            ? null
            : box.Seal(JsonSerializer.Serialize(this, Json.Strict), Purpose);

    public static Entrusted? Open(byte[]? sealedWords, SecretBox box) =>
        sealedWords is null ? null : JsonSerializer.Deserialize<Entrusted>(box.Open(sealedWords, Purpose), Json.Tolerant);

    public static byte[]? SealReason(string? reason, SecretBox box) => string.IsNullOrWhiteSpace(reason) ? null : box.Seal(reason, ReasonPurpose);

    public static string? OpenReason(byte[]? sealedReason, SecretBox box) => sealedReason is null ? null : box.Open(sealedReason, ReasonPurpose);
}

/// <summary>Where a home visit takes place.</summary>
public sealed record VisitAddress(string Line, string Locality, string? PostalCode = null, string? Region = null, string? Country = null);
