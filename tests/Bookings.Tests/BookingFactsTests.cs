using Contracts;
using Xunit;

namespace Bookings.Tests;

/// <summary>
/// Paid = booked or refunded: a booking, an Availability and a Payments that answer in any order, late and twice, always end with each
/// payment being for exactly one appointment or having gone back.
/// </summary>
public sealed class BookingFactsTests
{
    [Fact]
    public void Any_order_of_any_facts_ends_with_each_payment_booked_or_refunded()
    {
        for (var seed = 0; seed < 20_000; seed++)
            new Run(seed).Play();
    }

    /// <summary>One life of a booking. Facts wait in a bag; which comes next, and whether it comes twice, is chance.</summary>
    private sealed class Run(int seed)
    {
        private readonly Random chance = new(seed);
        private readonly Booking booking = Sample.Booking();
        private readonly List<object> underWay = [];
        private readonly List<Guid> captured = [];
        private readonly Dictionary<Guid, Money> refunded = [];

        // Availability's side: what it keeps for this booking, and whether it has heard that it is over.
        private bool held = true;
        private bool appointment;
        private bool tombstone;
        private bool paidHeard;
        private DateTimeOffset now = Sample.Now;

        public void Play()
        {
            Tell();
            var steps = chance.Next(4, 16);
            for (var step = 0; step < steps; step++)
            {
                now = now.AddMinutes(chance.Next(0, 60 * 24));
                if (chance.Next(3) == 0)
                    PeopleAct();
                else
                    DeliverOne();
            }
            // Nothing is lost: all that was said arrives in the end, some of it twice.
            while (underWay.Count > 0)
                DeliverOne();
            Judge();
        }

        private void PeopleAct()
        {
            switch (chance.Next(6))
            {
                case 0 or 1 when captured.Count < 2:
                    captured.Add(Guid.CreateVersion7());
                    underWay.Add(new PaymentCaptured(booking.Id, captured[^1], booking.DueNow, now));
                    break;
                case 2 when held && !appointment:
                    held = false;
                    underWay.Add(new HoldEnded(booking.Id, now));
                    break;
                case 3:
                    booking.Cancel(chance.Next(2) == 0 ? Party.Client : Party.Practitioner, now);
                    break;
                case 4 when booking.IntendMove(booking.StartsAt.AddDays(1), booking.Place, Party.Client, now):
                    underWay.Add(booking.IntendedMove!);
                    break;
                case 5:
                    booking.Complete(Party.Practitioner, now);
                    break;
            }
            Tell();
        }

        private void DeliverOne()
        {
            if (underWay.Count == 0)
                return;
            var next = chance.Next(underWay.Count);
            var fact = underWay[next];
            if (chance.Next(4) != 0)
                underWay.RemoveAt(next);
            switch (fact)
            {
                case PaymentCaptured paid: booking.NotePayment(paid.PaymentId, paid.Amount, now); break;
                case HoldKept: booking.Confirm(now); break;
                case HoldLost: booking.LoseTime(now); break;
                case HoldEnded: booking.Expire(now); break;
                case PaymentRefunded back: booking.NoteRefund(back.RefundId, back.Amount, back.Version, now); break;
                case PaymentRefundReturned returned: booking.NoteReturnedRefund(returned.RefundId, returned.Amount, returned.Version, now); break;
                case IntendedMove move: Move(move); break;
                case BookingPaid: KeepOrLose(); break;
                case BookingCancelled: (held, appointment, tombstone) = (false, false, true); break;
                case RefundOwed owed:
                    refunded[owed.RefundId] = owed.Amount;
                    underWay.Add(new PaymentRefunded(booking.Id, owed.RefundId, owed.Amount, owed.Amount, now));
                    // Now and then one comes back, and goes again.
                    if (chance.Next(3) == 0)
                    {
                        underWay.Add(new PaymentRefundReturned(booking.Id, owed.RefundId, owed.Amount, now, Version: 2));
                        underWay.Add(new PaymentRefunded(booking.Id, owed.RefundId, owed.Amount, owed.Amount, now, Version: 3));
                    }
                    break;
            }
            Tell();
        }

        /// <summary>As Availability does it: once per message, the hold becomes an appointment, or the time is retaken if it is still free.</summary>
        private void KeepOrLose()
        {
            if (paidHeard)
                return;
            paidHeard = true;
            appointment = !tombstone && (held || chance.Next(2) == 0);
            held = false;
            underWay.Add(appointment ? new HoldKept(booking.Id, booking.StartsAt, booking.EndsAt, now) : new HoldLost(booking.Id, now));
        }

        private void Move(IntendedMove move)
        {
            if (!appointment || chance.Next(3) == 0)
                booking.DropMove(move.Number, now);
            else
                booking.FinishMove(move.Number, AgreedTime.At(move.Place, move.Start, move.Start.AddHours(1)), now);
        }

        private void Tell() => underWay.AddRange(booking.TakeFacts());

        private void Judge()
        {
            var due = booking.DueNow.Amount;
            var paid = captured.Count * due;
            var back = refunded.Values.Sum(m => m.Amount);
            Assert.Equal(paid, booking.Paid.Amount);
            Assert.Equal(back, booking.Refunded.Amount);
            Assert.Equal(0, booking.RefundDue.Amount);

            var why = $"seed {seed}: {booking.Status}, {captured.Count} payments, {back} back, {string.Join(' ', booking.History.Select(h => h.Event))}";
            switch (booking.Status)
            {
                case BookingStatus.Confirmed or BookingStatus.Completed:
                    Assert.True(paid - back == due && appointment, why);
                    break;
                case BookingStatus.CancelledByClient when booking.WasConfirmed:
                    // The policy decides over one payment at the most; any other is back.
                    Assert.True(paid - back >= 0 && paid - back <= due && !appointment, why);
                    break;
                default:
                    Assert.True(paid == back && !appointment, why);
                    break;
            }
            Assert.True(refunded.Count == booking.Refunds.Count, why);
        }
    }
}
