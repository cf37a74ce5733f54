namespace Payments;

/// <summary>A booking that wants no money any more; kept by itself, because the news may come before its checkout.</summary>
public sealed record BookingEnd(Guid BookingId, DateTimeOffset At);
