using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Listings;

/// <summary>The context's own connection, for statements that are clearer or faster as SQL.</summary>
internal static class Sql
{
    /// <summary>Open until the context is disposed of, and inside its transaction if there is one.</summary>
    public static async Task<NpgsqlConnection> Connection(this ListingsDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }

    /// <summary>The value of a column, or null.</summary>
    public static T? OrNull<T>(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? default : reader.GetFieldValue<T>(column);

    /// <summary>Answers how many rows were written.</summary>
    public static async Task<int> Execute(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<T?> Scalar<T>(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }

    /// <summary>
    /// Drops the tables' indexes, primary keys excepted: an index is built in half the time when its rows are there already. Returns the
    /// statements that create them again.
    /// </summary>
    public static async Task<string[]> DropIndexes(this NpgsqlConnection connection, string[] tables, CancellationToken ct)
    {
        var definitions = new List<string>();
        var names = new List<string>();
        await using (var command = new NpgsqlCommand(
            "SELECT indexdef, format('%I', indexname) FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY ($1) AND indexname NOT LIKE '%pkey'", connection)
        { Parameters = { new() { Value = tables } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                definitions.Add(reader.GetString(0));
                names.Add(reader.GetString(1));
            }
        }

        if (names.Count > 0)
            await connection.Execute($"DROP INDEX {string.Join(", ", names)}", ct);
        return [.. definitions];
    }
}
