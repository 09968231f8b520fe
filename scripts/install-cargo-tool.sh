#!/usr/bin/env bash
# Builds one command-line tool from crates.io into .tools/bin, at a pinned version:
#   install-cargo-tool.sh CRATE VERSION [FLAG OF CARGO INSTALL...]
# The build uses a faster profile than the tools' own release profiles, which take about four times as long. The
# difference in speed does not matter for a module of this size.
set -euo pipefail
cd "$(dirname "$0")/.."

crate=$1 version=$2
shift 2

command -v cargo >/dev/null || {
  echo "set-up: cargo is not on the PATH. Install Rust first: https://rustup.rs" >&2
  exit 1
}
if grep -qs "^\"$crate $version " .tools/.crates.toml; then
  exit
fi
echo "set-up: building $crate $version into .tools (about two minutes on two cores)"
CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=0 \
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_LTO=off \
  cargo install --quiet --root .tools --version "=$version" "$@" "$crate" || {
  echo "set-up: $crate $version could not be built, see above" >&2
  exit 1
}
