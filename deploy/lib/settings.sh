# shellcheck shell=bash
# Ports, secrets and the environment of the services. Needs common.sh and servers.sh, and PORT, COPIES and LOCAL.

declare -A SERVICE_OFFSET=([listings]=1 [availability]=2 [bookings]=3 [payments]=4 [notifications]=5 [accounts]=6 [web]=7)

# Copy 1 listens at PORT+1…+7, copy 2 at PORT+11…+17; with two copies the services meet each other through the door's own
# loopback listeners at PORT+21…+27, which share the calls out.
copy_port() { printf '%d' $((PORT + (${2:-1} - 1) * 10 + SERVICE_OFFSET[$1])); }
peer_port() { printf '%d' $((PORT + (COPIES > 1 ? 20 : 0) + SERVICE_OFFSET[$1])); }

set_ports() {
    SANDBOX_PORT=$((PORT + 20))
    POSTGRES_PORT=$((PORT + 30))
    AMQP_PORT=$((PORT + 31))
    MANAGEMENT_PORT=$((PORT + 32))
    EPMD_PORT=$((PORT + 33))
    DIST_PORT=$((PORT + 34))
}

# "port what" lines for everything about to listen.
wanted_ports() {
    local service
    printf '%d the door\n' "$PORT"
    for service in "${SERVICES[@]}"; do
        printf '%d %s\n' "$(copy_port "$service")" "$service"
        if ((COPIES > 1)); then
            printf '%d %s-2\n' "$(copy_port "$service" 2)" "$service"
            printf '%d the way to %s\n' "$(peer_port "$service")" "$service"
        fi
    done
    [[ -n ${STRIPE_API_KEY:-} ]] || printf '%d stripe-sandbox\n' "$SANDBOX_PORT"
    printf '%d postgres\n%d rabbitmq\n%d the management of rabbitmq\n%d epmd\n%d the distribution of rabbitmq\n' \
        "$POSTGRES_PORT" "$AMQP_PORT" "$MANAGEMENT_PORT" "$EPMD_PORT" "$DIST_PORT"
}

refuse_taken_ports() {
    local port what
    while read -r port what; do
        if listening "$port"; then
            fail "port $port (for $what) is in use$(port_user "$port"); stop that, or choose another --port"
        fi
    done < <(wanted_ports)
}

port_user() {
    local user=''
    if command -v ss >/dev/null; then
        user=$(ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, process \2/p' | head -n 1)
    fi
    [[ -z $user ]] || printf ' by %s' "$user"
}

ec_private_key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null | openssl pkcs8 -topk8 -nocrypt -outform DER | base64 -w0
}

# Secrets are made once per installation and kept readable by its owner only. Production refuses
# those that begin with dev: instead of running on them.
make_secrets() {
    local file=$LOCAL/secrets service
    [[ -s $file ]] && return 0
    (
        umask 077
        {
            printf 'POSTGRES_PASSWORD=%s\nRABBITMQ_PASSWORD=%s\n' "$(random_word)" "$(random_word)"
            for service in "${DATABASE_SERVICES[@]}"; do
                printf 'PASSWORD_%s=%s\n' "${service^^}" "$(random_word)"
            done
            printf 'SIGNING_KEY=dev:%s\nSERVICE_KEY=dev:%s\n' "$(ec_private_key)" "$(ec_private_key)"
            printf 'ENCRYPTION_KEY=dev:%s\nLINK_KEY=dev:%s\n' "$(openssl rand -base64 32)" "$(openssl rand -base64 32)"
            printf 'STRIPE_WEBHOOK_SECRET=whsec_%s\n' "$(random_word 24)"
            printf 'DEMO_CLIENT=client@example.org:%s\n' "$(random_word 8)"
            printf 'DEMO_PRACTITIONER=ana.reyes@example.org:%s\n' "$(random_word 8)"
            printf 'DEMO_MODERATOR=moderator@example.org:%s\n' "$(random_word 8)"
            printf 'DEMO_OPERATOR=operator@example.org:%s\n' "$(random_word 8)"
        } >"$file.new"
    )
    mv "$file.new" "$file"
}

# load FILE: KEY=value lines into variables. What a person may set in the environment outweighs the file: keys and Stripe's settings.
load() {
    local line key value
    while read -r line; do
        key=${line%%=*} value=${line#*=}
        [[ $key =~ ^[A-Z][A-Z0-9_]*$ ]] || continue
        case $key in
            *_KEY | STRIPE_*) [[ -z ${!key:-} ]] || continue ;;
        esac
        printf -v "$key" '%s' "$value"
    done <"$1"
}

