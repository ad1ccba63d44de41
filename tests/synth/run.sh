#!/bin/sh
# Decides whether `qpp synth` writes its files as docs/cli.md says: all of them or those asked for, whole or not at all,
# the same bytes from one seed, and nothing when the call is wrong. TAP.
#
#   run.sh QPP
set -u
case ${1:?usage: run.sh QPP} in
/*) qpp=$1 ;;
*) qpp=$PWD/$1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1

echo "1..8"
number=0
failed=0
# check WHAT COMMAND...: the command succeeds.
check() {
	what=$1
	shift
	number=$((number + 1))
	if "$@" >"$work/log" 2>&1; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
		sed 's/^/#   /' "$work/log" | head -n 20
		failed=1
	fi
}

# fails STATUS COMMAND...
fails() {
	wanted=$1
	shift
	"$@"
	got=$?
	[ "$got" -eq "$wanted" ] || { echo "exit status $got instead of $wanted"; return 1; }
}

counts_agree() {
	"$qpp" synth a --practices 120 --seed 5 --json >summary || return 1
	for file in organizations clinicians relations submissions silent elections accounts consents stories; do
		said=$(sed -n "/\"lines\"/,/}/s/.*\"$file\": \([0-9]*\).*/\1/p" summary)
		[ "$(wc -l <"a/$file.jsonl")" -eq "$said" ] || { echo "$file: not $said lines"; return 1; }
	done
	[ "$(find a -type f | wc -l)" -eq 9 ]
}

same_again() {
	"$qpp" synth b --practices 120 --seed 5 && diff -r a b
}

another_seed() {
	"$qpp" synth c --practices 120 --seed 6 && ! cmp -s a/relations.jsonl c/relations.jsonl &&
		! cmp -s a/submissions.jsonl c/submissions.jsonl
}

only_some() {
	"$qpp" synth d --practices 120 --seed 5 --only relations,silent && [ "$(find d -type f | wc -l)" -eq 2 ] &&
		cmp a/relations.jsonl d/relations.jsonl && cmp a/silent.jsonl d/silent.jsonl
}

# A filing of the state is a file like anybody's.
scored_by_hand() {
	sed -n '1s/.*"submission": \(.*\), "facts": .*/\1/p' a/submissions.jsonl >submission.json
	sed -n '1s/.*, "facts": \(.*\)}$/\1/p' a/submissions.jsonl >facts.json
	"$qpp" score submission.json --facts facts.json --json >score.json && grep -q '"finalScore"' score.json
}

no_folder() {
	mkdir full
	fails 4 "$qpp" synth full/none/deeper --practices 1 && [ -z "$(ls full)" ]
}

check "every file has the lines that the summary says" counts_agree
check "the same seed, the same bytes" same_again
check "another seed, other bytes" another_seed
check "only what was asked for, and that unchanged" only_some
check "a line of submissions is scored like any file" scored_by_hand
check "a folder that cannot be made leaves nothing" no_folder
check "a name that is none is refused, with the nearest" fails 2 "$qpp" synth e --only relation
check "a year without rules is refused" fails 3 "$qpp" synth e --year 2019
exit "$failed"
