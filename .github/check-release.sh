#!/usr/bin/env bash
# Checks that this checkout may be released:
#   check-release.sh                  checks that CHANGELOG.md has a section about the version
#   check-release.sh REF REPOSITORY   also checks that the version matches the tag (refs/tags/v1.2.3), and that the
#                                     manifests have the addresses of the repository, the homepage and the issues
# scripts/package.sh checks that both manifests have the same version.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "release: $1" >&2
  exit 1
}

# Checks an address in a manifest: check_address MANIFEST KEY EXPECTED
check_address() {
  local stated
  stated=$(node -p "const { $2: stated } = require('./$1'); stated?.url ?? stated ?? 'none'")
  [ "$stated" = "$3" ] || fail "$1 must have the address $3 as \"$2\", but has: $stated"
}

version=$(node -p 'require("./pkg-template/package.json").version')
.github/changelog-of.sh "$version" >/dev/null

if [ $# -gt 0 ]; then
  ref=$1 repository=$2
  [ "$ref" = "refs/tags/v$version" ] ||
    fail "version $version must be released from refs/tags/v$version, but the ref is $ref"
  ! grep -qi "^## $version.*not released" CHANGELOG.md ||
    fail "CHANGELOG.md says that $version is not released: write the date of the release instead"
  # npm rejects the provenance if the manifest names another repository.
  for manifest in pkg-template/package.json sandbox/package.json; do
    check_address "$manifest" repository "git+$repository.git"
    check_address "$manifest" homepage "$repository#readme"
    check_address "$manifest" bugs "$repository/issues"
  done
fi
echo "release: $version"
