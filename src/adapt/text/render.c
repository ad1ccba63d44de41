/* Answers as text: numbers right-aligned in columns, one sentence where a number needs one. */
#include "adapt/text/render.h"
#include "adapt/text/wrap.h"

enum { MOST_TEXT = 64 << 20 };

static const char *const category_titles[QPP_CATEGORIES] = {
	[QPP_QUALITY] = "Quality", [QPP_COST] = "Cost", [QPP_IA] = "Improvement activities",
	[QPP_PI] = "Promoting interoperability",
};

static void line(struct qpp_buf *b, struct qpp_str s)
{
	qpp_buf_str(b, s);
	qpp_buf_char(b, '\n');
}

static void spaces(struct qpp_buf *b, size_t n)
{
	while (n-- > 0)
		qpp_buf_char(b, ' ');
}

static void left(struct qpp_buf *b, struct qpp_str s, size_t width)
{
	qpp_buf_str(b, s);
	spaces(b, s.n < width ? width - s.n : 1);
}

static void right(struct qpp_buf *b, struct qpp_str s, size_t width)
{
	spaces(b, s.n < width ? width - s.n : 1);
	qpp_buf_str(b, s);
}

static struct qpp_str value(struct qpp_buf *b, struct qpp_value v, enum qpp_unit unit)
{
	return v.has ? qpp_unit_text(b->arena, unit, v.v) : QPP_LIT("-");
}

struct qpp_str qpp_text_points(struct qpp_arena *a, const struct qpp_points *p, const struct qpp_trace *t)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	left(&b, QPP_LIT("Points"), 12);
	line(&b, value(&b, p->points, QPP_UNIT_POINTS));
	if (p->has_decile) {
		left(&b, QPP_LIT("Decile"), 12);
		line(&b, qpp_i64_text(a, p->decile));
	}
	left(&b, QPP_LIT("Benchmark"), 12);
	if (p->benchmark) {
		qpp_buf_cat(&b, "of ", (char *)NULL);
		qpp_buf_i64(&b, p->benchmark->benchmark_year);
		qpp_buf_cat(&b, p->benchmark->inverse ? ", lower is better" : "", p->benchmark->capped ? ", topped out" : "",
		            "\n", (char *)NULL);
	} else {
		line(&b, QPP_LIT("none"));
	}
	qpp_buf_cat(&b, "\nReasons\n", (char *)NULL);
	qpp_text_trace(&b, t, p->points.fact, 0);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_text_weights(struct qpp_arena *a, const struct qpp_weights *w)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		left(&b, qpp_str_of(category_titles[k]), 28);
		right(&b, value(&b, w->weight[k], QPP_UNIT_WEIGHT), 4);
		line(&b, QPP_LIT(" %"));
	}
	qpp_buf_cat(&b, "42 CFR ", (char *)NULL);
	line(&b, w->rule);
	return qpp_buf_done(&b);
}

static const char *band_sentence(enum qpp_band band)
{
	switch (band) {
	case QPP_MAX_NEGATIVE:
		return "the largest negative adjustment";
	case QPP_NEGATIVE:
		return "negative";
	case QPP_NEUTRAL:
		return "neutral";
	case QPP_POSITIVE:
		return "positive";
	default:
		return "positive, with the additional factor";
	}
}

static void put_adjustment(struct qpp_buf *b, const struct qpp_adjustment *x)
{
	left(b, QPP_LIT("Payment adjustment"), 28);
	if (x->total.has) {
		if (qpp_dec_sign(x->total.v) > 0)
			qpp_buf_char(b, '+');
		qpp_buf_str(b, value(b, x->total, QPP_UNIT_FACTOR));
		qpp_buf_cat(b, " %", (char *)NULL);
	} else {
		qpp_buf_cat(b, "not known: the scaling factor of that year is not published", (char *)NULL);
	}
	qpp_buf_cat(b, " (", band_sentence(x->band), ")\n", (char *)NULL);
	if (x->additional.has) {
		left(b, QPP_LIT("  of which additional"), 28);
		qpp_buf_str(b, value(b, x->additional, QPP_UNIT_FACTOR));
		qpp_buf_cat(b, " %\n", (char *)NULL);
	}
	if (x->band >= QPP_POSITIVE && x->scaling_source == QPP_SCALING_FITTED) {
		left(b, QPP_LIT("  scaling factor"), 28);
		qpp_buf_str(b, value(b, x->scaling, QPP_UNIT_NUMBER));
		qpp_buf_cat(b, ", fitted to public pairs of score and factor (never published)\n", (char *)NULL);
	}
}

