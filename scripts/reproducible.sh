#!/usr/bin/env bash
# Builds the package of the current commit twice, from scratch, and compares the module and the tarball
# byte for byte. What a machine and a user may bring along is different each time: the folder and the
# length of its name, the umask, the time zone, the locale. The second build is without the packages for
# development, as the release's.
#
# Shared by both, and why that hides nothing:
#   - the download caches of cargo and npm: both lock files hold the checksum of everything they install;
#   - .tools, copied: the tools are pinned, and dist/*.build-info.json names their versions. wasm-bindgen's,
#     which writes lib/wasm/core.js and works on the module, is its own release, whatever it was built with.
#     Where the set-up had to build the standard library for WebAssembly, that is among them.
# No time stamp reaches the module or the tarball, so there is no need for SOURCE_DATE_EPOCH.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  printf 'reproducible: %s\n' "$@" >&2
  exit 1
}

changes=$(git status --porcelain) || fail "this is no git checkout: there is no commit to build"
[ -z "$changes" ] || fail "the tree has changes that are in no commit, and it is the commit that is built: commit or stash them" "$changes"
commit=$(git rev-parse HEAD)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES MFLAGS

build() { # FOLDER UMASK TIME_ZONE LOCALE OMITTED_PACKAGES
  echo "reproducible: building ${commit:0:12} in $1 (one to two minutes)"
  # The last touch: markers newer than those scripts of the clone that would set up what is copied.
  (
    umask "$2" && export TZ=$3 LC_ALL=$4 npm_config_omit=$5 &&
      git clone --quiet --no-checkout "$PWD" "$1" &&
      git -C "$1" checkout --quiet --detach "$commit" &&
      cp -R .tools "$1/.tools" && touch "$1"/.tools/ready/* &&
      make -C "$1" --no-print-directory package
  ) >"$1.log" 2>&1 || fail "the build in $1 failed:" "$(tail -n 40 "$1.log")"
}

one=$work/1
two="$work/2, in a folder with spaces and a longer name"
build "$one" 022 UTC C ""
build "$two" 077 Asia/Shanghai C.UTF-8 dev

difference=
for file in target/pkg/wasm/core_bg.wasm dist/connector-tencent-sms-wasm-*.tgz; do
  file=$(cd "$one" && compgen -G "$file")
  if cmp "$one/$file" "$two/$file"; then
    (cd "$one" && sha256sum "$file")
  else
    difference=yes
  fi
done
if [ "$difference" ]; then
  trap - EXIT
  fail "two builds of $commit differ; they are left in $work"
fi
echo "reproducible: the same bytes twice"
