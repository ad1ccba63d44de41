/*
 * Rates that came with the counts. A QCDR computes the rate of its own
 * measures, so there it must be given; elsewhere the service computes it, and
 * one that came along is only compared: a difference tells that the filer's
 * counts are not what the filer's program counted.
 */
#include "check_int.h"

static qpp_dec count(struct qpp_count c)
{
	return qpp_dec_of(c.given ? c.v : 0);
}

static qpp_dec percent(qpp_dec part, qpp_dec whole)
{
	return qpp_dec_div(qpp_dec_mul(part, qpp_dec_of(100)), whole);
}

/* Undefined when nobody met or missed the measure. */
static qpp_dec rate_of(const struct qpp_rate_counts *r)
{
	return percent(count(r->met), qpp_dec_add(count(r->met), count(r->not_met)));
}

static qpp_dec rate_of_stratum(const struct qpp_measurement *m, const char *name)
{
	for (size_t i = 0; i < m->n_rates; i++)
		if (qpp_str_is(m->rates[i].stratum, name))
			return rate_of(&m->rates[i]);
	return qpp_dec_undefined();
}

/* The stratum "overall" repeats the others; it counts only where it is asked for by name. */
static bool repeats_others(const struct qpp_measurement *m, size_t i)
{
	return m->n_rates > 1 && qpp_str_is(m->rates[i].stratum, "overall");
}

static qpp_dec mean_rate(const struct qpp_measurement *m)
{
	qpp_dec sum = qpp_dec_of(0);
	int64_t n = 0;
	for (size_t i = 0; i < m->n_rates; i++) {
		qpp_dec rate = rate_of(&m->rates[i]);
		if (repeats_others(m, i) || !qpp_dec_ok(rate))
			continue;
		sum = qpp_dec_add(sum, rate);
		n++;
	}
	return qpp_dec_div(sum, qpp_dec_of(n));
}

static qpp_dec pooled_rate(const struct qpp_measurement *m)
{
	qpp_dec met = qpp_dec_of(0), scored = qpp_dec_of(0);
	for (size_t i = 0; i < m->n_rates; i++) {
		if (repeats_others(m, i))
			continue;
		met = qpp_dec_add(met, count(m->rates[i].met));
		scored = qpp_dec_add(scored, qpp_dec_add(count(m->rates[i].met), count(m->rates[i].not_met)));
	}
	return percent(met, scored);
}

qpp_dec qpp_check_rate_of(const struct qpp_measurement *m)
{
	if (m->kind == QPP_VALUE_SINGLE)
		return rate_of(&m->rates[0]);
	if (m->kind == QPP_VALUE_NON_PROPORTION)
		return qpp_dec_div(m->numerator.v, m->observation_instances.v);
	if (m->kind != QPP_VALUE_MULTI || !m->measure)
		return qpp_dec_undefined();
	switch (m->measure->algorithm) {
	case QPP_SIMPLE_AVERAGE:
		return mean_rate(m);
	case QPP_WEIGHTED_AVERAGE:
		return pooled_rate(m);
	case QPP_OVERALL_STRATUM_ONLY:
		return rate_of_stratum(m, "overall");
	case QPP_SPLIT:
		return rate_of_stratum(m, "performance");
	default:
		return qpp_dec_undefined();
	}
}

static qpp_dec computed_reporting_rate(const struct qpp_measurement *m)
{
	if (m->kind != QPP_VALUE_SINGLE)
		return qpp_dec_undefined();
	const struct qpp_rate_counts *r = &m->rates[0];
	qpp_dec reported = qpp_dec_add(qpp_dec_add(count(r->met), count(r->not_met)),
	                               qpp_dec_add(count(r->exclusion), count(r->exception)));
	return percent(reported, count(r->eligible));
}

/* Rates are published with two decimals; one hundredth apart is rounding. */
static void compare(struct qpp_check *k, const char *name, const struct qpp_number *given, qpp_dec computed)
{
	qpp_dec apart = qpp_dec_sub(given->v, qpp_dec_round(computed, 2));
	if (!given->given || !qpp_dec_ok(apart))
		return;
	if (qpp_dec_sign(apart) < 0)
		apart = qpp_dec_neg(apart);
	if (qpp_dec_cmp(apart, qpp_dec_scaled(1, 2)) <= 0)
		return;
	bool full = qpp_findings_full(k->findings);
	struct qpp_finding *x = qpp_check_find(k, QPP_WARNING, "rateDiffers", given->where, name,
		" is not what the counts give", (char *)NULL);
	if (full)
		return;
	x->value = qpp_dec_text_short(k->arena, given->v, 0, 9);
	x->expected = qpp_dec_text(k->arena, computed, 2);
	x->hint = QPP_LIT("the counts are what is scored; make sure that they are right");
}

static bool is_qcdr_rate(enum qpp_metric metric)
{
	return metric == QPP_METRIC_REGISTRY_SINGLE || metric == QPP_METRIC_REGISTRY_MULTI;
}

static bool has_rated_patients(const struct qpp_measurement *m)
{
	for (size_t i = 0; i < m->n_rates; i++)
		if (m->rates[i].met.v || m->rates[i].not_met.v)
			return true;
	return false;
}

static void check_qcdr_rate(struct qpp_check *k)
{
	const struct qpp_measurement *m = k->measurement;
	if (!m->performance_rate.given) {
		if (!has_rated_patients(m))
			return;
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "rateMissing", m->value_where,
			"a QCDR measure is submitted with the rate that the QCDR computed", (char *)NULL);
		x->expected = QPP_LIT("performanceRate from 0 to 100");
		x->cite = QPP_LIT("Submissions API field reference");
	} else if (qpp_dec_cmp(m->performance_rate.v, qpp_dec_of(100)) > 0) {
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "valueOutOfRange", m->performance_rate.where,
			"performanceRate is out of range", (char *)NULL);
		x->value = qpp_dec_text_short(k->arena, m->performance_rate.v, 0, 9);
		x->expected = QPP_LIT("a number from 0 to 100");
	}
}

void qpp_check_rates(struct qpp_check *k)
{
	const struct qpp_measurement *m = k->measurement;
	if (!m->n_rates)
		return;
	if (is_qcdr_rate(m->measure->metric))
		check_qcdr_rate(k);
	else
		compare(k, "performanceRate", &m->performance_rate, qpp_check_rate_of(m));
	compare(k, "reportingRate", &m->reporting_rate, computed_reporting_rate(m));
}
