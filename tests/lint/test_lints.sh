#!/bin/sh
# Decides whether the lints still bite: each is run on a small tree that is clean, and on the same tree with one
# fault, which it must name. A lint that finds nothing because it no longer looks would pass unseen otherwise.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 1' HUP INT TERM
number=0
status=0

result() {
	number=$((number + 1))
	echo "$1 $number - $2"
	if [ "$1" != ok ]; then
		status=1
		printf '%s\n' "$output" | sed 's/^/# /'
	fi
}

# expect_clean WHAT COMMAND...
expect_clean() {
	what=$1
	shift
	if output=$("$@" 2>&1); then
		result ok "$what"
	else
		result "not ok" "$what"
	fi
}

# expect_fault WHAT TEXT COMMAND...: the command fails and its output has the text.
expect_fault() {
	what=$1
	text=$2
	shift 2
	if output=$("$@" 2>&1); then
		result "not ok" "$what"
	elif printf '%s\n' "$output" | grep -qF -e "$text"; then
		result ok "$what"
	else
		result "not ok" "$what"
	fi
}

clean_tree() {
	rm -rf "${tree:?}"/*
	mkdir -p "$tree/include/qpp" "$tree/src/base" "$tree/src/core" "$tree/src/app" "$tree/src/adapt/json" \
	         "$tree/src/adapt/csv" "$tree/src/cmd" "$tree/rules"
	cat > "$tree/include/qpp/str.h" <<'C'
/* Borrowed text of some length. */
#include <stddef.h>
struct qpp_finding *qpp_find(struct qpp_findings *f, int severity, const char *code, struct qpp_where where);
C
	echo '/* A catalog, which is no business of the base. */' > "$tree/include/qpp/catalog.h"
	cat > "$tree/src/base/str.c" <<'C'
/* Borrowed text: a float in a comment, and strcpy(a, b), are no faults. */
#include "qpp/str.h"
#include <stdlib.h>
static const char *const words = "double 2023 strcpy(";
C
	cat > "$tree/src/core/score.c" <<'C'
/* Scores of the year 2023, or any other. */
#include "qpp/catalog.h"
#include "rule_names.h"
#include "score_int.h"
#include <string.h>
int port = 20230, x2023;
C
	echo '/* What the files of scoring share. */' > "$tree/src/core/score_int.h"
	echo '/* A use case of somebody. */' > "$tree/src/app/file.c"
	echo '/* What the files of json share. */' > "$tree/src/adapt/json/doc.h"
	cat > "$tree/src/adapt/json/doc.c" <<'C'
/* Documents and what is wrong with them. */
#include "doc.h"
#include "qpp/catalog.h"
static void refuse(struct doc *d, const char *code)
{
	qpp_find(d->findings, 1, code, d->at);     /* "commentedOut" */
}
static void read_all(struct doc *d)
{
	refuse(d, "docBroken");
	qpp_find(d->findings, d->strict ? 1 : 0,
	         d->late ? "docLate" : "docEarly", at("(", ','));
	qpp_find(d->findings, 1, choose(d, "notACode"), d->at);
}
C
	echo '/* Rows of values. */' > "$tree/src/adapt/csv/rows.c"
	cat > "$tree/rules/findings.md" <<'MD'
```table findings
columns PY code severity cite says
2017..2027 docBroken error - "it is broken"
2017..2027 docLate warning - "it is late"
2017..2027 docEarly warning - "it is early"
```
MD
}

# fault FILE LINE: adds a line to a clean tree.
fault() {
	clean_tree
	printf '%s\n' "$2" >> "$tree/$1"
}

sources="$here/lint_sources.sh"
clean_tree
expect_clean "lint_sources finds nothing in a clean tree" "$sources" "$tree"
fault src/base/str.c '#include "qpp/catalog.h"'
expect_fault "the base may not include what knows of MIPS" "src/base may not include include/qpp/catalog.h" "$sources" "$tree"
fault src/core/score.c '#include <stdio.h>'
expect_fault "the core may not include stdio.h" "<stdio.h>" "$sources" "$tree"
fault src/core/score.c '#include "adapt/json/doc.h"'
expect_fault "the core may not include an adapter" "src/core may not include src/adapt/json/doc.h" "$sources" "$tree"
fault src/app/file.c '#include "doc.h"'
expect_fault "a use case may not include an adapter" "src/app may not include src/adapt/json/doc.h" "$sources" "$tree"
fault src/adapt/csv/rows.c '#include "../json/doc.h"'
expect_fault "an adapter may not include another" "src/adapt/csv may not include src/adapt/json/doc.h" "$sources" "$tree"
clean_tree
mkdir -p "$tree/src/adapt/portal" "$tree/src/adapt/http" "$tree/src/adapt/store"
echo '/* Requests and answers. */' > "$tree/src/adapt/http/http.h"
echo '/* Rows that are kept. */' > "$tree/src/adapt/store/rows.h"
printf '/* A page of the portal. */\n#include "../http/http.h"\n' > "$tree/src/adapt/portal/page.c"
expect_clean "a face of the service may include http" "$sources" "$tree"
echo '#include "../store/rows.h"' >> "$tree/src/adapt/portal/page.c"
expect_fault "but not the store" "src/adapt/portal may not include src/adapt/store/rows.h" "$sources" "$tree"
fault src/app/file.c 'double score;'
expect_fault "double is found" "FLOAT" "$sources" "$tree"
fault src/core/score.c 'x = strtod(s, &end);'
expect_fault "strtod is found" "strtod" "$sources" "$tree"
fault src/core/score.c 'if (py.v >= 2022) return 1;'
expect_fault "a year in the core is found" "a year in the core" "$sources" "$tree"
fault src/cmd/main.c '/* A command line program. */ int main(void) { sprintf (a, "x"); }'
expect_fault "sprintf is found" "sprintf()" "$sources" "$tree"
fault src/app/long.c "/* A file of many lines. */$(awk 'BEGIN { for (i = 0; i < 900; i++) printf "\n;" }')"
expect_fault "a file of 901 lines is found" "has 901 lines" "$sources" "$tree"
fault src/app/bare.c 'int x;'
expect_fault "a file without a comment is found" "src/app/bare.c" "$sources" "$tree"
fault src/app/file.c 'double score;     /* lint: FLOAT a peer program prints it so */'
expect_clean "a suppression with a reason is taken" "$sources" "$tree"
fault src/app/file.c 'double score;     /* lint: FLOAT */'
expect_fault "a suppression without a reason is found" "gives no reason" "$sources" "$tree"
fault src/app/file.c 'int score;     /* lint: FLOAT a peer program prints it so */'
expect_fault "a suppression that is not needed is found" "nothing here needs" "$sources" "$tree"
fault src/app/file.c 'int score;     /* lint: FLAOT a peer program prints it so */'
expect_fault "a suppression of an unknown lint is found" "no lint named" "$sources" "$tree"

