#!/usr/bin/env bash
# Installs the exact versions of package-lock.json into node_modules. With npm_config_omit=dev, npm installs only the
# `dependencies` of package.json, which build the package. None of the packages has an install script, and the
# flag makes sure that none ever runs.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "set-up: $1" >&2
  exit 1
}

type -P npm >/dev/null || fail "npm is not on the PATH. Install Node 20 or newer first."
node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' || fail "Node $(node --version) is too old: 20 or newer is needed."

echo "set-up: npm ci (about 15 seconds)"
# npm prints only errors, because on Node 20 each of Logto's packages warns that it prefers Node 22.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || fail "npm ci failed, see above"
