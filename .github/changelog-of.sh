#!/usr/bin/env bash
# Prints the section of CHANGELOG.md about a version: changelog-of.sh VERSION
set -euo pipefail
cd "$(dirname "$0")/.."

version=$1
section=$(awk -v heading="## $version" '
  /^## / { inside = ($0 == heading || index($0, heading ",") == 1 || index($0, heading " ") == 1); next }
  inside' CHANGELOG.md)
if [ -z "${section//[[:space:]]/}" ]; then
  echo "changelog: CHANGELOG.md has no section \"## $version\", or an empty one" >&2
  exit 1
fi
echo "$section"