findings="$here/lint_findings.sh"
clean_tree
expect_clean "lint_findings finds nothing in a clean tree" "$findings" "$tree"
fault src/adapt/json/doc.c 'static void more(struct doc *d) { refuse(d, "docTorn"); }'
expect_fault "a code given to a helper that is not listed is found" "docTorn is not in the table" "$findings" "$tree"
clean_tree
sed -i 's/"docLate" : "docEarly"/"docLate" : "docSoon"/' "$tree/src/adapt/json/doc.c"
expect_fault "each of two codes to choose from is looked up" "docSoon is not in the table" "$findings" "$tree"
expect_fault "a listed code that is not used is found" "docEarly is used nowhere" "$findings" "$tree"
clean_tree
sed -i 's/docLate warning/commentedOut warning/' "$tree/rules/findings.md"
expect_fault "a code in a comment is not used" "commentedOut is used nowhere" "$findings" "$tree"
clean_tree
sed -i '$d' "$tree/rules/findings.md"
echo '2017..2027 docLate error - "again"' >> "$tree/rules/findings.md"
expect_fault "a code that is listed twice is found" "docLate stands already" "$findings" "$tree"

if command -v pmccabe >/dev/null 2>&1; then
	complexity="$here/lint_complexity.sh"
	clean_tree
	expect_clean "lint_complexity finds nothing in a clean tree" "$complexity" "$tree"
	fault src/core/score.c "int branchy(int x) {$(awk 'BEGIN { for (i = 0; i < 15; i++) printf " if (x == %d) return 1;", i }') return 0; }"
	expect_fault "sixteen branches in the core are found" "branchy() has 16 branches" "$complexity" "$tree"
	fault src/cmd/main.c "int branchy(int x) {$(awk 'BEGIN { for (i = 0; i < 15; i++) printf " if (x == %d) return 1;", i }') return 0; }"
	expect_clean "elsewhere they are allowed" "$complexity" "$tree"
fi

if command -v gcc >/dev/null 2>&1; then
	clean_tree
	# compile TEXT: as the only member of an archive
	compile() {
		printf '%s\n' "$1" | gcc -O0 -fno-pie -w -x c -c -o "$tree/one.o" -
		rm -f "$tree/one.a"
		ar rcs "$tree/one.a" "$tree/one.o"
	}
	compile 'void *memcpy(void *, const void *, unsigned long); static int f(char *a, char *b) { memcpy(a, b, 9); return 1; }
	         __int128 g(__int128 a, __int128 b) { static const int t[] = { 1 }; f(0, 0); return a / b + t[0]; }'
	expect_clean "lint_pure takes memcpy and 128-bit division" "$here/lint_pure.sh" "$tree/one.a"
	compile 'long time(long *); long now(void) { return time(0); }'
	expect_fault "a look at the clock is found" "time is wanted by one.o" "$here/lint_pure.sh" "$tree/one.a"
	compile 'int next(void) { static int n; return n++; }'
	expect_fault "a changing variable is found" "one.o has changing data" "$here/lint_pure.sh" "$tree/one.a"
fi

clean_tree
mkdir -p "$tree/tests/unit" "$tree/tests/bench"
echo '/* Tests of days. */ int main(void) { return 0; }' | tee "$tree/tests/unit/test_day.c" >"$tree/tests/bench/bench_day.c"
echo '/* Helpers of tests. */ int helper(void);' >"$tree/tests/unit/helper.c"
echo 'long @/tests/unit/test_day 17' >"$tree/tests/list"
expect_clean "lint_list finds nothing in a clean tree" "$here/lint_list.sh" "$tree"
echo '# @/tests/unit/test_day' >"$tree/tests/list"
expect_fault "a test that is never run is found" "tests/unit/test_day.c" "$here/lint_list.sh" "$tree"

if command -v git >/dev/null 2>&1; then
	clean_tree
	git -C "$tree" init -q
	git -C "$tree" add .
	expect_clean "lint_words finds nothing in a clean tree" "$here/lint_words.sh" "$tree"
	fault src/app/file.c "/* see /wo""rk/notes */"
	expect_fault "a path of one machine is found" "src/app/file.c" "$here/lint_words.sh" "$tree"
	fault src/app/file.c "/* FIX""ME later */"
	expect_fault "a mark of work left over is found" "src/app/file.c" "$here/lint_words.sh" "$tree"
fi

echo "1..$number"
exit "$status"
