# shellcheck shell=bash
# What every script here needs: where things are, how progress and failures are said.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
DEPLOY=$ROOT/deploy
DATABASE_SERVICES=(listings availability bookings payments notifications accounts)
SERVICES=(listings web availability accounts bookings payments notifications)

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

# One clear line, then exit; a second argument names the log to read.
fail() {
    warn "${0##*/}: $1${2:+ (see $2)}"
    exit 1
}

# step TEXT LOG COMMAND…: shows the text, runs the command with its output in the log, adds how long it took. The command runs
# where errexit is off, so it has to answer for its own failures.
step() {
    local text=$1 log=$2 began=$SECONDS ticker='' status=0
    shift 2
    printf '%s … ' "$text"
    if [[ -t 1 ]]; then
        tick "$text" "$log" 9>&- &
        ticker=$!
    fi
    "$@" >>"$log" 2>&1 || status=$?
    if [[ -n $ticker ]]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        printf '\r\033[K%s … ' "$text"
    fi
    if ((status)); then printf 'failed\n'; else printf 'done (%d s)\n' $((SECONDS - began)); fi
    return "$status"
}

# On a terminal: the seconds so far, and the last thing the step said of itself.
tick() {
    local began=$SECONDS said
    while sleep 1; do
        said=$(tail -n 1 "$2" 2>/dev/null | tr -d '\r' | cut -c 1-60)
        [[ $said != '{'* ]] || said=''
        printf '\r\033[K%s … %d s  %s' "$1" $((SECONDS - began)) "$said"
    done
}

# wait_for SECONDS COMMAND…: polls until the command succeeds.
wait_for() {
    local until=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < until)) || return 1
        sleep 0.1
    done
}

# True where something accepts connections on this loopback port.
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

random_word() { openssl rand -hex "${1:-16}"; }

# Listings for listings: the project and the binary.
project_of() { printf '%s' "${1^}"; }
