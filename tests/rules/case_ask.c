/*
 * Which question a case puts, and the smaller ones: everything that is asked
 * of numbers in the case itself. The question is known by what is given, or
 * where that does not tell, by what is expected.
 */
#include "case_run.h"
#include "core/score_int.h"
#include "core/score_pick.h"

static enum qpp_code ask_adjustment(struct case_run *r)
{
	struct qpp_number score, scaling, additional;
	struct qpp_adjustment a;
	case_number(r, case_gives(r, "score") ? "score" : "final_score", &score);
	case_number(r, "scaling", &scaling);
	case_number(r, "additional_scaling", &additional);
	enum qpp_code code = qpp_score_adjustment(&r->request, score.v, scaling, additional, &a, &r->err);
	if (code == QPP_OK)
		case_answer_adjustment(r, &a);
	return code;
}

static enum qpp_code ask_points(struct case_run *r)
{
	struct qpp_number rate;
	struct qpp_points points;
	struct qpp_points_question ask = { .measure_id = case_word(r, "measure"), .program = case_word(r, "program") };
	struct qpp_str method = case_word(r, "method");
	ask.method = qpp_method_of(method);
	case_number(r, "rate", &rate);
	case_number(r, "cases", &ask.cases);
	case_number(r, "completeness", &ask.completeness);
	case_tri(r, "small", &ask.small_practice);
	ask.rate = rate.v;
	if (!r->request.catalog || !qpp_catalog_measure(r->request.catalog, ask.measure_id))
		case_says(r, "the catalog of the year has no measure ", qpp_str_dup(r->arena, ask.measure_id).p, (char *)NULL);
	if (ask.method == QPP_METHOD_NONE)
		case_says(r, "there is no collection type ", qpp_str_dup(r->arena, method).p, (char *)NULL);
	if (!r->request.catalog || !rate.given || r->says.n)
		return QPP_USAGE;
	enum qpp_code code = qpp_score_points(&r->request, &ask, &points, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer_value(r, "points", QPP_UNIT_POINTS, points.points);
	if (points.has_decile)
		case_answer(r, "decile", qpp_i64_text(r->arena, points.decile));
	return code;
}

static enum qpp_code ask_weights(struct case_run *r)
{
	struct qpp_weights w;
	struct qpp_buf b;
	enum qpp_tri small = QPP_NO;
	struct qpp_str program = case_word(r, "program");
	case_tri(r, "small", &small);
	enum qpp_code code = qpp_score_weights(&r->request, program, small == QPP_YES, case_missing(r), &w, &r->err);
	if (code != QPP_OK)
		return code;
	qpp_buf_init(&b, r->arena, 100);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		qpp_buf_cat(&b, k ? " " : "", (char *)NULL);
		qpp_buf_str(&b, qpp_unit_text(r->arena, QPP_UNIT_WEIGHT, w.weight[k].v));
	}
	case_answer(r, "weights", qpp_buf_done(&b));
	return code;
}

/* A calculation without a submission: the parts of the scorer asked one by one. */
static void begin(struct case_run *r, struct qpp_scoring *s)
{
	static const struct qpp_submission nothing;
	qpp_scoring_begin(s, &r->request, case_word(r, "program"));
	s->submission = &nothing;
}

static struct qpp_num input(struct qpp_scoring *s, enum qpp_fact_id id, qpp_dec v)
{
	return qpp_input(&s->c, id, v, (struct qpp_where){ 0 });
}

/* The points given, and what may be overridden: required, counted, the sum itself. */
static enum qpp_code ask_quality(struct case_run *r)
{
	struct qpp_scoring s;
	struct qpp_category_score category = { 0 };
	struct qpp_num points[CASE_MOST_VALUES];
	qpp_dec given[CASE_MOST_VALUES];
	struct qpp_number required, counted, sum, improvement;
	enum qpp_tri small = QPP_NO;
	struct qpp_field nothing = { 0 };
	bool outcome_needed;
	begin(r, &s);
	size_t n = case_numbers(r, "points", given);
	case_number(r, "quality.required", &required);
	case_number(r, "quality.counted", &counted);
	case_number(r, "quality.points", &sum);
	case_number(r, "quality.improvement", &improvement);
	case_tri(r, "small", &small);
	for (size_t i = 0; i < n; i++)
		points[i] = input(&s, QPP_F_MEASURE_POINTS, given[i]);
	struct qpp_quality_sum in = { .points = points, .n = n, .has_improvement = improvement.given };
	if (sum.given) {
		points[0] = input(&s, QPP_F_SUM_OF_POINTS, sum.v);
		in.n = 1;
	}
	in.counted = counted.given    ? input(&s, QPP_F_COUNTED_MEASURES, counted.v)
	             : required.given ? input(&s, QPP_F_REQUIRED_MEASURES, required.v)
	                              : qpp_required_measures(&s, &nothing, 0, &outcome_needed);
	if (qpp_dec_ok(in.counted.v) && qpp_dec_cmp(in.counted.v, qpp_dec_of((int64_t)in.n)) < 0)
		case_says(r, "more points are given than places are counted", (char *)NULL);
	if (small == QPP_YES)
		in.small_bonus = qpp_param(&s.c, QPP_P_small_practice_bonus_points);
	else
		in.small_bonus = (struct qpp_num){ qpp_dec_of(0), 0 };
	if (improvement.given)
		in.improvement = input(&s, QPP_F_QUALITY_IMPROVEMENT, improvement.v);
	struct qpp_num percent = qpp_quality_percent(&s, &in, &category);
	case_answer_value(r, "quality.percent", QPP_UNIT_PERCENT, qpp_value_of(percent));
	return qpp_calc_code(&s.c, &r->err);
}

