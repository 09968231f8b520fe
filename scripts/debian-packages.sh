# shellcheck shell=bash
# Functions for the set-up scripts that need Debian packages. A script that sources this file defines `log`.

fail() {
  printf 'set-up: %s\n' "$@" >&2
  exit 1
}

# Runs apt-get install. Nothing is upgraded or removed, because that is never this project's decision.
apt_install() { # [--simulate] PACKAGE...
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-upgrade --no-remove \
    -o DPkg::Lock::Timeout=120 "$@"
}

# Refreshes the package lists if the packages may be installed, and ends the script if not. Only root can install
# them. Root is asked first at a terminal; without one, or with CI set, nobody could answer.
before_apt_install() { # PURPOSE PACKAGE...
  local purpose=$1 answer
  shift
  local how=("Install them as root, then try again:" "  apt-get update && apt-get install --no-install-recommends $*")
  [ "$(id -u)" -eq 0 ] || fail "$purpose needs Debian packages: $*" "${how[@]}"
  if [ -t 0 ] && [ -z "${CI:-}" ]; then
    read -r -p "set-up: $purpose needs Debian packages: $*. Install them now? [Y/n] " answer || answer=no
    [[ $answer =~ ^([Yy].*)?$ ]] || fail "nothing was installed" "${how[@]}"
  fi
  echo "set-up: refreshing Debian's package lists (a few seconds)"
  apt-get update >"$log" 2>&1 || fail "apt-get update failed, see $log"
}
