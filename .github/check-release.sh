#!/usr/bin/env bash
# Whether this checkout may be released:
#   check-release.sh                  CHANGELOG.md has its version (that the manifests agree, package.sh checks)
#   check-release.sh REF REPOSITORY   and they fit a tag (refs/tags/v1.2.3) and the address of the repository
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "release: $1" >&2
  exit 1
}

version=$(node -p 'require("./pkg-template/package.json").version')
.github/changelog-of.sh "$version" >/dev/null

if [ $# -gt 0 ]; then
  ref=$1 repository=$2
  [ "$ref" = "refs/tags/v$version" ] ||
    fail "this is version $version, so it is released from refs/tags/v$version, and not from $ref"
  ! grep -qi "^## $version.*not released" CHANGELOG.md ||
    fail "CHANGELOG.md says that $version is not released: give it its date"
  # npm refuses a provenance of another repository than the manifest's.
  stated=$(node -p 'require("./pkg-template/package.json").repository?.url ?? "none"')
  [ "$stated" = "git+$repository.git" ] ||
    fail "pkg-template/package.json should have repository.url \"git+$repository.git\", and has: $stated"
fi
echo "release: $version"
