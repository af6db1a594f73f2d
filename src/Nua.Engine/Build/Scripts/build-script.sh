#!/bin/bash
# Runs a package's build script as root, in one layer: build-script.sh SCRIPT [PACKAGE...]
# The packages are lent to it, and what is mounted in the folder of this file; what it installs itself stays in the image.
set -euo pipefail
lent=${BASH_SOURCE[0]%/*}
script=$1
shift
work=$(mktemp -d)
links=()
export DEBIAN_FRONTEND=noninteractive PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1

manual() { apt-mark showmanual | LC_ALL=C sort; }

lend() {
  manual >"$work/before"
  apt-get update -qq -o APT::Update::Error-Mode=any
  apt-get install -y -qq --no-install-recommends "$@"
  manual | LC_ALL=C comm -13 "$work/before" - >"$work/packages"
}

# place WHAT WHERE: what is lent, where it is looked for.
place() {
  if [[ -e $lent/$1 ]]; then
    ln -s "$lent/$1" "$2"
    links+=("$2")
  fi
}

# What something else needs by now stays.
take_back() {
  manual | LC_ALL=C comm -12 "$work/packages" - | xargs -r apt-mark auto >/dev/null
  apt-get autoremove -y -qq --purge -o APT::AutoRemove::SuggestsImportant=false
}

# give USER PLACE [CONDITION...]: only what is not theirs, for every changed file is one more in the layer.
give() {
  local user=$1
  shift
  find "$@" ! -user "$user" -exec chown -h "$user:$user" {} +
}

if (($# > 0)); then lend "$@"; fi
place python /usr/lib/python3/dist-packages/nua
place pip /opt/pip

case $script in
  *.py) python3 "$script" ;;
  *) bash -e -o pipefail "$script" ;;
esac

rm -rf "${links[@]}"
if (($# > 0)); then take_back; fi

rm -rf "$work" /nua/metadata /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/log/alternatives.log \
  /var/cache/ldconfig/aux-cache
give 1000 /nua -mindepth 1 -path /nua/venv -prune -o
if [[ -d /nua/venv ]]; then give "${NUA_VENV_OWNER:-1000}" /nua/venv; fi
install -d -o 0 -g 1000 -m 1775 /nua
