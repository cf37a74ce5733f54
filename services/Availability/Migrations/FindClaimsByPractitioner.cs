using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611220810_FindClaimsByPractitioner")]
public sealed class FindClaimsByPractitioner : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- The constraint's own index answers the same, but reads sixty pages for one practitioner among half a million claims where this one reads a few.
        CREATE INDEX claims_of_practitioner ON claims (practitioner_id, busy_until) WHERE state = 'live';
        """);
}
