namespace Bookings;

/// <summary>What stays of a booking when its client leaves: the agreement and the money, without the person.</summary>
public sealed partial class Booking
{
    /// <summary>Stands where a name was.</summary>
    public const string SomebodyWhoLeft = "Somebody who has left";

    /// <summary>
    /// Forgets who the client was, and what they said. A visit that is still ahead is cancelled first, with the refund that they would have had
    /// for cancelling at this moment: nobody could tell them of a change any more.
    /// </summary>
    public bool ForgetClient(DateTimeOffset now)
    {
        if (ClientAccountId is null)
            return false;

        Cancel(Party.Client, now);
        (ClientAccountId, ClientName, ClientEmail, ClientPhone) = (null, SomebodyWhoLeft, "", null);
        (Entrusted, CancelReason, OwnReason) = (null, null, null);
        // Links in mails that were sent open nothing any more.
        ManageVersion++;
        UpdatedAt = now;
        return true;
    }
}
