using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Platform;

namespace TestKit;

/// <summary>A database of a test's own, migrated; gone when the test is done.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<string>>> Templates = new();

    private TestDatabase(string name) => Name = name;

    public string Name { get; }

    /// <summary><c>postgresql://…</c>, as a service's <c>DATABASE_URL_…</c> wants it.</summary>
    public string Url => UrlOf(Name);

    public string ConnectionString => Database.ConnectionString(Url, "tests");

    /// <param name="configure">What the service gives to <c>AddDatabase</c>, if anything.</param>
    public static async Task<TestDatabase> Create<TDb>(Action<NpgsqlDbContextOptionsBuilder>? configure = null)
        where TDb : DbContext
    {
        var template = await Templates.GetOrAdd(typeof(TDb), _ => new(() => Migrate<TDb>(configure))).Value;
        var database = new TestDatabase($"test_{Guid.CreateVersion7():N}");
        await Server($"CREATE DATABASE {database.Name} TEMPLATE {template}");
        return database;
    }

    /// <summary>Runs a statement and answers the first column of the first row.</summary>
    public async Task<T?> Scalar<T>(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync() is T found ? found : default;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await Server($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }

    private static async Task<string> Migrate<TDb>(Action<NpgsqlDbContextOptionsBuilder>? configure)
        where TDb : DbContext
    {
        var name = $"template_{typeof(TDb).Name.ToLowerInvariant()}_{Environment.ProcessId}";
        await Server($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await Server($"CREATE DATABASE {name}");
        // Not pooled: a context may keep a pool of its own, and a template may not have visitors.
        var connectionString = Database.ConnectionString(UrlOf(name), "tests") + ";Pooling=false";
        await using var db = (TDb)Activator.CreateInstance(typeof(TDb), new DbContextOptionsBuilder<TDb>().UseNpgsql(connectionString, configure).Options)!;
        await db.Database.MigrateAsync();
        return name;
    }

    private static async Task Server(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString(TestServers.DatabaseUrl, "tests") + ";Pooling=false;Command Timeout=60");
        await connection.OpenAsync();
        // A template may not have other visitors, and two databases made from it at once are such.
        await using (var gate = new NpgsqlCommand("SELECT pg_advisory_lock(420042)", connection))
            await gate.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string UrlOf(string name) => new UriBuilder(TestServers.DatabaseUrl) { Path = name }.Uri.ToString();
}
