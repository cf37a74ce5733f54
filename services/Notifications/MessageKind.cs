namespace Notifications;

/// <summary>What a message tells.</summary>
public enum MessageKind
{
    Booked,
    Moved,

    /// <summary>Other rules of the clock: the time on it stays, the instant does not.</summary>
    ClockChanged,

    /// <summary>Other rules of the clock: the instant stays, the time on it could not.</summary>
    LeftByClock,
    Cancelled,

    /// <summary>A request that did not become an appointment, for a reason that is not the client's.</summary>
    Declined,
    Refunded,
    ConfirmAddress,
    ResetPassword,

    /// <summary>Somebody registered with an address that has an account.</summary>
    AlreadyRegistered,

    /// <summary>A calendar elsewhere does not answer.</summary>
    CalendarFailed,

    /// <summary>One that was added does not answer, and never has.</summary>
    CalendarNeverRead,

    /// <summary>It has not answered for so long that nothing is offered.</summary>
    OpeningsWithdrawn,

    /// <summary>It answers again.</summary>
    CalendarRecovered,

    /// <summary>A moderator let the public see a listing.</summary>
    ListingApproved,

    /// <summary>A moderator asks for changes first.</summary>
    ListingReturned,

    /// <summary>A moderator took it away from the public.</summary>
    ListingSuspended,
}

/// <summary>In which part somebody reads a message.</summary>
public enum Reader
{
    Client,
    Practitioner,

    /// <summary>The owner of a sign-in.</summary>
    Account,
}

public enum MessageState
{
    Waiting,
    Sent,
    Dead,
}
