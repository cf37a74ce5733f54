using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>Documents are written and read as a whole, and a rebuild of the search reads all of them: as text that is half the work.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611230700_DocumentsAsText")]
public sealed class KeepDocumentsAsText : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX practitioners_credentials;
        ALTER TABLE practitioners ALTER published TYPE json, ALTER draft TYPE json, ALTER evidence TYPE json;
        -- Whose a training or licence is. Invented practitioners nobody has touched are not up for a decision, and a million of them would be a large index.
        CREATE INDEX practitioners_credentials ON practitioners USING gin (jsonb_path_query_array(coalesce(draft, published)::jsonb, '$.*[*].id')) WHERE NOT demo OR version > 1;
        """);
}
