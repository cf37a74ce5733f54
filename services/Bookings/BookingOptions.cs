namespace Bookings;

/// <summary>Settings of this service; each is read from the environment variable of the same name.</summary>
public sealed class BookingOptions
{
    /// <summary><c>PUBLIC_URL</c>: where people reach the product; manage links begin with it.</summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    /// <summary><c>COMPLETE_AFTER_HOURS</c>: so long after its end a visit counts as done when nobody says otherwise.</summary>
    public double CompleteAfterHours { get; set; } = 24;

    /// <summary><c>UNPAID_GRACE_SECONDS</c>: so long after its hold an unpaid booking is expired here even if Availability has not said so.</summary>
    public double UnpaidGraceSeconds { get; set; } = 60;

    /// <summary><c>MOVE_PATIENCE_SECONDS</c>: a move, or a day off, that is still under way after this is finished by a worker.</summary>
    public double MovePatienceSeconds { get; set; } = 6;

    /// <summary><c>WAITLIST_SECONDS</c>: how often it is looked again for what somebody on the waiting list wants.</summary>
    public double WaitlistSeconds { get; set; } = 300;

    public Uri WaitlistLink(Guid id, string token) => new(PublicUrl, $"/waiting/{id}/open?token={token}");

    public Uri ManageLink(Guid id, string token) => new(PublicUrl, $"/manage/{id}?token={token}");

    /// <summary>Where the payment page leads back to. It holds no secret: the browser that booked has the key in a cookie, any other finds the link in its mail.</summary>
    public Uri VisitPage(Guid id) => new(PublicUrl, $"/bookings/{id}");
}
