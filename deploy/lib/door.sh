# shellcheck shell=bash
# The door: nginx, unprivileged, with everything it writes under $LOCAL/nginx. Needs common.sh, supervise.sh and settings.sh.

# upstream NAME: every copy of a service. A copy that refuses a connection is passed over at once, so none needs to be taken for
# dead for a while: on a busy machine a slow answer from each would leave nobody to ask.
upstream() {
    local copy
    printf 'upstream %s {\n' "$1"
    for ((copy = 1; copy <= COPIES; copy++)); do
        printf '    server 127.0.0.1:%s max_fails=0;\n' "$(copy_port "$1" "$copy")"
    done
    printf '    keepalive 128;\n}\n'
}

# With two copies the services call each other through here, so that one copy's death is not the other services' failure.
inner_way() {
    cat <<CONF
server {
    listen 127.0.0.1:$(peer_port "$1");
    client_max_body_size 16m;
    access_log off;
    location / {
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host \$http_host;
        proxy_connect_timeout 1s;
        proxy_read_timeout 10s;
        proxy_next_upstream error;
        proxy_pass http://$1;
    }
}
CONF
}

write_here_conf() {
    local service scheme=http
    [[ $PUBLIC_URL != https:* ]] || scheme=https
    # shellcheck disable=SC2016 # The names are nginx's.
    printf 'geo $public_scheme { default %s; }\ngeo $rate_limits { default %s; }\n' "$scheme" "${RATE_LIMITS:-on}"
    for service in "${SERVICES[@]}"; do upstream "$service"; done
    if ((COPIES > 1)); then
        for service in "${SERVICES[@]}"; do inner_way "$service"; done
    fi
}

write_nginx_conf() {
    local home=$LOCAL/nginx
    ((EUID != 0)) || printf 'user root;\n'
    cat <<CONF
worker_processes 2;
daemon off;
pid $home/nginx.pid;
error_log $LOCAL/logs/nginx.log crit;
events { worker_connections 4096; }
http {
    client_body_temp_path $home/body;
    proxy_temp_path $home/proxy;
    fastcgi_temp_path $home/fastcgi;
    uwsgi_temp_path $home/uwsgi;
    scgi_temp_path $home/scgi;
    proxy_cache_path $home/places keys_zone=places:2m max_size=16m inactive=10s use_temp_path=off;
    proxy_cache_path $home/sitemap keys_zone=sitemap:1m max_size=1m inactive=1h use_temp_path=off;
    include here.conf;
    include door.conf;
    access_log $LOCAL/logs/nginx.log door;
}
CONF
}

prepare_nginx() {
    local home=$LOCAL/nginx
    mkdir -p "$home"
    cp "$DEPLOY"/nginx/*.conf "$home/"
    write_here_conf >"$home/here.conf"
    {
        printf 'listen 127.0.0.1:%s backlog=1024;\n' "$PORT"
        [[ ! -e /proc/net/if_inet6 ]] || ! grep -q '^0\{31\}1 ' /proc/net/if_inet6 || printf 'listen [::1]:%s backlog=1024;\n' "$PORT"
    } >"$home/listen.conf"
    write_nginx_conf >"$home/nginx.conf"
    nginx -t -q -p "$home" -e stderr -c "$home/nginx.conf" >>"$LOCAL/logs/nginx.log" 2>&1
}

start_nginx() { launch nginx nginx -p "$LOCAL/nginx" -e stderr -c "$LOCAL/nginx/nginx.conf"; }
