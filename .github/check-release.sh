#!/usr/bin/env bash
# Checks that this checkout may be released:
#   check-release.sh                  checks that CHANGELOG.md has a section about the version
#   check-release.sh REF REPOSITORY   also checks that the version matches the tag (refs/tags/v1.2.3), and that the
#                                     manifest has the address of the repository
# scripts/package.sh checks that both manifests have the same version.
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
    fail "version $version must be released from refs/tags/v$version, but the ref is $ref"
  ! grep -qi "^## $version.*not released" CHANGELOG.md ||
    fail "CHANGELOG.md says that $version is not released: write the date of the release instead"
  # npm rejects the provenance if the manifest names another repository.
  stated=$(node -p 'require("./pkg-template/package.json").repository?.url ?? "none"')
  [ "$stated" = "git+$repository.git" ] ||
    fail "pkg-template/package.json must have the repository.url \"git+$repository.git\", but has: $stated"
fi
echo "release: $version"
