using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>All starts that were told, so that results can show the times that were asked for, however far ahead they lie.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611230400_DaysOfOpenings")]
public sealed class KeepDaysOfOpenings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Of the version that is named beside them: an older copy of this service writes later visits without touching them.
        ALTER TABLE search_openings ADD COLUMN days bytea, ADD COLUMN days_version bigint;
        """);
}
