using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611231150_RememberRefusedMoves")]
public sealed class RememberRefusedMoves : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE claims ADD COLUMN refused_move int NOT NULL DEFAULT 0;");
}
