# shellcheck shell=bash
# Finds which tools are missing and installs them from the distribution's packages. Needs common.sh and servers.sh.

PATH=$PATH:/usr/sbin:/sbin
DEBIAN_FRONTEND=noninteractive
export PATH DEBIAN_FRONTEND

have() { command -v "$1" >/dev/null 2>&1; }

# missing_packages [browser]: the names to install, "postgresql" standing for the server with PostGIS.
missing_packages() {
    postgres_bin >/dev/null || printf 'postgresql\n'
    rabbitmq_scripts >/dev/null && have epmd || printf 'rabbitmq-server\n'
    have nginx || printf 'nginx\n'
    have node || printf 'nodejs\n'
    have npm || printf 'npm\n'
    have curl || printf 'curl\n'
    have openssl || printf 'openssl\n'
    have ps || printf 'procps\n'
    have psql || printf 'postgresql-client\n'
    if [[ ${1:-} == browser ]]; then
        chromium_path >/dev/null || printf 'chromium\n'
    fi
}

# Debian's chromium, or what stands in for it elsewhere.
chromium_path() { command -v "${CHROMIUM:-chromium}" || command -v chromium-browser || command -v google-chrome; }

as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# The PostGIS package carries the server's version, which the distribution decides.
with_postgis() {
    local name version
    for name in "$@"; do
        if [[ $name == postgresql ]]; then
            version=$(apt-cache depends postgresql | sed -n 's/.*Depends: postgresql-\([0-9]\{1,\}\)$/\1/p' | head -n 1)
            [[ -n $version ]] || return 1
            printf 'postgresql-%s\npostgresql-%s-postgis-3\n' "$version" "$version"
        else
            printf '%s\n' "$name"
        fi
    done
}

# Packages may start daemons; a policy in place while they unpack says no, and their units are disabled, so they stay off later too.
install_quietly() {
    local policy=/usr/sbin/policy-rc.d placed='' status=0 unit
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        placed=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" || status=$?
    [[ -z $placed ]] || as_root rm -f "$policy"
    if have systemctl; then
        for unit in "$@"; do
            case $unit in
                postgresql-*-postgis-*) ;;
                postgresql-*) as_root systemctl disable --quiet postgresql.service || true ;;
                rabbitmq-server | nginx) as_root systemctl disable --quiet "$unit.service" || true ;;
            esac
        done
    fi
    return "$status"
}

# install_missing LOG ALLOWED(yes|no) [browser]
install_missing() {
    local log=$1 allowed=$2 missing packages
    if ! have dotnet || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
        fail 'the .NET 10 SDK is missing: install it so that dotnet is on PATH'
    fi
    mapfile -t missing < <(missing_packages "${3:-}")
    ((${#missing[@]})) || return 0
    [[ $allowed == yes ]] || fail "missing: ${missing[*]} (left alone because of --no-install)"
    have apt-get || fail "missing: ${missing[*]}, and there is no apt-get here to install them with"
    if ((EUID != 0)) && ! have sudo; then
        fail "missing: ${missing[*]}; neither root nor sudo is at hand to install them"
    fi
    say "Missing: ${missing[*]}. Installing with $( ((EUID == 0)) || printf 'sudo ')apt-get; their system-wide daemons stay off."
    as_root apt-get update -q >>"$log" 2>&1 || warn "apt-get update did not finish; going on with the lists at hand"
    mapfile -t packages < <(with_postgis "${missing[@]}")
    step "Installing ${packages[*]}" "$log" install_quietly "${packages[@]}" || fail 'apt-get could not install them' "$log"
    mapfile -t missing < <(missing_packages "${3:-}")
    ((${#missing[@]} == 0)) || fail "still missing after installing: ${missing[*]}" "$log"
}
