using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>The gazetteer: places, the ways their names are typed, their regions, and postal codes.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220200_Places")]
public sealed class CreatePlaces : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE EXTENSION IF NOT EXISTS postgis;
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE EXTENSION IF NOT EXISTS btree_gist;

        CREATE TABLE places (
            id          int PRIMARY KEY,
            name        text NOT NULL,
            region      text,
            region_code text,
            country     text NOT NULL,
            population  int NOT NULL,
            time_zone   text NOT NULL,
            position    geography (point) NOT NULL
        );
        CREATE INDEX places_near ON places USING gist (country, position);

        -- Names in their plain spelling, with what ranks and narrows them, so that a type-ahead reads one index only.
        CREATE TABLE place_names (
            name       text COLLATE "C" NOT NULL,
            place_id   int NOT NULL,
            alias      boolean NOT NULL,
            population int NOT NULL,
            country    text NOT NULL,
            area       text NOT NULL
        );
        CREATE INDEX place_names_name ON place_names (name) INCLUDE (place_id, alias, population, country, area);
        -- A few letters begin thousands of names: the larger places are enough of an answer to them.
        CREATE INDEX place_names_large ON place_names (name) INCLUDE (place_id, alias, population, country, area) WHERE population >= 50000;
        CREATE INDEX place_names_typo ON place_names USING gin (name gin_trgm_ops);

        -- Countries ('CH') and their first-level regions ('US.CO') by name, code and customary abbreviation.
        CREATE TABLE regions (
            area text NOT NULL,
            name text COLLATE "C" NOT NULL,
            PRIMARY KEY (name, area)
        );

        CREATE TABLE postal_codes (
            code        text COLLATE "C" NOT NULL,
            country     text NOT NULL,
            name        text NOT NULL,
            region      text,
            region_code text,
            area        text NOT NULL,
            population  int NOT NULL,
            position    geography (point) NOT NULL,
            PRIMARY KEY (code, country)
        );

        -- What was loaded, so that loading the same again costs nothing.
        CREATE TABLE gazetteer_loads (
            source    text PRIMARY KEY,
            print     text NOT NULL,
            loaded_at timestamptz NOT NULL
        );
        """);
}
