#!/usr/bin/env bash
# Runs every fuzz target for some time: fuzz.sh SECONDS_PER_TARGET
# New inputs are kept in target/fuzz-corpus. fuzz/corpus contains the seeds, and nothing is written to it.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=$1
export PATH=$PWD/.tools/bin:$PATH
# cargo-fuzz turns on the address sanitizer with a flag that only nightly compilers accept.
export RUSTC_BOOTSTRAP=1

echo "fuzz: building the targets (about two minutes the first time), then $seconds seconds for each"
cargo fuzz build --fuzz-dir fuzz --target-dir target/fuzz || {
  echo "fuzz: a target does not build, see above" >&2
  exit 1
}
for source in fuzz/fuzz_targets/*.rs; do
  target=$(basename "$source" .rs)
  mkdir -p "target/fuzz-corpus/$target"
  cargo fuzz run --fuzz-dir fuzz --target-dir target/fuzz "$target" "target/fuzz-corpus/$target" "fuzz/corpus/$target" -- \
    -max_total_time="$seconds" -timeout=5 -verbosity=0 -print_final_stats=1 2>&1 | grep -vE '^(INFO|#)' || {
    echo "fuzz: $target found something; it is in fuzz/artifacts/$target" >&2
    exit 1
  }
done