# A person's own settings, if there are any; the environment outweighs them. The services inherit them as they are.
load_own_settings() {
    local line key value
    [[ -f $ROOT/.env ]] || return 0
    while read -r line; do
        key=${line%%=*} value=${line#*=}
        if [[ $key =~ ^[A-Z][A-Z0-9_]*$ && -z ${!key:-} && -n $value ]]; then
            export "$key=$value"
        fi
    done <"$ROOT/.env"
}

database_url() {
    local password=PASSWORD_${1^^}
    printf 'postgresql://%s:%s@127.0.0.1:%s/%s' "$1" "${!password}" "$POSTGRES_PORT" "$1"
}

# For commands beside a running product: its ports, secrets and environment.
join_running() {
    [[ -s $LOCAL/env && -s $LOCAL/secrets ]] || return 1
    load "$LOCAL/env"
    load "$LOCAL/secrets"
    set_ports
    postgres_answers 2>/dev/null || return 1
    compose_environment
}

# Fills the array COMMON with what every service gets beside the inherited environment, as arguments for env(1).
compose_environment() {
    local service
    PUBLIC_URL=${PUBLIC_URL:-http://localhost:$PORT}
    MAIL_DIR=${MAIL_DIR:-$LOCAL/mail}
    STRIPE_SANDBOX_URL=http://localhost:$SANDBOX_PORT
    if [[ -z ${STRIPE_API_KEY:-} ]]; then
        STRIPE_API_BASE=$STRIPE_SANDBOX_URL
    else
        STRIPE_API_BASE=${STRIPE_API_BASE:-https://api.stripe.com}
    fi
    # By itself the C library keeps a pool of memory for each thread, and what was freed: some 20 MB of Listings at a million practitioners.
    COMMON=("MALLOC_ARENA_MAX=2" "MALLOC_TRIM_THRESHOLD_=131072" "ENVIRONMENT=${ENVIRONMENT:-Development}" "PORT=$PORT" "PUBLIC_URL=$PUBLIC_URL" "AMQP_URL=$(amqp_url)"
        "RABBITMQ_MANAGEMENT_URL=$(management_url)" "MAIL_DIR=$MAIL_DIR" "STRIPE_API_BASE=$STRIPE_API_BASE"
        "STRIPE_WEBHOOK_SECRET=$STRIPE_WEBHOOK_SECRET" "SERVICE_KEY=$SERVICE_KEY" "ENCRYPTION_KEY=$ENCRYPTION_KEY"
        "LINK_KEY=$LINK_KEY" "SIGNING_KEY=$SIGNING_KEY")
    [[ -z ${STRIPE_API_KEY:-} ]] || COMMON+=("STRIPE_API_KEY=$STRIPE_API_KEY")
    for service in "${SERVICES[@]}"; do
        COMMON+=("${service^^}_URL=http://127.0.0.1:$(peer_port "$service")")
    done
}

# A service gets its own database's address and nobody else's.
service_environment() {
    printf '%s\0' "${COMMON[@]}"
    case $1 in
        web) ;;
        *) printf 'DATABASE_URL_%s=%s\0' "${1^^}" "$(database_url "$1")" ;;
    esac
}

write_env() {
    local service
    (
        umask 077
        {
            printf 'PUBLIC_URL=%s\n' "$PUBLIC_URL"
            for service in "${DATABASE_SERVICES[@]}"; do
                printf 'DATABASE_URL_%s=%s\n' "${service^^}" "$(database_url "$service")"
            done
            printf 'AMQP_URL=%s\nRABBITMQ_MANAGEMENT_URL=%s\n' "$(amqp_url)" "$(management_url)"
            printf 'STRIPE_API_BASE=%s\nSTRIPE_WEBHOOK_SECRET=%s\nMAIL_DIR=%s\n' "$STRIPE_API_BASE" "$STRIPE_WEBHOOK_SECRET" "$MAIL_DIR"
            for service in "${SERVICES[@]}"; do
                printf '%s_URL=http://127.0.0.1:%s\n' "${service^^}" "$(peer_port "$service")"
            done
            printf 'DEMO_%s\n' "CLIENT=$DEMO_CLIENT" "PRACTITIONER=$DEMO_PRACTITIONER" "MODERATOR=$DEMO_MODERATOR" "OPERATOR=$DEMO_OPERATOR"
            printf 'PORT=%s\nCOPIES=%s\n' "$PORT" "$COPIES"
        } >"$LOCAL/env.new"
    )
    mv "$LOCAL/env.new" "$LOCAL/env"
}
