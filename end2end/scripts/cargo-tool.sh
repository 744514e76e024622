# Sourced: `cargo_tool NAME VERSION` prints the path of a cargo subcommand in this version, and builds it if it is missing.
#
# It is built once, unoptimised, which takes a third of the time and is fast enough for a workspace of this size, and kept in
# end2end/.cache/tools, or KUBEHOP_TOOLS_CACHE.
cache=${KUBEHOP_TOOLS_CACHE:-end2end/.cache/tools}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

cargo_tool() {
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
