using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>What search is made from, apart from the write model, and the free times as Availability last told them. Every process holds both in memory.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220300_Search")]
public sealed class CreateSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- What results show and filters ask for, as one document; null once withdrawn. Whoever follows reads the rows whose transaction
        -- it has not seen: that one is named in the row. The number is the one by which words find the practitioner.
        CREATE TABLE search_cards (
            practitioner_id uuid PRIMARY KEY,
            card            text,
            number          int,
            changed         xid8 NOT NULL DEFAULT pg_current_xact_id()
        );
        CREATE INDEX search_cards_changed ON search_cards (changed);

        -- Kept whether or not the practitioner is published at the moment: the two facts come in any order.
        CREATE TABLE search_openings (
            practitioner_id uuid PRIMARY KEY,
            version         bigint NOT NULL,
            notice_minutes  int NOT NULL,
            visits          bytea NOT NULL,
            changed         xid8 NOT NULL DEFAULT pg_current_xact_id()
        );
        CREATE INDEX search_openings_changed ON search_openings (changed);
        """);
}
