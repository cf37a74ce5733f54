using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class GlobeTests
{
    [Theory]
    [InlineData(39.73915, -104.9847, 40.01499, -105.27055, 39.1918)]
    [InlineData(51.5, -0.12, 48.8566, 2.3522, 342.9379)]
    [InlineData(-17, 179.9, -17, -179.9, 21.2972)]
    [InlineData(89.9, 0, 89.9, 180, 22.3388)]
    [InlineData(0, 0, 0, 0, 0)]
    public void A_straight_line_turned_into_an_arc_is_the_geodesic(double lat, double lon, double toLat, double toLon, double kilometres) =>
        Assert.Equal(kilometres, Kilometres((lat, lon), (toLat, toLon)), 0.003);

    [Theory]
    [InlineData(0.1)]
    [InlineData(40)]
    [InlineData(500)]
    public void A_radius_and_its_chord_are_one(double kilometres) => Assert.Equal(kilometres, Globe.Kilometres(Globe.Chord(kilometres)), 9);

    [Fact]
    public void A_private_address_is_blurred_into_a_fixed_cell_of_about_a_kilometre()
    {
        var dice = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var (lat, lon) = (dice.NextDouble() * 160 - 80, dice.NextDouble() * 360 - 180);
            var blurred = Globe.Blur(lat, lon);
            Assert.InRange(Kilometres((lat, lon), blurred), 0, 0.75);
            // The cell's own middle, and whoever lives beside it, come to the same point.
            Assert.Equal(blurred, Globe.Blur(blurred.Lat, blurred.Lon));
            Assert.Equal(blurred, Globe.Blur(blurred.Lat + 0.003, blurred.Lon - 0.003));
        }
    }

    [Theory]
    [InlineData(90, 180)]
    [InlineData(-90, -180)]
    [InlineData(0, 180)]
    public void The_ends_of_the_world_have_cells_too(double lat, double lon)
    {
        var (blurredLat, blurredLon) = Globe.Blur(lat, lon);
        Assert.InRange(blurredLat, -90, 90);
        Assert.InRange(blurredLon, -180, 180);
    }

    private static double Kilometres((double Lat, double Lon) from, (double Lat, double Lon) to)
    {
        var (a, b) = (Globe.At(from.Lat, from.Lon), Globe.At(to.Lat, to.Lon));
        return Globe.Kilometres(Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2) + Math.Pow(a.Z - b.Z, 2)));
    }
}
