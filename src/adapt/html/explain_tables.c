/*
 * The tables of the explanation: the categories with what each brings, the same
 * as a bar, and under each category its measures. On a narrow screen the rows of
 * measures become blocks.
 */
#include "adapt/html/explain_int.h"
#include "adapt/html/stack.h"

static void put_percent(const struct explained *e, const struct qpp_category_score *c)
{
	if (c->percent.has)
		explain_value(e, c->percent, QPP_UNIT_PERCENT);
	else
		qpp_html_word(e->h, c->reweighted.n ? "reweighted" : "not scored");
}

static void put_category_row(const struct explained *e, const struct qpp_category_score *c)
{
	struct qpp_html *h = e->h;
	qpp_stack_row(h);
	qpp_html_lit(h, "<a href=\"#s");
	qpp_html_i64(h, (int64_t)e->number);
	qpp_html_lit(h, "-");
	qpp_html_word(h, qpp_category_name(c->category));
	qpp_html_lit(h, "\">");
	qpp_html_word(h, qpp_category_title(c->category));
	qpp_html_lit(h, "</a></th>");
	qpp_stack_figure(h, "Score");
	put_percent(e, c);
	qpp_html_lit(h, "</td>");
	qpp_stack_figure(h, "Weight");
	explain_value(e, c->weight, QPP_UNIT_WEIGHT);
	qpp_html_lit(h, "</td>");
	qpp_stack_figure(h, "Points");
	explain_value(e, c->contribution, QPP_UNIT_POINTS);
	qpp_html_lit(h, "</td></tr>\n");
}

/* A row that has nothing but points. */
static void put_points_row(const struct explained *e, const char *title, struct qpp_value points, enum qpp_unit unit)
{
	struct qpp_html *h = e->h;
	qpp_stack_row(h);
	qpp_html_word(h, title);
	qpp_html_lit(h, "</th><td role=\"cell\"></td><td role=\"cell\"></td>");
	qpp_stack_figure(h, "Points");
	explain_value(e, points, unit);
	qpp_html_lit(h, "</td></tr>\n");
}

static void put_summary(const struct explained *e)
{
	const struct qpp_score *s = &e->x->score;
	struct qpp_html *h = e->h;
	qpp_stack_begin(h, "sum", "What each category brings to the final score");
	qpp_stack_column(h, "Category");
	qpp_stack_number(h, "Score");
	qpp_stack_number(h, "Weight");
	qpp_stack_number(h, "Points");
	qpp_stack_body(h);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		put_category_row(e, &s->category[k]);
	put_points_row(e, "Complex patient bonus", s->complex_patient_bonus, QPP_UNIT_POINTS);
	qpp_stack_foot(h);
	put_points_row(e, "Final score", s->final_score, QPP_UNIT_SCORE);
	qpp_stack_end_foot(h);
}

static bool has_rates(enum qpp_category c)
{
	return c == QPP_QUALITY || c == QPP_COST;
}

static void begin_measures(struct qpp_html *h, enum qpp_category c)
{
	if (c == QPP_IA) {
		qpp_stack_begin(h, "", "Activities and the points of each");
		qpp_stack_column(h, "Activity");
	} else {
		qpp_stack_begin(h, "", "Measures and the points of each");
		qpp_stack_column(h, "Measure");
	}
	if (c == QPP_COST)
		qpp_stack_number(h, "Result");
	else if (c == QPP_QUALITY)
		qpp_stack_number(h, "Rate");
	if (has_rates(c)) {
		qpp_stack_number(h, "Cases");
		qpp_stack_number(h, "Decile");
	}
	qpp_stack_number(h, "Points");
	qpp_stack_column(h, "Status");
	qpp_stack_body(h);
}

static void put_rate(const struct explained *e, const struct qpp_measure_score *m, enum qpp_category c)
{
	struct qpp_html *h = e->h;
	if (c == QPP_COST)
		qpp_stack_figure(h, "Result");
	else
		qpp_stack_figure(h, "Rate");
	explain_value(e, m->rate, QPP_UNIT_RATE);
	qpp_html_lit(h, "</td>");
	qpp_stack_figure(h, "Cases");
	qpp_html_value(h, m->cases, QPP_UNIT_COUNT);
	qpp_html_lit(h, "</td>");
	qpp_stack_figure(h, "Decile");
	if (m->points.has_decile)
		qpp_html_i64(h, m->points.decile);
	else
		qpp_html_lit(h, "\xE2\x80\x93");
	qpp_html_lit(h, "</td>");
}

