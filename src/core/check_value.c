/*
 * The value of a measurement against its measure: its kind, its strata, and
 * whether its counts agree with each other. The rules of the counts are those
 * of the Submissions API's field reference; no paragraph states them.
 */
#include "check_int.h"

static const char *const api_reference = "Submissions API field reference";

/* What each metric type is reported as. */
static const struct {
	enum qpp_value_kind kind;
	const char *members;
} asked[] = {
	[QPP_METRIC_BOOLEAN] = { QPP_VALUE_BOOLEAN, "true or false" },
	[QPP_METRIC_PROPORTION] = { QPP_VALUE_PROPORTION, "numerator, denominator" },
	[QPP_METRIC_SINGLE] = { QPP_VALUE_SINGLE,
		"isEndToEndReported, performanceMet, performanceNotMet, eligiblePopulation" },
	[QPP_METRIC_REGISTRY_SINGLE] = { QPP_VALUE_SINGLE,
		"isEndToEndReported, performanceMet, performanceNotMet, eligiblePopulation, performanceRate" },
	[QPP_METRIC_MULTI] = { QPP_VALUE_MULTI, "isEndToEndReported, strata" },
	[QPP_METRIC_REGISTRY_MULTI] = { QPP_VALUE_MULTI, "isEndToEndReported, strata, performanceRate" },
	[QPP_METRIC_NON_PROPORTION] = { QPP_VALUE_NON_PROPORTION,
		"isEndToEndReported, numerator, denominator, observationInstances" },
	[QPP_METRIC_CAHPS] = { QPP_VALUE_SCORE, "score, reliability, mask, isBelowMinimum" },
	[QPP_METRIC_COST_SCORE] = { QPP_VALUE_SCORE, "score" }
};

static const char *kind_words(enum qpp_value_kind kind)
{
	static const char *const words[] = {
		[QPP_VALUE_BOOLEAN] = "true or false",
		[QPP_VALUE_PROPORTION] = "numerator and denominator",
		[QPP_VALUE_SINGLE] = "the counts of one rate",
		[QPP_VALUE_MULTI] = "the counts of several strata",
		[QPP_VALUE_NON_PROPORTION] = "numerator, denominator and observations",
		[QPP_VALUE_SCORE] = "a score"
	};
	return words[kind];
}

static bool check_kind(struct qpp_check *k)
{
	struct qpp_measurement *m = k->measurement;
	enum qpp_metric metric = m->measure->metric;
	/* A proportion may say that it was reported end to end; only observations make it another kind. */
	if (metric == QPP_METRIC_PROPORTION && m->kind == QPP_VALUE_NON_PROPORTION && !m->observation_instances.given)
		m->kind = QPP_VALUE_PROPORTION;
	if (m->kind == asked[metric].kind && (m->kind != QPP_VALUE_NON_PROPORTION || m->observation_instances.given))
		return true;
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "valueKindWrong", m->value_where,
		"the value is not of the kind that the measure is reported in", (char *)NULL);
	x->value = qpp_str_of(kind_words(m->kind));
	x->expected = qpp_str_of(asked[metric].members);
	x->cite = qpp_str_of(api_reference);
	return false;
}

static int64_t count(struct qpp_count c)
{
	return c.given ? c.v : 0;
}

/* " of stratum reporting", empty for a single rate. */
static const char *of_stratum(struct qpp_check *k, const struct qpp_rate_counts *r)
{
	if (!r->stratum.n || qpp_findings_full(k->findings))
		return "";
	return qpp_str_cat(k->arena, " of stratum ", qpp_shown(k->arena, r->stratum).p, (char *)NULL).p;
}

static const char *text(struct qpp_check *k, int64_t n)
{
	return qpp_findings_full(k->findings) ? "" : qpp_i64_text(k->arena, n).p;
}

