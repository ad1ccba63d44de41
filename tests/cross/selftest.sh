#!/bin/sh
# The second scorer against the vectors, by itself: what it is worth as a witness. TAP.
set -eu
source=${QPP_SOURCE:-.}
if ! command -v node >/dev/null; then
	echo "1..0 # SKIP node is missing"
	exit 0
fi
exec node "$source/tests/cross/selftest.mjs" "${QPP_SHARED:-$source/../shared}/data/measures-data"
