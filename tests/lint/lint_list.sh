#!/bin/sh
# Decides whether every test program is run: each source below tests/ with a main(), and each script, stands in
# tests/list, as built or as a source that another test builds. Benchmarks are run by hand.
#
#   lint_list.sh [ROOT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-${QPP_SOURCE:-$here/../..}}"

forgotten=$({
	find tests -name '*.c' ! -path 'tests/bench/*' -exec grep -lE '(^|[^A-Za-z_])main\(|LLVMFuzzerTestOneInput' {} +
	find tests -name '*.sh' ! -path 'tests/bench/*'
} | LC_ALL=C sort | while read -r file; do
	program=$file
	case $file in
	*.c) program=@/${file%.c} ;;
	esac
	sed 's/#.*//' tests/list | tr -s '[:space:]' '\n' | grep -qxF -e "$program" -e "$file" || echo "#   $file"
done)
echo "1..1"
if [ -n "$forgotten" ]; then
	echo "not ok 1 - every test program stands in tests/list"
	printf '%s\n' "$forgotten"
	exit 1
fi
echo "ok 1 - every test program stands in tests/list"
