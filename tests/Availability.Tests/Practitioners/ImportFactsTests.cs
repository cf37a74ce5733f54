using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Platform;
using Xunit;

namespace Availability.Tests;

public sealed class ImportFactsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task New_practitioners_get_hours_with_plenty_of_openings()
    {
        var facts = Enumerable.Range(0, 60).Select(i => Fact(i % 3 == 0 ? 2 : 1)).ToList();
        Assert.Equal(60, await Import(facts));
        foreach (var fact in facts)
        {
            var person = new Person(fact.PractitionerId, fact.Services[0].ServiceId, fact.Locations[0].LocationId, "Europe/London");
            Assert.True((await world.Starts(person, "2026-11-25", "2026-12-22")).Count >= 40, $"few openings for {fact.PractitionerId}");
        }
    }

    [Fact]
    public async Task A_second_import_changes_nothing_and_a_higher_version_only_the_facts()
    {
        var fact = Fact(1);
        await Import([fact]);
        var hours = await ScheduleOf(fact.PractitionerId);
        await world.Service.In(async db =>
        {
            (await db.Schedules.SingleAsync(s => s.PractitionerId == fact.PractitionerId)).Replace(hours!.Document with { HorizonDays = 7 });
            return await db.SaveChangesAsync();
        });
        await Import([fact, fact with { Version = 2, Services = [] }, fact]);
        Assert.Equal((2, 7), ((await ScheduleOf(fact.PractitionerId))!.Version, (await ScheduleOf(fact.PractitionerId))!.Document.HorizonDays));
        Assert.Equal(2, await world.Service.In(db => db.Practitioners.Where(p => p.Id == fact.PractitionerId).Select(p => p.FactsVersion).SingleAsync()));
    }

    [Fact]
    public async Task Somebody_known_before_gets_no_invented_hours()
    {
        var fact = Fact(1);
        await world.Service.In(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await Practitioner.Lock(db, fact.PractitionerId, default);
            await transaction.CommitAsync();
            return 0;
        });
        await Import([fact]);
        Assert.Null(await ScheduleOf(fact.PractitionerId));
    }

    [Fact]
    public void Invented_hours_are_always_the_same_and_can_be_saved_as_they_are()
    {
        var schedules = Enumerable.Range(0, 500).Select(_ => Fact(2)).Select(f => (DemoHours.For(f.PractitionerId, f.Locations), DemoHours.For(f.PractitionerId, f.Locations))).ToList();
        Assert.All(schedules, s =>
        {
            var check = new Check();
            s.Item1.Validate(check);
            Assert.False(check.Failed(out _));
            Assert.Equal(JsonSerializer.Serialize(s.Item1, Json.Strict), JsonSerializer.Serialize(s.Item2, Json.Strict));
        });
        Assert.True(schedules.Select(s => s.Item1.StartIntervalMinutes).Distinct().Count() > 1);
        Assert.Contains(schedules, s => s.Item1.Locations.Any(l => l.Weekly.Any(h => h.Day == DayOfWeek.Saturday)));
        Assert.Contains(schedules, s => s.Item1.Locations.Any(l => l.Weekly.Any(h => h.To.Hour >= 20)));
    }

    private static PractitionerPublished Fact(int locations)
    {
        var places = Enumerable.Range(0, locations).Select(_ => new PublishedLocation(Guid.CreateVersion7(), "Europe/London")).ToList();
        return new(Guid.CreateVersion7(), 1, places, [new(Guid.CreateVersion7(), 60, [.. places.Select(l => l.LocationId)], true, false)], DateTimeOffset.UnixEpoch);
    }

    private Task<long> Import(IEnumerable<PractitionerPublished> facts) => world.Service.In(async db =>
    {
        using var lines = new StringReader(string.Join('\n', facts.Select(f => JsonSerializer.Serialize(f, Json.Strict))));
        return await ImportFacts.Import(db, lines, world.Now, _ => { }, default);
    });

    private Task<StoredSchedule?> ScheduleOf(Guid id) => world.Service.In(db => db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.PractitionerId == id));
}
