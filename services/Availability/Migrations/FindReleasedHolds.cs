using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611220840_FindReleasedHolds")]
public sealed class FindReleasedHolds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX holds_to_forget ON claims (expires_at) WHERE state = 'released' AND kind = 'hold';");
}
