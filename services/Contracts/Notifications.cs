namespace Contracts;

/// <summary>A message has left for its reader.</summary>
/// <param name="BookingId">Null for messages about an account.</param>
public record MessageSent(Guid MessageId, Guid? BookingId, string Kind, DateTimeOffset At);
