using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>The search's own tables, apart from the write model and made from it; and the next openings, as Availability last told them.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220300_Search")]
public sealed class CreateSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE EXTENSION IF NOT EXISTS cube;
        CREATE EXTENSION IF NOT EXISTS btree_gist;

        -- Which bit stands for which code. A number is given once and never to another code.
        CREATE TABLE search_codes (
            kind   text NOT NULL,
            code   text NOT NULL,
            number int NOT NULL CHECK (number BETWEEN 0 AND 61),
            PRIMARY KEY (kind, code),
            UNIQUE (kind, number)
        );

        -- One row per location and lineage (0: whichever), and per span of days in which the practitioner holds the same credentials.
        -- spot is the point in metres from the middle of the Earth: a straight line through it sorts as the way over the ground does,
        -- and, unlike geography, an index can answer with it alone.
        CREATE TABLE search_entries (
            practitioner_id uuid NOT NULL,
            location_id     uuid NOT NULL,
            lineage         smallint NOT NULL,
            from_on         date NOT NULL,
            until_on        date NOT NULL,
            spot            cube NOT NULL,
            specialties     bigint NOT NULL,
            levels          bigint NOT NULL,
            lineages        bigint NOT NULL,
            evidenced       bigint NOT NULL,
            languages       bigint NOT NULL,
            formats         bigint NOT NULL,
            travel_metres   real NOT NULL,
            has_others      boolean NOT NULL,
            next_at         timestamptz NOT NULL
        );
        CREATE INDEX search_entries_near ON search_entries USING gist (lineage, spot) INCLUDE (
            practitioner_id, location_id, from_on, until_on, specialties, levels, lineages, evidenced, languages, formats, travel_metres, has_others, next_at);
        CREATE INDEX search_entries_soonest ON search_entries (lineage, next_at, practitioner_id);
        CREATE INDEX search_entries_practitioner ON search_entries (practitioner_id, lineage);
        -- Free times change all day long, and an index answers alone only for pages that have been vacuumed since.
        ALTER TABLE search_entries SET (autovacuum_vacuum_scale_factor = 0.02);

        -- What a result shows.
        CREATE TABLE search_cards (
            practitioner_id uuid PRIMARY KEY,
            card            text NOT NULL
        );
        CREATE TABLE search_locations (
            practitioner_id uuid NOT NULL,
            location_id     uuid NOT NULL,
            card            text NOT NULL,
            PRIMARY KEY (practitioner_id, location_id)
        );

        -- Kept whether or not the practitioner is published at the moment: the two facts come in any order.
        CREATE TABLE openings_versions (
            practitioner_id uuid PRIMARY KEY,
            version         bigint NOT NULL
        );
        CREATE TABLE next_openings (
            practitioner_id uuid NOT NULL,
            location_id     uuid NOT NULL,
            service_id      uuid NOT NULL,
            notice_minutes  int NOT NULL,
            starts          timestamptz[] NOT NULL,
            next_at         timestamptz NOT NULL,
            passes_at       timestamptz NOT NULL,
            PRIMARY KEY (practitioner_id, location_id)
        );
        CREATE INDEX next_openings_passing ON next_openings (passes_at) WHERE passes_at < 'infinity';
        """);
}
