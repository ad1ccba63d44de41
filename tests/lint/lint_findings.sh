#!/bin/sh
# Decides whether rules/findings.md lists the findings that the program has: every code literal given to
# qpp_find() or to a helper around it stands in `table findings`, and every code of the table is used in src.
#
#   lint_findings.sh [ROOT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-${QPP_SOURCE:-$here/../..}}"

if [ ! -f rules/findings.md ]; then
	echo "1..1"
	echo "not ok 1 - rules/findings.md is there"
	exit 1
fi
files=$(find include src -type f -name '*.[ch]' | LC_ALL=C sort)
# shellcheck disable=SC2086  # the files are words
LC_ALL=C exec awk -f "$here/c_lines.awk" -f "$here/findings.awk" rules/findings.md $files
