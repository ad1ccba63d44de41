#!/bin/sh
# Decides whether a tracked file still carries what was only meant for the one who wrote it: paths of one
# machine, and marks of work left over. (The patterns are written so that they do not find themselves.)
#
#   lint_words.sh [ROOT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-${QPP_SOURCE:-$here/../..}}"

# A checkout may belong to somebody else than the one who runs the test.
tracked() {
	git -c safe.directory='*' "$@"
}

if ! tracked rev-parse --is-inside-work-tree >/dev/null 2>&1; then
	echo "1..0 # SKIP not a git checkout: there is no list of tracked files"
	exit 0
fi
if [ -z "$(tracked ls-files | head -n 1)" ]; then
	echo "1..0 # SKIP no file is tracked yet"
	exit 0
fi

echo "1..2"
number=0
status=0
# expect_none PATTERN WHAT
expect_none() {
	number=$((number + 1))
	if found=$(tracked grep -nIE -e "$1" -- .); then
		echo "not ok $number - $2"
		printf '%s\n' "$found" | cut -c 1-160 | sed 's/^/#   /'
		status=1
	else
		echo "ok $number - $2"
	fi
}
expect_none '/[w]ork/|/[r]oot/|\.[l]ibrary' "no tracked file has a path of one machine"
expect_none '(^|[^A-Za-z0-9_])(FIX[M]E|X[X]X)([^A-Za-z0-9_]|$)' "no tracked file has a mark of work left over"
exit "$status"
