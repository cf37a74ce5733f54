using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;

namespace Notifications.Migrations;

[DbContext(typeof(NotificationsDb)), Migration("202611220100_Messages")]
public sealed class CreateMessages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(PlatformTables.Sql);
        migrationBuilder.Sql("""
            CREATE TABLE messages (
                id uuid PRIMARY KEY,
                key text NOT NULL UNIQUE,
                kind text NOT NULL,
                recipient text NOT NULL CHECK (recipient IN ('client', 'practitioner', 'account')),
                channel text NOT NULL,
                booking_id uuid,
                practitioner_id uuid,
                account_id uuid,
                request_id uuid,
                sequence int NOT NULL,
                starts_at timestamptz,
                ends_at timestamptz,
                cancelled_by text,
                amount_minor bigint,
                currency text,
                created_at timestamptz NOT NULL,
                due_at timestamptz NOT NULL,
                give_up_at timestamptz NOT NULL,
                state text NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
                attempts int NOT NULL,
                faults int NOT NULL,
                content bytea,
                sent_at timestamptz,
                CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
                CHECK (state = 'waiting' OR content IS NULL)
            );
            CREATE INDEX messages_waiting ON messages (due_at) WHERE state = 'waiting';
            CREATE INDEX messages_booking_id ON messages (booking_id);
            CREATE INDEX messages_account_id ON messages (account_id);

            CREATE VIEW audit_messages AS
                SELECT id AS message_id, booking_id, kind, recipient, channel, state, sent_at FROM messages;
            """);
    }
}
