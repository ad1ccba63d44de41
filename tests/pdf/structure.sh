#!/bin/sh
# Decides by poppler's eyes whether a document is a tagged PDF: its structure, its pages, and that no text is lost.
#
#   structure.sh TEST_PDF
set -eu
pdf=${1:?usage: structure.sh TEST_PDF}
if ! command -v pdfinfo >/dev/null 2>&1; then
	echo "1..0 # SKIP pdfinfo (poppler-utils) is not installed"
	exit 0
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
"$pdf" --write > "$tmp/x.pdf"
pdfinfo "$tmp/x.pdf" > "$tmp/info"
pdfinfo -struct-text "$tmp/x.pdf" > "$tmp/tree" 2>&1
pdftotext -layout "$tmp/x.pdf" "$tmp/text"
n=0
failed=0
decide() {
	n=$((n + 1))
	if eval "$2"; then
		echo "ok $n - $1"
	else
		failed=1
		echo "not ok $n - $1"
		sed 's/^/# /' "$tmp/info" | head -20
		head -30 "$tmp/tree" | sed 's/^/# /'
	fi
}
decide "it says that it is tagged" "grep -q '^Tagged: *yes' $tmp/info"
decide "its title is told" "grep -q '^Title: *Decision on TR-2023-000001' $tmp/info"
decide "it has several pages" "[ \"\$(sed -n 's/^Pages: *//p' $tmp/info)\" -gt 1 ]"
decide "one heading of the first level, one of the second" "[ \"\$(grep -c '^  H1' $tmp/tree)\" = 1 ] && [ \"\$(grep -c '^  H2' $tmp/tree)\" = 1 ]"
decide "items stand in one list" "[ \"\$(grep -c '^  L (block)' $tmp/tree)\" = 1 ] && [ \"\$(grep -c '^    LI' $tmp/tree)\" = 3 ]"
decide "each page's part of the table has header cells" "[ \"\$(grep -c '^  Table' $tmp/tree)\" -gt 1 ] && [ \"\$(grep -c '^      TH' $tmp/tree)\" = \"\$((2 * \$(grep -c '^  Table' $tmp/tree)))\" ]"
decide "every row is there" "[ \"\$(grep -c '8\\.2895' $tmp/text)\" = 120 ]"
decide "a sentence that wraps is whole" "grep -q '414.1380(c)(2)' $tmp/text && grep -q 'final score changes from 62.10 to 75.00' $tmp/text"
echo "1..$n"
exit $failed
