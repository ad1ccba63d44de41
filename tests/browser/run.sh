#!/bin/sh
# Decides whether the pages hold where people read them: valid by tidy, and in Chromium without a fault that axe
# finds (WCAG 2.2 A and AA), readable at 320 pixels, complete on paper, usable by keyboard, loading nothing.
# Makes an explanation of each submission below and all rule pages, and has pages.mjs look at them.
#
#   run.sh QPP
#
# playwright-core and axe-core are looked for in the build folder, and put there when QPP_BROWSER is 1. What is
# missing is skipped by name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
program=${1:?usage: run.sh QPP}
qpp=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
packages=${QPP_BUILD:-$root/build}/browser
# Versions that run on Node 18.
wanted="playwright-core@1.48.2 axe-core@4.10.3"

if ! command -v node >/dev/null 2>&1; then
	echo "1..0 # SKIP node is not installed"
	exit 0
fi

missing=
chromium=$(command -v chromium || command -v chromium-browser || true)
[ -n "$chromium" ] || missing="chromium is not installed"
if [ -z "$missing" ] && { [ ! -d "$packages/node_modules/playwright-core" ] || [ ! -d "$packages/node_modules/axe-core" ]; }
then
	if [ "${QPP_BROWSER:-}" != 1 ]; then
		missing="the npm packages playwright-core and axe-core are not installed (QPP_BROWSER=1 installs them)"
	elif ! command -v npm >/dev/null 2>&1; then
		missing="npm is not installed"
	else
		mkdir -p "$packages"
		# shellcheck disable=SC2086  # the packages are words
		npm install --prefix "$packages" --no-audit --no-fund --no-save --ignore-scripts $wanted \
			>"$packages/npm.log" 2>&1 || {
			sed 's/^/# /' "$packages/npm.log"
			echo "Bail out! npm could not install $wanted"
			exit 1
		}
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
