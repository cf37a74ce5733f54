#!/bin/bash
# Run once by PostgreSQL's image on an empty volume: extensions for all, a database and a login for each service.
set -euo pipefail
# shellcheck source=/dev/null
[[ -z ${SECRETS_FILE:-} ]] || . "$SECRETS_FILE"
run_sql() { psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "$1"; }

run_sql template1 <<'SQL'
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
SQL
for service in listings availability bookings payments notifications accounts; do
    password=PASSWORD_${service^^}
    run_sql postgres <<SQL
CREATE ROLE $service LOGIN PASSWORD '${!password}';
CREATE DATABASE $service OWNER $service;
REVOKE CONNECT ON DATABASE $service FROM PUBLIC;
SQL
done
