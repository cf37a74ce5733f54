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
    private const string OwnReasonPurpose = "reason of a practitioner";

    /// <summary>Null when nothing was said.</summary>
    public byte[]? Seal(SecretBox box) =>
        Touch.Count == 0 && Note is null && FirstName is null && BirthMonth is null && VisitAddress is null
            ? null
            : box.Seal(JsonSerializer.Serialize(this, Json.Strict), Purpose);

    public static Entrusted? Open(byte[]? sealedWords, SecretBox box) =>
        sealedWords is null ? null : JsonSerializer.Deserialize<Entrusted>(box.Open(sealedWords, Purpose), Json.Tolerant);

    public static byte[]? SealReason(string? reason, SecretBox box) => string.IsNullOrWhiteSpace(reason) ? null : box.Seal(reason, ReasonPurpose);

    public static string? OpenReason(byte[]? sealedReason, SecretBox box) => sealedReason is null ? null : box.Open(sealedReason, ReasonPurpose);

    /// <summary>Why a practitioner books outside their own hours, notice or horizon.</summary>
    public static byte[]? SealOwnReason(string? reason, SecretBox box) => string.IsNullOrWhiteSpace(reason) ? null : box.Seal(reason.Trim(), OwnReasonPurpose);

    public static string? OpenOwnReason(byte[]? sealedReason, SecretBox box) => sealedReason is null ? null : box.Open(sealedReason, OwnReasonPurpose);
}

/// <summary>Where a home visit takes place.</summary>
public sealed record VisitAddress(string Line, string Locality, string? PostalCode = null, string? Region = null, string? Country = null)
{
    internal void Check(Check check)
    {
        check.Text("visitAddress.line", Line, 200);
        check.Text("visitAddress.locality", Locality, 120);
        check.Text("visitAddress.postalCode", PostalCode, 20, optional: true);
        check.Text("visitAddress.region", Region, 120, optional: true);
        check.Text("visitAddress.country", Country, 60, optional: true);
    }
}
