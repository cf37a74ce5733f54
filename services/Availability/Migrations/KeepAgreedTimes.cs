using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611221140_KeepAgreedTimes")]
public sealed class KeepAgreedTimes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE claims
            ADD COLUMN agreed_local timestamp,
            ADD COLUMN zone_version text;
        """);
}
