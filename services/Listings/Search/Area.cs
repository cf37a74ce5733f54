namespace Listings.Search;

/// <summary>The part of the world that is searched: around a point, in a box of degrees, or both, edges included; or everywhere.</summary>
/// <param name="lat">WGS 84 degrees of the point that distances are measured from; null when there is none.</param>
/// <param name="radiusKm">Over the ground; null: as far as the box goes.</param>
/// <param name="bounds">Degrees; null: all within the radius.</param>
internal sealed class Area(double? lat, double? lon, double? radiusKm, Bounds? bounds)
{
    /// <summary>A point in degrees comes back from whole centimetres as much as this off.</summary>
    private const double Slack = 2e-7;

    private readonly long most = radiusKm is null ? long.MaxValue : Point.Square(Globe.Chord(radiusKm.Value));
    private readonly (int South, int North) heights = bounds is null
        ? (int.MinValue, int.MaxValue) : (Point.At(Globe.At(bounds.South, 0)).Z - 1, Point.At(Globe.At(bounds.North, 0)).Z + 1);

    public bool HasPoint => lat is not null;

    public Point Point { get; } = lat is null ? default : Point.At(Globe.At(lat.Value, lon!.Value));

    /// <summary>0 when there is no point to measure from.</summary>
    public long SquareTo(in Spot spot) => HasPoint ? spot.SquareTo(Point) : 0;

    public long SquareTo(in Box box) => HasPoint ? box.SquareTo(Point) : 0;

    public bool Has(in Spot spot, long square) => square <= most && (bounds is null || InBounds(spot));

    /// <summary>Whether all in the box is in the area. When in doubt, it may not be.</summary>
    public bool Holds(in Box box) => bounds is null && (!HasPoint || box.FarthestSquareTo(Point) <= most);

    /// <summary>Whether nothing in the box can be in the area. When in doubt, it may be.</summary>
    public bool Misses(in Box box) =>
        (HasPoint && box.SquareTo(Point) > most) || (bounds is not null && (box.Most.Z < heights.South || box.Least.Z > heights.North || bounds.Misses(box)));

    private bool InBounds(in Spot spot)
    {
        if (spot.Z < heights.South || spot.Z > heights.North)
            return false;
        var (atLat, atLon) = Globe.ToDegrees(spot.X / 100.0, spot.Y / 100.0, spot.Z / 100.0);
        return atLat >= bounds!.South - Slack && atLat <= bounds.North + Slack && bounds.HasLongitude(atLon, Slack);
    }
}

/// <summary>A box of WGS 84 degrees. West may be east of east: then it reaches over the antimeridian.</summary>
internal sealed record Bounds(double West, double South, double East, double North)
{
    private double Width => East >= West ? East - West : East - West + 360;

    public bool HasLongitude(double lon, double slack)
    {
        // Both ends of the world are one line.
        var eastOfWest = (lon - West + 720) % 360;
        return eastOfWest <= Width + slack || eastOfWest >= 360 - slack;
    }

    /// <summary>Whether a box of points lies wholly beyond one of the two meridians; never said of a box wider than half the world.</summary>
    public bool Misses(in Box box) => Width < 180 && (Beyond(box, West, 1) || Beyond(box, East, -1));

    private static bool Beyond(in Box box, double meridian, int side)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(meridian));
        // Positive to the east of the meridian, in centimetres.
        double East(int x, int y) => side * ((y * cos) - (x * sin));
        return East(box.Least.X, box.Least.Y) < -1 && East(box.Least.X, box.Most.Y) < -1 && East(box.Most.X, box.Least.Y) < -1 && East(box.Most.X, box.Most.Y) < -1;
    }
}
