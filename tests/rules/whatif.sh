#!/bin/sh
# Decides whether every verb that reads rules takes an overlay, and whether its answers say so: as text in the first
# line, as JSON in `overlay` and `provisional`; and whether an overlay with errors gives no answer but its findings.
#
#   whatif.sh QPP
set -eu
here=$(cd "$(dirname "$0")" && pwd)
qpp=${1:?usage: whatif.sh QPP}
cd "${QPP_SOURCE:-$here/../..}"
case $qpp in
/*) ;;
*) qpp=$PWD/$qpp ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
number=0
status=0

cat >"$work/change.md" <<'MD'
## 414.1405(b)  Performance threshold
```param performance_threshold
unit  points   range 0..100
PY    value  status    source
2023  74     proposed  a question
```
MD
sed 's/performance_threshold/performance_treshold/' "$work/change.md" >"$work/wrong.md"
echo '[{"_py": 2023, "final score": "77.032", "payment adjustment percentage": "0.25"}]' >"$work/rows.json"

# result ok|"not ok" WHAT [LOG]
result() {
	number=$((number + 1))
	echo "$1 $number - $2"
	[ "$1" = ok ] && return
	status=1
	[ $# -lt 3 ] || head -n 10 "$3" | sed 's/^/# /'
}

# marked WHAT ARGUMENT...: text and JSON of a call are marked with the overlay, and not without it.
marked() {
	what=$1
	shift
	if "$qpp" "$@" --rules "$work/change.md" >"$work/text" 2>/dev/null &&
	   head -n 1 "$work/text" | grep -q "^What-if run.*change.md" &&
	   "$qpp" "$@" >"$work/plain" 2>/dev/null && ! grep -q 'What-if' "$work/plain"; then
		result ok "$what says in its first line that the rules were changed"
	else
		result "not ok" "$what says in its first line that the rules were changed" "$work/text"
	fi
	if "$qpp" "$@" --json --rules "$work/change.md" >"$work/json" 2>/dev/null &&
	   grep -q '"provisional": true' "$work/json" && grep -q '"file": ".*change.md"' "$work/json" &&
	   grep -Eq '"hash": "[0-9a-f]{64}"' "$work/json" &&
	   "$qpp" "$@" --json >"$work/plain" 2>/dev/null && ! grep -q '"provisional"' "$work/plain"; then
		result ok "$what marks its JSON"
	else
		result "not ok" "$what marks its JSON" "$work/json"
	fi
}

echo "1..21"
marked score score tests/cases/solo-2023.json --facts tests/cases/solo-2023.facts.json
marked explain explain tests/cases/solo-2023.json --facts tests/cases/solo-2023.facts.json --depth 2
marked points points --year 2023 --measure 110 --method registry --rate 85
marked weights weights --year 2023
marked final final --year 2023 --quality 80
marked adjust adjust --year 2023 --score 77.032
marked rules rules why performance_threshold 2023
marked election election check tests/cases/election-2025.json
marked infer infer "$work/rows.json"

# says WHAT PATTERN FILE
says() {
	if grep -q -e "$2" "$3"; then
		result ok "$1"
	else
		result "not ok" "$1" "$3"
	fi
}
"$qpp" adjust --year 2023 --score 77.032 --json --rules "$work/change.md" >"$work/json"
says "a threshold of 74 gives another factor" '"factorPercent": "0.25"' "$work/json"

code=0
"$qpp" adjust --year 2023 --score 80 --json --rules "$work/wrong.md" >"$work/json" 2>"$work/err" || code=$?
echo "exit $code" >>"$work/json"
says "an overlay with errors exits with 1" '^exit 1$' "$work/json"
says "and names the file, the line and the near name" 'did you mean .performance_threshold.' "$work/json"
exit "$status"
