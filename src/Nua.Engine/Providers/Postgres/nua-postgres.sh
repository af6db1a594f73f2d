#!/bin/sh
# Runs PostgreSQL in a container. On the first start it makes the cluster, in a folder of its own beside the final place,
# and moves it there with PG_VERSION last: whenever it is killed before that, the next start begins anew.
set -eu

fail() {
    echo "nua-postgres: $1" >&2
    exit 1
}

# Sets NAME from the file that NAME_FILE names, if it is given that way.
from_file() {
    eval "file=\${$1_FILE:-}"
    if [ -n "$file" ]; then
        value=$(cat "$file") || fail "$1_FILE names '$file', which cannot be read."
        export "$1=$value"
        unset "$1_FILE"
    fi
}

# As an SQL identifier.
quoted() {
    printf '"%s"' "$(printf %s "$1" | sed 's/"/""/g')"
}

PGDATA=${PGDATA:-/var/lib/postgresql/data}
making=$PGDATA/.nua-making

if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" /run/postgresql
    chown postgres:postgres /run/postgresql
    if [ "$(stat -c %u "$PGDATA")" != "$(id -u postgres)" ]; then
        chown -R postgres:postgres "$PGDATA"
    fi
    chmod 700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --init-groups --inh-caps=-all -- "$0" "$@"
fi

make_cluster() {
    from_file POSTGRES_USER
    from_file POSTGRES_PASSWORD
    from_file POSTGRES_DB
    user=${POSTGRES_USER:-postgres}
    database=${POSTGRES_DB:-$user}
    [ -n "${POSTGRES_PASSWORD:-}" ] || fail "POSTGRES_PASSWORD is not set: a new database needs a password."

    if [ ! -d "$making" ] && [ -n "$(find "$PGDATA" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)" ]; then
        fail "$PGDATA holds files but no database cluster: give this server an empty volume."
    fi
    # The marker comes before anything it marks, and what lies beside it is what an earlier start left half made.
    mkdir -p "$making"
    find "$PGDATA" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name .nua-making -exec rm -rf {} +
    rm -rf "$making/cluster"

    # shellcheck disable=SC2086 # the arguments are to be split
    printf '%s\n' "$POSTGRES_PASSWORD" | initdb --pgdata="$making/cluster" --username="$user" --pwfile=/dev/stdin \
        --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums --no-instructions \
        ${POSTGRES_INITDB_ARGS:-}
    # Whoever may become postgres in this container is the administrator; the network needs the password.
    sed -i 's/^\(local.*\)peer$/\1peer map=nua/' "$making/cluster/pg_hba.conf"
    echo "host all all all scram-sha-256" >> "$making/cluster/pg_hba.conf"
    echo "nua postgres $(quoted "$user")" >> "$making/cluster/pg_ident.conf"
    if [ "$database" != postgres ]; then
        echo "CREATE DATABASE $(quoted "$database")" | postgres --single -D "$making/cluster" postgres
    fi

    find "$making/cluster" -mindepth 1 -maxdepth 1 ! -name PG_VERSION -exec mv -t "$PGDATA" {} +
    sync
    mv "$making/cluster/PG_VERSION" "$PGDATA/"
    sync
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    make_cluster
fi
rm -rf "$making"

unset POSTGRES_PASSWORD POSTGRES_PASSWORD_FILE
exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/run/postgresql "$@"
