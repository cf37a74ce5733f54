namespace Bookings;

/// <summary>How far a booking has come.</summary>
public enum BookingStatus
{
    /// <summary>The time is held until it is paid for; a declined card leaves it here.</summary>
    AwaitingPayment,

    Confirmed,

    Completed,

    NoShow,

    /// <summary>The hold ended unpaid, or the money came when the time was gone.</summary>
    Expired,

    CancelledByClient,

    CancelledByPractitioner,

    CancelledBySystem,
}

/// <summary>Who did something to a booking.</summary>
public enum Party
{
    Client,
    Practitioner,
    System,
}
