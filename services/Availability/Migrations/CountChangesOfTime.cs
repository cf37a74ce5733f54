using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611222140_CountChangesOfTime")]
public sealed class CountChangesOfTime : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""
            -- Calendars forget an entry whose number goes down, so nobody's does. The column zone_moves stays for copies of the version before.
            ALTER TABLE claims ADD COLUMN sequence int NOT NULL DEFAULT 0;
            UPDATE claims SET sequence = moves + zone_moves WHERE moves + zone_moves > 0;
            """);
}
