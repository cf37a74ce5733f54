using Contracts;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>What a booking makes of other rules of its zone.</summary>
public sealed class FollowZoneTests
{
    private static readonly DateTimeOffset HourEarlier = Sample.Start.AddHours(-1);

    [Fact]
    public void Instants_follow_those_of_the_policy_too_and_calendars_hear_of_it()
    {
        var booking = Sample.Confirmed();
        var (local, tiers) = (booking.AgreedLocal, booking.Policy.Tiers);
        Assert.True(booking.FollowZone(Sample.Start, HourEarlier, "2027x", Sample.Now));
        Assert.Equal((HourEarlier, HourEarlier.AddMinutes(60), local, "2027x", 1), (booking.StartsAt, booking.EndsAt, booking.AgreedLocal, booking.ZoneVersion, booking.Sequence));
        Assert.Equal(tiers.Select(t => t.Until.AddHours(-1)), booking.Policy.Tiers.Select(t => t.Until));
        Assert.Equal(new BookingRescheduled(booking.Id, booking.PractitionerId, 1, HourEarlier, HourEarlier.AddMinutes(60), Sample.Now, true), Assert.Single(booking.TakeFacts()));

        // The same fact again, and one about a time that the booking has left since.
        Assert.False(booking.FollowZone(Sample.Start, HourEarlier, "2027x", Sample.Now));
        Assert.False(booking.FollowZone(Sample.Start, Sample.Start.AddHours(1), "2027x", Sample.Now));
    }

    [Fact]
    public void One_that_cannot_follow_is_told_of_once()
    {
        var booking = Sample.Confirmed();
        Assert.True(booking.StayBehindZone(Sample.Start, "2027x", Sample.Now));
        Assert.False(booking.StayBehindZone(Sample.Start, "2027x", Sample.Now));
        Assert.Equal(Sample.Start, booking.StartsAt);
        Assert.IsType<BookingLeftByClock>(Assert.Single(booking.TakeFacts()));
    }

    [Fact]
    public void What_is_over_follows_nobody()
    {
        var booking = Sample.Confirmed();
        booking.Cancel(Party.Client, Sample.Now);
        booking.TakeFacts();
        Assert.False(booking.FollowZone(Sample.Start, HourEarlier, "2027x", Sample.Now));
        Assert.False(booking.StayBehindZone(Sample.Start, "2027x", Sample.Now));
        Assert.Empty(booking.TakeFacts());
    }

    [Fact]
    public async Task The_facts_come_over_the_bus_and_wait_for_a_move_that_is_under_way()
    {
        await using var world = await World.Start(withBroker: true);
        var booked = await world.Confirmed();
        var start = booked.Body.GetProperty("start").GetDateTimeOffset();
        var moving = start.AddDays(1);
        await world.Change(booked.Id, booking => booking.IntendMove(moving, booking.Place, Party.Client, world.Now));
        await world.Tell(new TimeFollowedZone(booked.Id, world.Listings.Usual.PractitionerId, moving, moving.AddHours(-1), moving, "2027x", world.Now));
        world.Service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.True(async () => (await world.Show(booked)).GetProperty("start").GetDateTimeOffset() == moving.AddHours(-1), TimeSpan.FromSeconds(60), "it follows after the move");
        Assert.Equal(2, (await world.Show(booked)).GetProperty("sequence").GetInt32());
    }
}
