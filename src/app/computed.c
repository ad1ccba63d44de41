/*
 * Rates and cases beside a submitted value. The performance rate is the one the
 * check compares with (core); a QCDR's own rate stays as it was given.
 */
#include "app/computed.h"

#include "qpp/check.h"

enum { PLACES = 2 };

static qpp_dec count(struct qpp_count c)
{
	return qpp_dec_of(c.given ? c.v : 0);
}

static qpp_dec percent(qpp_dec part, qpp_dec whole)
{
	return qpp_dec_round(qpp_dec_div(qpp_dec_mul(part, qpp_dec_of(100)), whole), PLACES);
}

static bool by_qcdr(const struct qpp_measurement *m)
{
	return m->measure && (m->measure->metric == QPP_METRIC_REGISTRY_SINGLE || m->measure->metric == QPP_METRIC_REGISTRY_MULTI);
}

/* The strata that the rate of completeness is of, and the cases: by the measure's algorithm. */
static bool stratum_counts(const struct qpp_measurement *m, size_t i)
{
	struct qpp_str name = m->rates[i].stratum;
	enum qpp_algorithm how = m->measure ? m->measure->algorithm : QPP_ALGORITHM_NONE;
	if (m->n_rates == 1)
		return true;
	if (how == QPP_OVERALL_STRATUM_ONLY)
		return qpp_str_is(name, "overall");
	if (how == QPP_SPLIT)
		return qpp_str_is(name, "reporting");
	return !qpp_str_is(name, "overall");
}

static void of_counts(const struct qpp_measurement *m, struct qpp_computed *out)
{
	enum qpp_algorithm how = m->measure ? m->measure->algorithm : QPP_ALGORITHM_NONE;
	bool less_exclusions = by_qcdr(m) || m->kind == QPP_VALUE_MULTI;
	qpp_dec reported = qpp_dec_of(0), eligible = qpp_dec_of(0), cases = qpp_dec_of(0);
	for (size_t i = 0; i < m->n_rates; i++) {
		const struct qpp_rate_counts *r = &m->rates[i];
		if (!stratum_counts(m, i))
			continue;
		qpp_dec n = less_exclusions ? qpp_dec_sub(count(r->eligible), count(r->exclusion)) : count(r->eligible);
		reported = qpp_dec_add(reported, qpp_dec_add(qpp_dec_add(count(r->met), count(r->not_met)),
		                                             qpp_dec_add(count(r->exclusion), count(r->exception))));
		eligible = qpp_dec_add(eligible, count(r->eligible));
		cases = m->kind == QPP_VALUE_MULTI && how == QPP_SIMPLE_AVERAGE ? qpp_dec_max(cases, n) : qpp_dec_add(cases, n);
	}
	out->reporting_rate = percent(reported, eligible);
	out->case_count = cases;
}

/* Observations, not patients; the denominator is the cases. */
static void of_observations(const struct qpp_measurement *m, struct qpp_computed *out)
{
	qpp_dec seen = m->observation_instances.given ? m->observation_instances.v : qpp_dec_of(0);
	if (m->denominator_exception.given)
		seen = qpp_dec_add(seen, m->denominator_exception.v);
	if (m->numerator_exclusion.given)
		seen = qpp_dec_add(seen, m->numerator_exclusion.v);
	if (m->denominator.given) {
		out->reporting_rate = percent(seen, m->denominator.v);
		out->case_count = m->denominator.v;
	}
}

struct qpp_computed qpp_computed_of(const struct qpp_measurement *m)
{
	const qpp_dec none = qpp_dec_undefined();
	struct qpp_computed x = { .performance_rate = none, .reporting_rate = none, .case_count = none };
	x.any = m->kind == QPP_VALUE_SINGLE || m->kind == QPP_VALUE_MULTI || m->kind == QPP_VALUE_NON_PROPORTION;
	if (!x.any)
		return x;
	if (by_qcdr(m) && m->performance_rate.given)
		x.performance_rate = m->performance_rate.v;
	else if (m->kind != QPP_VALUE_NON_PROPORTION || m->observation_instances.given)
		x.performance_rate = qpp_dec_round(qpp_check_rate_of(m), PLACES);
	if (m->kind == QPP_VALUE_NON_PROPORTION)
		of_observations(m, &x);
	else
		of_counts(m, &x);
	return x;
}
