using System.Globalization;
using System.Text.Json;
using Platform;

namespace Listings.Places;

/// <summary>Reads the gazetteer's sources as GeoNames lays them out, and the two packages that repack its postal files. All lazily: the files may be large.</summary>
public static class GeoNames
{
    /// <summary>Places of <c>cities500.txt</c>; no abandoned ones, and none in a zone that we do not know.</summary>
    public static IEnumerable<PlaceRow> Places(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            var c = line.Split('\t');
            if (c.Length < 18 || c[7] is "PPLH" or "PPLQ" or "PPLW" || Zones.Find(c[17]) is null)
                continue;
            yield return new(
                int.Parse(c[0], CultureInfo.InvariantCulture), c[1], c[2], c[3].Split(',', StringSplitOptions.RemoveEmptyEntries), Degrees(c[4]), Degrees(c[5]),
                c[8], c[10], int.Parse(c[14], CultureInfo.InvariantCulture), c[17]);
        }
    }

    /// <summary>First-level regions of <c>admin1.json</c>: <c>US.CO</c> and its name.</summary>
    public static IEnumerable<(string Area, string Name)> Regions(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var region in document.RootElement.EnumerateArray())
            yield return (region.GetProperty("code").GetString()!, region.GetProperty("name").GetString()!);
    }

    /// <summary>Any GeoNames postal file: tab-separated, with or without the last columns.</summary>
    /// <exception cref="FormatException">A line is not of that layout; the message says which.</exception>
    public static IEnumerable<PostalRow> PostalCodes(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
                continue;
            var c = line.Split('\t');
            if (c.Length < 11 || c[0].Length != 2 || c[1].Length == 0 || !double.TryParse(c[9], CultureInfo.InvariantCulture, out var lat) || !double.TryParse(c[10], CultureInfo.InvariantCulture, out var lon)
                || Math.Abs(lat) > 90 || Math.Abs(lon) > 180)
                throw new FormatException($"Line {number} of {Path.GetFileName(path)} is not a line of a GeoNames postal file.");
            yield return new(c[0].ToUpperInvariant(), c[1], c[2], Text(c[3]), c[4], lat, lon);
        }
    }

    /// <summary>Postal codes of <c>reverse-geocode</c>, whose Australian codes have lost their leading zeros.</summary>
    public static IEnumerable<PostalRow> RepackedPostalCodes(string path, string country)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var code = entry.GetProperty("zipcode");
            var name = Text(entry.TryGetProperty("city", out var city) ? city.ToString() : null) ?? Text(entry.GetProperty("region").ToString());
            if (name is null || code.ToString().Length == 0)
                continue;
            yield return new(
                country, code.ValueKind == JsonValueKind.Number ? code.GetInt32().ToString("0000", CultureInfo.InvariantCulture) : code.GetString()!, name,
                Text(entry.GetProperty("state").ToString()), entry.GetProperty("state_abbr").ToString(), entry.GetProperty("latitude").GetDouble(), entry.GetProperty("longitude").GetDouble());
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static double Degrees(string value) => double.Parse(value, CultureInfo.InvariantCulture);
}

/// <param name="Admin1">GeoNames' code of the first-level region, inside its country.</param>
public sealed record PlaceRow(
    int Id, string Name, string Ascii, string[] Aliases, double Lat, double Lon, string Country, string Admin1, int Population, string TimeZone);

/// <param name="RegionCode">As the source has it: an abbreviation (<c>CO</c>) or a number that says nothing to people.</param>
public sealed record PostalRow(string Country, string Code, string Name, string? Region, string RegionCode, double Lat, double Lon);
