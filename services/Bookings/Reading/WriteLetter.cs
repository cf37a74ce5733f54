using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bookings.Reading;

/// <summary>Notifications asks for what a mail about a booking may say: never the note, the touch preferences, who the visit is for by name, or the service, whose name may say what somebody comes for.</summary>
public static class WriteLetter
{
    public sealed record Response(
        Guid Id, BookingStatus Status, DateTimeOffset Start, DateTimeOffset End, string TimeZone, Guid PractitionerId, string PractitionerName,
        Place Location, Addressee Client, Money Price, Money Paid, string PolicyText, IReadOnlyList<TierView> Tiers, Uri ManageUrl, bool ForSomeoneElse,
        Money Refunded, Money RefundDue);

    public sealed record Addressee(string Name, string Email, string TimeZone);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/bookings/{id:guid}/letter", Handle);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, BookingsDb db, Views views, CancellationToken ct)
    {
        var booking = await db.ToRead(id, ct);
        if (booking is null)
            return Problems.NotFound;

        var policy = views.Policy(booking);
        return TypedResults.Ok(new Response(
            booking.Id, booking.Status, Views.Local(booking, booking.StartsAt), Views.Local(booking, booking.EndsAt), booking.Place.TimeZone,
            booking.PractitionerId, booking.PractitionerName, booking.Place,
            new Addressee(booking.ClientName, booking.ClientEmail, booking.ClientTimeZone),
            booking.Price, booking.Paid, policy.Text, policy.Tiers, views.ManageLink(booking),
            booking.Relation is not Relation.Self, booking.Refunded, booking.RefundDue));
    }
}
