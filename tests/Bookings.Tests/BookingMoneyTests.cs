using Contracts;
using Xunit;

namespace Bookings.Tests;

/// <summary>What a booking makes of money that comes, comes too late or comes twice.</summary>
public sealed class BookingMoneyTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Fact]
    public void Money_that_comes_after_the_hold_asks_for_the_time_again()
    {
        var booking = Sample.Booking();
        Assert.True(booking.Expire(Now));
        Assert.True(booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now));
        Assert.Equal(BookingStatus.Expired, booking.Status);

        Assert.True(booking.Confirm(Now));
        Assert.Equal(["BookingRequested", "BookingExpired", "BookingPaid", "BookingConfirmed"], booking.TakeFacts().Select(f => f.GetType().Name));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_lost_time_sends_everything_back(bool expiredBefore)
    {
        var booking = Sample.Booking();
        if (expiredBefore)
            booking.Expire(Now);
        booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now);
        Assert.True(booking.LoseTime(Now));
        Assert.False(booking.LoseTime(Now));
        Assert.False(booking.Confirm(Now));

        Assert.Equal(BookingStatus.Expired, booking.Status);
        var facts = booking.TakeFacts();
        Assert.Equal((booking.DueNow, "holdLost"), facts.OfType<RefundOwed>().Select(r => (r.Amount, r.Reason)).Single());
        Assert.Single(facts.OfType<BookingExpired>());
    }

    [Fact]
    public void A_second_payment_goes_back_in_full_and_changes_nothing_else()
    {
        var booking = Sample.Confirmed();
        booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now);

        Assert.Equal((booking.DueNow, "notPayable"), booking.TakeFacts().OfType<RefundOwed>().Select(r => (r.Amount, r.Reason)).Single());
        Assert.Equal(BookingStatus.Confirmed, booking.Status);
        Assert.Equal(24_000, booking.Paid.Amount);
        Assert.True(booking.Cancel(Party.Practitioner, Now));
        Assert.Equal(booking.DueNow, booking.TakeFacts().OfType<BookingCancelled>().Single().Refund);
    }

    [Theory]
    [InlineData(11_999, "USD")]
    [InlineData(12_000, "CAD")]
    public void A_payment_of_another_sum_goes_back(long amount, string currency)
    {
        var booking = Sample.Booking();
        booking.NotePayment(Guid.CreateVersion7(), new Money(amount, currency), Now);

        Assert.Equal(new Money(amount, currency), booking.TakeFacts().OfType<RefundOwed>().Single().Amount);
        Assert.False(booking.IsPaid);
    }

    [Fact]
    public void Money_for_a_cancelled_booking_goes_back()
    {
        var booking = Sample.Booking();
        Assert.True(booking.Cancel(Party.Client, Now));
        booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now);
        Assert.False(booking.Confirm(Now));

        Assert.Equal(BookingStatus.CancelledByClient, booking.Status);
        Assert.Equal("notPayable", booking.TakeFacts().OfType<RefundOwed>().Single().Reason);
    }

    [Fact]
    public void Cancelling_what_is_paid_but_not_confirmed_sends_everything_back()
    {
        var booking = Sample.Booking();
        booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now);
        Assert.True(booking.Cancel(Party.Client, Sample.Start.AddMinutes(-1)));
        Assert.False(booking.Confirm(Now));
        Assert.False(booking.LoseTime(Now));

        var facts = booking.TakeFacts();
        Assert.Equal((false, booking.DueNow), facts.OfType<BookingCancelled>().Select(c => (c.WasConfirmed, c.Refund)).Single());
        Assert.Equal(booking.DueNow, facts.OfType<RefundOwed>().Single().Amount);
    }

    [Fact]
    public void The_money_sent_back_by_others_is_not_sent_twice()
    {
        var booking = Sample.Confirmed();
        Assert.True(booking.NoteRefund(Guid.CreateVersion7(), new Money(5_000, "USD"), 1, Now));
        Assert.Equal(7_000, booking.RefundIfCancelled(Party.Practitioner, Now).Amount);
        Assert.Equal(5_000, booking.Refunded.Amount);
    }

    [Fact]
    public void A_free_visit_is_confirmed_without_money()
    {
        var booking = Sample.Booking(price: 0);
        Assert.True(booking.Confirm(Now));
        Assert.True(booking.Cancel(Party.Client, Now));
        Assert.Empty(booking.TakeFacts().OfType<RefundOwed>());
    }

    [Fact]
    public void A_free_visit_that_was_given_up_stays_so()
    {
        var booking = Sample.Booking(price: 0);
        booking.Expire(Now);
        Assert.False(booking.Confirm(Now));
    }
}
