#!/bin/sh
# Decides whether score-preview has the nodes that the agency's published samples have: samples.mjs says how they are compared.
#
#   samples.sh SERVE_API
set -eu
here=$(cd "$(dirname "$0")" && pwd)
samples=${QPP_SHARED:-$here/../../../shared}/data/api-samples
if ! command -v node >/dev/null 2>&1; then
	echo "1..0 # SKIP node is not installed"
	exit 0
fi
if [ ! -f "$samples/scoring-example-output-quality.json" ]; then
	echo "1..0 # SKIP the published samples (api-samples) are not here; QPP_SHARED says where they are"
	exit 0
fi
exec node "$here/samples.mjs" "${1:?usage: samples.sh SERVE_API}" "$samples" "$here/../cases/solo-2023.json"
