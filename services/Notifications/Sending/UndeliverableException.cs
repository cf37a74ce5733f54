namespace Notifications.Sending;

/// <summary>This mail will not reach its reader however often it is tried.</summary>
/// <param name="why">For the log: no names and no addresses.</param>
public sealed class UndeliverableException(string why, Exception? inner = null) : Exception($"Undeliverable: {why}.", inner);
