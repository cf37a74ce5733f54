using System.Security.Cryptography;
using System.Text.Json;
using Contracts;
using Platform;

namespace Availability;

/// <summary>What was last told about a practitioner's openings, and when to look again.</summary>
public sealed class OpeningsTold
{
    private OpeningsTold() { }

    public required Guid PractitionerId { get; init; }

    /// <summary>Rises with each telling.</summary>
    public long Version { get; private set; }

    /// <summary>SHA-256 of what was told, so that the same is not told twice.</summary>
    public byte[]? Digest { get; private set; }

    /// <summary>A change sets it to now; otherwise when what was told runs low or a day has passed.</summary>
    public DateTimeOffset RefreshAt { get; private set; }

    /// <summary>What there is to tell; null when exactly this has been told already.</summary>
    public OpeningsChanged? Tell(PractitionerTime time, VisitsToCome toCome, DateTimeOffset now)
    {
        RefreshAt = toCome.LookAgainAt;
        var notice = time.Timetable.MinimumNoticeMinutes;
        var digest = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { notice, toCome.Visits }, Json.Strict));
        if (Digest is not null && digest.AsSpan().SequenceEqual(Digest))
            return null;
        (Digest, Version) = (digest, Version + 1);
        return new OpeningsChanged(PractitionerId, Version, notice, toCome.Visits, now);
    }

    /// <summary>Has all of it told again, to somebody who was not there.</summary>
    public void Forget() => Digest = null;

    /// <summary>It cannot be worked out now, and is tried again after a while that leaves room for all others.</summary>
    public void PutOff(DateTimeOffset now) => RefreshAt = now.AddMinutes(5);

    /// <summary>Nothing is told of somebody who is not published. Being published again makes it due at once.</summary>
    public void Rest(DateTimeOffset now) => RefreshAt = now.AddDays(1000);
}
