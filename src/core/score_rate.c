/*
 * From submitted counts to the three numbers a quality measure is judged by:
 * performance rate, cases, and data completeness (414.1340). Several strata
 * become one by the measure's published algorithm.
 */
#include "score_int.h"

static int64_t count(struct qpp_count x)
{
	return x.given ? x.v : 0;
}

static struct qpp_num counted(struct qpp_scoring *s, enum qpp_fact_id id, struct qpp_count x, struct qpp_where where)
{
	return qpp_input(&s->c, id, qpp_dec_of(count(x)), where);
}

/* The counts of one stratum, or of several added up. */
struct pool {
	struct qpp_num met, scored, reported, eligible;
	int64_t n_eligible, n_scored;
};

static void pool_one(struct qpp_scoring *s, const struct qpp_measure *m, const struct qpp_rate_counts *r, struct pool *p)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num met = counted(s, QPP_F_MET, r->met, r->where);
	struct qpp_num not_met = counted(s, QPP_F_NOT_MET, r->not_met, r->where);
	struct qpp_num excluded = counted(s, QPP_F_EXCLUDED, r->exclusion, r->where);
	struct qpp_num excepted = counted(s, QPP_F_EXCEPTED, r->exception, r->where);
	struct qpp_num eligible = counted(s, QPP_F_ELIGIBLE, r->eligible, r->where);
	p->met = met;
	p->scored = QPP_DERIVE(c, QPP_F_SCORED_PATIENTS, QPP_OP_SUM, met, not_met);
	p->reported = QPP_DERIVE(c, QPP_F_REPORTED, QPP_OP_SUM, met, not_met, excluded, excepted);
	p->eligible = eligible;
	p->n_eligible = count(r->eligible);
	/* Exclusions are still in the eligible population of QCDR and multi-rate measures; they are no cases. */
	if (m->qcdr || m->metric == QPP_METRIC_MULTI)
		p->n_eligible -= count(r->exclusion);
	p->n_scored = count(r->met) + count(r->not_met);
}

static struct qpp_num add(struct qpp_scoring *s, enum qpp_fact_id id, struct qpp_num a, struct qpp_num b)
{
	return QPP_DERIVE(&s->c, id, QPP_OP_SUM, a, b);
}

static bool is_overall(const struct qpp_rate_counts *r)
{
	return qpp_str_is(r->stratum, "overall");
}

/* All strata added up, "overall" left out where it repeats the others. */
static void pool_all(struct qpp_scoring *s, const struct qpp_measurement *m, struct pool *sum, int64_t *largest)
{
	bool some = false;
	*sum = (struct pool){ 0 };
	*largest = 0;
	for (size_t i = 0; i < m->n_rates; i++) {
		struct pool p;
		if (is_overall(&m->rates[i]) && m->n_rates > 1)
			continue;
		pool_one(s, m->measure, &m->rates[i], &p);
		if (p.n_eligible > *largest)
			*largest = p.n_eligible;
		if (!some) {
			*sum = p;
			some = true;
			continue;
		}
		sum->met = add(s, QPP_F_MET, sum->met, p.met);
		sum->scored = add(s, QPP_F_SCORED_PATIENTS, sum->scored, p.scored);
		sum->reported = add(s, QPP_F_REPORTED, sum->reported, p.reported);
		sum->eligible = add(s, QPP_F_ELIGIBLE, sum->eligible, p.eligible);
		sum->n_eligible += p.n_eligible;
		sum->n_scored += p.n_scored;
	}
}

static const struct qpp_rate_counts *stratum(const struct qpp_measurement *m, const char *name)
{
	for (size_t i = 0; i < m->n_rates; i++)
		if (qpp_str_is(m->rates[i].stratum, name))
			return &m->rates[i];
	return NULL;
}

static void set_rate(struct qpp_scoring *s, struct qpp_num exact, struct qpp_rates *out)
{
	out->has_rate = true;
	out->rate = QPP_DERIVE(&s->c, QPP_F_RATE, QPP_OP_ROUND, exact, qpp_param(&s->c, QPP_P_rate_decimals));
}

