#!/bin/sh
# Decides whether the program and the second verifier, which shares no code with it, agree on a sample and on lies.
#
#   verify.sh TEST_LEDGER QPP
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" "$folder" || { echo "Bail out! no sample"; exit 1; }
if command -v node >/dev/null 2>&1; then
	node "$here/verify.mjs" "$root/tools/verify_receipt.mjs" "$folder" | sed 's/^1\.\.6$/1..11/'
else
	echo 1..11
	for i in 1 2 3 4 5 6; do echo "ok $i # SKIP nodejs is not installed"; done
fi
number=6
# expect STATUS NAME COMMAND...
expect() {
	wanted=$1
	name=$2
	shift 2
	status=0
	"$@" >"$folder/out" 2>&1 || status=$?
	number=$((number + 1))
	if [ "$status" -eq "$wanted" ]; then
		echo "ok $number - $name"
	else
		echo "not ok $number - $name"
		sed 's/^/# /' "$folder/out"
	fi
}
expect 0 "qpp receipt verify takes it" "$2" receipt verify "$folder/receipt.json" --key "$folder/key" --filed "$folder/filed.json" --ledger "$folder/ledger.txt"
expect 0 "and answers in JSON" "$2" receipt verify "$folder/receipt.json" --key "$(cat "$folder/key")" --json
sed 's/"kind": "filing"/"kind": "nothing"/' "$folder/receipt.json" >"$folder/lie.json"
expect 1 "qpp receipt verify refuses a changed one" "$2" receipt verify "$folder/lie.json" --key "$folder/key"
expect 1 "and another file than was filed" "$2" receipt verify "$folder/receipt.json" --key "$folder/key" --filed "$folder/lie.json"
if command -v node >/dev/null 2>&1; then
	expect 1 "the second verifier refuses it too" node "$root/tools/verify_receipt.mjs" "$folder/key" receipt "$folder/lie.json"
else
	echo "ok 11 # SKIP nodejs is not installed"
fi
