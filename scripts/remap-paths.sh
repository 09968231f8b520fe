#!/usr/bin/env bash
# Prints compiler flags in the form of CARGO_ENCODED_RUSTFLAGS: remap-paths.sh RUSTC
# The flags keep this machine's folders out of the WebAssembly module, whose panic messages contain the names of
# source files. With the flags, the standard library and the crates have the same names on every machine, so the
# same compiler makes the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

rustc=$1
std=$("$rustc" --print sysroot)/lib/rustlib/src/rust
commit=$("$rustc" --version --verbose | sed -n 's/^commit-hash: //p')

flags=("--remap-path-prefix=$PWD=.")
# rustup's standard library was compiled under the name /rustc/COMMIT. Debian's sources are reached through a link,
# so both paths are replaced.
for folder in "$std" "$(realpath -m "$std")"; do
  flags+=("--remap-path-prefix=$folder=/rustc/$commit")
done
# cargo has one folder for each registry or mirror.
for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
  flags+=("--remap-path-prefix=${folder%/}=/crates")
done
(IFS=$'\x1f' && printf '%s' "${flags[*]}")
