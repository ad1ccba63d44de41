/* The agency's feedback against ours as text: a line a figure, and below a difference why ours is so. */
#include "adapt/text/agency.h"

#include "adapt/text/wrap.h"
#include "qpp/buf.h"

enum { MOST_TEXT = 1 << 20, WHAT_COLUMNS = 62, FIGURE_COLUMNS = 10, INDENT = 4 };

static void pad(struct qpp_buf *b, size_t have, size_t width)
{
	do
		qpp_buf_char(b, ' ');
	while (++have < width);
}

static void figure(struct qpp_buf *b, struct qpp_str s)
{
	pad(b, s.n ? s.n : 1, FIGURE_COLUMNS);
	qpp_buf_str(b, s.n ? s : QPP_LIT("-"));
}

static void row(struct qpp_buf *b, struct qpp_str what, struct qpp_str theirs, struct qpp_str ours, const char *result)
{
	qpp_buf_str(b, what);
	pad(b, what.n, WHAT_COLUMNS);
	figure(b, theirs);
	figure(b, ours);
	qpp_buf_cat(b, *result ? "  " : "", result, "\n", (char *)NULL);
}

/* "because 61.20 x 40 / 100 = 24.48 (42 CFR 414.1380(c))" */
static void put_why(struct qpp_buf *b, const struct qpp_agency_line *x)
{
	struct qpp_arena *a = b->arena;
	struct qpp_str rule = x->rule.n ? qpp_str_cat(a, " (", qpp_str_dup(a, x->rule).p, ")", (char *)NULL) : QPP_LIT("");
	if (x->why.n)
		qpp_text_wrap(b, INDENT, INDENT + 2, qpp_str_cat(a, "ours, because ", qpp_str_dup(a, x->why).p, rule.p, (char *)NULL));
	if (x->reason.n)
		qpp_text_wrap(b, INDENT, INDENT + 2, qpp_str_cat(a, "a request for review about it: ", qpp_str_dup(a, x->reason).p, (char *)NULL));
}

struct qpp_str qpp_text_agency(struct qpp_arena *a, const struct qpp_agency *theirs, const struct qpp_agency_lines *x)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	qpp_text_wrap(&b, 0, INDENT, qpp_str_cat(a, "Read as ", qpp_str_dup(a, theirs->format).p, ". ", qpp_str_dup(a, theirs->note).p, (char *)NULL));
	qpp_buf_char(&b, '\n');
	row(&b, QPP_LIT("What"), QPP_LIT("Theirs"), QPP_LIT("Ours"), "");
	for (size_t i = 0; i < x->n; i++) {
		const struct qpp_agency_line *l = &x->v[i];
		row(&b, l->what, l->theirs, l->ours, l->same ? "same" : "different");
		if (!l->same)
			put_why(&b, l);
	}
	qpp_buf_cat(&b, "\n", qpp_i64_text(a, (int64_t)x->n).p, x->n == 1 ? " figure compared, " : " figures compared, ",
	            qpp_i64_text(a, (int64_t)x->different).p, " different\n", (char *)NULL);
	return qpp_buf_done(&b);
}
