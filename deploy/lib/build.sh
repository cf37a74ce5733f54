# shellcheck shell=bash
# One Release build of every service under $LOCAL/build, skipped while no source has changed. Needs common.sh.

dll() { printf '%s/build/publish/%s/release/%s.dll' "$LOCAL" "$1" "$1"; }

# A word for the names and contents of all sources: a change, an addition or a removal gives another.
sources_fingerprint() {
    (cd "$ROOT" && find services tests/StripeSandbox deploy/services.slnf \
        \( -name bin -o -name obj -o -name node_modules -o -path services/Web/wwwroot/lib \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# The command line outweighs a build layout that the caller's environment may ask for.
publish_services() {
    (cd "$ROOT" && dotnet publish deploy/services.slnf --configuration Release --artifacts-path "$LOCAL/build" \
        --nologo --verbosity minimal </dev/null)
}

build_services() {
    local fingerprint log=$LOCAL/logs/build.log
    fingerprint=$(sources_fingerprint)
    if [[ -f $LOCAL/build/fingerprint && $(<"$LOCAL/build/fingerprint") == "$fingerprint" ]]; then
        return 0
    fi
    rm -f "$LOCAL/build/fingerprint"
    : >"$log"
    if ! step 'Building the services' "$log" publish_services; then
        grep -E ': error ' "$log" | sort -u | head -n 5 >&2 || true
        fail 'the build failed' "$log"
    fi
    printf '%s\n' "$fingerprint" >"$LOCAL/build/fingerprint"
}
