using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bookings.Migrations;

[DbContext(typeof(BookingsDb)), Migration("202611220800_NoteReturnedRefunds")]
public sealed class NoteReturnedRefunds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE refunds ADD COLUMN told int NOT NULL DEFAULT 0;
        UPDATE refunds SET told = 1 WHERE refunded_at IS NOT NULL;
        """);
}
