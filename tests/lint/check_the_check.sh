#!/bin/sh
# Decides whether the rules test would notice a wrong figure: in a copy of the tree the performance threshold of
# 2023 is one point too low, and the rules test of that copy must fail. A suite that stays green when the rules are
# wrong proves nothing.
#
# Wants QPP_BUILD, where the rules test of the tree as it stands is built.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=${QPP_SOURCE:-$(cd "$here/../.." && pwd)}
build=${QPP_BUILD:?QPP_BUILD names the build folder}
rule=rules/414.1405.md

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
trap 'exit 1' HUP INT TERM
status=0

# result GOOD NUMBER WHAT [LOG]
result() {
	if [ "$1" = yes ]; then
		echo "ok $2 - $3"
		return
	fi
	echo "not ok $2 - $3"
	[ $# -lt 4 ] || grep -v '^ok' "$4" | tail -n 20 | sed 's/^/# /'
	status=1
}

echo "1..4"
good=no
if "$build/tests/rules/run_cases" >"$copy/asis.log" 2>&1; then
	good=yes
fi
result "$good" 1 "the rules test passes as the rules stand" "$copy/asis.log"

mkdir "$copy/tree"
tar -C "$source" -cf - --exclude=./.git --exclude='./build*' . | tar -C "$copy/tree" -xf -
awk '
	/^```param performance_threshold[ \t]*$/ { inside = 1 }
	/^```[ \t]*$/ { inside = 0 }
	inside && $1 ~ /^[0-9]+(\.\.[0-9]+)?$/ && $2 == "75" {
		split($1, years, /\.\./)
		if (years[1] <= 2023 && (years[2] == "" ? years[1] : years[2]) >= 2023)
			sub(/ 75 /, " 74 ")
	}
	{ print }' "$source/$rule" >"$copy/tree/$rule"
good=no
if [ "$(diff "$source/$rule" "$copy/tree/$rule" | grep -c '^>')" = 1 ]; then
	good=yes
fi
result "$good" 2 "one figure of $rule is changed: the threshold of 2023 from 75 to 74"

# No sanitizers and no optimization: this build must be quick, not thorough.
good=no
if meson setup "$copy/build" "$copy/tree" --buildtype=plain >"$copy/build.log" 2>&1 &&
   ninja -C "$copy/build" tests/rules/run_cases >>"$copy/build.log" 2>&1; then
	good=yes
fi
result "$good" 3 "the changed rules still build" "$copy/build.log"

good=no
: >"$copy/flipped.log"
if [ -x "$copy/build/tests/rules/run_cases" ] &&
   ! QPP_SOURCE=$copy/tree QPP_BUILD=$copy/build "$copy/build/tests/rules/run_cases" >"$copy/flipped.log" 2>&1 &&
   grep -q '^not ok' "$copy/flipped.log" && grep -q '^ok' "$copy/flipped.log"; then
	good=yes
fi
result "$good" 4 "and the rules test finds it" "$copy/flipped.log"
exit "$status"
