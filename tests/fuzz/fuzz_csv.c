/*
 * Fuzzing the reader of claim lines. The last byte says in pieces of how many
 * bytes the others come: however they come, the same is read and the same is found,
 * and what is refused is said with its line.
 */
#include <stdlib.h>

#include "../unit/piece.h"
#include "adapt/csv/claims_csv.h"

struct seen {
	uint64_t lines, good, bytes;
	int64_t paid;
	size_t errors, warnings;
	uint32_t line, column;
};

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void must_say(const struct qpp_findings *f, bool error)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (!f->list.v[i].code.n || !f->list.v[i].message.n || (f->list.v[i].severity == QPP_ERROR) != error)
			abort();
}

static struct seen read_all(struct qpp_str text, size_t most)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct piece source = { .text = text, .most = most };
	struct qpp_claims_csv *x = QPP_NEW(&a, struct qpp_claims_csv);
	struct qpp_claim_line line;
	struct seen s = { 0 };
	enum qpp_csv_result is = QPP_CSV_END;
	bool good;
	qpp_claims_csv_open(x, &a, QPP_LIT("fuzz.csv"), piece_read, &source);
	if (qpp_claims_csv_header(x))
		while ((is = qpp_claims_csv_next(x, &line, &good)) == QPP_CSV_RECORD) {
			s.lines++;
			s.good += good;
			s.bytes += x->csv.record.n;
			s.paid ^= good ? line.paid.v : 0;
		}
	else if (!x->errors.errors)
		abort();
	if (is == QPP_CSV_READ_FAILED || (is == QPP_CSV_FAULT && !x->errors.errors))
		abort();
	must_say(&x->errors, true);
	must_say(&x->warnings, false);
	s.errors = x->errors.errors;
	s.warnings = x->warnings.list.n;
	if (x->errors.list.n) {
		s.line = x->errors.list.v[x->errors.list.n - 1].where.line;
		s.column = x->errors.list.v[x->errors.list.n - 1].where.column;
	}
	qpp_arena_close(&a);
	return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!n)
		return 0;
	struct qpp_str text = { (const char *)p, n - 1 };
	struct seen whole = read_all(text, 0), pieces = read_all(text, p[n - 1] % 64 + 1u);
	if (whole.lines != pieces.lines || whole.good != pieces.good || whole.bytes != pieces.bytes ||
	    whole.paid != pieces.paid || whole.errors != pieces.errors || whole.warnings != pieces.warnings ||
	    whole.line != pieces.line || whole.column != pieces.column)
		abort();
	return 0;
}
