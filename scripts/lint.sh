#!/usr/bin/env bash
# Formatting, lints and types of everything, Rust and JavaScript.
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
    fail "the lock file beside $manifest is not up to date: cargo metadata --manifest-path $manifest"
  cargo fmt --check --manifest-path "$manifest" || fail "Rust formatting differs, see above: make format"
done
cargo clippy --all-targets --all-features -- -D warnings || fail "clippy complains, see above"
cargo check --quiet --manifest-path fuzz/Cargo.toml --target-dir target/fuzz || fail "a fuzz target does not build, see above"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps || fail "the documentation does not build, see above"
if [ -e .tools/wasm-rust ]; then
  echo "lint: no clippy for wasm32 here: the distro's compiler comes without it"
else
  scripts/with-wasm-tools.sh cargo clippy --all-targets --target wasm32-unknown-unknown -- -D warnings ||
    fail "clippy complains about the code for wasm32, see above"
fi

node scripts/generate-config.js --check || fail "what is generated from config/ is not up to date, see above"

colors=force
[ -t 1 ] || colors=off
node_modules/.bin/biome ci --colors="$colors" . || fail "biome complains, see above: make format mends most of it"
node_modules/.bin/tsc -p . || fail "types do not agree, see above"
