using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;

namespace Bookings.Migrations;

[DbContext(typeof(BookingsDb)), Migration("202611220100_CreateBookings")]
public sealed class CreateBookings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(PlatformTables.Sql);
        migrationBuilder.Sql("""
            CREATE TABLE bookings (
                id uuid PRIMARY KEY,
                practitioner_id uuid NOT NULL,
                practitioner_slug text NOT NULL,
                practitioner_name text NOT NULL,
                demo boolean NOT NULL,
                service_id uuid NOT NULL,
                service_name text NOT NULL,
                minutes int NOT NULL CHECK (minutes > 0),
                location_id uuid NOT NULL,
                place jsonb NOT NULL,
                starts_at timestamptz NOT NULL,
                ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
                agreed_local timestamp NOT NULL,
                zone_version text NOT NULL,
                client_account_id uuid,
                client_name text NOT NULL,
                client_email text NOT NULL,
                client_phone text,
                client_time_zone text NOT NULL,
                relation text NOT NULL CHECK (relation IN ('self', 'child', 'other')),
                entrusted bytea,
                cancel_reason bytea,
                safety_version text NOT NULL,
                safety_answered_at timestamptz NOT NULL,
                price_minor bigint NOT NULL CHECK (price_minor >= 0),
                due_minor bigint NOT NULL CHECK (due_minor BETWEEN 0 AND price_minor),
                currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
                policy jsonb NOT NULL,
                status text NOT NULL CHECK (status IN ('awaitingPayment', 'confirmed', 'completed', 'noShow', 'expired',
                    'cancelledByClient', 'cancelledByPractitioner', 'cancelledBySystem')),
                hold_expires_at timestamptz NOT NULL,
                checkout_url text,
                sequence int NOT NULL,
                manage_version int NOT NULL,
                moves int NOT NULL,
                intended_move jsonb,
                created_at timestamptz NOT NULL,
                updated_at timestamptz NOT NULL
            );
            CREATE INDEX bookings_practitioner ON bookings (practitioner_id, starts_at, id);
            CREATE INDEX bookings_client_email ON bookings (client_email, starts_at, id);
            CREATE INDEX bookings_client_account ON bookings (client_account_id, starts_at, id) WHERE client_account_id IS NOT NULL;
            CREATE INDEX bookings_awaiting ON bookings (hold_expires_at) WHERE status = 'awaitingPayment';
            CREATE INDEX bookings_confirmed ON bookings (ends_at) WHERE status = 'confirmed';
            CREATE INDEX bookings_moving ON bookings (updated_at) WHERE intended_move IS NOT NULL;

            CREATE TABLE captures (
                payment_id uuid PRIMARY KEY,
                booking_id uuid NOT NULL REFERENCES bookings,
                amount_minor bigint NOT NULL,
                currency text NOT NULL,
                counts boolean NOT NULL,
                captured_at timestamptz NOT NULL
            );
            CREATE INDEX captures_booking ON captures (booking_id);
            -- Whatever the code believes: one payment pays for a visit, never two.
            CREATE UNIQUE INDEX captures_one_counts ON captures (booking_id) WHERE counts;

            CREATE TABLE refunds (
                refund_id uuid PRIMARY KEY,
                booking_id uuid NOT NULL REFERENCES bookings,
                amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
                currency text NOT NULL,
                reason text NOT NULL CHECK (reason IN ('cancelled', 'holdLost', 'notPayable', 'outside')),
                owed_at timestamptz NOT NULL,
                refunded_at timestamptz
            );
            CREATE INDEX refunds_booking ON refunds (booking_id);
            CREATE UNIQUE INDEX refunds_one_ending ON refunds (booking_id) WHERE reason IN ('cancelled', 'holdLost');

            CREATE TABLE history (
                booking_id uuid NOT NULL REFERENCES bookings,
                position int NOT NULL,
                at timestamptz NOT NULL,
                status text NOT NULL,
                by text NOT NULL CHECK (by IN ('client', 'practitioner', 'system')),
                event text NOT NULL,
                PRIMARY KEY (booking_id, position)
            );

            CREATE TABLE entrusted_reads (
                id uuid PRIMARY KEY,
                booking_id uuid NOT NULL REFERENCES bookings,
                reader_id uuid NOT NULL,
                at timestamptz NOT NULL
            );
            CREATE INDEX entrusted_reads_booking ON entrusted_reads (booking_id, at);

            CREATE TABLE abandoned_attempts (
                booking_id uuid PRIMARY KEY,
                at timestamptz NOT NULL,
                released_at timestamptz
            );
            CREATE INDEX abandoned_attempts_unreleased ON abandoned_attempts (at) WHERE released_at IS NULL;

            CREATE VIEW audit_bookings AS
                SELECT id AS booking_id, practitioner_id, service_id, status, starts_at, ends_at, price_minor, currency, created_at, updated_at
                FROM bookings;
            """);
    }
}
