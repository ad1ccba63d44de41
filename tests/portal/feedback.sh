#!/bin/sh
# Looks at performance feedback in a browser, before its release and after (feedback.mjs). The npm packages are those that run.sh
# puts into the build folder; what is missing is skipped by name.
#
#   feedback.sh SERVE_FEEDBACK
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
serve=${1:?usage: feedback.sh SERVE_FEEDBACK}
packages=${QPP_BUILD:-$root/build}/browser

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
command -v node >/dev/null 2>&1 || skip "node is not installed"
chromium=$(command -v chromium || command -v chromium-browser) || skip "chromium is not installed"
for package in playwright-core axe-core @cmsgov/design-system; do
	[ -d "$packages/node_modules/$package" ] || skip "the npm package $package is not installed (tests/portal/run.sh with QPP_BROWSER=1 installs it)"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
"$root/tools/styles.sh" "$work" "$packages"
cp "$root"/web/* "$work/"
node "$here/feedback.mjs" "$serve" "$packages" "$chromium" "$work"
