#!/usr/bin/env bash
# Tests the unit tests of the resolver with mutants: prints those that no test notices, and fails if there are any.
#
#   mutants.sh [SHARD...]     for example 0 1 7, or 0-7; all of them by default
#
# A finished shard is kept in target/mutants until the resolver or its tests change, so an interrupted run goes on where it was. Mutants that
# change nothing are listed with their reasons in .cargo/mutants.toml.
set -euo pipefail
cd "$(dirname "$0")/../.."
. end2end/scripts/cargo-tool.sh

SHARDS=32
wanted=${*:-0-$((SHARDS - 1))}
case $wanted in *-*) wanted=$(seq "${wanted%-*}" "${wanted#*-}") ;; esac

mutants=$(cargo_tool cargo-mutants 27.1.0)
version=$(git ls-files -s crates/topology/src .cargo/mutants.toml Cargo.lock | sha256sum | cut -c 1-12)
if ! git diff --quiet HEAD -- crates/topology/src .cargo/mutants.toml Cargo.lock; then
  echo "crates/topology has changes that are not committed: a shard is kept for commits only" >&2
  exit 2
fi
kept=${CARGO_TARGET_DIR:-target}/mutants/$version
mkdir -p "$kept"

for shard in $wanted; do
  folder=$kept/$shard
  [ -e "$folder/done" ] && continue
  rm -rf "$folder"
  mkdir -p "$folder"
  status=0
  "$mutants" mutants --package topology --shard "$shard/$SHARDS" --jobs "${JOBS:-$(nproc)}" --no-times --colors never --output "$folder" || status=$?
  # 0: all are caught; 2: some are not; 3: some ran too long. Anything else says that the run itself failed.
  case $status in 0 | 2 | 3) touch "$folder/done" ;; *) exit "$status" ;; esac
done

count() { cat "$kept"/*/mutants.out/"$1".txt 2>/dev/null | wc -l; }
finished=$(find "$kept" -name done | wc -l)
echo "mutants: $finished of $SHARDS shards; $(count caught) caught, $(count timeout) ran too long, $(count unviable) do not compile, $(count missed) not noticed"
cat "$kept"/*/mutants.out/missed.txt 2>/dev/null || true
[ "$(count missed)" = 0 ] && [ "$finished" = "$SHARDS" ]
