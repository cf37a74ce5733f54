using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>What is published can be ruled on although its owner has written it away in a draft.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611231810_PublishedCredentials")]
public sealed class IndexPublishedCredentials : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "CREATE INDEX practitioners_published_credentials ON practitioners USING gin (jsonb_path_query_array(published::jsonb, '$.*[*].id')) WHERE NOT demo OR version > 1");
}
