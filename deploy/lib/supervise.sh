# shellcheck shell=bash
# Keeps processes running: each has a name, a start function, a log and a pid file, and its own session, so that Ctrl-C
# reaches the supervisor alone and everything ends in order.

declare -A PIDS=() STARTS=() STARTED_AT=()
LAUNCHED=()

# launch NAME COMMAND…: starts it detached from the terminal and writes its pid file.
launch() {
    local name=$1
    shift
    end_session "${PIDS[$name]:-}"
    setsid "$@" </dev/null >>"$LOCAL/logs/$name.log" 2>&1 9>&- &
    PIDS[$name]=$!
    disown "$!"
    STARTED_AT[$name]=$SECONDS
    printf '%s\n' "${PIDS[$name]}" >"$LOCAL/run/$name.pid.new"
    mv "$LOCAL/run/$name.pid.new" "$LOCAL/run/$name.pid"
}

# supervise NAME FUNCTION…: starts by the function (which calls launch) and remembers how to start it again.
supervise() {
    local name=$1
    shift
    STARTS[$name]="$*"
    rm -f "$LOCAL/run/$name.held"
    LAUNCHED+=("$name")
    "$@"
}

alive() { [[ -n ${PIDS[$1]:-} ]] && kill -0 "${PIDS[$1]}" 2>/dev/null; }

# Names of what was started and has died, one a line.
dead() {
    local name
    for name in "${LAUNCHED[@]}"; do
        alive "$name" || printf '%s\n' "$name"
    done
}

# Brings back whatever has died. What dies within a second of starting waits a second longer, so that a broken setting does not spin.
# What has a NAME.held beside its pid file is meant to be away, and stays so until that file is gone.
revive() {
    local name
    for name in "${LAUNCHED[@]}"; do
        alive "$name" && continue
        [[ ! -e $LOCAL/run/$name.held ]] || continue
        ((SECONDS - STARTED_AT[$name] >= 1)) || continue
        say "$(date -u +%H:%M:%SZ) $name died; starting it again"
        ${STARTS[$name]}
    done
}

# Ends what a process that died left in its session: nginx's workers outlive their master and keep its port.
end_session() {
    local pid
    [[ -n $1 ]] || return 0
    for pid in $(ps -o pid= -s "$1"); do
        kill -s KILL "$pid" 2>/dev/null || true
    done
}

# end_process PID SIGNAL SECONDS: asks, waits, insists.
end_process() {
    local pid=$1 signal=$2 patience=$3
    kill -s "$signal" "$pid" 2>/dev/null || { end_session "$pid"; return 0; }
    # One that was halted hears of it only when it goes on.
    kill -s CONT "$pid" 2>/dev/null || true
    wait_for "$patience" gone "$pid" || kill -s KILL "$pid" 2>/dev/null || true
    wait_for 5 gone "$pid" || true
    end_session "$pid"
}

gone() { ! kill -0 "$1" 2>/dev/null || [[ $(ps -o stat= -p "$1" 2>/dev/null) == Z* ]]; }

# The signal that ends a process in good order, by name.
ending_signal() {
    case $1 in
        postgres) printf INT ;;
        *) printf TERM ;;
    esac
}

# Ends the named ones at once and together, and drops their pid files.
end_all() {
    local name pid waits=()
    for name in "$@"; do
        pid=${PIDS[$name]:-}
        if [[ -n $pid ]]; then
            end_process "$pid" "$(ending_signal "$name")" 12 &
            waits+=("$!")
        fi
    done
    if ((${#waits[@]})); then wait "${waits[@]}" 2>/dev/null || true; fi
    for name in "$@"; do
        rm -f "$LOCAL/run/$name.pid"
        unset "PIDS[$name]"
    done
}

# The door first, then what it served, then what that stood on.
end_everything() {
    local name first=() last=()
    for name in "${LAUNCHED[@]}"; do
        case $name in
            nginx) first+=("$name") ;;
            postgres | rabbitmq | epmd) ;;
            *) last+=("$name") ;;
        esac
    done
    end_all "${first[@]}"
    end_all "${last[@]}"
    end_all rabbitmq postgres
    end_all epmd
    LAUNCHED=()
}

# True where a process of this session is one of our kinds and was started in this folder.
belongs_here() {
    local pid
    for pid in $(ps -o pid= -s "$1"); do
        case $(cat "/proc/$pid/comm" 2>/dev/null) in
            dotnet | postgres | nginx | beam.smp | epmd) [[ $(readlink "/proc/$pid/cwd") != "$ROOT"* ]] || return 0 ;;
        esac
    done
    return 1
}

# What an earlier supervisor, killed outright, left running here.
end_orphans() {
    local file name pid
    for file in "$LOCAL"/run/*.pid; do
        [[ -e $file ]] || continue
        name=$(basename "$file" .pid)
        pid=$(<"$file")
        if [[ $name != supervisor && -n $pid ]] && belongs_here "$pid"; then
            PIDS[$name]=$pid
            LAUNCHED+=("$name")
        else
            rm -f "$file"
        fi
    done
    if ((${#LAUNCHED[@]})); then
        say "Ending what an earlier run left behind: ${LAUNCHED[*]}"
        end_everything
    fi
}
