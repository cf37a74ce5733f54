using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>The words of a block are read together when they are compared with what is published, and taken away together when nobody is left in it.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220700_WordsByBlock")]
public sealed class CreateBlockIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE INDEX search_postings_block ON search_postings (block)");
}
