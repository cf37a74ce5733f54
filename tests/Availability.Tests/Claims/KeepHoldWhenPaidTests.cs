using Contracts;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Availability.Tests;

public sealed class KeepHoldWhenPaidTests(WorldOfMessages world) : IClassFixture<WorldOfMessages>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";

    [Fact]
    public async Task A_paid_hold_becomes_an_appointment_and_every_repeat_hears_the_same()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        for (var i = 0; i < 20; i++)
            await Paid(booking, person);
        await Eventually.True(() => Task.FromResult(world.Heard<HoldKept>().Count(m => m.BookingId == booking) == 20));
        Assert.All(world.Heard<HoldKept>().Where(m => m.BookingId == booking), m => Assert.Equal((World.At(Nine), World.At("2026-12-01T10:00:00-07:00")), (m.StartsAt, m.EndsAt)));
        Assert.DoesNotContain(world.Heard<HoldLost>(), m => m.BookingId == booking);
        var claim = await world.ClaimOf(booking);
        Assert.Equal((ClaimKind.Appointment, ClaimState.Live, null), (claim.Kind, claim.State, claim.ExpiresAt));
    }

    [Fact]
    public async Task Money_after_the_end_of_the_hold_retakes_a_time_that_is_still_free()
    {
        var person = await world.Practitioner();
        var booking = await Ended(person);
        await Paid(booking, person);
        await world.Hears<HoldKept>(m => m.BookingId == booking);
        await world.Hold(person, Nine).IsProblem(409, "slot-taken");
    }

    [Fact]
    public async Task Money_after_somebody_else_has_the_time_is_told_to_be_lost_for_good()
    {
        var person = await world.Practitioner();
        var booking = await Ended(person);
        var other = await world.Held(person, Nine);
        await Paid(booking, person);
        await world.Hears<HoldLost>(m => m.BookingId == booking);

        // The refund is on its way: even when the time is free again, a repeat must not take it.
        using var letGo = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/holds/{other.Id}");
        letGo.Headers.Add("X-Hold-Token", other.Token);
        await world.Service.Guest().SendAsync(letGo).Is(204);
        await Paid(booking, person);
        await Eventually.True(() => Task.FromResult(world.Heard<HoldLost>().Count(m => m.BookingId == booking) == 2));
        Assert.Contains(Nine, await world.Starts(person, "2026-12-01", "2026-12-01"));
    }

    [Fact]
    public async Task Overlap_by_buffers_alone_is_lost_too()
    {
        var person = await world.Practitioner(after: 15);
        var booking = await Ended(person);
        await world.Held(person, "2026-12-01T10:00:00-07:00");
        await Paid(booking, person);
        await world.Hears<HoldLost>(m => m.BookingId == booking);
    }

    [Fact]
    public async Task Time_off_taken_meanwhile_is_not_sold_again()
    {
        var person = await world.Practitioner();
        var booking = await Ended(person);
        await world.DeskOf(person).PostTimeOff("2026-12-01T08:00", "2026-12-01T12:00").Is(201);
        await Paid(booking, person);
        await world.Hears<HoldLost>(m => m.BookingId == booking);
    }

    [Fact]
    public async Task Another_booking_in_the_same_time_loses_only_one_of_them()
    {
        var person = await world.Practitioner();
        var (late, winner) = (await Ended(person), await world.Booked(person, Nine));
        await Task.WhenAll(Paid(late, person), Paid(winner, person));
        await world.Hears<HoldKept>(m => m.BookingId == winner);
        await world.Hears<HoldLost>(m => m.BookingId == late);
    }

    [Fact]
    public async Task A_cancelled_booking_is_never_retaken_and_its_payment_gets_no_answer()
    {
        var person = await world.Practitioner();
        var (booking, after) = (await world.Booked(person, Nine), await world.Booked(person, "2026-12-01T14:00:00-07:00"));
        await world.Say(new BookingCancelled(booking, person.Id, 1, CancelledBy.Client, false, Money.Zero("USD"), world.Now));
        await Eventually.True(async () => (await world.ClaimOf(booking)).State == ClaimState.Released);
        await Paid(booking, person);
        await Paid(after, person);
        await world.Hears<HoldKept>(m => m.BookingId == after);
        await Eventually.True(async () => await world.Service.Db.Scalar<long>("SELECT count(*) FROM inbox WHERE consumer LIKE '%keep-hold-when-paid'") >= 2);
        Assert.Equal(ClaimState.Released, (await world.ClaimOf(booking)).State);
        Assert.DoesNotContain(world.Heard<HoldKept>(), m => m.BookingId == booking);
        Assert.DoesNotContain(world.Heard<HoldLost>(), m => m.BookingId == booking);
        await world.Claim(person, Nine, booking).IsProblem(410, "hold-expired");
    }

    [Fact]
    public async Task A_cancellation_that_overtakes_the_payment_of_an_appointment_frees_the_time()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        await Paid(booking, person);
        await world.Hears<HoldKept>(m => m.BookingId == booking);
        for (var i = 0; i < 3; i++)
            await world.Say(new BookingCancelled(booking, person.Id, 2, CancelledBy.Practitioner, true, Money.Zero("USD"), world.Now));
        await Eventually.True(async () => (await world.ClaimOf(booking)).State == ClaimState.Released);
        await world.Held(person, Nine);
    }

    [Fact]
    public async Task A_payment_for_a_booking_without_any_time_is_lost()
    {
        var person = await world.Practitioner();
        var unknown = Guid.CreateVersion7();
        await Paid(unknown, person);
        await world.Hears<HoldLost>(m => m.BookingId == unknown);
    }

    [Fact]
    public async Task Holds_end_on_time_and_those_of_bookings_are_told_once()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        var hold = await world.Held(person, "2026-12-01T14:00:00-07:00");
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.Hears<HoldEnded>(m => m.BookingId == booking);
        await Eventually.True(() => world.Service.In(db => db.Claims.AllAsync(c => c.PractitionerId != person.Id || c.State == ClaimState.Released)));
        Assert.Single(world.Heard<HoldEnded>(), m => m.BookingId == booking);
        Assert.NotEqual(Guid.Empty, hold.Id);
    }

    [Fact]
    public async Task The_sweep_and_the_payment_at_one_instant_never_leave_a_kept_booking_without_its_time()
    {
        var person = await world.Practitioner(from: "00:00", to: "00:00", interval: 60);
        var bookings = new List<Guid>();
        for (var i = 0; i < 60; i++)
            bookings.Add(await world.Booked(person, World.At("2026-12-01T00:00:00-07:00").AddHours(i).ToString("O")));
        var paid = Task.WhenAll(bookings.Select(b => Paid(b, person)));
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await paid;
        await Eventually.True(() => Task.FromResult(bookings.All(b => world.Heard<HoldKept>().Any(m => m.BookingId == b))), TimeSpan.FromSeconds(30));
        foreach (var booking in bookings)
        {
            var claim = await world.ClaimOf(booking);
            Assert.Equal((ClaimKind.Appointment, ClaimState.Live), (claim.Kind, claim.State));
        }
    }

    private Task Paid(Guid booking, Person person) => world.Say(new BookingPaid(booking, person.Id, world.Now));

    /// <summary>A booking at nine whose hold has run out.</summary>
    private async Task<Guid> Ended(Person person)
    {
        var booking = await world.Booked(person, Nine);
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.Hears<HoldEnded>(m => m.BookingId == booking);
        return booking;
    }
}
