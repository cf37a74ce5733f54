using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611220100_CreateAvailability")]
public sealed class CreateAvailability : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(PlatformTables.Sql);
        migrationBuilder.Sql("""
            CREATE EXTENSION IF NOT EXISTS btree_gist;

            -- The row that everything which changes a practitioner's time locks first.
            CREATE TABLE practitioners (
                id uuid PRIMARY KEY,
                facts_version bigint NOT NULL,
                published boolean NOT NULL,
                offer jsonb NOT NULL
            );

            CREATE TABLE schedules (
                practitioner_id uuid PRIMARY KEY REFERENCES practitioners,
                version bigint NOT NULL,
                document jsonb NOT NULL
            );

            CREATE TABLE time_off (
                id uuid PRIMARY KEY,
                practitioner_id uuid NOT NULL REFERENCES practitioners,
                location_id uuid,
                from_local timestamp NOT NULL,
                to_local timestamp NOT NULL,
                note text,
                CHECK (from_local < to_local)
            );
            CREATE INDEX time_off_of_practitioner ON time_off (practitioner_id, to_local);

            CREATE TABLE extra_hours (
                id uuid PRIMARY KEY,
                practitioner_id uuid NOT NULL REFERENCES practitioners,
                location_id uuid NOT NULL,
                from_local timestamp NOT NULL,
                to_local timestamp NOT NULL,
                note text,
                CHECK (from_local < to_local)
            );
            CREATE INDEX extra_hours_of_practitioner ON extra_hours (practitioner_id, to_local);

            CREATE TABLE claims (
                id uuid PRIMARY KEY,
                practitioner_id uuid NOT NULL REFERENCES practitioners,
                service_id uuid NOT NULL,
                location_id uuid NOT NULL,
                time_zone text NOT NULL,
                booking_id uuid UNIQUE,
                kind text NOT NULL CHECK (kind IN ('hold', 'appointment')),
                state text NOT NULL CHECK (state IN ('live', 'released')),
                starts_at timestamptz NOT NULL,
                ends_at timestamptz NOT NULL,
                busy_from timestamptz NOT NULL,
                busy_until timestamptz NOT NULL,
                expires_at timestamptz,
                extended boolean NOT NULL,
                token_hash text,
                client_key text,
                address_key text,
                moves int NOT NULL,
                paid_answer text CHECK (paid_answer IN ('kept', 'lost')),
                created_at timestamptz NOT NULL,
                CHECK (starts_at < ends_at AND busy_from <= starts_at AND ends_at <= busy_until),
                CHECK ((kind = 'hold') = (expires_at IS NOT NULL)),
                -- The last word on double booking: live claims of one practitioner, buffers included, share no instant. Back to back is fine.
                CONSTRAINT claims_share_no_time EXCLUDE USING gist (practitioner_id WITH =, tstzrange(busy_from, busy_until) WITH &&) WHERE (state = 'live')
            );
            CREATE UNIQUE INDEX claims_by_token ON claims (token_hash) WHERE token_hash IS NOT NULL;
            CREATE INDEX claims_that_run_out ON claims (expires_at) WHERE state = 'live' AND kind = 'hold';
            CREATE INDEX holds_of_client ON claims (client_key) WHERE state = 'live' AND kind = 'hold';
            CREATE INDEX holds_of_address ON claims (address_key) WHERE state = 'live' AND kind = 'hold';

            CREATE TABLE cancelled_bookings (
                booking_id uuid PRIMARY KEY,
                at timestamptz NOT NULL
            );

            CREATE TABLE openings_told (
                practitioner_id uuid PRIMARY KEY REFERENCES practitioners,
                version bigint NOT NULL,
                digest bytea,
                refresh_at timestamptz NOT NULL
            );
            CREATE INDEX openings_to_tell ON openings_told (refresh_at);

            CREATE VIEW audit_claims AS
                SELECT id AS claim_id, practitioner_id, booking_id, kind, state, starts_at, ends_at, busy_from, busy_until, expires_at FROM claims;
            """);
    }
}
