using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Availability.Migrations;

[DbContext(typeof(AvailabilityDb)), Migration("202611221420_SuggestPublicHolidays")]
public sealed class SuggestPublicHolidays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- A region's are all of its holidays, those of its country included; the country's own have no region.
        CREATE TABLE public_holidays (
            country text NOT NULL,
            region text NOT NULL DEFAULT '',
            first_on date NOT NULL,
            last_on date NOT NULL,
            name text NOT NULL,
            PRIMARY KEY (country, region, first_on, name),
            CHECK (first_on <= last_on)
        );

        CREATE TABLE holiday_regions (
            country text NOT NULL,
            name text NOT NULL,
            region text NOT NULL,
            PRIMARY KEY (country, name)
        );

        -- One form for what a region is called: no marks on letters, no words that say what kind of region it is.
        CREATE FUNCTION plain_region(name text) RETURNS text IMMUTABLE LANGUAGE sql RETURN
            btrim(regexp_replace(
                regexp_replace(lower(regexp_replace(normalize(name, NFD), '[\u0300-\u036f]', '', 'g')), '[[:space:][:punct:]]+', ' ', 'g'),
                '\m(kanton|canton|hansestadt|freie|land|state|province|provincia|region|comunidad|comunitat|autonoma|foral|ciudad|islas|illes|of|de|du|del|la|the)\M ?', '', 'g'));
        """);
}
