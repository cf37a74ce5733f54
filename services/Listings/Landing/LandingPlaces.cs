using Listings.Places;
using Npgsql;

namespace Listings.Landing;

/// <summary>The towns of the gazetteer that practitioners are in. Each name is looked up once.</summary>
internal sealed class LandingPlaces(NpgsqlConnection connection)
{
    private const double FarthestKm = 50;
    private const double KmPerDegree = 111.2;

    /// <summary>By country and locality as they are written.</summary>
    private readonly Dictionary<(string Country, string Locality), List<(string Path, double Lat, double Lon)>> towns = [];

    /// <summary>What is still to be asked for.</summary>
    private readonly HashSet<(string Country, string Locality)> unknown = [];

    /// <summary>Whether <see cref="TownOf"/> can be asked for all of them; those that are not known will be learnt.</summary>
    public bool Knows(IReadOnlyList<Location> locations)
    {
        var known = true;
        foreach (var location in locations)
        {
            if (towns.ContainsKey((location.Country, location.Locality)))
                continue;
            unknown.Add((location.Country, location.Locality));
            known = false;
        }

        return known;
    }

    /// <summary>Looks up the names that were missing.</summary>
    public async Task Learn(CancellationToken ct)
    {
        var asked = unknown.ToLookup(name => (name.Country, Name: Spelling.Plain(name.Locality)));
        unknown.Clear();
        var found = new Dictionary<(string, string), List<(string Path, double Lat, double Lon)>>();
        var names = asked.Select(a => a.Key).ToList();
        if (names.Count == 0)
            return;
        await using var command = new NpgsqlCommand(
            """
            SELECT n.country, n.name, p.path, ST_Y(p.position::geometry), ST_X(p.position::geometry)
            FROM unnest($1::text[], $2::text[]) AS asked (country, name)
            JOIN place_names n ON n.name = asked.name COLLATE "C" AND n.country = asked.country
            JOIN places p ON p.id = n.place_id AND p.path <> ''
            ORDER BY p.population DESC, p.id
            """, connection)
        { Parameters = { new() { Value = names.ConvertAll(n => n.Country).ToArray() }, new() { Value = names.ConvertAll(n => n.Name).ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var key = (reader.GetString(0), reader.GetString(1));
            if (!found.TryGetValue(key, out var namesakes))
                found[key] = namesakes = [];
            namesakes.Add((reader.GetString(2), reader.GetDouble(3), reader.GetDouble(4)));
        }

        foreach (var name in asked.SelectMany(a => a, (a, written) => (a.Key, Written: written)))
            towns[name.Written] = found.GetValueOrDefault(name.Key) ?? [];
    }

    /// <summary>
    /// The path of the town that a location names: the nearest of that name in its country, none when there is none within 50 km. A
    /// misspelt one counts for its country only.
    /// </summary>
    public string? TownOf(Location location)
    {
        if (location is not { Lat: { } lat, Lon: { } lon })
            return null;
        var (nearest, least) = ((string?)null, FarthestKm);
        foreach (var town in towns[(location.Country, location.Locality)])
        {
            var km = Kilometres(lat, lon, town.Lat, town.Lon);
            if (km < least)
                (nearest, least) = (town.Path, km);
        }

        return nearest;
    }

    /// <summary>On a flat map, which is good enough to tell namesakes apart.</summary>
    private static double Kilometres(double lat, double lon, double toLat, double toLon)
    {
        var (north, east) = (toLat - lat, Math.IEEERemainder(toLon - lon, 360) * Math.Cos(lat * Math.PI / 180));
        return Math.Sqrt((north * north) + (east * east)) * KmPerDegree;
    }
}
