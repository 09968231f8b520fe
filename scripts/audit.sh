#!/usr/bin/env bash
# Checks what comes in from outside: the crates by deny.toml, the npm packages by the registry's
# advisories. Where a source of advisories is out of reach it says so, and goes on with the rest.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "audit: $1" >&2
  exit 1
}

manifests=(Cargo.toml fuzz/Cargo.toml)

deny() { # MANIFEST CHECK...
  local manifest=$1
  shift
  echo "audit: $manifest: $*"
  .tools/bin/cargo-deny --config deny.toml --manifest-path "$manifest" --locked check --hide-inclusion-graph "$@" ||
    fail "cargo-deny complains about $manifest, see above; deny.toml says why that is forbidden"
}

for manifest in "${manifests[@]}"; do
  deny "$manifest" licenses bans sources
done

if reason=$(.tools/bin/cargo-deny --config deny.toml --locked fetch db 2>&1); then
  for manifest in "${manifests[@]}"; do
    deny "$manifest" advisories
  done
else
  echo "audit: advisories not checked, RustSec's database cannot be fetched here: $(sed -n 's/^fatal: //p' <<<"$reason" | tail -n 1)"
fi

# All of package-lock.json is for development, the connector kit too: in Logto the host brings its own.
# So what is found here is told, and stops nothing.
report=$(npm audit --json 2>/dev/null) || true
found=$(node -p 'JSON.parse(process.argv[1]).metadata?.vulnerabilities.total ?? ""' "$report" 2>/dev/null) || true
case $found in
  "") echo "audit: advisories of npm packages not checked, the registry here does not answer for them" ;;
  0) echo "audit: no advisory for the npm packages that we develop with" ;;
  *)
    echo "audit: advisories for npm packages that we develop with, none of which is packed:"
    npm audit 2>/dev/null || true
    ;;
esac
