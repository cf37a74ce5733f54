using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>By its seals a rebuild knows what is as it was made, without making it again.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611222100_Seals")]
public sealed class CreateSeals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- Of all that a practitioner's rows were made from, and of these rows; null until somebody has made or compared them.
        ALTER TABLE search_words ADD COLUMN seal bigint;

        -- Of a block's postings, as they were when all its practitioners had been compared with them.
        CREATE TABLE search_blocks (
            block int PRIMARY KEY,
            seal  bigint NOT NULL
        );
        """);
}
