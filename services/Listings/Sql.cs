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

    public static async Task Execute(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<T?> Scalar<T>(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return await command.ExecuteScalarAsync(ct) is T value ? value : default;
    }
}
