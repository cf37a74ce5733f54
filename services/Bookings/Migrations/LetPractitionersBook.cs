using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bookings.Migrations;

[DbContext(typeof(BookingsDb)), Migration("202611221050_LetPractitionersBook")]
public sealed class LetPractitionersBook : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE bookings ADD COLUMN own_reason bytea;
        ALTER TABLE refunds
            DROP CONSTRAINT refunds_reason_check,
            ADD CONSTRAINT refunds_reason_check CHECK (reason IN ('cancelled', 'holdLost', 'notPayable', 'outside', 'byPractitioner'));
        """);
}
