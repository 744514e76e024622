#!/usr/bin/env bash
# Builds kubehop of an earlier commit, once, and prints the path of the binary: base.sh COMMIT FOLDER
#
# The binary is FOLDER/COMMIT/kubehop, with the commit's short name. The build folder FOLDER/build is kept for the next base. The binary
# has no site: only its answers are compared, and no scripts of the page.
set -euo pipefail
cd "$(dirname "$0")/../.."

name=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)

if ! commit=$(git rev-parse --verify --quiet "$name^{commit}"); then
  echo "base.sh: there is no commit $name here (in a shallow clone: git fetch --unshallow)" >&2
  exit 2
fi
binary=$folder/$(git rev-parse --short=7 "$commit")/kubehop
if [ -x "$binary" ]; then
  echo "$binary"
  exit
fi

tree=$(mktemp -d "${TMPDIR:-/tmp}/kubehop-base.XXXXXX")
remove() {
  git worktree remove --force "$tree" 2>/dev/null || rm -rf "$tree"
}
trap remove EXIT
git worktree add --quiet --force --detach "$tree" "$commit" >&2

# Run in the tree, so that its own .cargo/config.toml and rust-toolchain.toml apply.
(cd "$tree" && CARGO_TARGET_DIR=$folder/build cargo build --locked -p server) >&2
mkdir -p "$(dirname "$binary")"
# Renamed when complete: an interrupted copy must not count as a binary.
cp "$folder/build/debug/kubehop" "$binary.part"
mv "$binary.part" "$binary"
echo "$binary"
