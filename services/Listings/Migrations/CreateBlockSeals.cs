using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>The seals of practitioners lie together, one row for a block of them: a million that are found right take sixty rows to say so, not a million.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611222300_BlockSeals")]
public sealed class CreateBlockSeals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- By number within the block; 0 where nobody has been found right. search_words.seal is read no more, and stays for copies from before that still write it.
        ALTER TABLE search_blocks ADD COLUMN seals bigint[];
        """);
}
