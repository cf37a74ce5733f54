using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;

namespace Payments.Migrations;

/// <summary>Checkouts, refunds, the ledger, Stripe's events and accounts, and the views that an auditor reads.</summary>
[DbContext(typeof(PaymentsDb)), Migration("202611220100_Payments")]
public sealed class CreatePayments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(PlatformTables.Sql);
        migrationBuilder.Sql(
            """
            CREATE TABLE connected_accounts (
                practitioner_id   uuid PRIMARY KEY,
                stripe_account_id text NOT NULL UNIQUE,
                demo              boolean NOT NULL,
                created_at        timestamptz NOT NULL,
                details_submitted boolean NOT NULL,
                charges_enabled   boolean NOT NULL,
                payouts_enabled   boolean NOT NULL,
                seen_at           timestamptz NOT NULL
            );

            CREATE TABLE booking_ends (
                booking_id uuid PRIMARY KEY,
                at         timestamptz NOT NULL
            );

            CREATE TABLE checkouts (
                id                  uuid PRIMARY KEY,
                booking_id          uuid NOT NULL UNIQUE,
                practitioner_id     uuid NOT NULL,
                destination         text NOT NULL,
                amount_minor        bigint NOT NULL CHECK (amount_minor > 0),
                fee_minor           bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND amount_minor),
                currency            text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
                created_at          timestamptz NOT NULL,
                status              text NOT NULL CHECK (status IN ('preparing', 'open', 'expired', 'captured', 'refunded')),
                attempt             int NOT NULL,
                expires_at          timestamptz NOT NULL,
                session_id          text UNIQUE,
                url                 text,
                payment_intent_id   text UNIQUE,
                captured_minor      bigint NOT NULL DEFAULT 0 CHECK (captured_minor >= 0),
                refunded_minor      bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),
                captured_at         timestamptz,
                ended_at            timestamptz,
                confirmed_at        timestamptz,
                expire_at           timestamptz NOT NULL,
                reconcile_at        timestamptz NOT NULL,
                look_for_refunds_at timestamptz,
                CHECK ((payment_intent_id IS NULL) = (captured_at IS NULL)),
                CHECK ((status IN ('captured', 'refunded')) = (captured_at IS NOT NULL))
            );
            CREATE INDEX checkouts_to_expire ON checkouts (expire_at) WHERE status = 'open' AND ended_at IS NOT NULL;
            CREATE INDEX checkouts_to_reconcile ON checkouts (reconcile_at) WHERE status = 'open';
            CREATE INDEX checkouts_to_look_at ON checkouts (look_for_refunds_at) WHERE look_for_refunds_at IS NOT NULL;
            CREATE INDEX checkouts_unsettled ON checkouts (captured_at) WHERE status = 'captured' AND confirmed_at IS NULL;

            CREATE TABLE refunds (
                id               uuid PRIMARY KEY,
                checkout_id      uuid NOT NULL REFERENCES checkouts,
                booking_id       uuid NOT NULL,
                amount_minor     bigint NOT NULL CHECK (amount_minor >= 0),
                currency         text NOT NULL,
                reason           text NOT NULL,
                created_at       timestamptz NOT NULL,
                status           text NOT NULL CHECK (status IN ('owed', 'pending', 'made', 'failed', 'covered')),
                stripe_refund_id text UNIQUE,
                attempts         int NOT NULL DEFAULT 0,
                try_at           timestamptz NOT NULL,
                made_at          timestamptz,
                trouble          text
            );
            CREATE INDEX refunds_checkout ON refunds (checkout_id);
            CREATE INDEX refunds_owed ON refunds (try_at) WHERE status = 'owed';
            CREATE INDEX refunds_unsettled ON refunds (created_at) WHERE status IN ('owed', 'pending', 'failed');

            CREATE TABLE ledger_entries (
                id              uuid PRIMARY KEY,
                transaction_id  uuid NOT NULL,
                kind            text NOT NULL,
                subject_id      uuid NOT NULL,
                booking_id      uuid NOT NULL,
                practitioner_id uuid NOT NULL,
                account         text NOT NULL,
                amount_minor    bigint NOT NULL CHECK (amount_minor <> 0),
                currency        text NOT NULL,
                at              timestamptz NOT NULL,
                UNIQUE (kind, subject_id, account)
            );
            CREATE INDEX ledger_transaction ON ledger_entries (transaction_id);
            CREATE INDEX ledger_practitioner ON ledger_entries (practitioner_id, transaction_id);

            CREATE FUNCTION ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT FROM ledger_entries WHERE transaction_id = NEW.transaction_id GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
                    RAISE EXCEPTION 'ledger transaction % does not sum to zero', NEW.transaction_id;
                END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER ledger_sums_to_zero AFTER INSERT ON ledger_entries
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_sums_to_zero();

            CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'ledger entries are never changed';
            END $$;
            CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
                FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows();

            -- The body is text: what Stripe signs may hold what jsonb cannot.
            CREATE TABLE stripe_events (
                id          text PRIMARY KEY,
                type        text NOT NULL,
                api_version text,
                created_at  timestamptz NOT NULL,
                received_at timestamptz NOT NULL,
                body        text NOT NULL,
                waiting     boolean NOT NULL DEFAULT false,
                trouble     text
            );
            CREATE INDEX stripe_events_waiting ON stripe_events (received_at) WHERE waiting;
            CREATE INDEX stripe_events_trouble ON stripe_events (received_at) WHERE trouble IS NOT NULL;

            -- Until when Stripe's list of events has been looked through.
            CREATE TABLE events_caught_up (
                sole  boolean PRIMARY KEY CHECK (sole),
                until timestamptz NOT NULL
            );

            CREATE VIEW audit_payments AS
                SELECT booking_id, payment_intent_id,
                       CASE WHEN status IN ('captured', 'refunded') THEN status
                            WHEN status = 'expired' OR (status = 'preparing' AND ended_at IS NOT NULL) THEN 'failed'
                            ELSE 'open' END AS status,
                       CASE WHEN captured_at IS NULL THEN amount_minor ELSE captured_minor END AS amount_minor,
                       refunded_minor, fee_minor, currency
                FROM checkouts;

            CREATE VIEW audit_ledger AS
                SELECT id AS entry_id, transaction_id, booking_id, account, amount_minor, currency, at FROM ledger_entries;
            """);
    }
}
