# shellcheck shell=bash
# Servers for tests, the build of the tests, running and counting them. Needs the other parts that deploy/test reads.

# The servers take the first free stretch of ports, so that nothing else on the machine has to make room.
choose_ports() {
    local base port free
    for ((base = 21400; base < 22400; base += 20)); do
        free=yes
        for ((port = base; port < base + 5; port++)); do
            if listening "$port"; then free='' && break; fi
        done
        if [[ -n $free ]]; then
            POSTGRES_PORT=$base AMQP_PORT=$((base + 1)) MANAGEMENT_PORT=$((base + 2)) EPMD_PORT=$((base + 3)) DIST_PORT=$((base + 4))
            return 0
        fi
    done
    fail 'no free ports between 21400 and 22400 for the test servers'
}

# What a test leaves is of no use to the next run: the data starts empty and need not survive a power cut.
start_test_postgres() {
    start_postgres -c max_connections=400 -c fsync=off -c synchronous_commit=off -c full_page_writes=off
}

start_test_servers() {
    local log
    choose_ports
    rm -rf "$LOCAL/postgres" "$LOCAL/rabbitmq" "$LOCAL/results"
    for log in postgres rabbitmq epmd; do : >"$LOCAL/logs/$log.log"; done
    mkdir -p "$LOCAL/results"
    POSTGRES_PASSWORD=$(random_word) RABBITMQ_PASSWORD=$(random_word)
    prepare_rabbitmq
    prepare_postgres || fail 'PostgreSQL could not be set up' "$LOCAL/logs/postgres.log"
    supervise postgres start_test_postgres
    supervise epmd start_epmd
    supervise rabbitmq start_rabbitmq
    wait_for 30 postgres_answers || fail 'PostgreSQL is not ready' "$LOCAL/logs/postgres.log"
    install_extensions || fail 'PostgreSQL lacks an extension' "$LOCAL/logs/postgres.log"
    wait_for 60 rabbitmq_answers || fail 'RabbitMQ is not ready' "$LOCAL/logs/rabbitmq.log"
    TEST_DATABASE_URL=$(admin_url) TEST_AMQP_URL=$(amqp_url) TEST_RABBITMQ_MANAGEMENT_URL=$(management_url)
    CHROMIUM=$(chromium_path)
    BUILD_DIR=$BUILD
    export TEST_DATABASE_URL TEST_AMQP_URL TEST_RABBITMQ_MANAGEMENT_URL CHROMIUM BUILD_DIR
}

# test_projects [NAME]: names, those on the whole running product last.
test_projects() {
    local file name
    if [[ -n ${1:-} ]]; then
        printf '%s.Tests\n' "$1"
        return 0
    fi
    for file in tests/*.Tests/*.Tests.csproj; do
        name=$(basename "$file" .csproj)
        [[ $name == EndToEnd.Tests ]] || printf '%s\n' "$name"
    done
    [[ ! -f tests/EndToEnd.Tests/EndToEnd.Tests.csproj ]] || printf 'EndToEnd.Tests\n'
}

build_tests() {
    local what=Directory.sln log=$LOCAL/logs/build.log
    [[ -z $1 ]] || what=tests/$1.Tests
    : >"$log"
    if ! step "Building $what" "$log" dotnet build "$what" --configuration Release --artifacts-path "$BUILD" --nologo --verbosity minimal; then
        grep -E ': error ' "$log" | sort -u | head -n 20 >&2 || true
        fail 'the build failed' "$log"
    fi
}

# run_project NAME FILTER: its tests, counted from the runner's own report rather than from what it prints.
run_project() {
    local report=$LOCAL/results/$1.trx arguments=() counters total executed passed
    [[ -z $2 ]] || arguments=(--filter "$2")
    say "== $1"
    dotnet test "$BUILD/bin/$1/release/$1.dll" --nologo "${arguments[@]}" --results-directory "$LOCAL/results" \
        --logger 'console;verbosity=minimal' --logger "trx;LogFileName=$1.trx" \
        --blame-hang --blame-hang-timeout 15m --blame-hang-dump-type none </dev/null 9>&- || BROKEN=yes
    counters=$(grep -o '<Counters [^>]*>' "$report" 2>/dev/null || true)
    if [[ -z $counters ]]; then
        warn "$1 left no report"
        FAILED=$((FAILED + 1))
        return 0
    fi
    total=$(counter total "$counters") executed=$(counter executed "$counters") passed=$(counter passed "$counters")
    PASSED=$((PASSED + passed)) FAILED=$((FAILED + executed - passed)) SKIPPED=$((SKIPPED + total - executed))
}

counter() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2"; }

run_tests() {
    local project
    PASSED=0 FAILED=0 SKIPPED=0 BROKEN=''
    while read -r project; do
        run_project "$project" "$2"
    done < <(test_projects "$1")
    # A runner that fell over without a failed test is a failure all the same.
    [[ -z $BROKEN || $FAILED -gt 0 ]] || FAILED=1
    printf '\n%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
    ((FAILED == 0 && PASSED > 0))
}
