#!/usr/bin/env bash
# Prints what is missing on this machine: need.sh rust | node | musl | fuzz | conformance. Exit 1 if something is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
have() { command -v "$1" >/dev/null 2>&1; }

# Whether the dotted version $1 is at least $2.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# The compiler is pinned in rust-toolchain.toml; installing an installed one takes no time.
rust() {
  have cc || missing+=("a C compiler and linker (cc): on Debian and Ubuntu, apt-get install build-essential")
  if ! have rustup; then
    missing+=("rustup: see https://rustup.rs")
  elif ! log=$(rustup toolchain install 2>&1); then
    printf '%s\n' "$log" >&2
    missing+=("the Rust toolchain of rust-toolchain.toml: rustup (1.28 or newer) could not install it, see above")
  fi
}

node() {
  if ! have node || ! have npm; then
    missing+=("Node.js 20 or newer, with npm: see https://nodejs.org")
  elif ! at_least "$(command node -p process.versions.node)" 20; then
    missing+=("Node.js 20 or newer: this is $(command node --version), see https://nodejs.org")
  fi
}

musl() {
  have musl-gcc || missing+=("musl-gcc, to link statically: on Debian and Ubuntu, apt-get install musl-tools")
}

fuzz() {
  if ! cargo +nightly --version >/dev/null 2>&1; then
    missing+=("nightly Rust, for libFuzzer: rustup toolchain install nightly --profile minimal")
  fi
  have cargo-fuzz || missing+=("cargo-fuzz: cargo install --locked cargo-fuzz (half a minute)")
}

conformance() {
  if ! have go; then
    missing+=("Go 1.26 or newer, to build the real control plane: see https://go.dev/dl")
  elif ! at_least "$(go env GOVERSION | sed 's/^go//')" 1.26; then
    missing+=("Go 1.26 or newer, to build the real control plane: this is $(go env GOVERSION), see https://go.dev/dl")
  fi
  local command_and_package
  for command_and_package in ip:iproute2 iptables:iptables nft:nftables conntrack:conntrack sysctl:procps setpriv:util-linux musl-gcc:musl-tools; do
    have "${command_and_package%%:*}" || missing+=("${command_and_package%%:*}: on Debian and Ubuntu, apt-get install ${command_and_package##*:}")
  done
  if [ "$(id -u)" != 0 ]; then
    missing+=("root, for network namespaces: run it as root")
  elif ! unshare --net true 2>/dev/null; then
    missing+=("network namespaces: this machine refuses them even to root (in a container: run it privileged)")
  fi
}

"$1"
[ ${#missing[@]} = 0 ] && exit 0
{
  echo "============================================================"
  echo "  MISSING ON THIS MACHINE:"
  printf '    - %s\n' "${missing[@]}"
  if [ "$1" = conformance ]; then
    echo "  THE TESTS ON A REAL CONTROL PLANE DO NOT RUN."
    [ "${CI:-}" = true ] && echo "  That is a failure, since CI=true." || echo "  Skipped; CI would fail."
  fi
  echo "============================================================"
} >&2
exit 1
