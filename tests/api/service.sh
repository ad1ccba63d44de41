#!/bin/sh
# The service as it is shipped, from the first start to the last signal, on SQLite or, under tests/store/pg.sh, on the
# PostgreSQL that QPP_STORE_URL names: service.mjs says what is asked of it.
#
#   service.sh QPPD GRANT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null 2>&1; then
	echo "1..0 # SKIP node is not installed"
	exit 0
fi
exec node "$here/service.mjs" "${1:?usage: service.sh QPPD GRANT}" "${2:?usage: service.sh QPPD GRANT}" "$here/../cases/solo-2023.json"
