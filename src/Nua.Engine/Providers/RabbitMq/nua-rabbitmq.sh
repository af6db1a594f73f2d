#!/bin/sh
# Runs RabbitMQ in a container. What it makes on its first start it makes with the account that the environment names.
. /usr/local/lib/nua/server.sh

DATA=/var/lib/rabbitmq

if [ "$(id -u)" = 0 ]; then
    own rabbitmq "$DATA" /var/log/rabbitmq
    become rabbitmq "$@"
fi

from_file RABBITMQ_DEFAULT_USER
from_file RABBITMQ_DEFAULT_PASS
[ -n "${RABBITMQ_DEFAULT_PASS:-}" ] || fail "RABBITMQ_DEFAULT_PASS is not set: the user needs a password."

# In memory, for this user alone: no command line and no environment of the server has the password.
umask 077
cat >/dev/shm/rabbitmq.conf <<END
listeners.tcp.default = ${RABBITMQ_PORT:-5672}
default_user = ${RABBITMQ_DEFAULT_USER:-guest}
default_pass = $RABBITMQ_DEFAULT_PASS
default_vhost = ${RABBITMQ_DEFAULT_VHOST:-/}
loopback_users = none
log.console = true
log.console.level = info
log.file = false
END
umask 022
unset RABBITMQ_DEFAULT_USER RABBITMQ_DEFAULT_PASS RABBITMQ_DEFAULT_VHOST RABBITMQ_PORT

export HOME="$DATA" RABBITMQ_CONFIG_FILE=/dev/shm/rabbitmq RABBITMQ_LOGS=-
# Its data carries the node's name, which must not be the container's. The talk between nodes stays inside.
export RABBITMQ_NODENAME=rabbit@localhost ERL_EPMD_ADDRESS=127.0.0.1
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
# The runtime reserves memory for as many files as it might open.
ulimit -n 65536 2>/dev/null || true
# With an input it is the runtime itself that runs, and hears the signals.
export RABBITMQ_ALLOW_INPUT=1
exec /usr/lib/rabbitmq/bin/rabbitmq-server -noinput