static void rate_of_pool(struct qpp_scoring *s, const struct pool *p, struct qpp_rates *out)
{
	if (p->n_scored > 0)
		set_rate(s, QPP_DERIVE(&s->c, QPP_F_EXACT_RATE, QPP_OP_PERCENT, p->met, p->scored), out);
}

/* An empty eligible population has no share reported: completeness stays unknown. */
static void completeness_of_pool(struct qpp_scoring *s, const struct pool *p, struct qpp_rates *out)
{
	out->completeness.v = qpp_dec_undefined();
	if (qpp_dec_sign(p->eligible.v) > 0)
		out->completeness = QPP_DERIVE(&s->c, QPP_F_COMPLETENESS, QPP_OP_PERCENT, p->reported, p->eligible);
}

static void cases_of(struct qpp_scoring *s, int64_t n, const char *how, struct qpp_where where, struct qpp_rates *out)
{
	out->cases = qpp_input(&s->c, QPP_F_CASES, qpp_dec_of(n), where);
	qpp_note(&s->c, out->cases, how, (char *)NULL);
}

/* The lowest completeness of any stratum: the other alternative of reading completeness_of_averages. */
static void lowest_completeness(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_rates *out)
{
	out->completeness.v = qpp_dec_undefined();
	for (size_t i = 0; i < m->n_rates; i++) {
		struct pool p;
		struct qpp_rates one = { 0 };
		if (is_overall(&m->rates[i]) && m->n_rates > 1)
			continue;
		pool_one(s, m->measure, &m->rates[i], &p);
		completeness_of_pool(s, &p, &one);
		if (!qpp_dec_ok(out->completeness.v) ||
		    (qpp_dec_ok(one.completeness.v) && qpp_dec_cmp(one.completeness.v, out->completeness.v) < 0))
			out->completeness = one.completeness;
	}
}

/* simpleAverage: the mean of the strata rates, every stratum the same weight. */
static void simple_average(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_rates *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num sum = { { 0, 0 }, 0 };
	int64_t n = 0, largest;
	for (size_t i = 0; i < m->n_rates; i++) {
		struct pool p;
		if (is_overall(&m->rates[i]) && m->n_rates > 1)
			continue;
		pool_one(s, m->measure, &m->rates[i], &p);
		if (p.n_scored == 0)
			continue;
		struct qpp_num rate = QPP_DERIVE(c, QPP_F_STRATUM_RATE, QPP_OP_PERCENT, p.met, p.scored);
		sum = n++ ? QPP_DERIVE(c, QPP_F_STRATUM_RATE, QPP_OP_SUM, sum, rate) : rate;
	}
	if (n)
		set_rate(s, QPP_DERIVE(c, QPP_F_EXACT_RATE, QPP_OP_QUOTIENT, sum, qpp_constant(c, QPP_F_STRATA, n)), out);
	struct pool all;
	pool_all(s, m, &all, &largest);
	cases_of(s, largest, "the largest eligible population of any stratum", m->value_where, out);
	if (qpp_reading(c, QPP_R_completeness_of_averages) == QPP_R_completeness_of_averages_pooled)
		completeness_of_pool(s, &all, out);
	else
		lowest_completeness(s, m, out);
}

static void one_stratum(struct qpp_scoring *s, const struct qpp_measurement *m, const struct qpp_rate_counts *rate_of,
                        const struct qpp_rate_counts *rest_of, struct qpp_rates *out)
{
	struct pool p;
	out->completeness.v = qpp_dec_undefined();
	if (!rate_of || !rest_of)
		return;
	pool_one(s, m->measure, rate_of, &p);
	rate_of_pool(s, &p, out);
	if (rest_of != rate_of)
		pool_one(s, m->measure, rest_of, &p);
	cases_of(s, p.n_eligible, "the eligible population", rest_of->where, out);
	completeness_of_pool(s, &p, out);
}

