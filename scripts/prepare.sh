# Sourced by ./run, ./test, ./nua and bench/run: what Nua needs on a Debian machine, and the build of Nua itself.
# Everything here is safe to repeat; what is there already is used as it is.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin=$root/artifacts/nua/bin

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
[[ -t 2 && -z ${NO_COLOR:-} ]] || say() { printf '%s\n' "$*" >&2; }

die() { printf 'error: %s\n hint: %s\n' "$1" "$2" >&2; exit "${3:-1}"; }

as_root() { if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi; }

# install_missing PACKAGE...: installs the Debian packages that are not there.
install_missing() {
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "Installing ${missing[*]}"
  as_root apt-get update -qq >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    die "apt-get could not install ${missing[*]}" "Run 'apt-get install ${missing[*]}' to see why." 8
}

engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# have_engine: a running Docker Engine is used as it is; else Debian's is installed and started.
have_engine() {
  engine_answers && return 0
  [[ -x /usr/sbin/dockerd || -x /usr/bin/dockerd ]] || install_missing docker.io iptables
  say "Starting Docker Engine"
  if [[ -d /run/systemd/system ]]; then
    as_root systemctl start docker >&2
  else
    as_root mkdir -p "$root/.nua/engine"
    as_root setsid --fork dockerd --pidfile "$root/.nua/engine/dockerd.pid" >"$root/.nua/engine/dockerd.log" 2>&1 </dev/null
  fi
  local waited
  for ((waited = 0; waited < 300; waited++)); do
    engine_answers && return 0
    sleep 0.1
  done
  die "Docker Engine does not answer." "See $root/.nua/engine/dockerd.log, or 'systemctl status docker'." 8
}

have_dotnet() {
  command -v dotnet >/dev/null ||
    die "The .NET SDK is not installed." "Install .NET SDK 10: https://learn.microsoft.com/dotnet/core/install/linux-debian" 8
}

# What the build of Nua needs beside the SDK (the linker of native binaries), and what Nua needs to make images.
have_tools() { install_missing clang lld zlib1g-dev mmdebstrap zstd ca-certificates curl; }

# build_nua: native binaries in artifacts/nua/bin; quick when no source changed.
build_nua() {
  local wanted
  wanted=$(cd "$root" && find src python/nua Directory.*.props global.json -type f -not -path '*/obj/*' -not -path '*/bin/*' -not -name '*.pyc' -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
  [[ -f $bin/.built && $(<"$bin/.built") == "$wanted" ]] && return 0
  say "Building Nua (native binaries; some minutes the first time)"
  mkdir -p "$bin" "$root/artifacts/nua/log"
  local project
  for project in Nua.Agent Nua.Cli Nua.Gateway Nua.Server; do
    dotnet publish "$root/src/$project" -c Release -r linux-x64 -o "$root/artifacts/nua/publish/$project" -v quiet --nologo \
      >"$root/artifacts/nua/log/$project.log" 2>&1 ||
      { tail -n 20 "$root/artifacts/nua/log/$project.log" >&2; die "$project could not be built." "The lines above say why." 5; }
    find "$root/artifacts/nua/publish/$project" -maxdepth 1 -type f ! -name '*.dbg' ! -name '*.pdb' ! -name '*.xml' -exec cp -f {} "$bin/" \;
  done
  echo "$wanted" >"$bin/.built"
}
