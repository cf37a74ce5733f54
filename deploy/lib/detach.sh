# shellcheck shell=bash
# Runs deploy/run apart from this terminal and returns once it is ready. Needs common.sh, LOCAL and ARGUMENTS.

run_detached() {
    local log=$LOCAL/run/run.log pid shown
    mkdir -p "$LOCAL/run"
    rm -f "$LOCAL/run/ready"
    : >"$log"
    setsid "$DEPLOY/run" "${ARGUMENTS[@]}" </dev/null >>"$log" 2>&1 &
    pid=$!
    tail -n +1 -f "$log" &
    shown=$!
    trap 'kill "$shown" 2>/dev/null; kill "$pid" 2>/dev/null; wait "$pid"; exit 130' INT TERM
    while kill -0 "$pid" 2>/dev/null && [[ ! -e $LOCAL/run/ready ]]; do sleep 0.1; done
    sleep 0.2
    kill "$shown" 2>/dev/null || true
    if ! kill -0 "$pid" 2>/dev/null; then
        wait "$pid" || exit $?
    fi
    disown "$pid"
    say 'It goes on in the background; ./deploy/stop ends it.'
}
