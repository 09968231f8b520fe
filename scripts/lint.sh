#!/usr/bin/env bash
# Checks formatting, lints and types of all Rust and JavaScript code.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "lint: $1" >&2
  exit 1
}

cargo fmt --version >/dev/null 2>&1 || fail "this Rust toolchain has no rustfmt. With rustup: rustup component add rustfmt"
cargo clippy --version >/dev/null 2>&1 || fail "this Rust toolchain has no clippy. With rustup: rustup component add clippy"

for manifest in Cargo.toml fuzz/Cargo.toml; do
  cargo metadata --locked --format-version 1 --manifest-path "$manifest" >/dev/null ||
    fail "the lock file next to $manifest is not up to date: cargo metadata --manifest-path $manifest"
  cargo fmt --check --manifest-path "$manifest" || fail "Rust formatting differs, see above: make format"
done
cargo clippy --all-targets --all-features -- -D warnings || fail "clippy reports errors, see above"
cargo check --quiet --manifest-path fuzz/Cargo.toml --target-dir target/fuzz || fail "a fuzz target does not build, see above"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps || fail "the documentation does not build, see above"
if [ -e .tools/wasm-rust ]; then
  echo "lint: clippy for wasm32 is skipped, because Debian's compiler comes without it"
else
  scripts/with-wasm-tools.sh cargo clippy --all-targets --target wasm32-unknown-unknown -- -D warnings ||
    fail "clippy reports errors in the code for wasm32, see above"
fi

node scripts/generate-config.js --check || fail "the files generated from config/ are not up to date, see above"

colors=force
[ -t 1 ] || colors=off
node_modules/.bin/biome ci --colors="$colors" . || fail "biome reports errors, see above: make format fixes most of them"
node_modules/.bin/tsc -p . || fail "TypeScript reports errors, see above"
