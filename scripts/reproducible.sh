#!/usr/bin/env bash
# Builds the package of the current commit twice, from scratch, and compares the module and the tarballs byte for
# byte. Everything that depends on the machine or the user is different in the second build: the folder and the
# length of its name, the umask, the time zone, the locale. Like the release, the second build has no packages for
# development.
#
# Both builds share two things, which cannot hide a difference:
#   - The download caches of cargo and npm. Both lock files contain the checksum of everything that is installed.
#   - A copy of .tools. The versions of the tools are pinned and listed in dist/*.build-info.json. The version of
#     wasm-bindgen, which writes lib/wasm/core.js and changes the module, decides what it does, however it was built.
#     If the set-up had to build the standard library for WebAssembly, .tools contains it too.
# Neither the module nor a tarball contains a time stamp, so SOURCE_DATE_EPOCH is not needed.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  printf 'reproducible: %s\n' "$@" >&2
  exit 1
}

changes=$(git status --porcelain) || fail "this is no git checkout, so there is no commit to build"
[ -z "$changes" ] || fail "the build uses the commit, but the working tree has changes: commit or stash them" "$changes"
commit=$(git rev-parse HEAD)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES MFLAGS

build() { # FOLDER UMASK TIME_ZONE LOCALE OMITTED_PACKAGES
  echo "reproducible: building ${commit:0:12} in $1 (one to two minutes)"
  # The markers of .tools must be newer than the scripts of the clone, or make would set up the tools again.
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
for file in target/pkg/wasm/core_bg.wasm target/pkg/cli/wasm/core_bg.wasm dist/connector-tencent-sms-wasm-*.tgz dist/*.tar.gz dist/sandbox/*.tgz; do
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
