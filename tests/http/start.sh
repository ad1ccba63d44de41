#!/bin/sh
# Decides what qppd says when it is started, rightly and wrongly: options, settings, the first operator, the synthetic state.
#
#   start.sh QPPD
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null 2>&1; then
	echo "1..0 # SKIP node is not installed"
	exit 0
fi
exec node "$here/start.mjs" "${1:?usage: start.sh QPPD}"
