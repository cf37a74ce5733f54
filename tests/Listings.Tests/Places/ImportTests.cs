using Listings.Places;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Listings.Tests.Places;

public sealed class ImportTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ListingsDb db = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());
        db = new(new DbContextOptionsBuilder<ListingsDb>().UseNpgsql(database.ConnectionString, npgsql => npgsql.UseNetTopologySuite()).Options);
    }

    public async Task DisposeAsync()
    {
        await db.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task The_same_files_are_loaded_once()
    {
        var now = new FakeClock().GetUtcNow();
        Assert.Equal(31, await ImportPlaces.Load(db, SmallGazetteer.Folder, now, CancellationToken.None));
        Assert.Equal(0, await ImportPlaces.Load(db, SmallGazetteer.Folder, now, CancellationToken.None));
        Assert.Equal(31, await database.Scalar<long>("SELECT count(*) FROM places"));
        Assert.Equal(4, await database.Scalar<long>("SELECT count(*) FROM pg_indexes WHERE tablename IN ('places', 'place_names')"));
    }

    [Fact]
    public async Task British_codes_can_be_added_and_full_ones_are_cut_to_what_is_known()
    {
        await ImportPlaces.Load(db, SmallGazetteer.Folder, new FakeClock().GetUtcNow(), CancellationToken.None);
        Assert.Equal("London", (await Find("SW1A 1AA London"))?.Name);

        Assert.Equal(5, await Load("GB.txt"));
        Assert.Equal(5, await Load("GB.txt"));
        Assert.Equal("SW1A", (await Find("SW1A 1AA"))?.PostalCode);
        Assert.Equal("SW1A", (await Find("sw1a1aa"))?.PostalCode);
        var area = await Find("SW19 5AE");
        Assert.Equal(("SW", "GB", "Europe/London"), (area?.PostalCode, area?.Country, area?.TimeZone));
        Assert.Null(await Find("ZE1 0AA"));
        Assert.Equal("80202", (await Find("80202"))?.PostalCode);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused_and_nothing_changes()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "GB\tSW1A\tLondon\tEngland\tENG\t\t\t\t\t51.5\t-0.1\t\nnot a postal line\n");
        await db.Database.OpenConnectionAsync();
        await using (await db.Database.BeginTransactionAsync())
        {
            var error = await Assert.ThrowsAsync<FormatException>(() => ImportPostal.Load(
                (Npgsql.NpgsqlConnection)db.Database.GetDbConnection(), GeoNames.PostalCodes(file), CancellationToken.None));
            Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM postal_codes"));
        File.Delete(file);
    }

    private async Task<Place?> Find(string typed)
    {
        using var index = new PlaceIndex();
        await index.CatchUp(db, CancellationToken.None);
        return (await new Gazetteer(index, db).Find(typed, CancellationToken.None)).Place;
    }

    private async Task<int> Load(string file)
    {
        await db.Database.OpenConnectionAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var loaded = await ImportPostal.Load(
            (Npgsql.NpgsqlConnection)db.Database.GetDbConnection(), GeoNames.PostalCodes(Path.Combine(SmallGazetteer.Folder, file)), CancellationToken.None);
        await transaction.CommitAsync();
        return loaded;
    }
}
