using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Listings.Migrations;

/// <summary>What practitioners are found by when somebody searches with words.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220400_Words")]
public sealed class CreateWords : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;

        -- A number stands for a practitioner with the words of one day: other words, another number. None is ever given twice, so a reader that is
        -- a moment behind finds the words of that moment. One by one they come from even blocks of 16,384, by the load from odd ones.
        CREATE SEQUENCE search_word_numbers AS int MINVALUE 0;
        CREATE SEQUENCE search_word_blocks AS int MINVALUE 0;
        CREATE TABLE search_words (
            practitioner_id uuid PRIMARY KEY,
            number          int NOT NULL UNIQUE,
            print           uuid NOT NULL
        );

        -- Where a word stands: per field (0 name, 1 specialty, 2 headline, 3 biography, 4 beginning of a name) and block of numbers,
        -- as a list of two bytes each that is appended to, or, when loaded and common, as a bit for each number.
        CREATE TABLE search_postings (
            field smallint NOT NULL,
            word  text COLLATE "C" NOT NULL,
            block int NOT NULL,
            few   bytea NOT NULL,
            many  bytea,
            PRIMARY KEY (field, word, block)
        );

        -- For words that are typed with an error.
        CREATE TABLE search_vocabulary (
            word text COLLATE "C" PRIMARY KEY
        );
        CREATE INDEX search_vocabulary_typo ON search_vocabulary USING gin (word gin_trgm_ops);
        """);
}
