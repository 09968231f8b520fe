#!/usr/bin/env bash
# Builds the core into a folder: core_bg.wasm, its loader core.js, and their type declarations:
#   build-wasm.sh FOLDER [FLAG OF CARGO BUILD...]
set -euo pipefail
cd "$(dirname "$0")/.."

out=$1
shift
new=target/wasm/pkg

fail() {
  echo "build-wasm: $1" >&2
  exit 1
}
tools() {
  scripts/with-wasm-tools.sh "$@"
}

echo "build-wasm: compiling the core for WebAssembly (a minute from scratch) and optimising it (10 seconds): $*"
# The crates are fetched first, because remap-paths.sh needs the registry's folder.
tools cargo fetch --quiet --target wasm32-unknown-unknown || fail "the crates could not be fetched, see above"
rustc=$(tools bash -c 'command -v rustc')
CARGO_ENCODED_RUSTFLAGS=$(scripts/remap-paths.sh "$rustc")
export CARGO_ENCODED_RUSTFLAGS

crate=target/wasm/wasm32-unknown-unknown/release/connector_tencent_sms_wasm.wasm
tools cargo build --quiet --locked --release --lib --target wasm32-unknown-unknown "$@" ||
  fail "the core does not build for WebAssembly, see above"
# The target "web" is plain ESM that takes a compiled module, so that the core loads synchronously. The second flag
# adds a function that makes a fresh instance after a trap. wasm-pack build has no such flag.
rm -rf "$new"
tools wasm-bindgen --target web --experimental-reset-state-function --remove-name-section \
  --out-dir "$new" --out-name core "$crate" || fail "wasm-bindgen failed, see above"
tools wasm-opt -Oz --strip-producers --strip-target-features "$new/core_bg.wasm" -o "$new/core_bg.wasm" ||
  fail "wasm-opt failed, see above"

if grep -aqF -e "$PWD/" -e "${CARGO_HOME:-$HOME/.cargo}/" -e /lib/rustlib/ -e /usr/src/ "$new/core_bg.wasm"; then
  fail "the module names folders of this machine: see scripts/remap-paths.sh"
fi
mkdir -p "$(dirname "$out")"
rm -rf "$out"
mv "$new" "$out"
echo "build-wasm: $out/core_bg.wasm, $(wc -c <"$out/core_bg.wasm") bytes"