static void check_sum(struct qpp_check *k, const struct qpp_rate_counts *r)
{
	int64_t sum = count(r->met) + count(r->not_met) + count(r->exclusion) + count(r->exception);
	if (!r->eligible.given || sum <= r->eligible.v)
		return;
	const char *parts = text(k, sum), *eligible = text(k, r->eligible.v), *stratum = of_stratum(k, r);
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "countsExceedEligible", r->where,
		"met, not met, exclusions and exceptions", stratum, " are more patients than are eligible", (char *)NULL);
	if (*parts) {
		x->value = qpp_str_cat(k->arena, text(k, count(r->met)), " + ", text(k, count(r->not_met)), " + ",
		                       text(k, count(r->exclusion)), " + ", text(k, count(r->exception)), " = ", parts, (char *)NULL);
		x->expected = qpp_str_cat(k->arena, "at most ", eligible, " (eligiblePopulation)", (char *)NULL);
	}
	x->cite = qpp_str_of(api_reference);
}

static void check_counts(struct qpp_check *k, const struct qpp_rate_counts *r)
{
	const char *stratum = of_stratum(k, r);
	check_sum(k, r);
	if (k->set->method == QPP_REGISTRY && !k->measurement->measure->qcdr && count(r->exclusion) > 0) {
		const char *seen = text(k, r->exclusion.v);
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "exclusionNotZero", r->where,
			"a registry leaves excluded patients out of the eligible population of a MIPS measure", stratum, (char *)NULL);
		x->value = qpp_str_of(seen);
		x->expected = QPP_LIT("eligiblePopulationExclusion 0 or absent");
		x->hint = QPP_LIT("take the excluded patients off eligiblePopulation");
		x->cite = qpp_str_of(api_reference);
	}
	if (count(r->met) + count(r->not_met) == 0) {
		struct qpp_finding *x = qpp_check_find(k, QPP_INFORMATION, "noRate", r->where,
			"nobody met the measure and nobody missed it: there is no performance rate", stratum, (char *)NULL);
		x->value = QPP_LIT("0 of 0");
	}
}

static const struct qpp_stratum_def *stratum_def(const struct qpp_measure *measure, struct qpp_str name)
{
	for (size_t i = 0; i < measure->n_strata; i++)
		if (qpp_str_eq(measure->strata[i].name, name))
			return &measure->strata[i];
	return NULL;
}

static size_t times_given(const struct qpp_measurement *m, struct qpp_str name)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n_rates; i++)
		n += qpp_str_eq(m->rates[i].stratum, name);
	return n;
}

static struct qpp_str stratum_names(struct qpp_check *k, const struct qpp_measure *measure)
{
	struct qpp_buf b;
	qpp_buf_init(&b, k->arena, 500);
	for (size_t i = 0; i < measure->n_strata; i++) {
		if (i)
			qpp_buf_cat(&b, ", ", (char *)NULL);
		qpp_buf_str(&b, measure->strata[i].name);
	}
	return qpp_buf_done(&b);
}

static void stratum_unknown(struct qpp_check *k, const struct qpp_rate_counts *r)
{
	enum { MOST_NAMES = 32 };
	const struct qpp_measure *measure = k->measurement->measure;
	struct qpp_str names[MOST_NAMES];
	bool full = qpp_findings_full(k->findings);
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "stratumUnknown", r->where,
		"the measure has no stratum of this name", (char *)NULL);
	if (full)
		return;
	x->value = qpp_shown(k->arena, r->stratum);
	x->expected = stratum_names(k, measure);
	x->cite = qpp_str_of(api_reference);
	size_t n = 0;
	for (; n < measure->n_strata && n < MOST_NAMES; n++)
		names[n] = measure->strata[n].name;
	int near = qpp_str_near(r->stratum, names, n);
	if (near >= 0)
		x->hint = qpp_str_cat(k->arena, "did you mean ", qpp_str_dup(k->arena, names[near]).p, "?", (char *)NULL);
}

