#!/bin/sh
# Runs Redis in a container: nua-redis cache, or nua-redis durable.
. /usr/local/lib/nua/server.sh

kind=$1
if [ "$(id -u)" = 0 ]; then
    own redis /data
    become redis "$@"
fi

from_file REDIS_PASSWORD

settings() {
    cat <<'END'
bind * -::*
protected-mode no
port 6379
dir /data
logfile ""
END
    case $kind in
        cache)
            echo 'save ""'
            echo "appendonly no"
            echo "maxmemory ${REDIS_MAXMEMORY:-128mb}"
            echo "maxmemory-policy allkeys-lru"
            ;;
        durable)
            echo "appendonly yes"
            echo "appendfsync everysec"
            echo "maxmemory ${REDIS_MAXMEMORY:-0}"
            echo "maxmemory-policy noeviction"
            ;;
        *) fail "'$kind' is neither cache nor durable." ;;
    esac
    if [ -n "${REDIS_PASSWORD:-}" ]; then
        printf 'requirepass "%s"\n' "$(printf %s "$REDIS_PASSWORD" | sed 's/[\\"]/\\&/g')"
    fi
}

# By its input: no command line, environment or file has the password.
settings=$(settings)
unset REDIS_PASSWORD
exec redis-server - <<END
$settings
END
