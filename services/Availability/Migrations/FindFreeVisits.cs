using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611222120_FindFreeVisits")]
public sealed class FindFreeVisits : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""
            CREATE INDEX free_visits_of_client ON claims (client_key) WHERE kind = 'appointment' AND paid_answer IS NULL AND client_key IS NOT NULL;
            CREATE INDEX free_visits_of_address ON claims (address_key) WHERE kind = 'appointment' AND paid_answer IS NULL AND address_key IS NOT NULL;
            """);
}
