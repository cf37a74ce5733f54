using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Migrations;

[DbContext(typeof(NotificationsDb)), Migration("202611221120_TellOfCalendars")]
public sealed class TellOfCalendars : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE messages ADD COLUMN since timestamptz;");
}
