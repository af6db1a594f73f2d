#!/bin/sh
# Runs memcached in a container, as a user that owns nothing.
. /usr/local/lib/nua/server.sh

if [ "$(id -u)" = 0 ]; then
    become memcache "$@"
fi

# No UDP: it answers more than it is asked, to whatever address a packet claims to be from.
exec memcached --listen=0.0.0.0 --port=11211 --udp-port=0 --memory-limit="${MEMCACHED_MEMORY:-64}" "$@"
