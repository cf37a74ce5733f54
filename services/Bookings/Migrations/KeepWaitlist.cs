using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bookings.Migrations;

[DbContext(typeof(BookingsDb)), Migration("202611230300_KeepWaitlist")]
public sealed class KeepWaitlist : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE TABLE waitlist (
            id uuid PRIMARY KEY,
            account_id uuid,
            email text NOT NULL,
            network text NOT NULL,
            wish bytea NOT NULL,
            joined_at timestamptz NOT NULL,
            until timestamptz NOT NULL,
            looked_at timestamptz NOT NULL,
            answered_at timestamptz
        );
        CREATE INDEX waitlist_waiting ON waitlist (looked_at) WHERE answered_at IS NULL;
        CREATE INDEX waitlist_email ON waitlist (email);
        CREATE INDEX waitlist_network ON waitlist (network) WHERE answered_at IS NULL;
        CREATE INDEX waitlist_account ON waitlist (account_id) WHERE account_id IS NOT NULL;
        """);
}
