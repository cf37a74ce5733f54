using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611221130_ReadOutsideCalendars")]
public sealed class ReadOutsideCalendars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- The address is sealed; of what is read there only the busy time is kept.
        CREATE TABLE outside_calendars (
            id uuid PRIMARY KEY,
            practitioner_id uuid NOT NULL REFERENCES practitioners,
            name text NOT NULL,
            host text NOT NULL,
            address bytea NOT NULL,
            created_at timestamptz NOT NULL,
            state text NOT NULL CHECK (state IN ('waiting', 'current', 'failing', 'withdrawn', 'ignored')),
            due_at timestamptz NOT NULL,
            leased_until timestamptz,
            quick boolean NOT NULL,
            last_tried_at timestamptz,
            last_success_at timestamptz,
            failures int NOT NULL,
            failing_since timestamptz,
            problem text,
            told boolean NOT NULL,
            tag text,
            last_modified text,
            digest bytea,
            read_as text,
            busy tstzmultirange NOT NULL,
            CHECK ((failing_since IS NULL) = (state IN ('waiting', 'current')))
        );
        CREATE INDEX outside_calendars_of_practitioner ON outside_calendars (practitioner_id);
        CREATE INDEX outside_calendars_due ON outside_calendars (quick, due_at);

        ALTER TABLE practitioners ADD COLUMN feed_version int NOT NULL DEFAULT 1;
        ALTER TABLE claims ADD COLUMN moved_at timestamptz;
        """);
}
