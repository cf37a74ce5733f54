using Contracts;
using Xunit;

namespace Bookings.Tests;

/// <summary>What a booking makes of the facts that reach it.</summary>
public sealed class BookingTests
{
    private static readonly DateTimeOffset Now = Sample.Now;

    [Fact]
    public void Paid_then_kept_is_confirmed_once()
    {
        var booking = Sample.Booking();
        var payment = Guid.CreateVersion7();
        Assert.True(booking.NotePayment(payment, booking.DueNow, Now));
        Assert.False(booking.NotePayment(payment, booking.DueNow, Now));
        Assert.True(booking.Confirm(Now));
        Assert.False(booking.Confirm(Now));

        Assert.Equal(["BookingRequested", "BookingPaid", "BookingConfirmed"], booking.TakeFacts().Select(f => f.GetType().Name));
        Assert.Equal(BookingStatus.Confirmed, booking.Status);
        Assert.Equal(booking.DueNow, booking.Paid);
    }

    [Fact]
    public void A_hold_that_ends_after_the_payment_does_not_lose_the_booking()
    {
        var booking = Sample.Booking();
        booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, Now);

        Assert.False(booking.Expire(Now));
        Assert.True(booking.Confirm(Now));
    }

    [Fact]
    public void A_client_cancels_until_the_start_a_practitioner_longer()
    {
        var booking = Sample.Confirmed();
        Assert.False(booking.CanCancel(Party.Client, Sample.Start));
        Assert.True(booking.CanCancel(Party.Practitioner, Sample.Start.AddMinutes(5)));
        Assert.Equal(booking.DueNow, booking.RefundIfCancelled(Party.Practitioner, Sample.Start.AddMinutes(5)));
    }

    [Fact]
    public void No_show_is_never_said_before_a_quarter_of_an_hour()
    {
        var booking = Sample.Confirmed();
        Assert.False(booking.MissVisit(Sample.Start.AddMinutes(15).AddTicks(-1)));
        Assert.True(booking.MissVisit(Sample.Start.AddMinutes(15)));
        Assert.False(booking.Complete(Party.Practitioner, Sample.Start.AddHours(2)));
        Assert.Empty(booking.Refunds);
    }

    [Fact]
    public void A_visit_is_done_only_once_it_has_begun()
    {
        var booking = Sample.Confirmed();
        Assert.False(booking.Complete(Party.Practitioner, Sample.Start.AddTicks(-1)));
        Assert.True(booking.Complete(Party.System, Sample.Start.AddDays(1)));
        Assert.False(booking.Cancel(Party.Practitioner, Sample.Start.AddDays(2)));
    }

    [Fact]
    public void A_move_is_intended_made_and_finished()
    {
        var booking = Sample.Confirmed();
        var later = Sample.Start.AddDays(7);
        Assert.True(booking.IntendMove(later, booking.Place, Party.Client, Now));
        Assert.True(booking.IntendMove(later, booking.Place, Party.Client, Now));
        Assert.False(booking.IntendMove(later.AddHours(1), booking.Place, Party.Client, Now));
        Assert.Equal(1, booking.IntendedMove!.Number);
        Assert.False(booking.FinishMove(2, AgreedTime.At(booking.Place, later, later.AddHours(1)), Now));
        Assert.True(booking.FinishMove(1, AgreedTime.At(booking.Place, later, later.AddHours(1)), Now));
        Assert.False(booking.FinishMove(1, AgreedTime.At(booking.Place, later, later.AddHours(1)), Now));

        Assert.Equal((1, later), booking.TakeFacts().OfType<BookingRescheduled>().Select(r => (r.Sequence, r.StartsAt)).Single());
        Assert.Equal(later, booking.StartsAt);
        Assert.Equal(BookingStatus.Confirmed, booking.Status);
    }

    [Fact]
    public void A_refused_move_leaves_the_old_time_and_a_number_is_not_used_again()
    {
        var booking = Sample.Confirmed();
        booking.IntendMove(Sample.Start.AddDays(7), booking.Place, Party.Client, Now);
        Assert.True(booking.DropMove(1, Now));
        Assert.Equal(Sample.Start, booking.StartsAt);
        booking.IntendMove(Sample.Start.AddDays(8), booking.Place, Party.Client, Now);
        Assert.Equal(2, booking.IntendedMove!.Number);
    }

    [Fact]
    public void A_cancellation_while_a_move_is_under_way_wins()
    {
        var booking = Sample.Confirmed();
        booking.IntendMove(Sample.Start.AddDays(7), booking.Place, Party.Client, Now);
        Assert.True(booking.Cancel(Party.Client, Now));
        Assert.False(booking.FinishMove(1, AgreedTime.At(booking.Place, Sample.Start.AddDays(7), Sample.Start.AddDays(7).AddHours(1)), Now));
        Assert.Equal(Sample.Start, booking.StartsAt);
        Assert.Empty(booking.TakeFacts().OfType<BookingRescheduled>());
    }
}
