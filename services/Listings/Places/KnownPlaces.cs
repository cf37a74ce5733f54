using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Places;

/// <summary>All places of the gazetteer in memory, as it was at one moment: a type-ahead is answered without asking the database. About a hundred bytes a place.</summary>
internal sealed class KnownPlaces
{
    /// <summary>GeoNames gives five decimals of a degree.</summary>
    private const double Degree = 100_000;

    private const int MostBegunAreas = 100;

    /// <summary>Names that a search passes over together when the largest of their places counts too little.</summary>
    public const int BlockSize = 64;

    private readonly List<Row> rows = [];
    private readonly List<byte> written = [];
    private readonly List<float> weights = [];
    private readonly List<Area> areas = [];
    private readonly List<string> zones = [];

    /// <summary>Regions (<c>US.CO</c>) and countries (<c>CH</c>), by what they are called.</summary>
    private readonly List<string> calledAreas = [];
    private NameList areaNames = new([]);

    /// <summary>Of each <see cref="BlockSize"/> names, what the largest of their places counts.</summary>
    private float[] heaviest = [];

    private KnownPlaces()
    {
    }

    /// <summary>What stands for a place or, when an alias, for a place by another name: see <see cref="Owner"/>.</summary>
    public NameList Names { get; private set; } = new([]);

    /// <summary>Which place a name stands for.</summary>
    public static (int Place, bool Alias) Owner(int owner) => (owner >> 1, (owner & 1) != 0);

    /// <summary>How much a place counts: the logarithm of its population.</summary>
    public float WeightOf(int place) => weights[place];

    /// <summary>What the largest place counts of the <see cref="BlockSize"/> names from <paramref name="name"/> on, which is a multiple of that.</summary>
    public float HeaviestFrom(int name) => heaviest[name / BlockSize];

    public bool IsIn(int place, IReadOnlySet<string> wanted) => wanted.Contains(areas[rows[place].Area].Code) || wanted.Contains(areas[rows[place].Area].Country);

    public Place At(int place)
    {
        var row = rows[place];
        var area = areas[row.Area];
        return new(
            row.Id.ToString(CultureInfo.InvariantCulture), NameOf(place), area.Region, area.RegionCode, area.Country, null, row.Lat / Degree, row.Lon / Degree, zones[row.Zone], row.Population);
    }

    /// <summary>The regions and countries of that name; when none has it, those whose name begins with it.</summary>
    public IReadOnlySet<string> AreasCalled(string name)
    {
        var (from, to) = areaNames.Begun(name);
        var whole = Enumerable.Range(from, to - from).TakeWhile(i => areaNames.LengthOf(i) == name.Length).ToList();
        return (whole.Count > 0 ? whole : Enumerable.Range(from, to - from).Take(MostBegunAreas)).Select(i => calledAreas[areaNames.OwnerOf(i)]).ToHashSet();
    }

    public static async Task<KnownPlaces> Load(NpgsqlConnection connection, CancellationToken ct)
    {
        var places = new KnownPlaces();
        await places.ReadPlaces(connection, ct);
        await places.ReadAreas(connection, ct);
        return places;
    }

    /// <summary>As its own people write it, in UTF-8 until it is shown.</summary>
    private string NameOf(int place) =>
        Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(written)[rows[place].Name..(place + 1 < rows.Count ? rows[place + 1].Name : written.Count)]);

    private async Task ReadPlaces(NpgsqlConnection connection, CancellationToken ct)
    {
        var names = new List<(string, int)>();
        var knownAreas = new Dictionary<Area, ushort>();
        var knownZones = new Dictionary<string, ushort>();
        await using var reader = await connection.BeginBinaryExportAsync(
            """
            COPY (
                SELECT p.id, p.name, n.area, p.region, p.region_code, p.country, ST_Y(p.position::geometry), ST_X(p.position::geometry), p.time_zone, p.population, n.names, n.aliases
                FROM places p
                JOIN (
                    SELECT place_id, min(area) AS area, array_agg(name) FILTER (WHERE NOT alias) AS names, array_agg(name) FILTER (WHERE alias) AS aliases
                    FROM place_names GROUP BY place_id) n ON n.place_id = p.id
                ORDER BY p.id)
            TO STDOUT (FORMAT binary)
            """, ct);
        for (var place = 0; await reader.StartRowAsync(ct) != -1; place++)
        {
            var (id, name) = (await reader.ReadAsync<int>(ct), await reader.ReadAsync<string>(ct));
            var area = new Area(await reader.ReadAsync<string>(ct), await Optional<string>(reader, ct), await Optional<string>(reader, ct), await reader.ReadAsync<string>(ct));
            var (lat, lon) = ((int)Math.Round(await reader.ReadAsync<double>(ct) * Degree), (int)Math.Round(await reader.ReadAsync<double>(ct) * Degree));
            var zone = await reader.ReadAsync<string>(ct);
            var population = await reader.ReadAsync<int>(ct);
            rows.Add(new(id, written.Count, lat, lon, population, NumberOf(area, knownAreas, areas), NumberOf(zone, knownZones, zones)));
            written.AddRange(Encoding.UTF8.GetBytes(name));
            weights.Add((float)Math.Log(population + 10.0));
            foreach (var own in await Optional<string[]>(reader, ct) ?? [])
                names.Add((own, place << 1));
            foreach (var alias in await Optional<string[]>(reader, ct) ?? [])
                names.Add((alias, (place << 1) | 1));
        }

        rows.TrimExcess();
        written.TrimExcess();
        weights.TrimExcess();
        Names = new(names);
        heaviest = [.. Enumerable.Range(0, Names.Count).Chunk(BlockSize).Select(block => block.Max(name => WeightOf(Owner(Names.OwnerOf(name)).Place)))];
    }

    private async Task ReadAreas(NpgsqlConnection connection, CancellationToken ct)
    {
        var names = new List<(string, int)>();
        await using var command = new NpgsqlCommand("SELECT area, name FROM regions", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            names.Add((reader.GetString(1), calledAreas.Count));
            calledAreas.Add(reader.GetString(0));
        }

        areaNames = new(names);
    }

    private static async Task<T?> Optional<T>(NpgsqlBinaryExporter reader, CancellationToken ct)
    {
        if (!reader.IsNull)
            return await reader.ReadAsync<T>(ct);
        await reader.SkipAsync(ct);
        return default;
    }

    private static ushort NumberOf<T>(T value, Dictionary<T, ushort> known, List<T> all)
        where T : notnull
    {
        if (!known.TryGetValue(value, out var number))
        {
            known.Add(value, number = checked((ushort)all.Count));
            all.Add(value);
        }

        return number;
    }

    /// <param name="Name">Where it begins in <see cref="written"/>.</param>
    /// <param name="Lat">Degrees times <see cref="Degree"/>.</param>
    private readonly record struct Row(int Id, int Name, int Lat, int Lon, int Population, ushort Area, ushort Zone);

    private sealed record Area(string Code, string? Region, string? RegionCode, string Country);
}
