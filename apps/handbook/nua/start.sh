#!/bin/bash
# Runs as user nua. The templates are filled by now: nginx.conf knows the port, the pages know the house.
nginx -e stderr -t -q -c /etc/nginx/handbook.conf
exec nginx -e stderr -c /etc/nginx/handbook.conf
