namespace Payments;

/// <summary>How far the payment of a booking has come.</summary>
public enum CheckoutStatus
{
    /// <summary>Stripe has been asked for a page, or is about to be.</summary>
    Preparing,
    Open,

    /// <summary>Closed unpaid. Should Stripe nevertheless have taken money, it becomes captured.</summary>
    Expired,
    Captured,

    /// <summary>All that was captured has gone back.</summary>
    Refunded,
}
