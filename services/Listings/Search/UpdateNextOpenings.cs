using Contracts;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>A practitioner's free times have changed: searches go by the new ones. Whatever a higher version said stays.</summary>
public sealed class UpdateNextOpenings(ListingsDb db) : IConsumer<OpeningsChanged>
{
    public Task Consume(ConsumeContext<OpeningsChanged> context) => Keep(db, context.Message, context.CancellationToken);

    /// <summary>Kept whether or not the practitioner is published at the moment: the two facts come in any order.</summary>
    internal static async Task Keep(ListingsDb db, OpeningsChanged said, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"WITH told (practitioner_id, version, notice_minutes, visits, days) AS (SELECT $1, $2, $3, $4, $5) {Openings.Upsert}", await db.Connection(ct))
        {
            Parameters =
            {
                new() { Value = said.PractitionerId }, new() { Value = said.Version }, new() { Value = said.NoticeMinutes }, new() { Value = Openings.ToBytes([.. said.Visits]) },
                new() { Value = (object?)Openings.DaysToBytes([.. said.Visits]) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
