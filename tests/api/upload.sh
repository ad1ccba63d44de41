#!/bin/sh
# Decides whether the upload sequence of the agency's client runs against the service: upload.mjs says what is sent.
#
#   upload.sh SERVE_API
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node >/dev/null 2>&1; then
	echo "1..0 # SKIP node is not installed"
	exit 0
fi
exec node "$here/upload.mjs" "${1:?usage: upload.sh SERVE_API}" "$here/../cases/solo-2023.json"
