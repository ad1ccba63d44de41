#!/bin/sh
# Decides whether a mistake at large is found and put right through the pages: a fault is planted in a synthetic state,
# the radar finds it, a correction is scored, read, released, and everyone it touches is written to; the service is killed
# in the middle of a run and goes on. In Chromium, without JavaScript.
#
#   correction.sh QPPD
#
# The npm packages are those of run.sh, which puts them there. What is missing is skipped by name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
qppd=${1:?usage: correction.sh QPPD}
packages=${QPP_BUILD:-$root/build}/browser

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
command -v node >/dev/null 2>&1 || skip "node is not installed"
chromium=$(command -v chromium || command -v chromium-browser) || skip "chromium is not installed"
for package in playwright-core axe-core; do
	[ -d "$packages/node_modules/$package" ] || skip "the npm package $package is not installed (QPP_BROWSER=1 tests/portal/run.sh installs it)"
done
exec node "$here/correction.mjs" "$qppd" "$packages" "$chromium"