/* Why it counts or not, then what became of its points on the way. */
static void put_status(const struct explained *e, const struct qpp_measure_score *m, enum qpp_category c)
{
	struct qpp_html *h = e->h;
	qpp_stack_cell(h, "Status");
	qpp_html_sentence(h, m->status);
	if (c == QPP_QUALITY && m->completeness.has) {
		qpp_html_lit(h, "; reported on ");
		qpp_html_value(h, m->completeness, QPP_UNIT_RATE);
		qpp_html_lit(h, "&nbsp;% of the eligible patients");
	}
	if (m->points.raw.has && (m->points.capped_at.has || m->points.floored_at.has)) {
		qpp_html_lit(h, "; ");
		qpp_html_value(h, m->points.raw, QPP_UNIT_POINTS);
		qpp_html_word(h, m->points.capped_at.has ? " by the benchmark, capped at " : " by the benchmark, raised to ");
		qpp_html_value(h, m->points.capped_at.has ? m->points.capped_at : m->points.floored_at, QPP_UNIT_POINTS);
	}
	qpp_html_lit(h, "</td>");
}

static void put_measure(const struct explained *e, const struct qpp_measure_score *m, enum qpp_category c)
{
	struct qpp_html *h = e->h;
	qpp_stack_row(h);
	qpp_html_lit(h, "<span class=\"id\">");
	qpp_html_text(h, m->measure_id);
	qpp_html_lit(h, "</span> ");
	if (m->measure)
		qpp_html_text(h, m->measure->title);
	if (m->method != QPP_METHOD_NONE) {
		qpp_html_lit(h, " <span class=\"method\">");
		qpp_html_word(h, qpp_method_title(m->method));
		qpp_html_lit(h, "</span>");
	}
	qpp_html_lit(h, "</th>");
	if (has_rates(c))
		put_rate(e, m, c);
	qpp_stack_figure(h, "Points");
	explain_value(e, m->points.points, QPP_UNIT_POINTS);
	if (m->available.has) {
		qpp_html_lit(h, "<span class=\"of\"> of ");
		explain_value(e, m->available, QPP_UNIT_POINTS);
		qpp_html_lit(h, "</span>");
	}
	qpp_html_lit(h, "</td>");
	put_status(e, m, c);
	qpp_html_lit(h, "</tr>\n");
}

static void put_category_sentence(const struct explained *e, const struct qpp_category_score *c)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<p>");
	if (c->points.has && c->maximum_points.has) {
		explain_value(e, c->points, QPP_UNIT_POINTS);
		qpp_html_lit(h, " of ");
		explain_value(e, c->maximum_points, QPP_UNIT_POINTS);
		qpp_html_lit(h, " points. ");
	}
	if (c->percent.has) {
		qpp_html_lit(h, "Category score ");
		explain_value(e, c->percent, QPP_UNIT_PERCENT);
		qpp_html_lit(h, ", weight ");
		explain_value(e, c->weight, QPP_UNIT_WEIGHT);
		qpp_html_lit(h, ".");
	} else if (c->reweighted.n) {
		qpp_html_lit(h, "Reweighted (");
		qpp_html_text(h, qpp_plain_words(h->b.arena, c->reweighted));
		qpp_html_lit(h, "): its weight went to the other categories.");
	} else {
		qpp_html_lit(h, "Not scored: its weight went to the other categories.");
	}
	qpp_html_lit(h, "</p>\n");
	if (c->empty_places > 0) {
		qpp_html_lit(h, "<p>");
		qpp_html_i64(h, c->empty_places);
		qpp_html_word(h, c->empty_places == 1 ? " required measure was" : " required measures were");
		qpp_html_lit(h, " not reported: no points of the 10 for each.</p>\n");
	}
}

static void put_category(const struct explained *e, const struct qpp_category_score *c)
{
	struct qpp_html *h = e->h;
	explain_open_heading(e, 1);
	qpp_html_word(h, qpp_category_name(c->category));
	qpp_html_lit(h, "\">");
	qpp_html_word(h, qpp_category_title(c->category));
	explain_close_heading(e, 1);
	put_category_sentence(e, c);
	if (!c->n_measures)
		return;
	begin_measures(h, c->category);
	for (size_t i = 0; i < c->n_measures; i++)
		put_measure(e, &c->measures[i], c->category);
	qpp_stack_end(h);
}

void explain_categories(const struct explained *e)
{
	explain_heading(e, 0, "categories");
	qpp_html_lit(e->h, "Categories and measures");
	explain_close_heading(e, 0);
	put_summary(e);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		put_category(e, &e->x->score.category[k]);
}