struct qpp_str qpp_text_adjustment(struct qpp_arena *a, const struct qpp_adjustment *x)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	put_adjustment(&b, x);
	return qpp_buf_done(&b);
}

static void put_measure(struct qpp_buf *b, const struct qpp_measure_score *m)
{
	spaces(b, 4);
	left(b, m->measure_id, 16);
	left(b, m->method != QPP_METHOD_NONE ? qpp_str_of(qpp_method_name(m->method)) : QPP_LIT(""), 24);
	right(b, m->points.points.has ? value(b, m->points.points, QPP_UNIT_POINTS) : QPP_LIT(""), 9);
	qpp_buf_cat(b, "  ", (char *)NULL);
	if (m->rate.has) {
		qpp_buf_str(b, value(b, m->rate, QPP_UNIT_RATE));
		if (m->points.has_decile) {
			qpp_buf_cat(b, " in decile ", (char *)NULL);
			qpp_buf_i64(b, m->points.decile);
		}
		qpp_buf_cat(b, "; ", (char *)NULL);
	}
	if (m->points.class_why.n) {
		qpp_buf_str(b, m->points.class_why);
		qpp_buf_cat(b, "; ", (char *)NULL);
	}
	line(b, m->status);
}

static void put_category(struct qpp_buf *b, const struct qpp_category_score *c)
{
	left(b, qpp_str_of(category_titles[c->category]), 28);
	if (c->percent.has) {
		right(b, value(b, c->percent, QPP_UNIT_PERCENT), 10);
		qpp_buf_cat(b, " %", (char *)NULL);
	} else {
		right(b, c->reweighted.n ? QPP_LIT("reweighted") : QPP_LIT("not scored"), 12);
	}
	right(b, value(b, c->weight, QPP_UNIT_WEIGHT), 7);
	qpp_buf_cat(b, " %", (char *)NULL);
	right(b, value(b, c->contribution, QPP_UNIT_POINTS), 12);
	qpp_buf_char(b, '\n');
	if (c->scored_by.n)
		qpp_buf_cat(b, qpp_str_is(c->scored_by, "facility") ? "    by the score of the facility, not by the measures\n"
		                                                    : "    the mean of the entity's clinicians\n", (char *)NULL);
	if (c->points.has && c->maximum_points.has) {
		spaces(b, 4);
		qpp_buf_str(b, value(b, c->points, QPP_UNIT_POINTS));
		qpp_buf_cat(b, " of ", (char *)NULL);
		qpp_buf_str(b, value(b, c->maximum_points, QPP_UNIT_POINTS));
		qpp_buf_cat(b, " points\n", (char *)NULL);
	}
	for (size_t i = 0; i < c->n_measures; i++)
		put_measure(b, &c->measures[i]);
	if (c->empty_places > 0) {
		spaces(b, 4);
		qpp_buf_i64(b, c->empty_places);
		qpp_buf_cat(b, c->empty_places == 1 ? " required measure was" : " required measures were",
		            " not reported: 0 of 10 points each\n", (char *)NULL);
	}
}

/* 414.1380(e): both final scores, where the facility's was possible. */
static void put_facility(struct qpp_buf *b, const struct qpp_score *s)
{
	left(b, s->facility_based ? QPP_LIT("  by the facility's scores") : QPP_LIT("  by the measures"), 28);
	qpp_buf_cat(b, s->facility_based ? "and by the measures " : "and by the facility's scores ", (char *)NULL);
	line(b, value(b, s->facility_based ? s->by_measures : s->by_facility, QPP_UNIT_SCORE));
}

static void put_score(struct qpp_buf *b, const struct qpp_score *s)
{
	left(b, QPP_LIT("Final score"), 28);
	if (s->final_score.has) {
		line(b, value(b, s->final_score, QPP_UNIT_SCORE));
		if (s->by_facility.has)
			put_facility(b, s);
		put_adjustment(b, &s->adjustment);
	} else {
		qpp_buf_cat(b, "none: ", (char *)NULL);
		line(b, s->no_score);
	}
	qpp_buf_cat(b, "\nCategory                         score   weight      points\n", (char *)NULL);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		put_category(b, &s->category[k]);
	left(b, QPP_LIT("Complex patient bonus"), 28);
	right(b, value(b, s->complex_patient_bonus, QPP_UNIT_POINTS), 33);
	qpp_buf_char(b, '\n');
	if (s->small_practice_points.has) {
		left(b, QPP_LIT("Small practice points"), 28);
		right(b, value(b, s->small_practice_points, QPP_UNIT_POINTS), 33);
		qpp_buf_char(b, '\n');
	}
}

