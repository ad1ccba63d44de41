#!/bin/sh
# Decides whether functions stay small enough to be read: at most 15 branches in src/core, 25 elsewhere, as
# pmccabe counts them (a switch counts once). complexity.allow names the exceptions with their reasons; an
# exception that is not needed is a fault.
#
#   lint_complexity.sh [ROOT]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-${QPP_SOURCE:-$here/../..}}"

if ! command -v pmccabe >/dev/null 2>&1; then
	echo "1..0 # SKIP pmccabe is not installed"
	exit 0
fi

folders=
for folder in src tools; do
	if [ -d "$folder" ]; then
		folders="$folders $folder"
	fi
done
allow=$PWD/tests/lint/complexity.allow
[ -f "$allow" ] || allow=/dev/null

# pmccabe takes the struct in QPP_VEC(struct x) for the beginning of one, so it reads copies without the macro.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
trap 'exit 1' HUP INT TERM
# shellcheck disable=SC2086  # the folders are words
find $folders -type f -name '*.c' | while read -r file; do
	mkdir -p "$copy/${file%/*}"
	sed 's/QPP_VEC([^()]*)/int/g' "$file" >"$copy/$file"
done
cd "$copy"

find . -type f -name '*.c' | LC_ALL=C sort | xargs pmccabe 2>&1 | LC_ALL=C awk -F '\t' -v allow="$allow" '
	# FILE FUNCTION MOST REASON
	BEGIN {
		while ((getline line < allow) > 0) {
			number++
			if (line ~ /^[ \t]*(#|$)/)
				continue
			n = split(line, part, /[ \t]+/)
			if (n < 5 || part[3] !~ /^[0-9]+$/)
				fault(3, allow ":" number ": wants FILE FUNCTION MOST and a reason of some words")
			else
				most[part[1] " " part[2]] = part[3]
		}
	}
	function fault(test, message) {
		report[test] = report[test] "#   " message "\n"
	}
	# branches, traditional, statements, first line, lines, file(line): function
	NF == 6 {
		functions++
		file = $6
		sub(/\([0-9]+\): .*/, "", file)
		sub(/^\.\//, "", file)
		name = $6
		sub(/.*\([0-9]+\): /, "", name)
		limit = file ~ /^src\/core\// ? 15 : 25
		key = file " " name
		if ($1 > limit && key in most && $1 <= most[key])
			needed[key] = 1
		else if ($1 > limit)
			fault(1, file ":" $4 ": " name "() has " $1 " branches, " limit " are the most")
		next
	}
	# Anything else is pmccabe saying that it does not understand a file.
	{ fault(2, $0) }
	END {
		for (key in most)
			if (!(key in needed))
				fault(3, allow ": " key " needs no exception")
		if (!functions)
			fault(2, "no function was found")
		say[1] = "no function has too many branches"
		say[2] = "pmccabe reads every source"
		say[3] = "every exception has a reason and is needed"
		print "1..3"
		for (i = 1; i <= 3; i++) {
			printf "%s %d - %s\n%s", report[i] == "" ? "ok" : "not ok", i, say[i], report[i]
			status = status || report[i] != ""
		}
		exit status
	}'
