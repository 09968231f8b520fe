#!/usr/bin/env bash
# Makes sure that `make pictures` has what it needs from the system: readable fonts, with Chinese characters,
# and pngquant, which makes a picture a third of its size. Debian's packages are installed where they are
# missing.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$PWD/.tools/setup-pictures.log

fail() {
  printf 'set-up: %s\n' "$@" >&2
  exit 1
}

missing=()
type -P pngquant >/dev/null || missing+=(pngquant)
# Systems without fontconfig, such as macOS, have such fonts.
if type -P fc-list >/dev/null; then
  [ -n "$(fc-list :lang=zh-cn family)" ] || missing+=(fonts-wqy-microhei)
  [ -n "$(fc-list Inter family)" ] || missing+=(fonts-inter)
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

if ! type -P apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  fail "the pictures need these packages (their names are Debian's): ${missing[*]}" \
    "On Debian, as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
fi
echo "set-up: installing ${missing[*]} for the pictures (a few seconds)"
mkdir -p .tools
{ apt-get update && scripts/apt-install.sh "${missing[@]}"; } >"$log" 2>&1 </dev/null ||
  fail "apt-get failed, see $log"
