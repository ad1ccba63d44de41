#!/bin/sh
# Decides whether the portal's pages hold: every view in every state valid by tidy and without a fault that axe finds,
# wide and at 320 pixels, with the CMS Design System's styles and without; then a walk through the service as people
# take it, and a review from the question to the new factor, without JavaScript.
#
#   run.sh SHOW SERVE QPPD
#
# npm packages are looked for in the build folder, and put there when QPP_BROWSER is 1. What is missing is skipped by name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
show=${1:?usage: run.sh SHOW SERVE QPPD}
serve=${2:?usage: run.sh SHOW SERVE QPPD}
qppd=${3:?usage: run.sh SHOW SERVE QPPD}
packages=${QPP_BUILD:-$root/build}/browser
wanted="playwright-core@1.48.2 axe-core@4.10.3 @cmsgov/design-system@18.1.0"

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
for program in node tidy; do
	command -v $program >/dev/null 2>&1 || skip "$program is not installed"
done
chromium=$(command -v chromium || command -v chromium-browser) || skip "chromium is not installed"
for package in playwright-core axe-core @cmsgov/design-system; do
	[ -d "$packages/node_modules/$package" ] && continue
	[ "${QPP_BROWSER:-}" = 1 ] || skip "the npm package $package is not installed (QPP_BROWSER=1 installs it)"
	command -v npm >/dev/null 2>&1 || skip "npm is not installed"
	mkdir -p "$packages"
	# shellcheck disable=SC2086  # the packages are words
	npm install --prefix "$packages" --no-audit --no-fund --no-save --ignore-scripts --omit=peer --omit=optional $wanted \
		>"$packages/npm.log" 2>&1 || {
		sed 's/^/# /' "$packages/npm.log"
		echo "Bail out! npm could not install $wanted"
		exit 1
	}
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/pages/static" "$work/bare/static"
"$root/tools/styles.sh" "$work/pages/static" "$packages"
cp "$root"/web/* "$work/pages/static/"
cp "$root"/web/* "$work/bare/static/"
"$show" "$work/pages"
"$show" "$work/bare"
# Not exec: the pages are removed at the end.
node "$here/pages.mjs" "$work" "$packages" "$chromium" "$serve" "$root/tests/cases/solo-2023.json" "$qppd"
