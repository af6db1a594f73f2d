#!/bin/bash
# Whether memcached answers.
set -eu
exec 3<>/dev/tcp/127.0.0.1/11211
printf 'version\r\nquit\r\n' >&3
IFS= read -r -t 3 answer <&3
[[ $answer == VERSION* ]]
