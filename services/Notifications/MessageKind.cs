namespace Notifications;

/// <summary>What a message tells.</summary>
public enum MessageKind
{
    Booked,
    Moved,

    /// <summary>A zone's rules have changed: the visit keeps the local time agreed and moves to another instant.</summary>
    ClockChanged,

    /// <summary>A zone's rules have changed: the visit stays at its instant, since the local time agreed is taken.</summary>
    LeftByClock,
    Cancelled,

    /// <summary>A request that did not become an appointment, for a reason that is not the client's.</summary>
    Declined,
    Refunded,
    ConfirmAddress,
    ResetPassword,

    /// <summary>Somebody registered with an address that has an account.</summary>
    AlreadyRegistered,

    /// <summary>A connected calendar does not answer.</summary>
    CalendarFailed,

    /// <summary>A connected calendar does not answer, and never has.</summary>
    CalendarNeverRead,

    /// <summary>A connected calendar has been silent for so long that no openings are offered.</summary>
    OpeningsWithdrawn,

    /// <summary>A connected calendar answers again.</summary>
    CalendarRecovered,

    /// <summary>A moderator approved a listing, so the public sees it.</summary>
    ListingApproved,

    /// <summary>A moderator asks for changes first.</summary>
    ListingReturned,

    /// <summary>A moderator took it away from the public.</summary>
    ListingSuspended,

    /// <summary>Somebody is on the waiting list.</summary>
    WaitingBegun,

    /// <summary>What somebody waited for can be had.</summary>
    WaitingOver,
}

/// <summary>In which role somebody reads a message.</summary>
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
