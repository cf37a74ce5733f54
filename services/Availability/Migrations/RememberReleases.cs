using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611231700_RememberReleases")]
public sealed class RememberReleases : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- Bookings whose time was given back while there was no claim of theirs; one that comes after all takes nothing.
        CREATE TABLE released_bookings (
            booking_id uuid PRIMARY KEY,
            at timestamptz NOT NULL
        );
        CREATE INDEX released_bookings_to_forget ON released_bookings (at);
        """);
}
