#!/bin/sh
# Deploys the guestbook with plain docker commands, as one would by hand: what `nua deploy` is measured against.
#
#   deploy.sh up NAME APP_IMAGE POSTGRES_IMAGE     one line per step on stdout: its name, a tab, milliseconds
#   deploy.sh down NAME                            removes what `up NAME` made, data included
#
# POSTGRES_IMAGE takes POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB, as the official image does. Where docker is
# not the first one in the path, set DOCKER. A deployment that fails is removed again; the exit code is then 1.
set -eu

docker=${DOCKER:-docker}
patience_seconds=60

main() {
  case "${1:-}-$#" in
    up-4) up "$2" "$3" "$4" ;;
    down-2) down "$2" ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
}

up() {
  name=$1 app_image=$2 postgres_image=$3
  # In a file that only we can read: arguments are visible to every user of the machine.
  secrets=$(mktemp)
  trap clean_up EXIT
  trap 'exit 1' INT TERM
  password=$(random)
  cat > "$secrets" <<END
POSTGRES_USER=guestbook
POSTGRES_PASSWORD=$password
POSTGRES_DB=guestbook
DB_HOST=database
DB_PORT=5432
DB_NAME=guestbook
DB_USER=guestbook
DB_PASSWORD=$password
SECRET_KEY=$(random)
UPLOADS=/nua/app/uploads
END

  began=$(now)
  step network      "$docker" network create "$name"
  step db-volume    "$docker" volume create "$name-database"
  step db-start     "$docker" run --detach --name "$name-database" --network "$name" --network-alias database \
                      --env-file "$secrets" --volume "$name-database:/var/lib/postgresql/data" "$postgres_image"
  step db-ready     wait_until database_answers
  step app-volume   "$docker" volume create "$name-uploads"
  step app-start    "$docker" run --detach --name "$name" --network "$name" --env-file "$secrets" \
                      --volume "$name-uploads:/nua/app/uploads" "$app_image"
  step app-healthy  wait_until app_answers
  printf 'total\t%d\n' $(($(now) - began))
  printf 'It answers on http://%s:8000/\n' "$(address)" >&2
}

down() {
  "$docker" rm --force "$1" "$1-database" > /dev/null 2>&1 || true
  "$docker" volume rm --force "$1-uploads" "$1-database" > /dev/null 2>&1 || true
  "$docker" network rm "$1" > /dev/null 2>&1 || true
}

clean_up() {
  code=$?
  rm -f "$secrets"
  if [ $code -ne 0 ]; then
    "$docker" logs --tail 20 "$name" >&2 || true
    down "$name"
  fi
}

step() {
  step_name=$1 step_began=$(now)
  shift
  "$@" > /dev/null
  printf '%s\t%d\n' "$step_name" $(($(now) - step_began))
}

wait_until() {
  deadline=$(($(now) + patience_seconds * 1000))
  until "$@" > /dev/null 2>&1; do
    [ "$(now)" -lt $deadline ] || { echo "$1: not within $patience_seconds seconds." >&2; return 1; }
    sleep 0.05
  done
}

# Over TCP: while the image still initialises itself, PostgreSQL listens on its socket only.
database_answers() { "$docker" exec "$name-database" pg_isready --quiet --host 127.0.0.1 --username guestbook; }

app_answers() { curl --silent --fail --max-time 2 "http://$(address):8000/health"; }

address() { "$docker" inspect --format "{{(index .NetworkSettings.Networks \"$name\").IPAddress}}" "$name"; }

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

now() { date +%s%3N; }

main "$@"
