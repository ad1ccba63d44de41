/*
 * The final score as a bar from 0 to 100: a piece for each category, with the
 * performance threshold as a line across it where it is known. The table of the
 * categories is its twin, so the picture as a whole is one label to those who do
 * not see it; its legend has words and numbers, color only repeats them.
 */
#include "adapt/html/explain_int.h"

enum { PIECES = QPP_CATEGORIES + 1 };

struct piece {
	const char *name, *title;
	struct qpp_value points;
};

/* Their number. A score that was set, as with fewer than two categories, is not their sum: it is one piece. */
static int pieces_of(const struct qpp_score *s, struct piece pieces[PIECES])
{
	qpp_dec sum = qpp_dec_of(0);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		pieces[k] = (struct piece){ qpp_category_name((enum qpp_category)k), qpp_category_title((enum qpp_category)k),
			                        s->category[k].contribution };
	pieces[QPP_CATEGORIES] = (struct piece){ "bonus", "Complex patient bonus", s->complex_patient_bonus };
	for (int k = 0; k < PIECES; k++)
		if (pieces[k].points.has)
			sum = qpp_dec_add(sum, pieces[k].points.v);
	if (qpp_dec_eq(qpp_dec_min(sum, qpp_dec_of(100)), s->final_exact.v))
		return PIECES;
	pieces[0] = (struct piece){ "whole", "Final score", s->final_exact };
	return 1;
}

/* The picture is 1000 wide for 100 points. */
static void put_length(struct qpp_html *h, qpp_dec points)
{
	qpp_html_text(h, qpp_dec_text(h->b.arena, qpp_dec_mul(points, qpp_dec_of(10)), 1));
}

static void put_piece(struct qpp_html *h, const struct piece *p, qpp_dec from, qpp_dec to)
{
	if (qpp_dec_cmp(to, from) <= 0)
		return;
	qpp_html_lit(h, "<rect class=\"piece-");
	qpp_html_word(h, p->name);
	qpp_html_lit(h, "\" x=\"");
	put_length(h, from);
	qpp_html_lit(h, "\" y=\"8\" width=\"");
	put_length(h, qpp_dec_sub(to, from));
	qpp_html_lit(h, "\" height=\"40\"/>\n");
}

/* NULL when no threshold was asked for. */
static const struct qpp_fact *threshold(const struct explained *e)
{
	for (size_t i = 1; e->x->trace && i < e->x->trace->facts.n; i++) {
		const struct qpp_fact *f = &e->x->trace->facts.v[i];
		if (f->kind == QPP_KIND_PARAMETER && qpp_str_is(f->label, "performance_threshold"))
			return f;
	}
	return NULL;
}

static void put_picture(const struct explained *e, const struct piece *pieces, int n, const struct qpp_fact *line)
{
	struct qpp_html *h = e->h;
	qpp_dec most = qpp_dec_of(100), at = qpp_dec_of(0);
	qpp_html_lit(h, "<svg viewBox=\"0 0 1000 56\" preserveAspectRatio=\"none\" role=\"img\" "
	                "aria-label=\"Bar of the final score: ");
	qpp_html_attr(h, qpp_unit_text(h->b.arena, QPP_UNIT_SCORE, e->x->score.final_score.v));
	qpp_html_lit(h, " of 100 points. The table of the categories has its parts.\">\n"
	                "<rect class=\"piece-none\" x=\"0\" y=\"8\" width=\"1000\" height=\"40\"/>\n");
	for (int k = 0; k < n; k++) {
		if (!pieces[k].points.has)
			continue;
		/* Bonus points can lead past 100; the score, and so the bar, cannot. */
		qpp_dec to = qpp_dec_min(qpp_dec_add(at, pieces[k].points.v), most);
		put_piece(h, &pieces[k], at, to);
		at = to;
	}
	if (line) {
		qpp_html_lit(h, "<rect class=\"threshold\" x=\"");
		put_length(h, line->value);
		qpp_html_lit(h, "\" y=\"0\" width=\"1\" height=\"56\"/>\n");
	}
	qpp_html_lit(h, "</svg>\n");
}

static void put_key(struct qpp_html *h, const char *name)
{
	qpp_html_lit(h, "<li><svg class=\"key\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"");
	qpp_html_word(h, name);
	qpp_html_lit(h, "\" width=\"10\" height=\"10\"/></svg> ");
}

void explain_bar(const struct explained *e)
{
	struct qpp_html *h = e->h;
	struct piece pieces[PIECES];
	const struct qpp_fact *line = threshold(e);
	int n = pieces_of(&e->x->score, pieces);
	qpp_html_lit(h, "<figure class=\"bar\">\n");
	put_picture(e, pieces, n, line);
	qpp_html_lit(h, "<figcaption><ul>\n");
	for (int k = 0; k < n; k++) {
		if (!pieces[k].points.has || !qpp_dec_sign(pieces[k].points.v))
			continue;
		put_key(h, qpp_str_cat(h->b.arena, "piece-", pieces[k].name, (char *)NULL).p);
		qpp_html_word(h, pieces[k].title);
		qpp_html_lit(h, " <b>");
		qpp_html_value(h, pieces[k].points, QPP_UNIT_POINTS);
		qpp_html_lit(h, "</b></li>\n");
	}
	if (line) {
		put_key(h, "threshold");
		qpp_html_lit(h, "Performance threshold <b>");
		qpp_html_text(h, qpp_unit_text(h->b.arena, QPP_UNIT_NUMBER, line->value));
		qpp_html_lit(h, "</b></li>\n");
	}
	qpp_html_lit(h, "</ul></figcaption>\n</figure>\n");
}
