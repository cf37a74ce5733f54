namespace Accounts.Limits;

/// <summary>How often something was tried in a window of time.</summary>
public sealed class AttemptCount
{
    private AttemptCount() { }

    /// <summary>A keyed hash: the table tells nobody's address.</summary>
    public required string Key { get; init; }

    public int Count { get; private set; }

    public DateTimeOffset EndsAt { get; private set; }
}
