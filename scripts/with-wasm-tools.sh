#!/usr/bin/env bash
# Runs a command with this project's WebAssembly tools first in the PATH:
#   with-wasm-tools.sh COMMAND [ARGUMENT...]
# .tools/wasm-rust exists only if the compiler on the PATH cannot get the target (see setup-wasm-target.sh). The
# builds for WebAssembly use their own target folder, so that they neither wait for native builds nor make them
# start again.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

export PATH=$root/.tools/wasm-rust/bin:$root/.tools/bin:$root/node_modules/.bin:$PATH
export CARGO_TARGET_DIR=$root/target/wasm
# sha2's SHA-256 with SIMD is faster and smaller than the one without. Node supports SIMD since 16.4.
export CARGO_ENCODED_RUSTFLAGS=${CARGO_ENCODED_RUSTFLAGS:+$CARGO_ENCODED_RUSTFLAGS$'\x1f'}-Ctarget-feature=+simd128
exec "$@"
