#!/bin/sh
# Fails when a page refers to a file that is not there: check-links.sh FOLDER
set -eu
cd "$1"

status=0
for page in *.html; do
  # The targets of href and src, without fragments; addresses with a scheme are other people's business.
  for target in $(grep -oE '(href|src)="[^"#]+' "$page" | cut -d'"' -f2 | grep -vE '^[a-z]+:' | sort -u); do
    if [ ! -e "${target#/}" ]; then
      echo "$page refers to $target, which does not exist."
      status=1
    fi
  done
done
exit $status
