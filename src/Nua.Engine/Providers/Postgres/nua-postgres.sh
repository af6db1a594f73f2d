#!/bin/sh
# Runs PostgreSQL in a container. On the first start it makes the cluster, in a folder of its own beside the final place,
# and moves it there with PG_VERSION last: whenever it is killed before that, the next start begins anew.
. /usr/local/lib/nua/server.sh

# As an SQL identifier.
quoted() {
    printf '"%s"' "$(printf %s "$1" | sed 's/"/""/g')"
}

PGDATA=${PGDATA:-/var/lib/postgresql/data}

if [ "$(id -u)" = 0 ]; then
    own postgres "$PGDATA"
    install -d -o postgres -g postgres /run/postgresql
    become postgres "$@"
fi

make_cluster() {
    from_file POSTGRES_USER
    from_file POSTGRES_PASSWORD
    from_file POSTGRES_DB
    user=${POSTGRES_USER:-postgres}
    database=${POSTGRES_DB:-$user}
    [ -n "${POSTGRES_PASSWORD:-}" ] || fail "POSTGRES_PASSWORD is not set: a new database needs a password."

    begin_data "$PGDATA" "database cluster"

    # How to start what was made is this script's to know; PostgreSQL 13 cannot be told to keep it to itself.
    instructions=
    if initdb --help | grep -q -e --no-instructions; then
        instructions=--no-instructions
    fi

    # shellcheck disable=SC2086 # the arguments are to be split
    printf '%s\n' "$POSTGRES_PASSWORD" | initdb --pgdata="$made" --username="$user" --pwfile=/dev/stdin \
        --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums $instructions \
        ${POSTGRES_INITDB_ARGS:-}
    # Whoever may become postgres in this container is the administrator; the network needs the password.
    sed -i 's/^\(local.*\)peer$/\1peer map=nua/' "$made/pg_hba.conf"
    echo "host all all all scram-sha-256" >> "$made/pg_hba.conf"
    echo "nua postgres $(quoted "$user")" >> "$made/pg_ident.conf"
    if [ "$database" != postgres ]; then
        echo "CREATE DATABASE $(quoted "$database")" | postgres --single -D "$made" postgres
    fi

    finish_data "$PGDATA" PG_VERSION
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    make_cluster
fi
tidy_data "$PGDATA"

unset POSTGRES_PASSWORD POSTGRES_PASSWORD_FILE
exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/run/postgresql "$@"
