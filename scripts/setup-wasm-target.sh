#!/usr/bin/env bash
# Makes sure that a Rust compiler on this machine can build for wasm32-unknown-unknown:
#   1. The script uses the compiler on the PATH, if it has the target or if rustup can add it.
#   2. Otherwise (without rustup, or if its server cannot be reached) the script uses Debian's compiler, through
#      .tools/wasm-rust. There, bin/ comes first in the PATH (see with-wasm-tools.sh), and sysroot/ is Debian's
#      sysroot with the target's standard library, which the script builds from Debian's sources. Nothing is
#      written to rustup's folders or to /usr/lib.
set -euo pipefail
cd "$(dirname "$0")/.."

target=wasm32-unknown-unknown
scripts=$PWD/scripts
own=$PWD/.tools/wasm-rust
log=$PWD/.tools/setup-wasm-target.log

. scripts/debian-packages.sh

has_target() { # RUSTC
  compgen -G "$("$1" --print sysroot)/lib/rustlib/$target/lib/libstd-*.rlib" >/dev/null
}

distro_packages() {
  # rust-web-llvm links /usr/bin/rust-lld to the lld of its own LLVM version.
  local llvm
  llvm=$(apt-cache depends rust-web-llvm 2>/dev/null | sed -n 's/.*Depends: llvm-\([0-9]*\)$/\1/p')
  echo rustc-web cargo-web rust-web-src rust-web-llvm "lld-${llvm:-22}"
}

# rustc-web conflicts with Debian's packages rustc and rustup. apt_install never removes them, and fails instead.
install_distro_packages() {
  local packages missing
  read -ra packages <<<"$(distro_packages)"
  if missing=$(apt_install --simulate "${packages[@]}" 2>/dev/null) && ! grep -q '^Inst ' <<<"$missing"; then
    return
  fi
  before_apt_install "the WebAssembly build" "${packages[@]}"
  read -ra packages <<<"$(distro_packages)"
  missing=$(apt_install --simulate "${packages[@]}" 2>"$log" | sed -n 's/^Inst \([^ ]*\).*/\1/p' | paste -sd ' ') ||
    fail "apt-get cannot install ${packages[*]} here: $(grep '^E:' "$log" | paste -sd ' ')"
  echo "set-up: installing Debian's ${packages[*]} (about 20 seconds), in all: $missing"
  apt_install "${packages[@]}" >"$log" 2>&1 </dev/null || fail "apt-get install failed, see $log"
}

# Links everything of Debian's sysroot, and adds an empty folder for the target.
lay_out_toolchain() { # FOLDER
  local distro host
  distro=$(/usr/bin/rustc --print sysroot)
  host=$(/usr/bin/rustc --version --verbose | sed -n 's/^host: //p')
  mkdir -p "$1/bin" "$1/sysroot/lib/rustlib/$target/lib"
  ln -s "$distro/lib/rustlib/$host" "$1/sysroot/lib/rustlib/"
  ln -s /usr/bin/cargo "$1/bin/cargo"
  local tool
  for tool in rustc rustdoc; do
    # shellcheck disable=SC2016 # $0 and $@ are those of the wrapper.
    printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "${0%%/bin/%s}/sysroot" "$@"\n' "$tool" "$tool" >"$1/bin/$tool"
    chmod +x "$1/bin/$tool"
  done
}

# Builds an empty crate. cargo builds the target's standard library for it, and leaves it in the target folder.
build_std() { # FOLDER
  local crate=$1/build
  local std=("-Zbuild-std=std,panic_abort,test" --target "$target")
  mkdir -p "$crate/src"
  printf '#![no_std]\n' >"$crate/src/lib.rs"
  printf '[package]\nname = "empty"\nedition = "2024"\n[workspace]\n' >"$crate/Cargo.toml"
  # -Zbuild-std needs a nightly compiler or RUSTC_BOOTSTRAP, which is meant for building Rust itself, as here.
  # The crates are fetched first, because remap-paths.sh needs the registry's folder.
  (cd "$crate" && export RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_DIR=target &&
    /usr/bin/cargo fetch --quiet "${std[@]}" &&
    CARGO_ENCODED_RUSTFLAGS=$("$scripts/remap-paths.sh" /usr/bin/rustc) /usr/bin/cargo build --quiet --release "${std[@]}") ||
    fail "the standard library for $target could not be built, see above"
  rm "$crate/target/$target/release/deps/"libempty-*
  cp "$crate/target/$target/release/deps/"*.rlib "$1/sysroot/lib/rustlib/$target/lib/"
  rm -r "$crate"
}

mkdir -p .tools
type -P cargo >/dev/null || fail "cargo is not on the PATH. Install Rust first: https://rustup.rs"

if ! has_target rustc && command -v rustup >/dev/null; then
  echo "set-up: adding rustup's target $target (a few seconds, 20 MB)"
  rustup target add "$target" >"$log" 2>&1 ||
    echo "set-up: rustup could not add it ($(sed -n '/^error: /{s/^error: \([^:]*\).*/\1/p;q;}' "$log")), see ${log#"$PWD/"}"
fi
if has_target rustc; then
  rm -rf "$own"
  exit
fi

command -v apt-get >/dev/null || fail "this Rust compiler cannot build for $target: $(command -v rustc)." \
  "With rustup:  rustup target add $target" \
  "Without it, install the target's package of your distribution; the set-up does that itself only on Debian."
install_distro_packages
echo "set-up: building the standard library for $target from Debian's sources (about a minute)"
rm -rf "$own" "$own.new"
lay_out_toolchain "$own.new"
build_std "$own.new"
mv "$own.new" "$own"
has_target "$own/bin/rustc" || fail "the compiler in $own does not find the standard library built for it"
