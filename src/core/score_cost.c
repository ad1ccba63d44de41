/*
 * 414.1380(b)(2): the cost performance category. The agency computes the measures
 * from claims; each that reaches its case minimum and has a benchmark counts the
 * same. The clinician sees every measure, also those that were not scored.
 */
#include "score_int.h"

/* R-414.1350(c): how many cases the measure needs. */
static struct qpp_num cost_case_minimum(struct qpp_scoring *s, const struct qpp_measure *m)
{
	const struct qpp_table_row *row = s->plan->case_minimum[qpp_place(s->plan, m)];
	if (!row)
		row = qpp_row_needed(&s->c, QPP_T_cost_case_minimums, QPP_KEYS({ QPP_C_cost_case_minimums_measure, m->id }));
	return qpp_cell_num(&s->c, QPP_T_cost_case_minimums, row, QPP_C_cost_case_minimums_minimum);
}

bool qpp_cost_points_of(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_points *out, struct qpp_num *points)
{
	struct qpp_calc *c = &s->c;
	*out = (struct qpp_points){ 0 };
	if (!in->benchmark) {
		out->excluded = true;
		out->excluded_why = QPP_LIT("it has no benchmark");
		return false;
	}
	if (in->has_cases) {
		struct qpp_num enough = QPP_DERIVE(c, QPP_F_COST_ENOUGH_CASES, QPP_OP_AT_LEAST, in->cases,
		                                   cost_case_minimum(s, in->measure));
		if (!qpp_num_yes(enough)) {
			out->excluded = true;
			out->excluded_why = QPP_LIT("the case minimum is not met");
			return false;
		}
	}
	struct qpp_num exact = qpp_benchmark_points(s, in->benchmark, in->rate, out);
	*points = QPP_DERIVE(c, QPP_F_COST_POINTS, QPP_OP_ROUND, exact, qpp_param(c, QPP_P_measure_points_decimals));
	out->raw = out->points = qpp_value_of(*points);
	return c->code == QPP_OK;
}

/* True when the measure is scored; its points are then in *points. */
static bool score_measure(struct qpp_scoring *s, const struct qpp_claims_measure *given, struct qpp_measure_score *x,
                          struct qpp_num *points)
{
	struct qpp_calc *c = &s->c;
	c->subject = qpp_subject(c, "cost", given->measure_id, NULL);
	*x = (struct qpp_measure_score){ .measure_id = given->measure_id, .measure = given->measure,
	                                 .method = QPP_ADMIN_CLAIMS, .where = given->where };
	struct qpp_points_in in = {
		.measure = given->measure, .method = QPP_ADMIN_CLAIMS, .has_rate = true, .has_cases = given->case_count.given,
		.rate = qpp_input(c, QPP_F_COST_SCORE, given->score, given->where),
		.benchmark = s->plan->benchmark[qpp_place(s->plan, given->measure)][QPP_ADMIN_CLAIMS],
	};
	x->rate = qpp_value_of(in.rate);
	if (in.has_cases) {
		in.cases = qpp_input(c, QPP_F_COST_CASES, qpp_dec_of(given->case_count.v), given->where);
		x->cases = qpp_value_of(in.cases);
	}
	x->picked = qpp_cost_points_of(s, &in, &x->points, points);
	x->status = x->picked ? QPP_LIT("scored") : x->points.excluded_why;
	return x->picked;
}

/* (b)(2)(iv): the same identifier was scored on cost in both years. */
static bool improvement_applies(struct qpp_scoring *s)
{
	const struct qpp_facts *facts = s->facts;
	if (!facts->has_prior)
		qpp_missing(&s->c, QPP_MISSING_PRIOR);
	return facts->has_prior && facts->prior_cost_pct.given && qpp_dec_sign(facts->prior_cost_pct.v) > 0 &&
	       facts->prior_same_identifier == QPP_YES;
}

static bool of_program(const struct qpp_scoring *s, struct qpp_str id)
{
	return !s->mvp || qpp_strs_has(s->mvp->cost, id);
}

/* R-414.1380(b)(2): the mean of the measures that can be scored, as a percent. */
struct qpp_num qpp_score_cost(struct qpp_scoring *s, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_facts *facts = s->facts;
	const struct qpp_num none = { qpp_dec_undefined(), 0 };
	/* 414.1367, 414.1317(b): neither the APP nor an APM entity is scored on cost. */
	if (s->kind == QPP_PROGRAM_APP || s->submission->entity == QPP_APM_ENTITY)
		return none;
	if (!facts->has_cost)
		qpp_missing(c, QPP_MISSING_COST);
	struct qpp_num *points = QPP_RAW_ARRAY(c->arena, facts->n_cost + 1, struct qpp_num);
	out->measures = QPP_RAW_ARRAY(c->arena, facts->n_cost + 1, struct qpp_measure_score);
	size_t n = 0;
	for (size_t i = 0; i < facts->n_cost; i++) {
		if (!facts->cost[i].measure || !of_program(s, facts->cost[i].measure_id))
			continue;
		n += score_measure(s, &facts->cost[i], &out->measures[out->n_measures++], &points[n]);
	}
	if (c->code != QPP_OK || n == 0)
		return none;

	c->subject = QPP_LIT("cost");
	out->submitted = true;
	struct qpp_num sum = qpp_derive(c, QPP_F_COST_SUM, QPP_OP_SUM, points, n);
	struct qpp_num counted = qpp_derive(c, QPP_F_COST_COUNTED, QPP_OP_COUNT, points, n);
	struct qpp_num available = QPP_DERIVE(c, QPP_F_COST_DENOMINATOR, QPP_OP_PRODUCT, counted, qpp_param(c, QPP_P_measure_points_most));
	struct qpp_num share = QPP_DERIVE(c, QPP_F_COST_ACHIEVEMENT, QPP_OP_PERCENT, sum, available);
	out->points = qpp_value_of(sum);
	out->maximum_points = qpp_value_of(available);
	if (improvement_applies(s)) {
		struct qpp_num prior = qpp_input(c, QPP_F_COST_PRIOR, facts->prior_cost_pct.v, facts->prior_cost_pct.where);
		share = QPP_DERIVE(c, QPP_F_COST_UNCAPPED, QPP_OP_SUM, share, qpp_cost_improvement(s, share, prior));
	}
	return QPP_DERIVE(c, QPP_F_COST_PERCENT, QPP_OP_LEAST, share, qpp_param(c, QPP_P_category_percent_most));
}
