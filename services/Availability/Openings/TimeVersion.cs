using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Availability;

/// <summary>
/// Names one state of all that a practitioner's openings are worked out from, but for the clock: the transactions that last wrote the practitioner's
/// row, and the row that <see cref="AvailabilityDb.OpeningsMayHaveChanged"/> writes in every transaction that changes their time. Two copies of
/// this service see the same.
/// </summary>
public readonly record struct TimeVersion(uint Offer, uint Time)
{
    /// <summary>
    /// The version that is committed now; null for somebody who was never published. What is read afterwards is of this version or of a later one,
    /// so it may be kept under this one.
    /// </summary>
    public static async Task<TimeVersion?> Read(AvailabilityDb db, Guid practitionerId, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(
                "SELECT p.xmin, t.xmin FROM practitioners p JOIN openings_told t ON t.practitioner_id = p.id WHERE p.id = $1",
                (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = practitionerId });
            await command.PrepareAsync(ct);
            await using var rows = await command.ExecuteReaderAsync(ct);
            return await rows.ReadAsync(ct) ? new TimeVersion(rows.GetFieldValue<uint>(0), rows.GetFieldValue<uint>(1)) : null;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
