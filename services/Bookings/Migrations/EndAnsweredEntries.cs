using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bookings.Migrations;

/// <summary>An answered entry of the waiting list carries its own end, a week after the answer; those that were answered before get theirs.</summary>
[DbContext(typeof(BookingsDb)), Migration("202611230900_EndAnsweredEntries")]
public sealed class EndAnsweredEntries : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("UPDATE waitlist SET until = answered_at + interval '7 days' WHERE answered_at IS NOT NULL;");
}
