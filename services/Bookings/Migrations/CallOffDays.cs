using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bookings.Migrations;

[DbContext(typeof(BookingsDb)), Migration("202611221105_CallOffDays")]
public sealed class CallOffDays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE days_off (
            id uuid PRIMARY KEY,
            practitioner_id uuid NOT NULL,
            date date NOT NULL,
            location_id uuid,
            reason bytea,
            asked_at timestamptz NOT NULL,
            done_at timestamptz,
            UNIQUE NULLS NOT DISTINCT (practitioner_id, date, location_id)
        );
        CREATE INDEX days_off_under_way ON days_off (asked_at) WHERE done_at IS NULL;
        ALTER TABLE bookings ADD COLUMN day_off_id uuid REFERENCES days_off;
        CREATE INDEX bookings_day_off ON bookings (day_off_id) WHERE day_off_id IS NOT NULL;
        """);
}
