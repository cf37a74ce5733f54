using Bookings.Requesting;
using Platform;

namespace Bookings.Reading;

/// <summary>Makes what callers see of bookings.</summary>
public sealed class Views(LinkTokens tokens, SecretBox box, BookingOptions options, TimeProvider clock)
{
    public string ManageToken(Booking booking) => tokens.Make(Access.TokenPurpose, booking.Id, booking.ManageVersion);

    public Uri ManageLink(Booking booking) => options.ManageLink(booking.Id, ManageToken(booking));

    public Uri VisitPage(Booking booking) => options.VisitPage(booking.Id);

    public BookingView For(Party party, Booking booking)
    {
        var now = clock.GetUtcNow();
        var canPay = CanPay(booking, now);
        return new BookingView(
            booking.Id, booking.Status, Local(booking, booking.StartsAt), Local(booking, booking.EndsAt), booking.Place.TimeZone, booking.Sequence,
            Practitioner(booking), Service(booking), Where(booking, party),
            new ClientView(booking.ClientName, booking.ClientEmail, booking.ClientPhone, booking.ClientTimeZone), booking.Relation,
            booking.Price, booking.DueNow, booking.Outstanding, booking.Paid, booking.Refunded, booking.RefundDue, Policy(booking),
            booking.Status is BookingStatus.AwaitingPayment ? booking.HoldExpiresAt : null,
            canPay ? booking.CheckoutUrl : null,
            [.. booking.History.OrderBy(h => h.Position).Select(h => new HistoryView(h.At, h.Status, h.By, h.Event))],
            [.. Actions(booking, party, now)],
            party is Party.Practitioner ? Open(booking) : null,
            booking.SafetyVersion == Visit.AskedInPerson
                ? new SafetyView(true, null, booking.SafetyAnsweredAt)
                : new SafetyView(false, booking.SafetyVersion, booking.SafetyAnsweredAt));
    }

    /// <summary>All of it that is the client's own: also what they entrusted to the practitioner, but no reasons of the practitioner's.</summary>
    public BookingView ForWhoeverBooked(Booking booking)
    {
        var entrusted = Open(booking) with { OwnReason = null };
        if (booking.Status is not BookingStatus.CancelledByClient)
            entrusted = entrusted with { CancelReason = null };
        return For(Party.Client, booking) with { Entrusted = entrusted };
    }

    public RequestedView Requested(Booking booking)
    {
        var free = booking.DueMinor == 0;
        return new RequestedView(
            booking.Id, free ? BookingStatus.Confirmed : BookingStatus.AwaitingPayment,
            Local(booking, booking.StartsAt), Local(booking, booking.EndsAt), booking.Place.TimeZone, Practitioner(booking), Service(booking),
            free ? booking.Place : Outline(booking.Place), booking.Price, booking.DueNow, Policy(booking),
            free ? null : booking.HoldExpiresAt, free ? null : booking.CheckoutUrl, ManageToken(booking), ManageLink(booking));
    }

    public PolicyView Policy(Booking booking, Policy? policy = null)
    {
        policy ??= booking.Policy;
        return new PolicyView(policy.Text, [.. policy.Tiers.Select(t => new TierView(Local(booking, t.Until), t.Refund, t.RefundPercent))]);
    }

    /// <summary>The instant with the offset that holds then at the place of the visit.</summary>
    public static DateTimeOffset Local(Booking booking, DateTimeOffset instant) => Zones.ToLocal(instant, booking.Place.TimeZone);

    private static bool CanPay(Booking booking, DateTimeOffset now) =>
        booking.Outstanding.Amount > 0 && booking.CheckoutUrl is not null && now < booking.HoldExpiresAt;

    private static IEnumerable<string> Actions(Booking booking, Party party, DateTimeOffset now)
    {
        if (party is Party.Client && CanPay(booking, now))
            yield return "pay";
        if (booking.CanCancel(party, now))
            yield return "cancel";
        if (booking.CanMove(now) && booking.IntendedMove is null)
            yield return "reschedule";
        if (party is Party.Practitioner && booking.CanComplete(now))
            yield return "complete";
        if (party is Party.Practitioner && booking.CanMiss(now))
            yield return "noShow";
        if (party is Party.Practitioner && booking.Refundable.Amount > 0)
            yield return "refund";
    }

    private static PractitionerView Practitioner(Booking booking) => new(booking.PractitionerId, booking.PractitionerSlug, booking.PractitionerName, booking.Demo);

    private static ServiceView Service(Booking booking) => new(booking.ServiceId, booking.ServiceName, booking.Minutes);

    // A house number is for those who come: some practitioners work at home.
    private static Place Where(Booking booking, Party party) =>
        party is Party.Practitioner || booking.WasConfirmed ? booking.Place : Outline(booking.Place);

    private static Place Outline(Place place) => place with { AddressLine = null, Directions = null };

    private EntrustedView Open(Booking booking)
    {
        var entrusted = Entrusted.Open(booking.Entrusted, box);
        return new EntrustedView(
            entrusted?.Touch ?? [], entrusted?.Note, entrusted?.FirstName, entrusted?.BirthMonth, entrusted?.VisitAddress,
            Entrusted.OpenReason(booking.CancelReason, box), Entrusted.OpenOwnReason(booking.OwnReason, box));
    }
}
