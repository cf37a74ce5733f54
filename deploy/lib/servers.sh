# shellcheck shell=bash
# Private PostgreSQL and RabbitMQ instances under $LOCAL, on $POSTGRES_PORT, $AMQP_PORT, $MANAGEMENT_PORT, $EPMD_PORT and $DIST_PORT.
# Needs common.sh, supervise.sh and the passwords POSTGRES_PASSWORD and RABBITMQ_PASSWORD.

# The newest PostgreSQL from 15 on that has PostGIS.
postgres_bin() {
    local bin version
    for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5 -rn); do
        version=${bin#/usr/lib/postgresql/}
        version=${version%/bin}
        if [[ -x $bin/postgres && -f /usr/share/postgresql/$version/extension/postgis.control ]] && ((version >= 15)); then
            printf '%s' "$bin"
            return 0
        fi
    done
    return 1
}

# PostgreSQL refuses to run as root: then it runs as user postgres, and AS_POSTGRES is the command that changes to it. Where that
# user may not pass the folders above the data, it is lent the right to search folders rather than having their modes changed.
become_postgres() {
    AS_POSTGRES=()
    ((EUID == 0)) || return 0
    AS_POSTGRES=(setpriv --reuid=postgres --regid=postgres --init-groups --reset-env)
    if ! "${AS_POSTGRES[@]}" test -x "$LOCAL"; then
        AS_POSTGRES+=(--inh-caps=+dac_read_search --ambient-caps=+dac_read_search)
    fi
}

# Makes the cluster on first use; its settings file is renewed every time.
prepare_postgres() {
    local data=$LOCAL/postgres bin secret
    bin=$(postgres_bin) || return 1
    become_postgres
    if [[ ! -f $data/PG_VERSION ]]; then
        rm -rf "$data"
        mkdir -p "$data"
        ((EUID != 0)) || chown postgres:postgres "$data"
        secret=$data.password
        (umask 077 && printf '%s' "$POSTGRES_PASSWORD" >"$secret")
        ((EUID != 0)) || chown postgres:postgres "$secret"
        "${AS_POSTGRES[@]}" "$bin/initdb" --pgdata="$data" --username=postgres --pwfile="$secret" --auth=scram-sha-256 \
            --locale=C.UTF-8 --encoding=UTF8 --no-sync >>"$LOCAL/logs/postgres.log" 2>&1 || { rm -rf "$data" "$secret"; return 1; }
        rm -f "$secret"
    fi
    cp "$DEPLOY/postgres/postgresql.conf" "$data/postgresql.conf"
    ((EUID != 0)) || chown postgres:postgres "$data/postgresql.conf"
}

# Extra arguments become settings (-c name=value).
start_postgres() {
    launch postgres "${AS_POSTGRES[@]}" "$(postgres_bin)/postgres" -D "$LOCAL/postgres" -c listen_addresses=127.0.0.1 \
        -c "port=$POSTGRES_PORT" -c unix_socket_directories= "$@"
}

admin_url() { printf 'postgresql://postgres:%s@127.0.0.1:%s/%s' "$POSTGRES_PASSWORD" "$POSTGRES_PORT" "${1:-postgres}"; }
admin_sql() { psql --no-psqlrc --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 "$@"; }

# Ready only when the server that answers is ours, by its data folder.
postgres_answers() {
    [[ $(PGCONNECT_TIMEOUT=2 admin_sql "$(admin_url)" -c 'SHOW data_directory') == "$LOCAL/postgres" ]]
}

# Every database made later has these, because template1 has.
install_extensions() {
    admin_sql "$(admin_url template1)" >>"$LOCAL/logs/postgres.log" 2>&1 <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
SQL
}

# The server's own scripts: those on PATH insist on the user rabbitmq.
rabbitmq_scripts() {
    local scripts
    for scripts in /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin /usr/lib/rabbitmq/lib/rabbitmq_server-*/bin /usr/lib/rabbitmq/bin; do
        if [[ -x $scripts/rabbitmq-server ]]; then
            printf '%s' "$scripts"
            return 0
        fi
    done
    return 1
}

prepare_rabbitmq() {
    local home=$LOCAL/rabbitmq
    mkdir -p "$home/conf.d"
    cp "$DEPLOY/rabbitmq/rabbitmq.conf" "$home/conf.d/10-shared.conf"
    cp "$DEPLOY/rabbitmq/enabled_plugins" "$home/enabled_plugins"
    (umask 077 && cat >"$home/conf.d/20-here.conf") <<CONF
listeners.tcp.1 = 127.0.0.1:$AMQP_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $MANAGEMENT_PORT
default_user = stillpoint
default_pass = $RABBITMQ_PASSWORD
CONF
}

# Erlang's port mapper as a process of our own; otherwise the broker would leave one behind.
start_epmd() {
    launch epmd env -i PATH="$PATH" HOME="$LOCAL/rabbitmq" epmd -port "$EPMD_PORT" -address 127.0.0.1
}

# RUNNING_UNDER_SYSTEMD makes the script become the broker instead of watching over it, so that the pid is the broker's.
start_rabbitmq() {
    local home=$LOCAL/rabbitmq scripts
    scripts=$(rabbitmq_scripts)
    launch rabbitmq env -i PATH="$PATH" HOME="$home" LANG=C.UTF-8 RUNNING_UNDER_SYSTEMD=true \
        ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 \
        RABBITMQ_CONF_ENV_FILE="$home/no-env.conf" RABBITMQ_CONFIG_FILES="$home/conf.d" RABBITMQ_CONFIG_FILE="$home/no-main" \
        RABBITMQ_ADVANCED_CONFIG_FILE="$home/no-advanced" RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" \
        RABBITMQ_NODENAME="stillpoint-$AMQP_PORT@localhost" RABBITMQ_DIST_PORT="$DIST_PORT" \
        RABBITMQ_MNESIA_BASE="$home/data" RABBITMQ_LOG_BASE="$LOCAL/logs" RABBITMQ_PID_FILE="$home/pid" \
        RABBITMQ_FEATURE_FLAGS_FILE="$home/feature_flags" RABBITMQ_GENERATED_CONFIG_DIR="$home/config" \
        ERL_AFLAGS='-start_epmd false' RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none" \
        "$scripts/rabbitmq-server"
}

amqp_url() { printf 'amqp://stillpoint:%s@127.0.0.1:%s/' "$RABBITMQ_PASSWORD" "$AMQP_PORT"; }
management_url() { printf 'http://stillpoint:%s@127.0.0.1:%s' "$RABBITMQ_PASSWORD" "$MANAGEMENT_PORT"; }
rabbitmq_answers() { listening "$AMQP_PORT" && curl -fsS -m 2 "$(management_url)/api/overview"; }
