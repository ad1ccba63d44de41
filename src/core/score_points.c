/*
 * 414.1380(b)(1)(i)-(iv): the points of one measure. Complete? enough cases? a
 * benchmark? then decile points, floor and topped-out cap; otherwise the points
 * of its class. The filer sees the class or the decile, and the rows of the
 * rule that were passed over.
 */
#include "qpp/buf.h"
#include "score_int.h"

/* How many deciles begin at or before the rate, counted from the first entry that is known. */
static int deciles_reached(const struct qpp_benchmark *b, qpp_dec rate)
{
	int direction = b->inverse ? -1 : 1, reached = 0;
	for (int i = b->has_first ? 0 : 1; i < QPP_ENTRIES; i++)
		if (qpp_dec_cmp(rate, b->entry[i]) * direction >= 0)
			reached = i + 1;
	/* Nine published entries begin with the second decile: everything before it is the first. */
	return reached == 0 && !b->has_first ? 1 : reached;
}

static struct qpp_num entry(struct qpp_calc *c, const struct qpp_benchmark *b, int decile)
{
	struct qpp_num x = qpp_input(c, QPP_F_BENCHMARK_ENTRY, b->entry[decile - 1], (struct qpp_where){ 0 });
	if (c->trace)
		qpp_note(c, x, "decile ", qpp_i64_text(c->trace->arena, decile).p, " begins here", (char *)NULL);
	return x;
}

/*
 * (b)(1)(ii): the decile that the rate lies in and how far through it. A decile
 * without width is never the answer: the highest one reached is followed by one
 * that is not. Only the two entries that decide are shown.
 */
struct qpp_num qpp_benchmark_points(struct qpp_scoring *s, const struct qpp_benchmark *b, struct qpp_num rate,
                                    struct qpp_points *out)
{
	struct qpp_calc *c = &s->c;
	int decile = deciles_reached(b, rate.v);
	enum qpp_op between = b->inverse ? QPP_OP_BETWEEN_DOWN : QPP_OP_BETWEEN;
	struct qpp_num points;
	out->has_decile = true;
	out->decile = decile;
	out->benchmark = b;
	if (decile == 0 || (decile == 1 && !b->has_first)) {
		points = QPP_DERIVE(c, QPP_F_RAW_POINTS, QPP_OP_SAME, qpp_param(c, QPP_P_benchmark_points_least));
		qpp_note(c, points, "the rate does not reach the ", decile ? "second" : "first", " decile of the benchmark",
		         (char *)NULL);
	} else if (decile == QPP_ENTRIES) {
		struct qpp_num most = qpp_param(c, QPP_P_measure_points_most);
		points = QPP_DERIVE(c, QPP_F_RAW_POINTS, between, most, rate, entry(c, b, decile));
		qpp_note(c, points, "the rate lies in the highest decile", (char *)NULL);
	} else {
		struct qpp_num begins = entry(c, b, decile), ends = entry(c, b, decile + 1);
		struct qpp_num number = QPP_DERIVE(c, QPP_F_DECILE, between, qpp_constant(c, QPP_F_DECILE, decile), rate, begins, ends);
		points = QPP_DERIVE(c, QPP_F_RAW_POINTS, QPP_OP_INTERPOLATE, number, rate, begins, ends);
	}
	out->raw = qpp_value_of(points);
	return points;
}

/* R-414.1380(b)(1)(i): points of a class of measures that no benchmark is applied to. */
static struct qpp_num class_points(struct qpp_scoring *s, const struct qpp_points_in *in, enum qpp_class class,
                                   struct qpp_points *out)
{
	struct qpp_calc *c = &s->c;
	bool small = s->plan->class_small[class] && qpp_known_yes(c, QPP_MISSING_SMALL_PRACTICE, in->small_practice);
	const struct qpp_table_row *row = s->plan->class_points[class][small];
	if (!row)
		row = qpp_row_needed(c, QPP_T_measure_class_points,
		                     QPP_KEYS({ QPP_C_measure_class_points_class, qpp_str_of(qpp_class_name(class)) }));
	struct qpp_num x = qpp_cell_num(c, QPP_T_measure_class_points, row, QPP_C_measure_class_points_points);
	out->measure_class = qpp_str_of(qpp_class_name(class));
	struct qpp_num points = QPP_DERIVE(c, QPP_F_MEASURE_POINTS, QPP_OP_SAME, x);
	if (row)
		qpp_note_rule(c, points, qpp_cell_word(row, QPP_C_measure_class_points_cite));
	qpp_note_label(c, points, out->measure_class);
	return points;
}

