#!/usr/bin/env bash
# Prints as JSON the commit and the tools that made a tarball, and the checksums: build-info.sh TARBALL
# The same commit and the same versions of the tools make the same bytes. Another compiler makes other bytes. A
# rust-toolchain.toml cannot pin the compiler, because cargo would then fail wherever rustup's server cannot be
# reached.
set -euo pipefail
cd "$(dirname "$0")/.."

tarball=$1
tools() {
  scripts/with-wasm-tools.sh "$@"
}

commit=null
if head=$(git rev-parse --quiet --verify HEAD 2>/dev/null); then
  commit="\"$head$([ -z "$(git status --porcelain)" ] || echo ' and uncommitted changes')\""
fi
cat <<END
{
  "commit": $commit,
  "rustc": "$(tools rustc --version)",
  "host": "$(tools rustc --version --verbose | sed -n 's/^host: //p')",
  "wasm-bindgen": "$(tools wasm-bindgen --version | cut -d ' ' -f 2)",
  "wasm-opt": "$(tools wasm-opt --version | cut -d ' ' -f 3)",
  "node": "$(node --version)",
  "npm": "$(npm --version)",
  "sha256": {
    "lib/wasm/core_bg.wasm": "$(sha256sum <target/pkg/wasm/core_bg.wasm | cut -d ' ' -f 1)",
    "lib/cli/wasm/core_bg.wasm": "$(sha256sum <target/pkg/cli/wasm/core_bg.wasm | cut -d ' ' -f 1)",
    "$(basename "$tarball")": "$(sha256sum <"$tarball" | cut -d ' ' -f 1)"
  }
}
END
