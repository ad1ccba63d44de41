#!/bin/sh
# Decides whether sign-in by identity providers holds: against a real one (npm oidc-provider, twice, as two providers),
# with a person who signs in at its pages, and against one that lies. What is missing is skipped by name.
#
#   oidc.sh TEST_OIDC
#
# The npm package is looked for in the build folder, and put there when QPP_PEERS is 1.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=${QPP_SOURCE:-$here/../..}
program=${1:?usage: oidc.sh TEST_OIDC}
packages=${QPP_BUILD:-$root/build}/oidc
# A version that runs on Node 18.
wanted="oidc-provider@8.4.6"
if ! command -v node >/dev/null 2>&1; then
	echo "1..0 # SKIP node is not installed"
	exit 0
fi
if [ ! -d "$packages/node_modules/oidc-provider" ]; then
	if [ "${QPP_PEERS:-}" != 1 ]; then
		echo "1..0 # SKIP the npm package oidc-provider is not installed (QPP_PEERS=1 installs it)"
		exit 0
	fi
	if ! command -v npm >/dev/null 2>&1; then
		echo "1..0 # SKIP npm is not installed"
		exit 0
	fi
	mkdir -p "$packages"
	if ! npm install --prefix "$packages" --no-audit --no-fund --no-save --ignore-scripts "$wanted" >"$packages/npm.log" 2>&1
	then
		sed 's/^/# /' "$packages/npm.log"
		echo "Bail out! npm could not install $wanted"
		exit 1
	fi
fi
folder=$(mktemp -d)
started=
stop() {
	# shellcheck disable=SC2086  # the ids are words
	[ -z "$started" ] || kill $started 2>/dev/null || true
	rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM
# issuer FILE: the first line of a provider's output, when it comes.
issuer() {
	for _ in $(seq 200); do
		line=$(head -n 1 "$1")
		if [ -n "$line" ]; then
			echo "$line"
			return
		fi
		sleep 0.1
	done
	sed 's/^/# /' "$folder/err" >&2
	echo "Bail out! a provider did not start"
	exit 1
}
redirect=http://127.0.0.1:9/sign-in/back
node "$here/provider.mjs" "$packages" openqpp "a secret & more" "$redirect" >"$folder/harp" 2>>"$folder/err" &
started="$started $!"
node "$here/provider.mjs" "$packages" openqpp "a secret & more" "$redirect" >"$folder/acoms" 2>>"$folder/err" &
started="$started $!"
NOW=$(date +%s) node "$here/hostile.mjs" "$packages" openqpp >"$folder/hostile" 2>>"$folder/err" &
started="$started $!"
harp=$(issuer "$folder/harp")
acoms=$(issuer "$folder/acoms")
hostile=$(issuer "$folder/hostile")
"$program" "$harp" "$acoms" "$hostile" "$redirect" "node '$here/person.mjs'"
