# shellcheck shell=bash
# One Release build of every service in $BUILD, skipped while no source has changed. Needs common.sh.

BUILD=${BUILD_DIR:-$LOCAL/build}

dll() { printf '%s/publish/%s/release/%s.dll' "$BUILD" "$1" "$1"; }

# A word for the names and contents of all sources: a change, an addition or a removal gives another.
sources_fingerprint() {
    (cd "$ROOT" && find services tests/StripeSandbox deploy/services.slnf \
        \( -name bin -o -name obj -o -name node_modules -o -path "services/Web/wwwroot/lib*" \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# The command line outweighs a build layout that the caller's environment may ask for.
publish_services() {
    (cd "$ROOT" && dotnet publish deploy/services.slnf --configuration Release --artifacts-path "$BUILD" \
        --nologo --verbosity minimal </dev/null)
}

build_services() {
    local fingerprint log=$LOCAL/logs/build.log
    fingerprint=$(sources_fingerprint)
    if [[ -f $BUILD/fingerprint && $(<"$BUILD/fingerprint") == "$fingerprint" ]]; then
        return 0
    fi
    rm -f "$BUILD/fingerprint"
    : >"$log"
    if ! step 'Building the services' "$log" publish_services; then
        grep -E ': error ' "$log" | sort -u | head -n 5 >&2 || true
        fail 'the build failed' "$log"
    fi
    printf '%s\n' "$fingerprint" >"$BUILD/fingerprint"
}