static void several_strata(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_rates *out)
{
	struct pool all;
	int64_t largest;
	switch (m->measure->algorithm) {
	case QPP_SIMPLE_AVERAGE:
		simple_average(s, m, out);
		return;
	case QPP_OVERALL_STRATUM_ONLY:
		one_stratum(s, m, stratum(m, "overall"), stratum(m, "overall"), out);
		return;
	case QPP_SPLIT:
		one_stratum(s, m, stratum(m, "performance"), stratum(m, "reporting"), out);
		return;
	default:
		/* weightedAverage; and a single rate that came as strata. */
		pool_all(s, m, &all, &largest);
		rate_of_pool(s, &all, out);
		cases_of(s, all.n_eligible, "the eligible populations of all strata", m->value_where, out);
		completeness_of_pool(s, &all, out);
	}
}

/* Observations instead of patients: nonProportion. */
static void non_proportion(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_rates *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num denominator = qpp_input(c, QPP_F_ELIGIBLE, m->denominator.v, m->denominator.where);
	struct qpp_num observed = qpp_input(c, QPP_F_SCORED_PATIENTS, m->observation_instances.v, m->observation_instances.where);
	struct qpp_num reported = observed;
	if (m->denominator_exception.given)
		reported = add(s, QPP_F_REPORTED, reported,
		               qpp_input(c, QPP_F_EXCEPTED, m->denominator_exception.v, m->denominator_exception.where));
	if (m->numerator_exclusion.given)
		reported = add(s, QPP_F_REPORTED, reported,
		               qpp_input(c, QPP_F_EXCLUDED, m->numerator_exclusion.v, m->numerator_exclusion.where));
	out->cases = qpp_input(c, QPP_F_CASES, m->denominator.v, m->denominator.where);
	out->completeness.v = qpp_dec_undefined();
	if (qpp_dec_sign(m->denominator.v) > 0)
		out->completeness = QPP_DERIVE(c, QPP_F_COMPLETENESS, QPP_OP_PERCENT, reported, denominator);
	if (m->performance_rate.given)
		set_rate(s, qpp_input(c, QPP_F_EXACT_RATE, m->performance_rate.v, m->performance_rate.where), out);
	else if (qpp_dec_sign(m->observation_instances.v) > 0)
		set_rate(s, QPP_DERIVE(c, QPP_F_EXACT_RATE, QPP_OP_QUOTIENT,
		                       qpp_input(c, QPP_F_MET, m->numerator.v, m->numerator.where), observed), out);
}

static void score_given(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_rates *out)
{
	out->has_rate = true;
	out->rate = qpp_input(&s->c, QPP_F_RATE, m->score.v, m->score.where);
	out->completeness.v = qpp_dec_undefined();
	out->cases.v = qpp_dec_undefined();
	if (m->case_count.given)
		out->cases = qpp_input(&s->c, QPP_F_CASES, qpp_dec_of(m->case_count.v), m->value_where);
}

void qpp_rates_of(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_rates *out)
{
	*out = (struct qpp_rates){ 0 };
	switch (m->kind) {
	case QPP_VALUE_NON_PROPORTION:
		non_proportion(s, m, out);
		return;
	case QPP_VALUE_SCORE:
		score_given(s, m, out);
		return;
	case QPP_VALUE_SINGLE:
	case QPP_VALUE_MULTI:
		break;
	default:
		out->cases.v = out->completeness.v = qpp_dec_undefined();
		return;
	}
	several_strata(s, m, out);
	/* A registry computes the rate of its own measures; it is an input of the submission. */
	bool own_rate = m->measure->metric == QPP_METRIC_REGISTRY_SINGLE || m->measure->metric == QPP_METRIC_REGISTRY_MULTI;
	if (own_rate && m->performance_rate.given)
		set_rate(s, qpp_input(&s->c, QPP_F_EXACT_RATE, m->performance_rate.v, m->performance_rate.where), out);
}
