#!/bin/sh
# What the command line prints, against what was read and committed. Each NAME.in holds commands, one a line, run from
# the root of the source; NAME.out has their standard output, standard error and exit status. TAP.
#
#   run.sh QPP                 compare
#   run.sh QPP --regenerate    write the .out files anew: read the difference before it is committed
#
# The hash of the rules is replaced by HASH: it changes with every figure.
set -u
qpp=$1
cd "${QPP_SOURCE:-.}" || exit 1
dir=tests/expected
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Runs the commands of a file; `qpp` is the program, everything else of the line its arguments, as a shell splits them.
transcript() {
	while IFS= read -r line; do
		case $line in '' | '#'*) continue ;; esac
		printf '$ %s\n' "$line"
		args=${line#qpp}
		(eval "set -- $args"; exec "$qpp" "$@") < /dev/null > "$tmp/out" 2> "$tmp/err"
		status=$?
		sed 's/[0-9a-f]\{64\}/HASH/' "$tmp/out"
		sed 's/^/! /' "$tmp/err"
		printf '= %d\n\n' $status
	done < "$1"
}

if [ "${2:-}" = --regenerate ]; then
	for in in "$dir"/*.in; do
		transcript "$in" > "${in%.in}.out"
	done
	exit 0
fi

n=0
failed=0
echo "1..$(ls "$dir"/*.in | wc -l)"
for in in "$dir"/*.in; do
	n=$((n + 1))
	transcript "$in" > "$tmp/now"
	if diff -u "${in%.in}.out" "$tmp/now" > "$tmp/diff"; then
		echo "ok $n - $(basename "$in" .in)"
	else
		failed=1
		echo "not ok $n - $(basename "$in" .in)"
		sed 's/^/# /' "$tmp/diff" | head -60
	fi
done
exit $failed
