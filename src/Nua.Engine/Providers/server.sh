# shellcheck shell=sh
# What the starts of Nua's images of servers share. They source it.
set -eu

fail() {
    echo "${0##*/}: $1" >&2
    exit 1
}

# from_file NAME: sets NAME from the file that NAME_FILE names, if it is given that way.
from_file() {
    eval "file=\${$1_FILE:-}"
    if [ -n "$file" ]; then
        value=$(cat "$file") || fail "$1_FILE names '$file', which cannot be read."
        export "$1=$value"
        unset "$1_FILE"
    fi
}

# own USER FOLDER...: the folders are there and USER's; nobody else looks into them.
own() {
    owner=$1
    shift
    for folder; do
        mkdir -p "$folder"
        if [ "$(stat -c %u "$folder")" != "$(id -u "$owner")" ]; then
            chown -R "$owner:" "$folder"
        fi
        chmod 700 "$folder"
    done
}

# become USER ARGUMENT...: begins this program again as USER, who is nobody in particular.
become() {
    user=$1
    shift
    exec setpriv --reuid="$user" --regid="$user" --init-groups --inh-caps=-all -- "$0" "$@"
}

# begin_data FOLDER WHAT: makes $made, in which WHAT is made before it is moved into FOLDER. What a start that was killed left half
# made is thrown away; files of anybody else are left alone.
begin_data() {
    making=$1/.nua-making
    made=$making/made
    if [ ! -d "$making" ] && [ -n "$(find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)" ]; then
        fail "$1 holds files but no $2: give this server an empty volume."
    fi
    # The marker comes before anything it marks.
    mkdir -p "$making"
    find "$1" -mindepth 1 -maxdepth 1 ! -name lost+found ! -name .nua-making -exec rm -rf {} +
    find "$making" -mindepth 1 -delete
    mkdir -m 700 "$made"
}

# finish_data FOLDER LAST: moves what was made into FOLDER, and LAST last: where that is, everything is.
finish_data() {
    find "$made" -mindepth 1 -maxdepth 1 ! -name "$2" -exec mv -t "$1" {} +
    sync
    mv "$made/$2" "$1/"
    sync
}

# tidy_data FOLDER: removes what begin_data needed.
tidy_data() {
    rm -rf "$1/.nua-making"
}
