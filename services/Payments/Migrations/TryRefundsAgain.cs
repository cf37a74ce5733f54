using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Payments.Migrations;

[DbContext(typeof(PaymentsDb)), Migration("202611220800_TryRefundsAgain")]
public sealed class TryRefundsAgain : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE refunds
            ADD COLUMN first_try_id uuid REFERENCES refunds,
            ADD COLUMN round int NOT NULL DEFAULT 0 CHECK (round >= 0),
            DROP CONSTRAINT refunds_status_check,
            ADD CONSTRAINT refunds_status_check CHECK (status IN ('owed', 'pending', 'made', 'failed', 'replaced', 'covered')),
            ADD CHECK ((first_try_id IS NULL) = (round = 0));
        CREATE UNIQUE INDEX refunds_round ON refunds (first_try_id, round);
        """);
}
