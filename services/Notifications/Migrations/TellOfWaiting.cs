using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Migrations;

[DbContext(typeof(NotificationsDb)), Migration("202611230300_TellOfWaiting")]
public sealed class TellOfWaiting : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE messages ADD COLUMN waitlist_entry_id uuid;");
}