/* Both years' percents; a prior one at or below the floor counts as the floor. */
static enum qpp_code ask_improvement(struct case_run *r)
{
	struct qpp_scoring s;
	struct qpp_number prior, current;
	begin(r, &s);
	case_number(r, "prior", &prior);
	case_number(r, "current", &current);
	if (!prior.given || !current.given) {
		case_says(r, "improvement needs `prior` and `current`", (char *)NULL);
		return QPP_USAGE;
	}
	if (case_expects(r, "cost.improvement")) {
		struct qpp_num x = qpp_cost_improvement(&s, input(&s, QPP_F_COST_ACHIEVEMENT, current.v),
		                                        input(&s, QPP_F_COST_PRIOR, prior.v));
		case_answer_value(r, "cost.improvement", QPP_UNIT_PERCENT, qpp_value_of(x));
		return qpp_calc_code(&s.c, &r->err);
	}
	struct qpp_num floor = qpp_param(&s.c, QPP_P_improvement_floor_pct);
	bool low = s.c.code == QPP_OK && qpp_dec_cmp(prior.v, floor.v) <= 0;
	struct qpp_num x = qpp_quality_improvement(&s, input(&s, QPP_F_QUALITY_ACHIEVEMENT, current.v),
	                                           input(&s, QPP_F_PRIOR_ACHIEVEMENT, prior.v), low);
	case_answer_value(r, "quality.improvement", QPP_UNIT_PERCENT, qpp_value_of(x));
	return qpp_calc_code(&s.c, &r->err);
}

static enum qpp_code ask_activities(struct case_run *r)
{
	struct qpp_scoring s;
	struct qpp_category_score category = { 0 };
	struct qpp_num points[CASE_MOST_VALUES];
	qpp_dec given[CASE_MOST_VALUES];
	begin(r, &s);
	size_t n = case_numbers(r, "ia.activity.points", given);
	for (size_t i = 0; i < n; i++)
		points[i] = input(&s, QPP_F_IA_ACTIVITY_POINTS, given[i]);
	struct qpp_num percent = qpp_ia_percent(&s, points, n, &category);
	case_answer_value(r, "ia.percent", QPP_UNIT_PERCENT, qpp_value_of(percent));
	return qpp_calc_code(&s.c, &r->err);
}

static enum qpp_code ask_complex(struct case_run *r)
{
	struct qpp_scoring s;
	struct qpp_facts facts = { .has_complex_patient = true };
	begin(r, &s);
	case_number(r, "medical_z", &facts.medical_z);
	case_number(r, "social_z", &facts.social_z);
	case_tri(r, "medical_at_median", &facts.medical_at_or_above_median);
	case_tri(r, "social_at_median", &facts.social_at_or_above_median);
	s.facts = &facts;
	struct qpp_num bonus = qpp_complex_patient_bonus(&s, true);
	case_answer_value(r, "complex_patient_bonus", QPP_UNIT_POINTS, qpp_value_of(bonus));
	return qpp_calc_code(&s.c, &r->err);
}

/* No question: a figure of the rules themselves. */
static enum qpp_code ask_parameter(struct case_run *r)
{
	for (size_t i = 0; i < r->is->n_expect; i++) {
		const struct qpp_str name = r->is->expect[i].name;
		const struct qpp_param *p = qpp_ruleset_param(world()->set, name);
		const struct qpp_param_row *row = p ? qpp_param_row(p, (qpp_py){ r->is->py }) : NULL;
		if (!row)
			case_says(r, "nothing tells which question this case puts, and `", qpp_str_dup(r->arena, name).p,
			          "` is no parameter of the year", (char *)NULL);
		else
			case_answer(r, qpp_str_dup(r->arena, name).p, row->value.text);
	}
	return QPP_OK;
}

static const struct {
	const char *given;
	enum qpp_code (*ask)(struct case_run *r);
} by_given[] = {
	{ "score", ask_adjustment },
	{ "final_score", ask_adjustment },
	{ "scores", case_ask_payment },
	{ "practices", case_ask_election },
	{ "provision", case_ask_provision },
	{ "attesting", case_ask_activity },
	{ "measure", ask_points },
	{ "points", ask_quality },
	{ "quality.points", ask_quality },
	{ "prior", ask_improvement },
	{ "ia.activity.points", ask_activities },
	{ "medical_z", ask_complex },
	{ "social_z", ask_complex },
	{ "paid", case_ask_claims },
	{ "filed", case_ask_window },
	{ "requested", case_ask_review },
	{ "review_level", case_ask_review_level },
	{ "ground", case_ask_review_ground },
	{ "reason", case_ask_review_reason },
	{ "information_asked", case_ask_review_due },
	{ "standing", case_ask_review_step },
	{ "registers", case_ask_registration },
	{ "applied", case_ask_exception_window },
	{ "exception", case_ask_exception },
	{ "elects", case_ask_opt_in },
};

enum qpp_code case_ask(struct case_run *r)
{
	if (r->is->input.n)
		return case_ask_submission(r);
	if (case_expects(r, "automatic_euc"))
		return case_ask_euc(r);
	if (case_gives(r, "type") || case_expects(r, "eligibility") || case_expects(r, "special") ||
	    (case_gives(r, "level") && case_expects(r, "refused")))
		return case_ask_eligibility(r);
	if (case_expects(r, "qp"))
		return case_ask_qp(r);
	for (size_t i = 0; i < sizeof by_given / sizeof *by_given; i++)
		if (case_gives(r, by_given[i].given))
			return by_given[i].ask(r);
	if (case_expects(r, "weights"))
		return ask_weights(r);
	return r->is->n_given ? case_ask_final(r) : ask_parameter(r);
}
