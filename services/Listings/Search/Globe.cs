namespace Listings.Search;

/// <summary>
/// Points of WGS 84 as metres from the middle of the Earth. The straight line between two points on the ground grows with the way over
/// it: turned into an arc it differs from the geodesic by less than 3 m at 500 km, and by millimetres at 40 km.
/// </summary>
public readonly record struct Globe(double X, double Y, double Z)
{
    private const double Equator = 6_378_137;
    private const double EccentricitySquared = 0.006_694_379_990_14;
    private const double MeanRadius = 6_371_008.8;

    /// <summary>Height of the cells in which private addresses are blurred: about a kilometre.</summary>
    private const double CellDegrees = 0.009;

    /// <param name="lat">Degrees, −90 to 90.</param>
    /// <param name="lon">Degrees, −180 to 180.</param>
    public static Globe At(double lat, double lon)
    {
        var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(lat));
        var (sinLon, cosLon) = Math.SinCos(double.DegreesToRadians(lon));
        var normal = Equator / Math.Sqrt(1 - EccentricitySquared * sinLat * sinLat);
        return new(normal * cosLat * cosLon, normal * cosLat * sinLon, normal * (1 - EccentricitySquared) * sinLat);
    }

    /// <summary>The degrees of a point on the ground; the opposite of <see cref="At"/>.</summary>
    public static (double Lat, double Lon) ToDegrees(double x, double y, double z) =>
        (double.RadiansToDegrees(Math.Atan2(z, (1 - EccentricitySquared) * Math.Sqrt((x * x) + (y * y)))), double.RadiansToDegrees(Math.Atan2(y, x)));

    /// <summary>The straight line, in metres, that belongs to a way over the ground.</summary>
    public static double Chord(double kilometres) => 2 * MeanRadius * Math.Sin(kilometres * 1000 / (2 * MeanRadius));

    /// <summary>The way over the ground that belongs to a straight line in metres.</summary>
    public static double Kilometres(double chord) => 2 * MeanRadius * Math.Asin(Math.Min(1, chord / (2 * MeanRadius))) / 1000;

    /// <summary>
    /// The middle of the cell of about one square kilometre that the point lies in. Cells are fixed, so that asking again from elsewhere
    /// tells nothing more.
    /// </summary>
    public static (double Lat, double Lon) Blur(double lat, double lon)
    {
        var row = Math.Floor((lat + 90) / CellDegrees);
        var middle = Math.Clamp((row + 0.5) * CellDegrees - 90, -90, 90);
        var width = CellDegrees / Math.Max(0.01, Math.Cos(double.DegreesToRadians(middle)));
        var column = Math.Floor((lon + 180) / width);
        return (Math.Round(middle, 5), Math.Round(Math.Min(180, (column + 0.5) * width - 180), 5));
    }
}
