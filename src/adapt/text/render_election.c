/* An election for a terminal: the decision in the first line, what follows from it below. */
#include "adapt/text/render_election.h"

#include "qpp/buf.h"

enum { MOST_TEXT = 1 << 16 };

static void count(struct qpp_buf *b, size_t n, const char *what)
{
	qpp_buf_i64(b, (int64_t)n);
	qpp_buf_cat(b, " ", what, n == 1 ? "" : "s", (char *)NULL);
}

static void list(struct qpp_buf *b, const struct qpp_str *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		qpp_buf_cat(b, i ? ", " : "", (char *)NULL);
		qpp_buf_str(b, v[i]);
	}
}

static void effects(struct qpp_buf *b, const struct qpp_election_answer *x)
{
	qpp_buf_cat(b, "    members     ", (char *)NULL);
	count(b, x->practices, "practice");
	qpp_buf_cat(b, ", ", (char *)NULL);
	count(b, x->clinicians, "clinician");
	qpp_buf_cat(b, x->small_practice ? ": a small practice\n" : ": not a small practice\n", (char *)NULL);
	if (x->without_adjustment) {
		qpp_buf_cat(b, "    adjustment  ", (char *)NULL);
		count(b, x->without_adjustment, "clinician");
		qpp_buf_cat(b, " counted but not adjusted (QPs, newly enrolled)\n", (char *)NULL);
	}
	qpp_buf_cat(b, "    in an APM   paid on the score of the ",
	            qpp_str_is(x->apm_score, "apmEntity") ? "APM entity" : "virtual group", "\n    reports to  ", (char *)NULL);
	list(b, x->programs, x->n_programs);
	if (x->n_closed_programs) {
		qpp_buf_cat(b, "; not to ", (char *)NULL);
		list(b, x->closed_programs, x->n_closed_programs);
	}
	qpp_buf_cat(b, "\n    all year\n", (char *)NULL);
	for (size_t i = 0; i < x->n_duties; i++) {
		qpp_buf_cat(b, "        ", (char *)NULL);
		qpp_buf_str(b, x->duties[i].says);
		qpp_buf_cat(b, " [", (char *)NULL);
		qpp_buf_str(b, x->duties[i].cite);
		qpp_buf_cat(b, "]\n", (char *)NULL);
	}
}

/* Warnings of an accepted election are about what is not known. */
static void open_points(struct qpp_buf *b, const struct qpp_findings *f)
{
	size_t n = 0;
	for (size_t i = 0; i < f->list.n; i++)
		n += f->list.v[i].severity == QPP_WARNING;
	if (!n)
		return;
	qpp_buf_cat(b, "    open        ", (char *)NULL);
	count(b, n, "point");
	qpp_buf_cat(b, " not known or to be looked at, above\n", (char *)NULL);
}

struct qpp_str qpp_text_election(struct qpp_arena *a, const struct qpp_election *e,
                                 const struct qpp_election_answer *x, const struct qpp_findings *f)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	qpp_buf_cat(&b, x->accepted ? "accept" : "reject", e ? ": virtual group of PY " : "", (char *)NULL);
	if (e)
		qpp_buf_i64(&b, e->py.v);
	if (!x->accepted) {
		qpp_buf_cat(&b, ", ", (char *)NULL);
		count(&b, f->errors, "error");
	}
	qpp_buf_char(&b, '\n');
	if (x->accepted) {
		effects(&b, x);
		open_points(&b, f);
	}
	return qpp_buf_done(&b);
}

struct qpp_str qpp_text_provisions(struct qpp_arena *a, const struct qpp_provision *v, size_t n)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	qpp_buf_cat(&b, "The agreement of a virtual group, 42 CFR 414.1315(c)(3):\n", (char *)NULL);
	for (size_t i = 0; i < n; i++) {
		qpp_buf_cat(&b, "  ", v[i].letter.p, (char *)NULL);
		for (size_t k = v[i].letter.n; k < 6; k++)
			qpp_buf_char(&b, ' ');
		qpp_buf_str(&b, v[i].says);
		qpp_buf_char(&b, '\n');
	}
	return qpp_buf_done(&b);
}
