#!/bin/sh
# Runs MariaDB in a container. On the first start it makes the databases in a folder of its own beside the final place,
# and moves them there with 'mysql', which holds the accounts, last: whenever it is killed before that, the next start begins anew.
. /usr/local/lib/nua/server.sh

DATA=/var/lib/mysql

if [ "$(id -u)" = 0 ]; then
    own mysql "$DATA"
    install -d -o mysql -g mysql /run/mysqld
    become mysql "$@"
fi

# As an SQL text.
text() {
    printf "'%s'" "$(printf %s "$1" | sed "s/\\\\/&&/g; s/'/''/g")"
}

# As an SQL identifier.
name() {
    printf '`%s`' "$(printf %s "$1" | sed 's/`/``/g')"
}

# Each statement on one line, as a server that is being made wants them. In the name of a database, _ stands for any letter.
accounts() {
    echo "FLUSH PRIVILEGES;"
    echo "CREATE USER root@'%' IDENTIFIED BY $(text "$MARIADB_ROOT_PASSWORD");"
    echo "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
    if [ -n "${MARIADB_DATABASE:-}" ]; then
        echo "CREATE DATABASE $(name "$MARIADB_DATABASE") CHARACTER SET utf8mb4;"
    fi
    if [ -n "${MARIADB_USER:-}" ]; then
        echo "CREATE USER $(text "$MARIADB_USER")@'%' IDENTIFIED BY $(text "$MARIADB_PASSWORD");"
        if [ -n "${MARIADB_DATABASE:-}" ]; then
            echo "GRANT ALL ON $(name "$(printf %s "$MARIADB_DATABASE" | sed 's/_/\\_/g')").* TO $(text "$MARIADB_USER")@'%';"
        fi
    fi
}

make_databases() {
    from_file MARIADB_ROOT_PASSWORD
    from_file MARIADB_DATABASE
    from_file MARIADB_USER
    from_file MARIADB_PASSWORD
    [ -n "${MARIADB_ROOT_PASSWORD:-}" ] || fail "MARIADB_ROOT_PASSWORD is not set: a new database needs a password."
    [ -z "${MARIADB_USER:-}" ] || [ -n "${MARIADB_PASSWORD:-}" ] || fail "MARIADB_PASSWORD is not set: the user needs a password."

    begin_data "$DATA" "databases"
    # Whoever may become root in this container is the administrator; the network needs the password.
    mariadb-install-db --no-defaults --datadir="$made" --skip-test-db --auth-root-authentication-method=socket \
        --auth-root-socket-user=root >/dev/null
    accounts | mariadbd --no-defaults --bootstrap --datadir="$made" --skip-networking
    finish_data "$DATA" mysql
}

if [ ! -d "$DATA/mysql" ]; then
    make_databases
fi
tidy_data "$DATA"

unset MARIADB_ROOT_PASSWORD MARIADB_ROOT_PASSWORD_FILE MARIADB_PASSWORD MARIADB_PASSWORD_FILE
exec mariadbd --datadir="$DATA" --socket=/run/mysqld/mysqld.sock --pid-file=/run/mysqld/mysqld.pid --bind-address='*' \
    --skip-name-resolve --character-set-server=utf8mb4 --ignore-db-dirs=lost+found "$@"
