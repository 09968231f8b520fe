#!/usr/bin/env bash
# Installs the Debian packages that `make pictures` needs and that are missing: readable fonts with Chinese
# characters, and pngquant, which reduces a picture to a third of its size.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$PWD/.tools/setup-pictures.log

. scripts/debian-packages.sh

missing=()
type -P pngquant >/dev/null || missing+=(pngquant)
# Systems without fontconfig, such as macOS, come with such fonts.
if type -P fc-list >/dev/null; then
  [ -n "$(fc-list :lang=zh-cn family)" ] || missing+=(fonts-wqy-microhei)
  [ -n "$(fc-list Inter family)" ] || missing+=(fonts-inter)
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

type -P apt-get >/dev/null || fail "the pictures need these packages (their names are Debian's): ${missing[*]}"
mkdir -p .tools
before_apt_install "make pictures" "${missing[@]}"
echo "set-up: installing ${missing[*]} (a few seconds)"
apt_install "${missing[@]}" >"$log" 2>&1 </dev/null || fail "apt-get install failed, see $log"
