#!/usr/bin/env bash
# Prints the compiler flags that keep this machine's folders out of the wasm module (its panic messages
# name source files), in the form of CARGO_ENCODED_RUSTFLAGS: remap-paths.sh RUSTC
# The standard library and the crates have the same names everywhere, so the same compiler makes the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

rustc=$1
std=$("$rustc" --print sysroot)/lib/rustlib/src/rust
commit=$("$rustc" --version --verbose | sed -n 's/^commit-hash: //p')

flags=("--remap-path-prefix=$PWD=.")
# The name under which rustup's standard library was compiled. Debian's sources are behind a link.
for folder in "$std" "$(realpath -m "$std")"; do
  flags+=("--remap-path-prefix=$folder=/rustc/$commit")
done
# One folder for each registry or mirror.
for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
  flags+=("--remap-path-prefix=${folder%/}=/crates")
done
(IFS=$'\x1f' && printf '%s' "${flags[*]}")
