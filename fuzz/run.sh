#!/usr/bin/env bash
# Looks for bad input that nobody thought of: run.sh [TARGET...] [--minutes N] runs libFuzzer on each target (all of them) for N minutes (1).
#
# What it tries is kept in fuzz/grown, which git does not. An input that fails is in fuzz/artifacts: mend what it found, give the input a
# name, and put it into fuzz/corpus, where `cargo test` runs it from then on. --keep puts what reaches new code into fuzz/corpus, too.
set -euo pipefail
cd "$(dirname "$0")"

minutes=1 keep=false targets=()
while [ $# -gt 0 ]; do
  case $1 in
    --minutes) minutes=$2; shift ;;
    --keep) keep=true ;;
    -*) echo "run.sh: $1 is no option: [TARGET...] [--minutes N] [--keep]" >&2; exit 2 ;;
    *)
      [ -d "corpus/$1" ] || { echo "run.sh: there is no target $1; there are: $(ls corpus | xargs)" >&2; exit 2; }
      targets+=("$1") ;;
  esac
  shift
done
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(ls corpus)

# Only what is kept to find bugs in needs these flags; no line of kubehop is unsafe, so no sanitizer is wanted. Leptos is compiled as
# .cargo/config.toml says: flags in the environment take the place of those there.
export RUSTFLAGS="--cfg erase_components"
fuzz() { cargo +nightly fuzz "$@"; }
common=(--fuzz-dir . --sanitizer none --features libfuzzer)
failed=()
for target in "${targets[@]}"; do
  mkdir -p "grown/$target"
  fuzz run "${common[@]}" "$target" "grown/$target" "corpus/$target" -- \
    -max_total_time=$((minutes * 60)) -timeout=20 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 || failed+=("$target")
  if $keep; then
    fuzz run "${common[@]}" "$target" "corpus/$target" "grown/$target" -- -merge=1 -max_len=2048
  fi
done
[ ${#failed[@]} = 0 ] || { echo "found something: ${failed[*]}; see fuzz/artifacts" >&2; exit 1; }
