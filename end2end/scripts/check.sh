#!/usr/bin/env bash
# Checks the changes since a commit (HEAD, or HEAD~1 if there are no uncommitted changes): check.sh [COMMIT]
#
# Format, lints of the changed crates and of those that use them, and the unit tests of the changed crates. It prints what it skips:
# browser tests, the real control plane and packets are `make test` and `make conformance`.
set -euo pipefail
cd "$(dirname "$0")/../.."

base=${1:-}
changed() { { git diff --name-only "$1"; git ls-files --others --exclude-standard; } | sort -u; }
if [ -z "$base" ]; then
  base=HEAD
  [ -n "$(changed HEAD)" ] || base=HEAD~1
fi
files=$(changed "$base")
[ -n "$files" ] || { echo "nothing has changed since $base"; exit; }

# A file belongs to the crate of the nearest Cargo.toml above it.
crates=()
while IFS= read -r file; do
  folder=$(dirname "$file")
  while [ "$folder" != . ] && [ ! -f "$folder/Cargo.toml" ]; do folder=$(dirname "$folder"); done
  [ "$folder" = . ] || crates+=("$(sed -n 's/^name = "\(.*\)"/\1/p' "$folder/Cargo.toml" | head -n 1)")
done <<<"$files"
mapfile -t crates < <(printf '%s\n' "${crates[@]}" | sort -u | sed '/^$/d')

echo "since $base: ${crates[*]:-no crate}"
cargo fmt --all --check
if [ ${#crates[@]} -gt 0 ]; then
  # The workspace's own features, so that nothing is compiled twice; crates that use a changed crate are checked with it.
  cargo clippy --quiet --all-targets -- -D warnings
  packages=()
  for crate in "${crates[@]}"; do
    [ "$crate" = xtask ] || packages+=(-p "$crate")
    # Drawing is tested with the server's features of the page.
    [ "$crate" != app ] || packages+=(-p server)
  done
  # `--lib` only: tests that start servers or binaries take longer.
  [ ${#packages[@]} = 0 ] || cargo test --quiet --lib "${packages[@]}"
fi
if grep -qE '^(app|crates/(topology|words))/' <<<"$files"; then
  cargo clippy --quiet -p app --no-default-features --features browser --target wasm32-unknown-unknown -- -D warnings
fi
mapfile -t scripts < <(grep -E '^end2end/.*\.mjs$' <<<"$files" || true)
for script in "${scripts[@]}"; do
  [ ! -f "$script" ] || node --check "$script"
done
mapfile -t units < <(ls end2end/*/*.test.mjs | grep -v control-plane.test || true)
[ ${#scripts[@]} = 0 ] || [ ${#units[@]} = 0 ] || node --test "${units[@]}" >/dev/null || node --test "${units[@]}"
echo "checked; not run: browser tests (make test), the real control plane and packets (make conformance)"
