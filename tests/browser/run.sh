#!/bin/sh
# Decides whether the pages hold where people read them: valid by tidy, and in Chromium without a fault that axe
# finds (WCAG 2.2 A and AA), readable at 320 pixels, complete on paper, usable by keyboard, loading nothing.
# Makes an explanation of each submission below and all rule pages, and has pages.mjs look at them.
#
#   run.sh QPP
#
# packages.inc says what it needs; without a browser the pages are looked at by tidy alone.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
program=${1:?usage: run.sh QPP}
qpp=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
. "$here/packages.inc"
command -v node >/dev/null 2>&1 || skip "node is not installed"

missing=
chromium=$(command -v chromium || command -v chromium-browser || true)
if [ -z "$chromium" ]; then
	missing="chromium is not installed"
elif lacks_package; then
	if [ "${QPP_BROWSER:-}" != 1 ]; then
		missing="the npm packages $wanted are not installed (QPP_BROWSER=1 installs them)"
	elif ! command -v npm >/dev/null 2>&1; then
		missing="npm is not installed"
	else
		fetch_packages
	fi
fi

pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
trap 'exit 1' HUP INT TERM
"$qpp" rules pages "$pages/rules" >"$pages/list"
cd "$root"
# A practice whose facts are known, the same with facts unknown, and a submission for promoting interoperability alone.
"$qpp" explain tests/cases/solo-2023.json --facts tests/cases/solo-2023.facts.json --html "$pages/solo.html" 2>/dev/null
"$qpp" explain tests/cases/solo-2023.json --html "$pages/unknown.html" 2>/dev/null
"$qpp" explain tests/cases/pi-full.json --html "$pages/pi.html" 2>/dev/null

# Not exec: the pages are removed at the end.
node "$here/pages.mjs" "$pages" "$packages" "$chromium" "$missing"
