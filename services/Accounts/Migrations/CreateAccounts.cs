using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;

namespace Accounts.Migrations;

[DbContext(typeof(AccountsDb)), Migration("202611220100_Accounts")]
public sealed class CreateAccounts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(PlatformTables.Sql);
        migrationBuilder.Sql("""
            CREATE TABLE accounts (
                id uuid PRIMARY KEY,
                user_name text NOT NULL,
                normalized_user_name text NOT NULL UNIQUE,
                email text NOT NULL,
                normalized_email text NOT NULL UNIQUE,
                email_confirmed boolean NOT NULL,
                password_hash text,
                security_stamp text NOT NULL,
                concurrency_stamp text NOT NULL,
                two_factor_enabled boolean NOT NULL,
                name text NOT NULL,
                roles text[] NOT NULL CHECK (roles <@ ARRAY['client', 'practitioner', 'moderator', 'operator'] AND cardinality(roles) > 0),
                practitioner_id uuid UNIQUE,
                created_at timestamptz NOT NULL,
                CHECK (('practitioner' = ANY (roles)) = (practitioner_id IS NOT NULL))
            );

            CREATE TABLE account_tokens (
                account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
                login_provider text NOT NULL,
                name text NOT NULL,
                value text,
                PRIMARY KEY (account_id, login_provider, name)
            );

            CREATE TABLE registrations (
                id uuid PRIMARY KEY,
                account_id uuid NOT NULL UNIQUE,
                email text NOT NULL,
                normalized_email text NOT NULL,
                name text NOT NULL,
                role text NOT NULL CHECK (role IN ('client', 'practitioner')),
                password_hash text NOT NULL,
                expires_at timestamptz NOT NULL,
                code_hash bytea UNIQUE
            );
            CREATE INDEX registrations_normalized_email ON registrations (normalized_email);
            CREATE INDEX registrations_expires_at ON registrations (expires_at);

            CREATE TABLE password_resets (
                id uuid PRIMARY KEY,
                account_id uuid REFERENCES accounts ON DELETE CASCADE,
                expires_at timestamptz NOT NULL,
                code_hash bytea UNIQUE
            );
            CREATE INDEX password_resets_account_id ON password_resets (account_id);
            CREATE INDEX password_resets_expires_at ON password_resets (expires_at);

            CREATE TABLE sessions (
                id uuid PRIMARY KEY,
                account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
                network_hash text NOT NULL,
                started_at timestamptz NOT NULL,
                last_used_at timestamptz NOT NULL,
                ended_at timestamptz
            );
            CREATE INDEX sessions_account_id ON sessions (account_id, network_hash);
            CREATE INDEX sessions_last_used_at ON sessions (last_used_at);

            CREATE TABLE refresh_tokens (
                hash bytea PRIMARY KEY,
                session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
                issued_at timestamptz NOT NULL,
                exchanged_at timestamptz
            );
            CREATE INDEX refresh_tokens_session_id ON refresh_tokens (session_id);

            CREATE TABLE attempt_counts (
                key text PRIMARY KEY,
                count int NOT NULL,
                ends_at timestamptz NOT NULL
            );
            CREATE INDEX attempt_counts_ends_at ON attempt_counts (ends_at);
            """);
    }
}
