using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611221115_RepeatTimeOff")]
public sealed class RepeatTimeOff : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE time_off ADD COLUMN every_year boolean NOT NULL DEFAULT false;");
}
