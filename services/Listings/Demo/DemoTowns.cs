using Npgsql;

namespace Listings.Demo;

/// <summary>Where invented practitioners are: countries by their share, towns inside by population, denser where the demonstration looks first.</summary>
internal sealed class DemoTowns
{
    private const double DegreesPerKm = 1 / 111.2;

    /// <summary>Around these the directory is as dense as one hopes a grown one to be.</summary>
    private static readonly (double Lat, double Lon, double Factor)[] Focus =
    [
        (39.74, -104.98, 12), (51.51, -0.13, 1.5), (43.7, -79.4, 2), (40.71, -74.0, 1.5), (47.37, 8.54, 2.5), (52.52, 13.4, 2),
        (-33.87, 151.21, 1.3), (-36.85, 174.76, 1.3), (53.34, -6.26, 1.3), (49.25, -123.12, 2),
    ];

    private readonly Dictionary<string, double> shares;
    private readonly Dictionary<string, (DemoTown[] Towns, double[] UpTo)> towns;

    public DemoTowns(IEnumerable<DemoTown> from)
    {
        towns = from.GroupBy(town => town.Country).ToDictionary(
            country => country.Key,
            country =>
            {
                DemoTown[] sorted = [.. country.OrderByDescending(town => town.Population).ThenBy(town => town.Lat).ThenBy(town => town.Lon)];
                var upTo = new double[sorted.Length];
                var sum = 0.0;
                for (var i = 0; i < sorted.Length; i++)
                    upTo[i] = sum += Weight(sorted[i]);
                return (sorted, upTo);
            });
        shares = DemoData.Countries.Where(c => towns.ContainsKey(c.Key)).ToDictionary(c => c.Key, c => c.Value.Share);
    }

    /// <summary>The largest town of that name.</summary>
    public DemoTown Named(string name, string country) => towns[country].Towns.First(town => town.Name == name);

    public DemoTown Pick(Dice dice)
    {
        var (inCountry, upTo) = towns[dice.Pick(shares)];
        var index = Array.BinarySearch(upTo, dice.Share() * upTo[^1]);
        return inCountry[Math.Min(index < 0 ? ~index : index, inCountry.Length - 1)];
    }

    /// <summary>A postal position of the town, or a point near its middle: closer in small towns than in large ones.</summary>
    public static DemoPost Door(DemoTown town, Dice dice)
    {
        if (town.Posts.Count > 0)
        {
            var post = dice.Pick(town.Posts);
            return post with { Lat = Near(post.Lat, 0.4, dice), Lon = Near(post.Lon, 0.4 / Math.Cos(post.Lat * Math.PI / 180), dice) };
        }
        var spread = Math.Clamp(Math.Sqrt(town.Population) / 500, 0.3, 3);
        return new("", Near(town.Lat, spread, dice), Near(town.Lon, spread / Math.Cos(town.Lat * Math.PI / 180), dice));
    }

    /// <summary>The gazetteer's towns with their postal positions; the few built-in ones while it is empty.</summary>
    public static async Task<DemoTowns> Load(NpgsqlConnection connection, CancellationToken ct)
    {
        var countries = DemoData.Countries.Keys.ToArray();
        var found = new List<DemoTown>();
        await using (var command = new NpgsqlCommand(
            """
            SELECT name, coalesce(region_code, region), country, ST_Y(position::geometry), ST_X(position::geometry), time_zone, population
            FROM places
            WHERE country = ANY ($1) AND population >= 2000
            """, connection)
        { Parameters = { new() { Value = countries } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                found.Add(new(
                    reader.GetString(0), reader.OrNull<string>(1), reader.GetString(2), reader.GetDouble(3), reader.GetDouble(4),
                    reader.GetString(5), reader.GetInt32(6)));
            }
        }
        if (found.Count == 0)
            return new(DemoData.Towns);

        var byName = found.ToLookup(town => (town.Country, town.Region, town.Name));
        await using (var command = new NpgsqlCommand(
            """
            SELECT country, coalesce(region_code, region), name, code, ST_Y(position::geometry), ST_X(position::geometry)
            FROM postal_codes
            WHERE country = ANY ($1)
            ORDER BY country, code
            """, connection)
        { Parameters = { new() { Value = countries } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var (lat, lon) = (reader.GetDouble(4), reader.GetDouble(5));
                var town = byName[(reader.GetString(0), reader.OrNull<string>(1), reader.GetString(2))]
                    .FirstOrDefault(t => Math.Abs(t.Lat - lat) < 0.3 && Math.Abs(t.Lon - lon) < 0.4);
                town?.Posts.Add(new(reader.GetString(3), lat, lon));
            }
        }
        return new(found);
    }

    private static double Weight(DemoTown town) =>
        Math.Pow(town.Population, 0.9) * Focus
            .Where(f => Math.Abs(f.Lat - town.Lat) < 40 * DegreesPerKm && Math.Abs(f.Lon - town.Lon) < 40 * DegreesPerKm / Math.Cos(f.Lat * Math.PI / 180))
            .Select(f => f.Factor)
            .FirstOrDefault(1);

    /// <summary>A degree near <paramref name="middle"/>, at most three times <paramref name="km"/> away, mostly closer.</summary>
    private static double Near(double middle, double km, Dice dice) =>
        Math.Round(middle + (dice.Share() + dice.Share() + dice.Share() - 1.5) * 2 * km * DegreesPerKm, 5);
}
