using System.Net.Http.Json;
using Contracts;
using Listings.Search;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestKit;
using Xunit;

namespace Listings.Tests.Search;

public sealed class UpdateNextOpeningsTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    /// <summary>The minute that has begun: visits begin on whole minutes.</summary>
    private DateTimeOffset Now => app.Factory.Clock.GetUtcNow() is var now ? now.AddSeconds(-now.Second) : default;

    [Fact]
    public async Task Results_show_the_first_three_that_can_still_be_booked()
    {
        var owner = await app.PublishedOwner();
        var now = Now;
        await Say(owner, 1, 60, 0.5, 2, 26, 50, 74);
        var item = await Shown(owner);
        Assert.Equal([now.AddHours(2), now.AddHours(26), now.AddHours(50)], item.NextOpenings.Select(o => o.Start));
        Assert.All(item.NextOpenings, o => Assert.Equal(TimeSpan.FromHours(-7), o.Start.Offset));
        Assert.All(item.NextOpenings, o => Assert.Equal(item.Location.Id, o.LocationId));
        var profile = (await app.Factory.Guest().GetFromJsonAsync<ReadProfile.Response>($"/api/v1/practitioners/{item.Slug}", Platform.Json.Tolerant))!;
        Assert.Equal(item.Location, profile.Location);
        Assert.Equal(item.NextOpenings, profile.NextOpenings);
    }

    [Fact]
    public async Task Results_show_the_times_that_were_asked_for_however_far_ahead()
    {
        var owner = await app.PublishedOwner();
        double[] hours = [.. Enumerable.Range(4, 14).Select(half => half / 2.0), .. Enumerable.Range(0, 40).Select(half => (9 * 24) + (half / 2.0)), 20 * 24];
        await Say(owner, 1, 60, hours);
        var starts = hours.Select(h => Platform.Zones.ToLocal(Now.AddHours(h), "America/Denver")).ToList();
        var day = starts[20].Date;
        async Task AssertShown(string filter, Func<DateTimeOffset, bool> isAskedFor)
        {
            var asked = starts.Where(isAskedFor).Take(3).ToList();
            Assert.NotEmpty(asked);
            Assert.Equal(asked, (await Search(filter)).Single(i => i.Id == owner.Id).NextOpenings.Select(o => o.Start));
        }

        await AssertShown($"availableFrom={day:yyyy-MM-dd}&availableTo={day:yyyy-MM-dd}", s => s.Date == day);
        await AssertShown($"availableFrom={day:yyyy-MM-dd}&sort=soonest", s => s.Date >= day);
        await AssertShown($"availableWithinDays=31&weekday={day.DayOfWeek.ToString().ToLowerInvariant()}", s => s.DayOfWeek == day.DayOfWeek);
        await AssertShown($"availableFrom={day:yyyy-MM-dd}&timeOfDay=evening", s => s.Date >= day && s.Hour >= 17);

        // A copy of an older version hears of others later on: what was told before it stands for nothing any more.
        await app.Factory.In(db => db.Database.ExecuteSqlAsync($"UPDATE search_openings SET version = 2, changed = pg_current_xact_id() WHERE practitioner_id = {owner.Id}"));
        await app.Factory.CatchUp();
        Assert.Empty((await Search($"availableFrom={day:yyyy-MM-dd}&availableTo={day:yyyy-MM-dd}")).Single(i => i.Id == owner.Id).NextOpenings);
    }

    [Fact]
    public async Task The_highest_version_stays_whatever_comes_later()
    {
        var owner = await app.PublishedOwner();
        var five = Now.AddHours(5);
        await Say(owner, 7, 0, 5);
        await Say(owner, 6, 0, 1);
        await Say(owner, 7, 0, 2);
        Assert.Equal(five, (await Shown(owner)).NextOpenings.Single().Start);
        await Say(owner, 8, 0);
        Assert.Empty((await Shown(owner)).NextOpenings);
        Assert.DoesNotContain(owner.Id, (await Search("availableWithinDays=31")).Select(i => i.Id));
    }

    [Fact]
    public async Task Openings_heard_of_before_publication_are_shown_after_it()
    {
        var owner = await app.PublishedOwner();
        await Say(owner, 3, 0, 4);
        using (await owner.Unpublish())
            await owner.Submit();
        await app.Factory.CatchUp();
        Assert.DoesNotContain(owner.Id, (await Search("")).Select(i => i.Id));
        var six = Now.AddHours(6);
        await Say(owner, 4, 0, 6);
        await app.Rule(owner.Id, "approve");
        Assert.Equal(six, (await Shown(owner)).NextOpenings.Single().Start);
        Assert.Contains(owner.Id, (await Search("availableWithinDays=1")).Select(i => i.Id));
    }

    [Fact]
    public async Task As_time_passes_the_next_one_counts()
    {
        var owner = await app.PublishedOwner();
        var later = Now.AddHours(72);
        await Say(owner, 1, 60, 2, 72);
        Assert.Contains(owner.Id, (await Search("availableWithinDays=1")).Select(i => i.Id));
        app.Factory.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(later, (await Shown(owner)).NextOpenings.Single().Start);
        await Eventually.True(async () => !(await Search("availableWithinDays=1")).Any(i => i.Id == owner.Id), what: "the passed opening counts no more");
        Assert.Contains(owner.Id, (await Search("availableWithinDays=3")).Select(i => i.Id));
        app.Factory.Clock.Advance(TimeSpan.FromDays(4));
        await Eventually.True(async () => !(await Search("availableWithinDays=31")).Any(i => i.Id == owner.Id), what: "nothing is left");
    }

    [Fact]
    public async Task Pages_keep_the_order_of_the_first_for_an_hour_and_show_what_can_still_be_booked()
    {
        var owners = new List<Owner>();
        foreach (var name in (string[])["Ada", "Bea", "Cleo", "Dora"])
            owners.Add(await app.PublishedOwner($"{name} Walker"));
        var five = Now.AddHours(5);
        await Say(owners[0], 1, 0, 0.25);
        await Say(owners[1], 1, 0, 0.5, 5);
        await Say(owners[2], 1, 0, 3);
        await Say(owners[3], 1, 0, 1.25);
        var first = await Page(1, null);
        Assert.Equal("Ada Walker", Assert.Single(first.Items).Name);

        app.Factory.Clock.Advance(TimeSpan.FromMinutes(45));
        var second = await Page(1, first.NextCursor);
        Assert.Equal(("Bea Walker", five), (Assert.Single(second.Items).Name, second.Items[0].NextOpenings.Single().Start));

        app.Factory.Clock.Advance(TimeSpan.FromMinutes(45));
        var names = (await Page(10, second.NextCursor)).Items.Select(i => i.Name).ToList();
        Assert.Contains("Cleo Walker", names);
        Assert.DoesNotContain("Dora Walker", names);

        async Task<SearchPractitioners.Response> Page(int limit, string? cursor) => (await app.Factory.Guest().GetFromJsonAsync<SearchPractitioners.Response>(
            $"/api/v1/practitioners?q=walker&availableWithinDays=1&sort=soonest&limit={limit}&cursor={cursor}", Platform.Json.Tolerant))!;
    }

    [Fact]
    public async Task A_time_is_not_shown_by_visits_that_have_changed_since_it_was_told()
    {
        var owner = await app.PublishedOwner();
        await Say(owner, 1, 0, 5);
        var index = app.Factory.Services.GetRequiredService<SearchIndex>();
        var card = (await index.Cards.Read([owner.Id], app.Factory.Services.GetRequiredService<IServiceScopeFactory>(), default))[owner.Id];
        Assert.Single(SearchPage.Of(index, owner.Id, card, Now)!.NextOpenings);
        var changed = card with { Places = [card.Places[0] with { Visits = [.. card.Places[0].Visits.Reverse()] }] };
        Assert.Empty(SearchPage.Of(index, owner.Id, changed, Now)!.NextOpenings);
    }

    [Fact]
    public async Task What_Availability_publishes_arrives_once_however_often_it_is_delivered()
    {
        await using var factory = await ServiceFactory<Program, ListingsDb>.Start(withBroker: true, configureDatabase: npgsql => npgsql.UseNetTopologySuite());
        var practitioner = new Crowd(3, factory.Clock.GetUtcNow()).Practitioners(1)[0];
        await factory.In(async db =>
        {
            db.Add(practitioner);
            await db.SaveChangesAsync();
            return await Projection.Fill(db, anew: true, CancellationToken.None);
        });

        var bus = factory.Services.GetRequiredService<IBus>();
        var start = factory.Clock.GetUtcNow().AddHours(3);
        foreach (var version in (long[])[2, 2, 1, 2])
            await bus.Publish(Said(practitioner.Id, practitioner.Published!.Locations[0].Id!.Value, practitioner.Published.Services[0].Id!.Value, version, 0, version == 2 ? start : start.AddHours(9)));

        await Eventually.True(async () => await factory.Db.Scalar<long>("SELECT count(*) FROM inbox") >= 4, TimeSpan.FromSeconds(20));
        Assert.Equal(2, await factory.Db.Scalar<long>("SELECT version FROM search_openings WHERE practitioner_id = $1", practitioner.Id));
        var kept = Openings.FromBytes(0, await factory.Db.Scalar<byte[]>("SELECT visits FROM search_openings WHERE practitioner_id = $1", practitioner.Id) ?? []);
        Assert.Equal(start, Assert.Single(kept.Visits).Starts.Single());
    }

    [Fact]
    public async Task What_no_broker_has_taken_is_asked_for()
    {
        var waiting = new List<OpeningsChanged>();
        await using var availability = await FakePeer.Start(peer => peer.MapGet("/internal/openings/waiting", () => waiting));
        for (var i = 0; i < 2; i++)
            waiting.Add(Said(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), 5, 0, Now.AddHours(3)) with { At = Now });
        await using var factory = await ServiceFactory<Program, ListingsDb>.Start(
            new() { ["AVAILABILITY_URL"] = availability.Url.ToString() }, configureDatabase: npgsql => npgsql.UseNetTopologySuite());
        using var anybody = factory.Guest();
        await Eventually.True(
            async () => await factory.Db.Scalar<long>("SELECT count(*) FROM search_openings WHERE practitioner_id = ANY ($1) AND version = 5", waiting.ConvertAll(w => w.PractitionerId)) == 2,
            TimeSpan.FromSeconds(20));
    }

    private static OpeningsChanged Said(Guid practitioner, Guid location, Guid service, long version, int notice, params DateTimeOffset[] starts)
    {
        var zone = Platform.Zones.Get("America/Denver");
        var local = starts.Select(s => Platform.Zones.ToLocal(s, zone).DateTime).ToList();
        var from = DateOnly.FromDateTime(local.Count > 0 ? local[0] : default);
        ulong Days(int begin, int end) => local.Where(l => l.Hour >= begin && l.Hour < end).Aggregate(0UL, (days, l) => days | (1UL << (DateOnly.FromDateTime(l).DayNumber - from.DayNumber)));
        var days = local.GroupBy(DateOnly.FromDateTime)
            .Select(day => new DayStarts(1UL << (day.Key.DayNumber - from.DayNumber), [.. day.Select(l => (int)(l - l.Date).TotalMinutes)]));
        return new(practitioner, version, notice, [new(location, service, from, Days(0, 12), Days(12, 17), Days(17, 24), [.. starts.Take(12)], [.. days])], default);
    }

    private async Task Say(Owner owner, long version, int notice, params double[] hours)
    {
        var listing = (await owner.Read()).Listing;
        await app.Factory.In(async db =>
        {
            await UpdateNextOpenings.Keep(
                db, Said(owner.Id, listing["locations"]![0]!["id"]!.GetValue<Guid>(), listing["services"]![0]!["id"]!.GetValue<Guid>(), version, notice, [.. hours.Select(h => Now.AddHours(h))]),
                CancellationToken.None);
            return 0;
        });
        await app.Factory.CatchUp();
    }

    private async Task<SearchPractitioners.Item> Shown(Owner owner) => (await Search("")).Single(i => i.Id == owner.Id);

    private async Task<IReadOnlyList<SearchPractitioners.Item>> Search(string filter) =>
        (await app.Factory.Guest().GetFromJsonAsync<SearchPractitioners.Response>($"/api/v1/practitioners?lat=40&lon=-105.3&limit=100&{filter}", Platform.Json.Tolerant))!.Items;
}
