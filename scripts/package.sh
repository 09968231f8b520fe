#!/usr/bin/env bash
# Copies the files of the npm package to target/package and packs them: package.sh TARBALL
# It also makes an archive with the same files in one folder, which can be mounted or unpacked in Logto's folder of
# connectors.
# The manifest lists every file by name. The script fails if a listed file is missing or a file is not listed,
# because npm itself would not report either.
set -euo pipefail
cd "$(dirname "$0")/.."

tarball=$1
package=target/package

fail() {
  printf 'package: %s\n' "$@" >&2
  exit 1
}

version=$(node -p 'require("./pkg-template/package.json").version')
crate_version=$(sed -n '/^\[package\]/,/^\[/ s/^version = "\(.*\)"/\1/p' Cargo.toml)
[ "$version" = "$crate_version" ] ||
  fail "pkg-template/package.json says version $version, Cargo.toml says $crate_version: make them the same"

rm -rf "$package"
mkdir -p "$package/lib/wasm" "$package/lib/cli/wasm" "$package/lib/texts" dist
cp -R pkg-template/. LICENSE "$package"
cp -R js-shim/. "$package/lib"
# English is part of the module.
cp src/text/zh-CN.txt "$package/lib/texts"
for folder in wasm cli/wasm; do
  cp "target/pkg/$folder/core.js" "target/pkg/$folder/core_bg.wasm" "$package/lib/$folder"
done
# npm packs the files' permissions, which depend on the umask. Everyone may read the files.
chmod -R u=rwX,go=rX "$package"

# npm always packs the manifest, the README and the licence, even if they are not listed.
listed=$(node -p '["package.json", "README.md", "LICENSE", ...require("./pkg-template/package.json").files].join("\n")' | sort -u)
present=$(cd "$package" && find . -type f | sed 's|^\./||' | sort)
if ! difference=$(diff <(echo "$listed") <(echo "$present")); then
  fail "files listed in pkg-template/package.json (<) and files laid out in $package (>) differ:" "$difference"
fi

rm -f dist/connector-tencent-sms-wasm-*
npm pack "./$package" --pack-destination dist --ignore-scripts --loglevel=error >/dev/null || fail "npm pack failed, see above"
if ! difference=$(diff <(echo "$listed") <(tar -tzf "$tarball" | sed 's|^package/||' | sort)); then
  fail "files listed in pkg-template/package.json (<) and files in $tarball (>) differ:" "$difference"
fi

archive=${tarball%.tgz}.tar.gz
mounted=target/mounted
rm -rf "$mounted"
mkdir -p "$mounted"
tar -xzf "$tarball" -C "$mounted"
mv "$mounted/package" "$mounted/connector-tencent-sms-wasm"
# The same files give the same bytes: npm gives them all the same date.
tar -cf - -C "$mounted" --sort=name --owner=0 --group=0 --numeric-owner --mtime=1985-10-26T08:15:00Z \
  --mode=u=rwX,go=rX --format=ustar connector-tencent-sms-wasm | gzip -9n >"$archive"
echo "package: $tarball, $(wc -c <"$tarball") bytes; $archive, $(wc -c <"$archive") bytes"
