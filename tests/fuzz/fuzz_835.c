/*
 * Fuzzing the reader of remittances and what is held against its lines. The last
 * byte says in pieces of how many bytes the others come. However they come, the same
 * is read; what cannot be read to its end is partial and says at which segment.
 */
#include <stdlib.h>

#include "../unit/piece.h"
#include "adapt/x12/remit_835.h"

struct seen {
	uint64_t lines, segments, claims;
	int64_t sum;
	size_t findings;
	bool partial;
};

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void take(void *host, const struct qpp_remit_line *line)
{
	struct seen *s = host;
	s->lines++;
	s->sum ^= line->base.v ^ line->found.v ^ (int64_t)line->claim.n ^ (int64_t)line->procedure.n;
}

static struct seen read_all(struct qpp_str text, size_t most)
{
	static const struct qpp_remit_codes codes = { .group = QPP_LIT_INIT("CO"), .positive = QPP_LIT_INIT("144"),
		.negative = QPP_LIT_INIT("237"), .sequestration = QPP_LIT_INIT("253"), .remark = QPP_LIT_INIT("N807"), .up = true };
	struct qpp_arena a = QPP_ARENA_INIT;
	struct piece source = { .text = text, .most = most };
	struct qpp_835 *r = QPP_NEW(&a, struct qpp_835);
	struct seen s = { 0 };
	enum qpp_x12_result is;
	qpp_835_open(r, &a, QPP_LIT("fuzz.835"), &codes, piece_read, &source, take, &s);
	while ((is = qpp_835_next(r)) == QPP_X12_SEGMENT)
		;
	if (is == QPP_X12_READ_FAILED || (is == QPP_X12_FAULT && (!r->partial || !r->findings[QPP_835_ERRORS].errors)))
		abort();
	/* Whole: every frame was closed, so the file ends with an interchange. */
	if (is == QPP_X12_END && (r->in_set || r->in_group || r->in_claim || r->in_line))
		abort();
	for (int k = 0; k < QPP_835_LISTS; k++) {
		const struct qpp_findings *f = &r->findings[k];
		s.findings += f->list.n + f->left_out;
		for (size_t i = 0; i < f->list.n; i++)
			if (!f->list.v[i].code.n || !qpp_str_starts(f->list.v[i].subject, "segment "))
				abort();
	}
	s.segments = r->x12.number;
	s.claims = r->n_claims;
	s.partial = r->partial;
	qpp_arena_close(&a);
	return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!n)
		return 0;
	struct qpp_str text = { (const char *)p, n - 1 };
	struct seen whole = read_all(text, 0), pieces = read_all(text, p[n - 1] + 1u);
	if (whole.lines != pieces.lines || whole.segments != pieces.segments || whole.claims != pieces.claims ||
	    whole.sum != pieces.sum || whole.findings != pieces.findings || whole.partial != pieces.partial)
		abort();
	return 0;
}
