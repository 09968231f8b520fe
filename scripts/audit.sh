#!/usr/bin/env bash
# Checks the dependencies: the crates against deny.toml, and the npm packages against the registry's advisories.
# If a source of advisories cannot be reached, the script says so and continues.
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
    fail "cargo-deny reports errors in $manifest, see above; deny.toml has the reason of each rule"
}

for manifest in "${manifests[@]}"; do
  deny "$manifest" licenses bans sources
done

if reason=$(.tools/bin/cargo-deny --config deny.toml --locked fetch db 2>&1); then
  for manifest in "${manifests[@]}"; do
    deny "$manifest" advisories
  done
else
  echo "audit: advisories of crates not checked, because RustSec's database cannot be fetched here: $(sed -n 's/^fatal: //p' <<<"$reason" | tail -n 1)"
fi

# package-lock.json contains only packages for the build and for development. Even the connector kit is one of them,
# because Logto uses its own. Advisories about them are therefore reported, but do not fail the audit.
report=$(npm audit --json 2>/dev/null) || true
found=$(node -p 'JSON.parse(process.argv[1]).metadata?.vulnerabilities.total ?? ""' "$report" 2>/dev/null) || true
case $found in
  "") echo "audit: advisories of npm packages not checked, because this registry does not have them" ;;
  0) echo "audit: no advisories for the npm packages" ;;
  *)
    echo "audit: advisories for npm packages, none of which is in the published package:"
    npm audit 2>/dev/null || true
    ;;
esac
