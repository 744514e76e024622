#!/usr/bin/env bash
# Measures the cost of one trace, natively and in WebAssembly (V8, optimised for size like the page); writes TRACE.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=end2end/bench/TRACE.md

rustup target add wasm32-wasip1 >/dev/null 2>&1
native() { cargo bench --quiet -p topology --bench trace; }
wasm() {
  CARGO_TARGET_WASM32_WASIP1_RUNNER="node $PWD/end2end/bench/wasi.mjs" NODE_NO_WARNINGS=1 \
    cargo bench --quiet -p topology --bench trace --target wasm32-wasip1 --profile wasm-release
}

{
  echo "# What one trace costs"
  echo
  echo "Written by \`make tracebench\` (\`crates/topology/benches/trace.rs\`); each run replaces this file. A Service has its own endpoints (\`own\`);"
  echo "the rest of the 100,000 belong to the other Services. The cost follows \`own\`, not the size of the cluster. The last question is"
  echo "answered for each of 1,000 Nodes: Nodes that decide alike are decided once, the others have an answer of \`own\` endpoints each."
  echo
  echo "- date: $(date -u '+%Y-%m-%d %H:%M UTC'); commit $(git rev-parse --short HEAD)$(git diff --quiet HEAD || echo ' with uncommitted changes')"
  echo "- machine: $(nproc) cores ($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)), $(rustc --version | cut -d' ' -f1,2), Node.js $(node --version)"
  echo
  echo "Native:"
  echo
  echo '```'
  native
  echo '```'
  echo
  echo "WebAssembly:"
  echo
  echo '```'
  wasm
  echo '```'
} >"$out.new"
mv "$out.new" "$out"
cat "$out"
