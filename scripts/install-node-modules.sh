#!/usr/bin/env bash
# Installs what package-lock.json says into node_modules, nothing newer. With npm_config_omit=dev it is only
# what builds the package: `dependencies` of package.json. None of the packages has an install script; the
# flag keeps it that way.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "set-up: $1" >&2
  exit 1
}

type -P npm >/dev/null || fail "npm is not on the PATH. Install Node 20 or newer first."
node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' || fail "Node $(node --version) is too old: 20 or newer is needed."

echo "set-up: npm ci (about 15 seconds)"
# Errors only: on Node 20 Logto's packages warn, each for itself, that they would rather have 22.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || fail "npm ci failed, see above"
