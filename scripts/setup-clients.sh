#!/usr/bin/env bash
# Installs Tencent's SDKs for Node and Python, with which `make sandbox-clients` tries the sandbox, into
# .tools/clients. Python needs its module venv, which is a Debian package of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$PWD/.tools/setup-clients.log
clients=$PWD/.tools/clients

. scripts/debian-packages.sh

mkdir -p .tools
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  type -P apt-get >/dev/null || fail "make sandbox-clients needs Python 3 with the module venv"
  before_apt_install "make sandbox-clients" python3 python3-venv
  apt_install python3 python3-venv >"$log" 2>&1 </dev/null || fail "apt-get install failed, see $log"
fi

echo "set-up: installing Tencent's SDKs for Node and Python (half a minute)"
rm -rf "$clients"
mkdir -p "$clients/node"
cp tests/clients/package.json "$clients/node"
(cd "$clients/node" && npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error) >"$log" 2>&1 ||
  fail "npm install failed, see $log"
{
  python3 -m venv "$clients/python" &&
    "$clients/python/bin/pip" install --disable-pip-version-check -r tests/clients/requirements.txt
} >>"$log" 2>&1 || fail "pip install failed, see $log"
