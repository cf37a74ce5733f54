using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;

namespace Listings.Migrations;

/// <summary>The write model: practitioners with their documents, and the moderators' decisions.</summary>
[DbContext(typeof(ListingsDb)), Migration("202611220100_Practitioners")]
public sealed class CreatePractitioners : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(PlatformTables.Sql);
        migrationBuilder.Sql(
            """
            CREATE TABLE practitioners (
                id            uuid PRIMARY KEY,
                slug          text UNIQUE,
                status        text NOT NULL,
                version       bigint NOT NULL,
                demo          boolean NOT NULL,
                contact_email text NOT NULL,
                published     jsonb,
                draft         jsonb,
                evidence      jsonb NOT NULL,
                reason        text,
                created_at    timestamptz NOT NULL,
                changed_at    timestamptz NOT NULL,
                submitted_at  timestamptz,
                published_at  timestamptz,
                CHECK (status <> 'published' OR (published IS NOT NULL AND slug IS NOT NULL)),
                CHECK (status NOT IN ('suspended', 'unpublished') OR published IS NULL)
            );
            -- The moderators' queue, oldest first.
            CREATE INDEX practitioners_submitted ON practitioners (submitted_at, id) WHERE status = 'submitted';
            -- Whose a training or licence is. Invented practitioners nobody has touched are not up for a decision, and a million of them would be a large index.
            CREATE INDEX practitioners_credentials ON practitioners USING gin (jsonb_path_query_array(coalesce(draft, published), '$.*[*].id')) WHERE NOT demo OR version > 1;

            CREATE TABLE decisions (
                id              uuid PRIMARY KEY,
                practitioner_id uuid NOT NULL REFERENCES practitioners,
                credential_id   uuid,
                verdict         text NOT NULL,
                reason          text NOT NULL,
                moderator_id    uuid NOT NULL,
                at              timestamptz NOT NULL
            );
            CREATE INDEX decisions_latest ON decisions (at DESC, id DESC);
            CREATE INDEX decisions_practitioner ON decisions (practitioner_id);
            """);
    }
}
