#!/usr/bin/env bash
# Packs the sandbox as an npm package: package-sandbox.sh TARBALL
# The package has the connector's version, and its changelog. The picture of the README comes with it.
set -euo pipefail
cd "$(dirname "$0")/.."

tarball=$1
package=target/sandbox-package

fail() {
  printf 'package-sandbox: %s\n' "$@" >&2
  exit 1
}

version=$(node -p 'require("./pkg-template/package.json").version')
own_version=$(node -p 'require("./sandbox/package.json").version')
[ "$version" = "$own_version" ] ||
  fail "sandbox/package.json says version $own_version, pkg-template/package.json says $version: make them the same"

rm -rf "$package" "$(dirname "$tarball")"
mkdir -p "$package" "$(dirname "$tarball")"
cp -R sandbox/. LICENSE CHANGELOG.md docs/pictures/inbox.png "$package"
sed -i.bak 's|(\.\./docs/pictures/|(|' "$package/README.md" && rm "$package/README.md.bak"
! grep -n '](\.\./' "$package/README.md" || fail "the README links to files that are not in the package, see above"
# npm packs the files' permissions, which depend on the umask. Everyone may read the files.
chmod -R u=rwX,go=rX "$package"

npm pack "./$package" --pack-destination "$(dirname "$tarball")" --ignore-scripts --loglevel=error >/dev/null ||
  fail "npm pack failed, see above"
present=$(cd "$package" && find . -type f | sed 's|^\./||' | sort)
if ! difference=$(diff <(echo "$present") <(tar -tzf "$tarball" | sed 's|^package/||' | sort)); then
  fail "files laid out in $package (<) and files in $tarball (>) differ:" "$difference"
fi
echo "package-sandbox: $tarball, $(wc -c <"$tarball") bytes"
