using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Payments.Migrations;

[DbContext(typeof(PaymentsDb)), Migration("202611220840_FindEventBodies")]
public sealed class FindEventBodies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX stripe_events_with_body ON stripe_events (received_at) WHERE body <> '' AND NOT waiting AND trouble IS NULL;");
}
