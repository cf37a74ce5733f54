# shellcheck shell=bash
# Starting the services and the sandbox, and telling when they are ready. Needs everything else here.

process_name() { if ((${2:-1} == 1)); then printf '%s' "$1"; else printf '%s-%d' "$1" "$2"; fi; }

# start_service NAME COPY
start_service() {
    local binary environment
    binary=$(dll "$(project_of "$1")")
    mapfile -d '' -t environment < <(service_environment "$1")
    launch "$(process_name "$1" "$2")" env -C "$(dirname "$binary")" "${environment[@]}" \
        "ASPNETCORE_URLS=http://127.0.0.1:$(copy_port "$1" "$2")" dotnet "$binary"
}

start_stripe_sandbox() {
    local binary
    binary=$(dll StripeSandbox)
    launch stripe-sandbox env -C "$(dirname "$binary")" "ASPNETCORE_URLS=$STRIPE_SANDBOX_URL" "STRIPE_SANDBOX_URL=$STRIPE_SANDBOX_URL" \
        "STRIPE_SANDBOX_STATE=$LOCAL/stripe" "STRIPE_SANDBOX_WEBHOOK=http://localhost:$PORT/webhooks/stripe" \
        "STRIPE_WEBHOOK_SECRET=$STRIPE_WEBHOOK_SECRET" dotnet "$binary"
}

supervise_services() {
    local service copy
    for service in "$@"; do
        for ((copy = 1; copy <= COPIES; copy++)); do
            supervise "$(process_name "$service" "$copy")" start_service "$service" "$copy"
        done
    done
}

service_ready() { curl -fsS -m 5 -o /dev/null "http://127.0.0.1:$(copy_port "$1" "$2")/health/ready"; }
door_ready() { curl -fsS -m 6 -o /dev/null --noproxy '*' "http://127.0.0.1:$PORT/health/ready"; }
sandbox_answers() { listening "$SANDBOX_PORT"; }

# await NAME SECONDS CHECK…: until the check passes; a process that dies meanwhile is named with its log, as is one too slow.
await() {
    local name=$1 until=$((SECONDS + $2)) fallen
    shift 2
    until "$@" >/dev/null 2>&1; do
        fallen=$(dead | head -n 1)
        [[ -z $fallen ]] || fail "$fallen stopped while starting" "$LOCAL/logs/$fallen.log"
        ((SECONDS < until)) || fail "$name is not ready" "$LOCAL/logs/$name.log"
        sleep 0.1
    done
}

await_services() {
    local service copy
    for service in "${SERVICES[@]}"; do
        for ((copy = 1; copy <= COPIES; copy++)); do
            await "$(process_name "$service" "$copy")" 300 service_ready "$service" "$copy"
        done
    done
    [[ -z ${PIDS[stripe-sandbox]:-} ]] || await stripe-sandbox 60 sandbox_answers
    await nginx 30 door_ready
}