static void stratum_fault(struct qpp_check *k, const char *code, struct qpp_where where, const char *says, struct qpp_str name)
{
	bool full = qpp_findings_full(k->findings);
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, code, where, says, full ? "" : qpp_shown(k->arena, name).p, (char *)NULL);
	if (full)
		return;
	x->value = qpp_shown(k->arena, name);
	x->expected = qpp_str_cat(k->arena, "each once: ", stratum_names(k, k->measurement->measure).p, (char *)NULL);
	x->cite = qpp_str_of(api_reference);
}

/* Where a definition has no name, strata can be told by their number only. */
static void check_stratum_number(struct qpp_check *k)
{
	const struct qpp_measurement *m = k->measurement;
	size_t asked_for = m->measure->n_strata;
	if (m->n_rates == asked_for)
		return;
	const char *seen = text(k, (int64_t)m->n_rates), *wanted = text(k, (int64_t)asked_for);
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, m->n_rates < asked_for ? "stratumMissing" : "stratumUnknown",
		m->value_where, "the measure has another number of strata", (char *)NULL);
	x->value = qpp_str_of(seen);
	x->expected = qpp_str_of(wanted);
	x->cite = qpp_str_of(api_reference);
}

static void check_strata(struct qpp_check *k)
{
	const struct qpp_measurement *m = k->measurement;
	const struct qpp_measure *measure = m->measure;
	if (!measure->n_strata)
		return;
	if (stratum_def(measure, QPP_LIT(""))) {
		check_stratum_number(k);
		return;
	}
	for (size_t i = 0; i < measure->n_strata; i++) {
		struct qpp_str name = measure->strata[i].name;
		size_t n = times_given(m, name);
		if (n == 0)
			stratum_fault(k, "stratumMissing", m->value_where, "the value lacks the stratum ", name);
		else if (n > 1)
			stratum_fault(k, "stratumDuplicate", m->value_where, "the value holds more than once the stratum ", name);
	}
	for (size_t i = 0; i < m->n_rates; i++)
		if (!stratum_def(measure, m->rates[i].stratum))
			stratum_unknown(k, &m->rates[i]);
}

/* A proportion that came with members of another kind was not read as counts. */
static bool check_whole(struct qpp_check *k, const char *name, const struct qpp_number *number)
{
	int64_t n;
	if (!number->given || (qpp_dec_i64(number->v, &n) && n >= 0))
		return true;
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "countInvalid", number->where, name, " is not a count", (char *)NULL);
	x->value = qpp_dec_text_short(k->arena, number->v, 0, 9);
	x->expected = QPP_LIT("a whole number");
	return false;
}

static void check_proportion(struct qpp_check *k)
{
	const struct qpp_measurement *m = k->measurement;
	bool top = check_whole(k, "numerator", &m->numerator), bottom = check_whole(k, "denominator", &m->denominator);
	if (!top || !bottom || !m->numerator.given || !m->denominator.given || qpp_dec_cmp(m->numerator.v, m->denominator.v) <= 0)
		return;
	bool full = qpp_findings_full(k->findings);
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "numeratorExceedsDenominator", m->numerator.where,
		"the numerator is larger than the denominator", (char *)NULL);
	if (!full) {
		x->value = qpp_dec_text_short(k->arena, m->numerator.v, 0, 9);
		x->expected = qpp_str_cat(k->arena, "at most ", qpp_dec_text_short(k->arena, m->denominator.v, 0, 9).p, (char *)NULL);
	}
	x->cite = qpp_str_of(api_reference);
}

void qpp_check_value(struct qpp_check *k)
{
	if (!check_kind(k))
		return;
	const struct qpp_measurement *m = k->measurement;
	if (m->kind == QPP_VALUE_PROPORTION)
		check_proportion(k);
	if (m->kind == QPP_VALUE_MULTI)
		check_strata(k);
	if (m->kind != QPP_VALUE_SINGLE && m->kind != QPP_VALUE_MULTI)
		return;
	for (size_t i = 0; i < m->n_rates; i++)
		check_counts(k, &m->rates[i]);
	qpp_check_rates(k);
}
