/* Which score pays, as text: the score in a line, its adjustment, all scores with the one that pays marked, then why. */
#include "adapt/text/payment.h"

#include "adapt/text/render.h"
#include "adapt/text/why.h"
#include "adapt/text/wrap.h"
#include "qpp/claims.h"

enum { MOST_TEXT = 1 << 20, LEVEL_COLUMNS = 14, SCORE_COLUMNS = 8 };

static void pad(struct qpp_buf *b, size_t have, size_t width)
{
	for (; have < width; have++)
		qpp_buf_char(b, ' ');
}

/* "  * group           88.00  TIN 000000001, mips" */
static void put_score(struct qpp_buf *b, const struct qpp_payment_score *s, bool pays)
{
	struct qpp_str level = qpp_str_of(qpp_entity_name(s->participation));
	struct qpp_str points = qpp_unit_text(b->arena, QPP_UNIT_SCORE, s->final_score);
	qpp_buf_cat(b, pays ? "  * " : "    ", (char *)NULL);
	qpp_buf_str(b, level);
	pad(b, level.n, LEVEL_COLUMNS);
	pad(b, points.n, SCORE_COLUMNS);
	qpp_buf_str(b, points);
	qpp_buf_cat(b, "  TIN ", (char *)NULL);
	qpp_buf_str(b, s->tin);
	qpp_buf_cat(b, s->program.n ? ", " : "", (char *)NULL);
	qpp_buf_str(b, qpp_shown(b->arena, s->program));
	qpp_buf_char(b, '\n');
}

static void put_result(struct qpp_buf *b, const struct qpp_payment_answer *x)
{
	struct qpp_arena *a = b->arena;
	qpp_buf_cat(b, "Performance year ", (char *)NULL);
	qpp_buf_i64(b, x->py.v);
	qpp_buf_cat(b, ", payment year ", (char *)NULL);
	qpp_buf_i64(b, x->py.v + QPP_PAYMENT_YEARS_LATER);
	qpp_buf_cat(b, ", billed under TIN ", (char *)NULL);
	qpp_buf_str(b, x->facts->tin);
	qpp_buf_cat(b, "\n\n", (char *)NULL);
	if (x->payment.pays) {
		const struct qpp_payment_score *s = &x->facts->scores[x->payment.score];
		qpp_buf_cat(b, "Final score that pays       ", qpp_unit_text(a, QPP_UNIT_SCORE, s->final_score).p, " (",
		            qpp_entity_name(s->participation), ")\n", (char *)NULL);
		qpp_buf_str(b, qpp_text_adjustment(a, &x->payment.adjustment));
	} else {
		const char *what = x->payment.awaits_virtual_group ? "Not decided: " : "No adjustment: ";
		qpp_text_wrap(b, 0, 4, qpp_str_cat(a, what, qpp_str_dup(a, x->payment.no_adjustment.text).p, (char *)NULL));
	}
	for (size_t i = 0; i < x->facts->n_scores; i++) {
		qpp_buf_cat(b, i ? "" : "\nScores\n", (char *)NULL);
		put_score(b, &x->facts->scores[i], x->payment.pays && i == x->payment.score);
	}
}

static void put_otherwise(struct qpp_buf *b, const struct qpp_payment_answer *x)
{
	for (size_t i = 0; i < x->otherwise.n; i++) {
		const struct qpp_payment_otherwise *w = &x->otherwise.v[i];
		qpp_buf_cat(b, i ? "" : "\nRests on a reading\n", "  ", (char *)NULL);
		qpp_buf_str(b, w->reading);
		qpp_buf_cat(b, " = ", (char *)NULL);
		qpp_buf_str(b, w->alternative);
		if (!w->pays) {
			qpp_buf_cat(b, " would pay on none of the scores\n", (char *)NULL);
			continue;
		}
		const struct qpp_payment_score *s = &x->facts->scores[w->score];
		qpp_buf_cat(b, " would pay on the ", qpp_entity_name(s->participation), " score ",
		            qpp_unit_text(b->arena, QPP_UNIT_SCORE, s->final_score).p, "\n", (char *)NULL);
	}
}

struct qpp_str qpp_text_payment(struct qpp_arena *a, const struct qpp_payment_answer *x)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	put_result(&b, x);
	qpp_text_why(&b, &x->payment.why);
	put_otherwise(&b, x);
	return qpp_buf_done(&b);
}
