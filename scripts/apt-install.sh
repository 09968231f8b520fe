#!/usr/bin/env bash
# Installs packages of Debian's, as root: apt-install.sh [--simulate] PACKAGE...
# Nothing is upgraded, and nothing removed: that is never ours to decide.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive exec apt-get install -y --no-install-recommends --no-upgrade --no-remove \
  -o DPkg::Lock::Timeout=120 "$@"
