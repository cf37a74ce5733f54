using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Payments.Migrations;

[DbContext(typeof(PaymentsDb)), Migration("202611231720_WaitForPayments")]
public sealed class WaitForPayments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE stripe_events ADD COLUMN waits_for text;");
}
