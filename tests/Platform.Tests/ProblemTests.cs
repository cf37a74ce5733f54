using Npgsql;
using TestKit;
using Xunit;

namespace Platform.Tests;

public sealed class ProblemTests
{
    [Fact]
    public async Task A_statement_that_a_migration_overtook_is_unavailable_once_and_then_works()
    {
        await using var database = await TestDatabase.Create<NotesDb>(null);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var all = new NpgsqlCommand("SELECT * FROM notes", connection);
        await all.PrepareAsync();
        await using (await all.ExecuteReaderAsync())
        {
        }

        await database.Scalar<int>("ALTER TABLE notes ADD COLUMN rank integer");
        var overtaken = await Assert.ThrowsAsync<PostgresException>(() => all.ExecuteScalarAsync());
        Assert.Equal(503, Problem.For(overtaken).StatusCode);
        Assert.Null(await all.ExecuteScalarAsync());
    }
}
