#!/bin/sh
# The long cross-check: 500,000 practices for each of five years, in parts of 100,000, each with a seed of its own. TAP.
#
#   long.sh BATCH [PARTS]
set -eu
batch=$1 parts=${2:-25}
source=${QPP_SOURCE:-.}
data=${QPP_SHARED:-$source/../shared}/data/measures-data
if [ ! -d "$data" ] || ! command -v node >/dev/null; then
	echo "1..0 # SKIP the published measures data (../shared/data/measures-data) or node is missing"
	exit 0
fi
out=$(mktemp)
trap 'rm -f "$out"' EXIT
echo "1..$parts"
failed=0
part=0
while [ $part -lt "$parts" ]; do
	part=$((part + 1))
	if "$source/tests/cross/run.sh" "$batch" 100000 $((part * 7919)) > "$out"; then
		echo "ok $part - 100,000 practices, seed $((part * 7919))"
	else
		failed=1
		echo "not ok $part - 100,000 practices, seed $((part * 7919))"
		grep '^#' "$out"
	fi
done
exit $failed
