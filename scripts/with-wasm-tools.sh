#!/usr/bin/env bash
# Runs a command with what this project set up for WebAssembly in front of the PATH:
#   with-wasm-tools.sh COMMAND [ARGUMENT...]
# .tools/wasm-rust exists only where the compiler on the PATH cannot have the target (see
# setup-wasm-target.sh). These builds keep to a folder of their own, so that they neither wait for the
# native ones nor make them start over.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

export PATH=$root/.tools/wasm-rust/bin:$root/.tools/bin:$root/node_modules/.bin:$PATH
export CARGO_TARGET_DIR=$root/target/wasm
# sha2 has a SHA-256 with SIMD: faster, and smaller, than the one without. Node has it since 16.4.
export CARGO_ENCODED_RUSTFLAGS=${CARGO_ENCODED_RUSTFLAGS:+$CARGO_ENCODED_RUSTFLAGS$'\x1f'}-Ctarget-feature=+simd128
exec "$@"
