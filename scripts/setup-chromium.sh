#!/usr/bin/env bash
# Finds Chromium or Chrome for the browser tests, or installs Debian's package, and writes the path of the
# program to a file: setup-chromium.sh FILE
set -euo pipefail
cd "$(dirname "$0")/.."

file=$1
log=$PWD/.tools/setup-chromium.log

. scripts/debian-packages.sh

find_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then
    type -P "$CHROMIUM" || fail "CHROMIUM=$CHROMIUM is no program"
    return
  fi
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    /Applications/Chromium.app/Contents/MacOS/Chromium; do
    type -P "$name" && return
  done
  return 1
}

install_chromium() {
  if ! type -P apt-get >/dev/null || ! grep -qs '^ID=debian$' /etc/os-release; then
    fail "no Chromium or Chrome was found for the browser tests. Install one, or name it: CHROMIUM=/path/to/chromium"
  fi
  before_apt_install "make test" chromium
  echo "set-up: installing Debian's chromium for the browser tests (about a minute, 100 MB to fetch)"
  apt_install chromium >"$log" 2>&1 </dev/null || fail "apt-get install failed, see $log"
}

mkdir -p "$(dirname "$file")" .tools
# The assignment is a command of its own, so that a failure inside find_chromium ends the script.
if ! path=$(find_chromium); then
  [ -z "${CHROMIUM:-}" ] || exit 1
  install_chromium
  path=$(find_chromium) || fail "Debian's chromium is installed, but not on the PATH"
fi
version=$("$path" --version 2>/dev/null) || fail "$path does not run. Name another one: CHROMIUM=/path/to/chromium"
printf '%s\n' "$path" >"$file"
echo "set-up: browser tests run in $version"
