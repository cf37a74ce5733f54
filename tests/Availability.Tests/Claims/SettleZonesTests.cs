using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.TimeZones;
using Platform;
using Xunit;

namespace Availability.Tests;

/// <summary>Denver gives up the change of clocks, as a law could say: from now on its clock is an hour ahead of what this build knows for winter.</summary>
public sealed class SettleZonesTests : IAsyncLifetime
{
    private const string NewRules = "2027x";

    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Visits_keep_their_local_time_one_after_the_other_and_are_told_of_once()
    {
        var person = await world.Practitioner(interval: 15, after: 15);
        var (first, second) = (await world.Booked(person, "2026-12-01T09:00:00-07:00"), await world.Booked(person, "2026-12-01T10:15:00-07:00"));
        var elsewhere = await world.Booked(await world.Practitioner(zone: "Europe/Dublin"), "2026-12-01T10:00:00+00:00");

        Assert.Equal([(first, true), (second, true)], (await Settle(apply: false)).Select(v => (v.BookingId, v.IsFree)));
        Assert.Equal(World.At("2026-12-01T09:00:00-07:00"), (await world.ClaimOf(first)).StartsAt);

        var settled = await Settle(apply: true);
        Assert.Equal(2, settled.Count);
        Assert.Equal((new DateTime(2026, 12, 1, 9, 0, 0), World.At("2026-12-01T16:00:00Z"), World.At("2026-12-01T15:00:00Z")), (settled[0].Agreed, settled[0].WasAt, settled[0].BelongsAt));
        var claim = await world.ClaimOf(second);
        Assert.Equal(
            (World.At("2026-12-01T16:15:00Z"), World.At("2026-12-01T17:15:00Z"), World.At("2026-12-01T17:30:00Z"), ClaimState.Live, NewRules),
            (claim.StartsAt, claim.EndsAt, claim.BusyUntil, claim.State, claim.ZoneVersion));
        var entry = VisitEntry.Calendar([claim], new AvailabilityOptions { PublicUrl = new Uri("https://stillpoint.example") });
        Assert.Contains("SEQUENCE:1\r\n", entry, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20261201T161500Z\r\n", entry, StringComparison.Ordinal);
        Assert.Equal(World.At("2026-12-01T10:00:00Z"), (await world.ClaimOf(elsewhere)).StartsAt);
        Assert.Equal(2, await Told("TimeFollowedZone"));

        Assert.Empty(await Settle(apply: true));
        Assert.Equal((2, 1), (await Told("TimeFollowedZone"), (await world.ClaimOf(second)).Sequence));
    }

    [Fact]
    public async Task Where_somebody_else_has_the_instant_a_visit_stays_and_is_told_of_once_for_each_edition()
    {
        var person = await world.Practitioner();
        var old = await world.Booked(person, "2026-12-01T10:00:00-07:00");
        var older = await world.Booked(person, "2026-12-01T11:00:00-07:00");
        // Booked under the new rules already: nine o'clock of the new clock.
        var taken = await world.Booked(person, "2026-12-01T09:00:00-07:00");
        await world.Service.In(db => db.Database.ExecuteSqlAsync($"UPDATE claims SET agreed_local = '2026-12-01 10:00', zone_version = {NewRules} WHERE booking_id = {taken}"));

        // The first cannot move, so the one after it cannot take its place.
        for (var run = 0; run < 2; run++)
            Assert.Equal([(old, false), (older, false)], (await Settle(apply: true)).Select(v => (v.BookingId, v.IsFree)));
        Assert.Equal(World.At("2026-12-01T17:00:00Z"), (await world.ClaimOf(old)).StartsAt);
        Assert.Equal(2, await Told("TimeLeftByZone"));
        Assert.Equal(0, await Told("TimeFollowedZone"));

        // Once the other is gone, both follow.
        await world.Service.In(db => db.Claims.Where(c => c.BookingId == taken).ExecuteDeleteAsync());
        Assert.All(await Settle(apply: true), v => Assert.True(v.IsFree));
        Assert.Equal(World.At("2026-12-01T16:00:00Z"), (await world.ClaimOf(old)).StartsAt);
    }

    [Fact]
    public async Task A_hold_of_nobody_gives_way_and_visits_of_before_are_taken_as_they_are()
    {
        var person = await world.Practitioner();
        var booked = await world.Booked(person, "2026-12-01T10:00:00-07:00");
        await world.Held(person, "2026-12-01T09:00:00-07:00");
        var unknown = await world.Booked(person, "2026-12-01T14:00:00-07:00");
        await world.Service.In(db => db.Database.ExecuteSqlAsync($"UPDATE claims SET agreed_local = NULL, zone_version = NULL WHERE booking_id = {unknown}"));

        Assert.Equal([(booked, true)], (await Settle(apply: true)).Select(v => (v.BookingId, v.IsFree)));
        Assert.Equal(World.At("2026-12-01T16:00:00Z"), (await world.ClaimOf(booked)).StartsAt);
        Assert.Equal(1, await world.Service.In(db => db.Claims.CountAsync(c => c.BookingId == null && c.State == ClaimState.Released)));
        var adopted = await world.ClaimOf(unknown);
        Assert.Equal((World.At("2026-12-01T21:00:00Z"), new DateTime(2026, 12, 1, 15, 0, 0), NewRules), (adopted.StartsAt, adopted.AgreedLocal, adopted.ZoneVersion));
    }

    private async Task<List<ShiftedVisit>> Settle(bool apply) => await world.Service.In(async db =>
    {
        var all = new List<ShiftedVisit>();
        await foreach (var visit in SettleZones.Settle(db, new Lawmaker(), NewRules, apply, world.Now, default))
            all.Add(visit);
        return all;
    });

    private async Task<long> Told(string fact) => await world.Service.Db.Scalar<long>($"SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.{fact},%'");

    /// <summary>All zones as they are, but Denver at UTC−6 all year.</summary>
    private sealed class Lawmaker : IDateTimeZoneProvider
    {
        public string VersionId => NewRules;

        public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => Zones.All.Ids;

        public DateTimeZone this[string id] => GetZoneOrNull(id) ?? throw new DateTimeZoneNotFoundException(id);

        public DateTimeZone GetSystemDefault() => throw new NotSupportedException();

        public DateTimeZone? GetZoneOrNull(string id) => id == "America/Denver" ? DateTimeZone.ForOffset(Offset.FromHours(-6)) : Zones.All.GetZoneOrNull(id);
    }
}
