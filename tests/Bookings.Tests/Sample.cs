using Contracts;

namespace Bookings.Tests;

/// <summary>A booking without a database, for tests of what it decides.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Start = new(2026, 12, 1, 16, 0, 0, TimeSpan.Zero);

    public static Place Studio { get; } = new(Guid.CreateVersion7(), "Studio", "Denver", "US", "America/Denver", "inPerson", "1 Main Street", "CO", "Ring twice");

    public static Offering Offering(long price = 12_000, string currency = "USD") => new(
        new OfferingPractitioner(Guid.CreateVersion7(), "ana-reyes-denver", "Ana Reyes", true),
        new OfferingService(Guid.CreateVersion7(), "First visit", 60, new Money(price, currency)),
        Studio,
        new OfferingPolicy("Free to change until a day before.", [new(24, 100), new(2, 50)]),
        100);

    public static Booking Booking(long price = 12_000, string currency = "USD") => Bookings.Booking.Request(
        Guid.CreateVersion7(), Offering(price, currency), AgreedTime.At(Studio, Start, Start.AddMinutes(60)), Now.AddMinutes(15),
        new BookingClient(null, "Kim Client", "kim@example.org", "+13035550123", "America/Denver"), new Visit(Relation.Self, null, "2026-11"), Now);

    public static Booking Confirmed(long price = 12_000)
    {
        var booking = Booking(price);
        booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now);
        booking.Confirm(Now);
        booking.TakeFacts();
        return booking;
    }
}