/*
 * (A)(3): first or second year of the measure; false when neither. Measures that
 * CMS computes from claims are not raised (reading new-claims-measures).
 */
static bool is_new_measure(const struct qpp_scoring *s, const struct qpp_points_in *in, enum qpp_class *class)
{
	if (!in->measure || in->measure->first_py <= 0 || in->method == QPP_ADMIN_CLAIMS)
		return false;
	int age = s->c.rules->py.v - in->measure->first_py;
	*class = age == 0 ? QPP_FIRST_YEAR : QPP_SECOND_YEAR;
	return age == 0 || age == 1;
}

/* R-414.1380(b)(1)(iii): the measure's own minimum, else the usual one. */
static struct qpp_num case_minimum(struct qpp_scoring *s, const struct qpp_points_in *in)
{
	struct qpp_calc *c = &s->c;
	bool own = in->method != QPP_ADMIN_CLAIMS ||
	           qpp_reading(c, QPP_R_claims_measure_minimums) == QPP_R_claims_measure_minimums_own;
	const struct qpp_table_row *row = own && in->measure ? s->plan->case_minimum[qpp_place(s->plan, in->measure)]
	                                                     : s->plan->usual_case_minimum;
	if (!row)
		row = qpp_row_needed(c, QPP_T_case_minimums, QPP_KEYS({ QPP_C_case_minimums_measure, QPP_LIT("any") }));
	return qpp_cell_num(c, QPP_T_case_minimums, row, QPP_C_case_minimums_minimum);
}

bool qpp_enough_cases(struct qpp_scoring *s, const struct qpp_points_in *in)
{
	return !in->has_cases || qpp_num_yes(QPP_DERIVE(&s->c, QPP_F_ENOUGH_CASES, QPP_OP_AT_LEAST, in->cases, case_minimum(s, in)));
}

static bool enough_cases(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_num *fact)
{
	if (!in->has_cases)
		return true;
	*fact = QPP_DERIVE(&s->c, QPP_F_ENOUGH_CASES, QPP_OP_AT_LEAST, in->cases, case_minimum(s, in));
	return qpp_num_yes(*fact);
}

/* R-414.1340: enough of the eligible patients were reported on. */
static bool complete(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_num *fact)
{
	if (!in->has_completeness)
		return true;
	*fact = QPP_DERIVE(&s->c, QPP_F_COMPLETE, QPP_OP_AT_LEAST, in->completeness,
	                   qpp_param(&s->c, QPP_P_data_completeness_pct));
	return qpp_num_yes(*fact);
}

/* A measure that cannot be scored on a benchmark: by its age, or by its class; some programs leave it out. */
static struct qpp_num unscorable(struct qpp_scoring *s, const struct qpp_points_in *in, const char *why,
                                 struct qpp_points *out)
{
	struct qpp_calc *c = &s->c;
	enum qpp_class class;
	bool left_out = in->method == QPP_ADMIN_CLAIMS || in->method == QPP_WEB_INTERFACE || s->kind == QPP_PROGRAM_APP;
	if (left_out) {
		out->excluded = true;
		out->excluded_why = qpp_str_of(why);
		out->measure_class = QPP_LIT("excluded");
		struct qpp_num none = qpp_constant(c, QPP_F_MEASURE_POINTS, 0);
		qpp_note(c, none, why, ": the measure leaves numerator and denominator", (char *)NULL);
		return none;
	}
	struct qpp_num points = class_points(s, in, is_new_measure(s, in, &class) ? class : QPP_UNSCORABLE, out);
	out->class_why = qpp_str_of(why);
	qpp_note(c, points, why, (char *)NULL);
	return points;
}

/* 414.1367(c)(1)(ii) */
static bool app_exempt(struct qpp_scoring *s)
{
	return s->kind == QPP_PROGRAM_APP && qpp_reading(&s->c, QPP_R_app_cap_exempt) == QPP_R_app_cap_exempt_exempt;
}

