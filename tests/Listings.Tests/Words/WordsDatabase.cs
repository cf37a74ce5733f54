using Microsoft.EntityFrameworkCore;
using Npgsql;
using TestKit;
using Xunit;

namespace Listings.Tests.Words;

/// <summary>A database in which practitioners are written and found by words, and nothing else.</summary>
public sealed class WordsDatabase : IAsyncLifetime
{
    private TestDatabase database = null!;

    public NpgsqlConnection Connection { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());
        Connection = new(database.ConnectionString);
        await Connection.OpenAsync();
    }

    public ListingsDb Open() => Search.Index.Open(database);

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        await database.DisposeAsync();
    }
}