struct qpp_str qpp_text_score(struct qpp_arena *a, const struct qpp_score *s)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	put_score(&b, s);
	return qpp_buf_done(&b);
}

static void put_missing(struct qpp_buf *b, const struct qpp_scored *x)
{
	if (!x->n_missing)
		return;
	qpp_buf_cat(b, "\nNot known, and taken as not so\n", (char *)NULL);
	for (size_t i = 0; i < x->n_missing; i++) {
		const struct qpp_missing_answer *m = &x->missing[i];
		struct qpp_str fact = qpp_str_dup(b->arena, m->fact), decides = qpp_str_dup(b->arena, m->decides);
		qpp_text_wrap(b, 2, 6, qpp_str_cat(b->arena, fact.p, " decides ", decides.p, (char *)NULL));
		for (size_t k = 0; k < m->n_otherwise; k++) {
			spaces(b, 6);
			qpp_buf_cat(b, "if ", (char *)NULL);
			left(b, m->otherwise[k].value, 16);
			qpp_buf_cat(b, "final score ", (char *)NULL);
			qpp_buf_str(b, value(b, m->otherwise[k].final_score, QPP_UNIT_SCORE));
			qpp_buf_cat(b, ", adjustment ", (char *)NULL);
			qpp_buf_str(b, value(b, m->otherwise[k].total, QPP_UNIT_FACTOR));
			qpp_buf_cat(b, " %\n", (char *)NULL);
		}
	}
}

static void put_sensitivity(struct qpp_buf *b, const struct qpp_scored *x)
{
	if (!x->readings_tried) {
		qpp_buf_cat(b, "\nNo unverified reading of the rules was needed.\n", (char *)NULL);
		return;
	}
	if (!x->n_sensitivity) {
		qpp_buf_cat(b, "\nThe final score is the same under every other reading of the rules that was tried (",
		            (char *)NULL);
		qpp_buf_i64(b, (int64_t)x->readings_tried);
		qpp_buf_cat(b, ").\n", (char *)NULL);
		return;
	}
	qpp_buf_cat(b, "\nRests on a reading\n", (char *)NULL);
	for (size_t i = 0; i < x->n_sensitivity; i++) {
		qpp_buf_cat(b, "  ", (char *)NULL);
		qpp_buf_str(b, x->sensitivity[i].reading);
		qpp_buf_cat(b, " = ", (char *)NULL);
		qpp_buf_str(b, x->sensitivity[i].alternative);
		qpp_buf_cat(b, " would give ", (char *)NULL);
		line(b, value(b, x->sensitivity[i].final_score, QPP_UNIT_SCORE));
	}
}

static void put_scored(struct qpp_buf *b, const struct qpp_answer *x, const struct qpp_scored *s, unsigned depth)
{
	qpp_buf_cat(b, "Performance year ", (char *)NULL);
	qpp_buf_i64(b, x->py.v);
	if (x->entity != QPP_ENTITY_NONE)
		qpp_buf_cat(b, ", ", qpp_entity_name(x->entity), (char *)NULL);
	qpp_buf_cat(b, ", program ", (char *)NULL);
	qpp_buf_str(b, s->score.program);
	if (x->n_scored > 1 && s->counts) {
		qpp_buf_cat(b, ": counts, because ", (char *)NULL);
		qpp_buf_str(b, s->why);
	}
	qpp_buf_cat(b, "\n\n", (char *)NULL);
	put_score(b, &s->score);
	put_missing(b, s);
	put_sensitivity(b, s);
	if (!s->trace)
		return;
	if (!s->score.final_score.has)
		return;
	qpp_buf_cat(b, "\nWhy the final score is what it is\n", (char *)NULL);
	qpp_text_trace(b, s->trace, s->score.final_score.fact, depth);
	if (s->score.adjustment.total.has) {
		qpp_buf_cat(b, "\nWhy the adjustment is what it is\n", (char *)NULL);
		qpp_text_trace(b, s->trace, s->score.adjustment.total.fact, depth);
	}
}

struct qpp_str qpp_text_scored(struct qpp_arena *a, const struct qpp_answer *x, const struct qpp_scored *s, unsigned depth)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	put_scored(&b, x, s, depth);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_text_answer(struct qpp_arena *a, const struct qpp_answer *x, unsigned depth)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	for (size_t i = 0; i < x->n_scored; i++) {
		if (i)
			qpp_buf_cat(&b, "\n", (char *)NULL);
		put_scored(&b, x, &x->scored[i], depth);
	}
	qpp_buf_cat(&b, "\nRules ", (char *)NULL);
	line(&b, x->rules_hash);
	return qpp_buf_done(&b);
}
