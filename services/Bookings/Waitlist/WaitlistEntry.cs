namespace Bookings.Waitlist;

/// <summary>
/// Somebody wants to hear, once, when what they look for can be had. Nothing is kept for them: everybody who waits for the same is told, and whoever
/// books first has it.
/// </summary>
public sealed class WaitlistEntry
{
    /// <summary>Nobody is written to about a wish of long ago.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    /// <summary>So long after its answer an entry can still be opened from the mail.</summary>
    public static readonly TimeSpan Afterwards = TimeSpan.FromDays(7);

    /// <summary>Entries that wait at one time.</summary>
    public const int MostByEmail = 5;

    public const int MostByNetwork = 50;

    public required Guid Id { get; init; }

    /// <summary>Null for a guest.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>In lower case.</summary>
    public required string Email { get; init; }

    /// <summary>A keyed hash: enough to count by.</summary>
    public required string Network { get; init; }

    /// <summary>The <see cref="Waitlist.Wish"/>, encrypted.</summary>
    public required byte[] Wish { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>It is gone from then on; once it is answered, soon after that.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When it was last seen that the wish cannot be had.</summary>
    public required DateTimeOffset LookedAt { get; init; }

    /// <summary>When it was seen that it can be; the entry has done its work then.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public WaitlistStatus Status => AnsweredAt is null ? WaitlistStatus.Waiting : WaitlistStatus.Answered;
}

public enum WaitlistStatus
{
    Waiting,
    Answered,
}
