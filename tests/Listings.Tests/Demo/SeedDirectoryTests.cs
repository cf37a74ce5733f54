using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Contracts;
using Listings.Demo;
using Listings.Desk;
using Microsoft.EntityFrameworkCore;
using Platform;
using TestKit;
using Xunit;

namespace Listings.Tests.Demo;

public sealed class SeedDirectoryTests : IAsyncLifetime
{
    private const int Count = 400;
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly List<TestDatabase> databases = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task The_same_ones_are_invented_every_time_and_more_are_added_to_them()
    {
        await using var once = await Db();
        await using var twice = await Db();
        Assert.Equal(Count, await SeedDirectory.Seed(once, Count, Now, default));
        Assert.Equal(Count / 4, await SeedDirectory.Seed(twice, Count / 4, Now, default));
        Assert.Equal(Count - (Count / 4), await SeedDirectory.Seed(twice, Count, Now, default));
        Assert.Equal(0, await SeedDirectory.Seed(twice, Count, Now, default));

        Assert.Equal(await Print(once), await Print(twice));
        Assert.Equal(Count, await once.Practitioners.CountAsync());
    }

    [Fact]
    public async Task Each_could_be_published_by_the_rules_that_hold_for_everyone()
    {
        await using var db = await Db();
        await SeedDirectory.Seed(db, Count, Now, default);
        await foreach (var practitioner in db.Practitioners.AsNoTracking().AsAsyncEnumerable())
        {
            var listing = practitioner.Published!;
            var check = new Check();
            ListingCheck.Of(check, listing, practitioner.KnownIds(), DateOnly.FromDateTime(Now.UtcDateTime));
            Assert.False(check.Failed(out var problem), $"{practitioner.Slug}: {JsonSerializer.Serialize(problem?.ProblemDetails)}");
            Assert.Empty(Readiness.Of(listing));
            Assert.True(practitioner.Demo);
            Assert.EndsWith("@example.org", practitioner.ContactEmail, StringComparison.Ordinal);
            Assert.Equal(7, practitioner.Id.Version);
            Assert.All(practitioner.Evidence, e => Assert.True(listing.Trainings.Contains(e.Training!) || listing.Licences.Contains(e.Licence!)));
            Assert.All(listing.Locations, l => Assert.NotNull(Zones.Find(l.TimeZone)));
        }
    }

    [Fact]
    public async Task The_first_is_Ana_Reyes_in_Denver()
    {
        await using var db = await Db();
        await SeedDirectory.Seed(db, 3, Now, default);
        var ana = await db.Practitioners.OrderBy(p => p.Id).FirstAsync();

        Assert.Equal("ana-reyes-denver", ana.Slug);
        var training = Assert.Single(ana.Published!.Trainings);
        Assert.Equal("upledger:cst-t", training.Level);
        Assert.Equal(EvidenceState.ConfirmedByIssuer, ana.EvidenceOf(training)!.State);
        Assert.Equal(["pelvic-health", "postpartum"], ana.Published.Specialties);
        Assert.Equal(["en", "es"], ana.Published.Languages);
        Assert.Contains(ana.Published.Services, s => s is { Minutes: 60 } && s.Price == new Money(11000, "USD"));
        Assert.Equal("America/Denver", ana.Published.Locations[0].TimeZone);
    }

    [Fact]
    public async Task Facts_leave_one_a_line_the_first_practitioner_first()
    {
        await using var db = await Db();
        await SeedDirectory.Seed(db, 25, Now, default);
        await using var output = new StringWriter();
        await ExportFacts.Write(db, output, default);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(25, lines.Length);
        var facts = lines.Select(line => JsonSerializer.Deserialize<PractitionerPublished>(line, Json.Strict)!).ToList();
        Assert.Equal((await db.Practitioners.SingleAsync(p => p.Slug == "ana-reyes-denver")).Id, facts[0].PractitionerId);
        Assert.All(facts, f => Assert.All(f.Services, s => Assert.NotEmpty(s.LocationIds)));
    }

    private async Task<ListingsDb> Db()
    {
        var database = await TestDatabase.Create<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());
        databases.Add(database);
        return new(new DbContextOptionsBuilder<ListingsDb>().UseNpgsql(database.ConnectionString, npgsql => npgsql.UseNetTopologySuite()).Options);
    }

    private static async Task<string> Print(ListingsDb db)
    {
        var rows = await db.Database.SqlQuery<string>($"SELECT p::text AS \"Value\" FROM practitioners p ORDER BY id").ToListAsync();
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
    }
}
