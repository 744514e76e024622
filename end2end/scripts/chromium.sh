#!/usr/bin/env bash
# Prints the path of a Chromium that starts: the system's, else Playwright's own, which is downloaded once.
set -euo pipefail
cd "$(dirname "$0")/.."

# Some distributions install a stub that only names a package; a browser without its libraries fails here as well.
starts() { "$1" --version >/dev/null 2>&1; }

for name in "${KUBEHOP_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  if [ -n "$name" ] && path=$(command -v "$name") && starts "$path"; then
    echo "$path"
    exit
  fi
done

own() { node --input-type=module -e "import { chromium } from '@playwright/test'; console.log(chromium.executablePath())"; }
path=$(own)
starts "$path" || npx playwright install chromium >&2 || true
if ! starts "$path"; then
  cat >&2 <<'HELP'
The browser tests need Chromium. There is none on this machine that starts, and Playwright's own could not be used.
Install one: apt-get install chromium (Debian), or in end2end: npx playwright install --with-deps chromium.
KUBEHOP_CHROMIUM=PATH names one that is not on the PATH.
HELP
  exit 1
fi
echo "$path"
