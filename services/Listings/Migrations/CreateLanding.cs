using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>Where there are practitioners, and how many: for landing pages and site maps.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220500_Landing")]
public sealed class CreateLanding : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- The stable name of a town in addresses, such as 'us/co/denver'; empty until the gazetteer has been loaded again.
        ALTER TABLE places ADD COLUMN path text COLLATE "C" NOT NULL DEFAULT '';
        CREATE UNIQUE INDEX places_path ON places (path) WHERE path <> '';

        -- What each published practitioner is counted under.
        CREATE TABLE landing_people (
            practitioner_id uuid PRIMARY KEY,
            slug            text NOT NULL,
            invented        boolean NOT NULL,
            published_at    timestamptz NOT NULL,
            towns           text[] NOT NULL,
            areas           text[] NOT NULL,
            topics          text[] NOT NULL
        );

        -- How many there are in a place (a town, the region or country around it, '' the world), of a topic ('specialties/sleep', 'lineages/upledger', '' any).
        CREATE TABLE landing_counts (
            place    text COLLATE "C" NOT NULL,
            topic    text COLLATE "C" NOT NULL,
            people   int NOT NULL,
            invented int NOT NULL,
            PRIMARY KEY (place, topic)
        );
        CREATE INDEX landing_counts_topic ON landing_counts (topic);
        """);
}
