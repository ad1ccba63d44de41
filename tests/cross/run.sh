#!/bin/sh
# The two scorers over random practices of all years, equal to the last printed digit.
#
#   run.sh BATCH PRACTICES [SEED]      BATCH is the main scorer's side (tests/cross/batch.c)
#
# The second scorer reads the published data, not our rules or catalog. Fails on a difference that
# KNOWN_DIFFERENCES.md does not name, and on a figure of the rules that no practice touched (unreached.allow lists
# those that are out of its reach, with the reason). TAP.
set -eu
batch=$1 practices=$2 seed=${3:-20231}
source=${QPP_SOURCE:-.}
cross=$source/tests/cross
data=${QPP_SHARED:-$source/../shared}/data/measures-data

if [ ! -d "$data" ]; then
	echo "1..0 # SKIP the published measures data (../shared/data/measures-data) are missing"
	exit 0
fi
if ! command -v node >/dev/null; then
	echo "1..0 # SKIP node is missing"
	exit 0
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo "1..2"

node "$cross/sample.mjs" "$data" "$practices" "$seed" > "$dir/in"
# The level of active engagement: we chose the reading that does not require it (rules/414.1375.md).
node "$cross/cli.mjs" "$data" --reading engagement=ignored < "$dir/in" > "$dir/second" &
second=$!
"$batch" "$source/catalog" --hits "$dir/hits" < "$dir/in" > "$dir/main"
wait $second

failed=0
if node "$cross/compare.mjs" "$dir/main" "$dir/second" "$dir/in" > "$dir/report"; then
	echo "ok 1 - the scorers agree on $practices practices (seed $seed)"
else
	failed=1
	echo "not ok 1 - the scorers agree on $practices practices (seed $seed)"
fi
cat "$dir/report"

if awk -F '\t' -f "$cross/unreached.awk" "$cross/unreached.allow" "$dir/hits" > "$dir/unreached"; then
	echo "ok 2 - every figure of the rules was touched"
else
	failed=1
	echo "not ok 2 - every figure of the rules was touched"
fi
cat "$dir/unreached"
exit $failed