/* R-414.1380(b)(1)(iv): floor and cap, after the points were rounded as published. */
static struct qpp_num floor_and_cap(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_num points,
                                    struct qpp_points *out)
{
	struct qpp_calc *c = &s->c;
	enum qpp_class class;
	struct qpp_num floor = is_new_measure(s, in, &class) ? class_points(s, in, class, out)
	                                                              : qpp_param(c, QPP_P_measure_floor_points);
	out->measure_class = QPP_LIT("");
	struct qpp_num floored = QPP_DERIVE(c, QPP_F_FLOORED_POINTS, QPP_OP_GREATEST, points, floor);
	if (c->code == QPP_OK && qpp_dec_cmp(points.v, floor.v) < 0)
		out->floored_at = qpp_value_of(floor);
	/* (iv)(C): measures of limited choice have no cap; nor has the APP. */
	bool removed = in->measure && in->measure->cap_removed & 1u << in->method;
	if (!in->benchmark->capped || removed || app_exempt(s))
		return QPP_DERIVE(c, QPP_F_MEASURE_POINTS, QPP_OP_SAME, floored);
	struct qpp_num cap = qpp_param(c, QPP_P_topped_out_cap_points);
	struct qpp_num capped = QPP_DERIVE(c, QPP_F_MEASURE_POINTS, QPP_OP_LEAST, floored, cap);
	if (c->code == QPP_OK && qpp_dec_cmp(floored.v, cap.v) > 0)
		out->capped_at = qpp_value_of(cap);
	qpp_note(c, capped, "topped out for the second year in a row in this collection type", (char *)NULL);
	qpp_note_rule(c, capped, QPP_LIT("414.1380(b)(1)(iv)"));
	return capped;
}

static bool zero_rate_scores_zero(struct qpp_scoring *s, const struct qpp_points_in *in)
{
	return !in->benchmark->inverse && qpp_dec_sign(in->rate.v) == 0 && in->method != QPP_ADMIN_CLAIMS &&
	       qpp_reading(&s->c, QPP_R_zero_rate) == QPP_R_zero_rate_zero;
}

static struct qpp_num points_of(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_points *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num is_complete = { { 0, 0 }, 0 }, has_cases = is_complete, points;

	if (!complete(s, in, &is_complete)) {
		points = class_points(s, in, QPP_INCOMPLETE, out);
		out->class_why = QPP_LIT("data completeness is not met");
		qpp_note(c, points, "data completeness is not met", (char *)NULL);
		return points;
	}
	if (!in->has_rate) {
		out->class_why = QPP_LIT("no patient counts for the performance rate");
		if (s->kind != QPP_PROGRAM_APP && qpp_reading(c, QPP_R_empty_denominator) == QPP_R_empty_denominator_zero)
			return qpp_constant(c, QPP_F_MEASURE_POINTS, 0);
		return unscorable(s, in, "no patient counts for the performance rate", out);
	}
	if (!in->benchmark)
		return unscorable(s, in, "there is no benchmark for this collection type", out);
	if (!enough_cases(s, in, &has_cases))
		return unscorable(s, in, "the case minimum is not met", out);

	points = qpp_benchmark_points(s, in->benchmark, in->rate, out);
	if (zero_rate_scores_zero(s, in))
		return qpp_constant(c, QPP_F_MEASURE_POINTS, 0);
	points = QPP_DERIVE(c, QPP_F_ROUNDED_POINTS, QPP_OP_ROUND, points, qpp_param(c, QPP_P_measure_points_decimals));
	out->raw = qpp_value_of(points);
	points = floor_and_cap(s, in, points, out);
	if (in->has_completeness)
		qpp_note_passed(c, points, "data completeness not met", "it is met");
	if (in->has_cases)
		qpp_note_passed(c, points, "below the case minimum", "there are enough cases");
	return points;
}

void qpp_points_of(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_points *out, struct qpp_num *points)
{
	*out = (struct qpp_points){ 0 };
	out->benchmark = in->benchmark;
	*points = points_of(s, in, out);
	out->points = qpp_value_of(*points);
}
