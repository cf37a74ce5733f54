using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using TestKit;
using Xunit;

namespace Npgsql.NetTopologySuite.Tests;

public sealed class GeographyTests : IAsyncLifetime
{
    private static readonly Point Denver = LandmarksDb.At(-104.9847, 39.73915);
    private static readonly Point Boulder = LandmarksDb.At(-105.27055, 40.01499);
    private static readonly Point Suva = LandmarksDb.At(178.44149, -18.14161);
    private static readonly Point Apia = LandmarksDb.At(-171.76666, -13.83333);

    private TestDatabase database = null!;
    private LandmarksDb db = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create<LandmarksDb>(npgsql => npgsql.UseNetTopologySuite());
        db = Open();
        db.AddRange(
            new Landmark { Name = "Denver", Place = Denver, Entrance = Boulder },
            new Landmark { Name = "Boulder", Place = Boulder },
            new Landmark { Name = "Suva", Place = Suva },
            new Landmark { Name = "Apia", Place = Apia });
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        await db.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_point_comes_back_as_it_went_in()
    {
        await using var other = Open();
        var denver = await other.Landmarks.SingleAsync(l => l.Name == "Denver");
        Assert.Equal((-104.9847, 39.73915, 4326), (denver.Place.X, denver.Place.Y, denver.Place.SRID));
        Assert.Equal(Boulder, denver.Entrance);
        Assert.Null((await other.Landmarks.SingleAsync(l => l.Name == "Suva")).Entrance);
    }

    [Fact]
    public async Task Distance_is_metres_along_the_globe()
    {
        var metres = await db.Landmarks.Where(l => l.Name == "Boulder").Select(l => l.Place.Distance(Denver)).SingleAsync();
        Assert.InRange(metres, 39_191.5, 39_192.5);
    }

    [Fact]
    public async Task Distance_crosses_the_antimeridian_the_short_way()
    {
        var metres = await db.Landmarks.Where(l => l.Name == "Apia").Select(l => l.Place.Distance(Suva)).SingleAsync();
        Assert.InRange(metres, 1_100_000, 1_200_000);
    }

    [Theory]
    [InlineData(39_000, 1)]
    [InlineData(39_300, 2)]
    public async Task A_radius_takes_what_lies_within(double metres, int expected) =>
        Assert.Equal(expected, await db.Landmarks.CountAsync(l => l.Place.IsWithinDistance(Denver, metres)));

    [Fact]
    public async Task Nearest_first_walks_the_index()
    {
        var nearest = db.Landmarks.OrderBy(l => EF.Functions.DistanceKnn(l.Place, Denver)).Select(l => l.Name);
        Assert.Contains("<->", nearest.ToQueryString(), StringComparison.Ordinal);
        Assert.Equal(["Denver", "Boulder", "Apia", "Suva"], await nearest.ToListAsync());
    }

    [Fact]
    public async Task An_area_covers_the_points_in_it_and_on_its_edge()
    {
        db.Add(new Area
        {
            Shape = new Polygon(new LinearRing([new(-106, 39), new(-104, 39), new(-104, 41), new(-106, 41), new(-106, 39)])) { SRID = 4326 },
        });
        await db.SaveChangesAsync();
        Assert.True(await db.Areas.AnyAsync(a => a.Shape.Covers(Denver)));
        Assert.False(await db.Areas.AnyAsync(a => a.Shape.Covers(Suva)));
        Assert.True(await db.Areas.AnyAsync(a => a.Shape.Covers(LandmarksDb.At(-106, 40))));
        Assert.Equal(2, await db.Landmarks.CountAsync(l => db.Areas.Any(a => a.Shape.Covers(l.Place))));
    }

    [Fact]
    public async Task A_missing_point_is_at_no_distance() =>
        Assert.Equal(1, await db.Landmarks.CountAsync(l => l.Entrance!.IsWithinDistance(Denver, 1e7)));

    private LandmarksDb Open() =>
        new(new DbContextOptionsBuilder<LandmarksDb>().UseNpgsql(database.ConnectionString, npgsql => npgsql.UseNetTopologySuite()).Options);
}
