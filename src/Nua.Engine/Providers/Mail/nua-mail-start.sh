#!/bin/sh
# Runs the mail server for development in a container, as an ordinary user.
. /usr/local/lib/nua/server.sh

if [ "$(id -u)" = 0 ]; then
    own nua-mail /var/lib/nua-mail
    become nua-mail "$@"
fi

from_file MAIL_USER
from_file MAIL_PASSWORD
exec /usr/local/bin/nua-mail
