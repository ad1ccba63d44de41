/*
 * The values of measurements. The shapes are those of the Submissions API's
 * field reference; members that only the service fills in are taken without
 * remark, and rates that came along are kept to be compared with the counts.
 */
#include "read_value.h"

enum { MOST_STRATA = 200 };

#define END_TO_END { "isEndToEndReported", QPP_FIELD_EXPECTED, "the measure counts as not reported end to end" }
#define COUNTS                                                                                                   \
	{ "performanceMet", QPP_FIELD_REQUIRED, "there is no performance rate" },                                  \
	{ "performanceNotMet", QPP_FIELD_OPTIONAL, "no patient counts as having missed the measure" },             \
	{ "eligiblePopulation", QPP_FIELD_REQUIRED, "data completeness and the case minimum cannot be tested" },   \
	{ "eligiblePopulationExclusion", QPP_FIELD_OPTIONAL, "data completeness is lower by the exclusions" },     \
	{ "eligiblePopulationException", QPP_FIELD_OPTIONAL, "data completeness is lower by the exceptions" },     \
	{ "numeratorExclusion", QPP_FIELD_OPTIONAL, NULL }
#define RATES                                                                                                    \
	{ "performanceRate", QPP_FIELD_OPTIONAL, "a QCDR measure has no rate" },                                   \
	{ "reportingRate", QPP_FIELD_COMPUTED, NULL }
#define COMPUTED_COUNTS                                                                                          \
	{ "performanceRateNumerator", QPP_FIELD_COMPUTED, NULL },                                                  \
	{ "performanceRateDenominator", QPP_FIELD_COMPUTED, NULL }
#define COMPUTED_CASES { "caseCount", QPP_FIELD_COMPUTED, NULL }

static const struct qpp_json_field single_fields[] = { COUNTS, END_TO_END, RATES, COMPUTED_COUNTS, COMPUTED_CASES };
static const struct qpp_json_field multi_fields[] = {
	{ "strata", QPP_FIELD_REQUIRED, NULL }, END_TO_END, RATES, COMPUTED_COUNTS, COMPUTED_CASES
};
static const struct qpp_json_field stratum_fields[] = {
	{ "stratum", QPP_FIELD_REQUIRED, "the counts cannot be told from those of the other strata" },
	COUNTS, RATES, COMPUTED_COUNTS, COMPUTED_CASES
};
static const struct qpp_json_field proportion_fields[] = {
	{ "numerator", QPP_FIELD_REQUIRED, "the measure has no points" },
	{ "denominator", QPP_FIELD_REQUIRED, "the measure has no points" },
	RATES, COMPUTED_COUNTS, COMPUTED_CASES
};
static const struct qpp_json_field non_proportion_fields[] = {
	{ "numerator", QPP_FIELD_REQUIRED, NULL },
	{ "denominator", QPP_FIELD_REQUIRED, NULL },
	/* Required of nonProportion measures only, which the reader cannot tell from proportions; core asks for it. */
	{ "observationInstances", QPP_FIELD_OPTIONAL, "there is no performance rate" },
	{ "numeratorExclusion", QPP_FIELD_OPTIONAL, "data completeness is lower by the exclusions" },
	{ "denominatorException", QPP_FIELD_OPTIONAL, "data completeness is lower by the exceptions" },
	END_TO_END, RATES, COMPUTED_COUNTS, COMPUTED_CASES
};
static const struct qpp_json_field score_fields[] = {
	{ "score", QPP_FIELD_REQUIRED, NULL },
	{ "caseCount", QPP_FIELD_OPTIONAL, "the case minimum cannot be tested" },
	{ "reliability", QPP_FIELD_OPTIONAL, NULL },
	{ "mask", QPP_FIELD_OPTIONAL, NULL },
	{ "isBelowMinimum", QPP_FIELD_OPTIONAL, NULL },
	{ "details", QPP_FIELD_COMPUTED, NULL },
	RATES
};
/* For an object that has no member that tells its kind. */
static const struct qpp_json_field any_fields[] = {
	{ "performanceMet", QPP_FIELD_OPTIONAL, NULL }, { "eligiblePopulation", QPP_FIELD_OPTIONAL, NULL },
	{ "strata", QPP_FIELD_OPTIONAL, NULL }, { "numerator", QPP_FIELD_OPTIONAL, NULL },
	{ "denominator", QPP_FIELD_OPTIONAL, NULL }, { "score", QPP_FIELD_OPTIONAL, NULL },
	{ "performanceNotMet", QPP_FIELD_OPTIONAL, NULL }, { "eligiblePopulationExclusion", QPP_FIELD_OPTIONAL, NULL },
	{ "eligiblePopulationException", QPP_FIELD_OPTIONAL, NULL }, { "observationInstances", QPP_FIELD_OPTIONAL, NULL },
	END_TO_END, RATES, COMPUTED_COUNTS, COMPUTED_CASES
};

static const struct qpp_json_shape single_shape = QPP_JSON_SHAPE("the value", QPP_WARNING, single_fields);
static const struct qpp_json_shape multi_shape = QPP_JSON_SHAPE("the value", QPP_WARNING, multi_fields);
static const struct qpp_json_shape stratum_shape = QPP_JSON_SHAPE("the stratum", QPP_WARNING, stratum_fields);
static const struct qpp_json_shape proportion_shape = QPP_JSON_SHAPE("the value", QPP_WARNING, proportion_fields);
static const struct qpp_json_shape non_proportion_shape = QPP_JSON_SHAPE("the value", QPP_WARNING, non_proportion_fields);
static const struct qpp_json_shape score_shape = QPP_JSON_SHAPE("the value", QPP_WARNING, score_fields);
static const struct qpp_json_shape any_shape = QPP_JSON_SHAPE("the value", QPP_WARNING, any_fields);

static const struct qpp_json_range any_number = { 0 };
static const struct qpp_json_range not_negative = { .has_least = true };
static const struct qpp_json_range count_range = { .whole = true };

static void read_counts(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_rate_counts *counts)
{
	counts->where = qpp_json_place_of(in, object);
	qpp_field_count(in, object, "performanceMet", &counts->met);
	qpp_field_count(in, object, "performanceNotMet", &counts->not_met);
	qpp_field_count(in, object, "eligiblePopulation", &counts->eligible);
	qpp_field_count(in, object, "eligiblePopulationExclusion", &counts->exclusion);
	qpp_field_count(in, object, "eligiblePopulationException", &counts->exception);
	qpp_field_count(in, object, "numeratorExclusion", &counts->numerator_exclusion);
}

static void read_rates(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_measurement *m)
{
	qpp_field_number(in, object, "performanceRate", &not_negative, &m->performance_rate);
	qpp_field_number(in, object, "reportingRate", &not_negative, &m->reporting_rate);
}

static void read_single(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_measurement *m)
{
	struct qpp_rate_counts *counts = QPP_NEW(in->arena, struct qpp_rate_counts);
	m->kind = QPP_VALUE_SINGLE;
	m->rates = counts;
	m->n_rates = 1;
	qpp_json_check_shape(in, object, &single_shape);
	read_counts(in, object, counts);
	qpp_field_bool(in, object, "isEndToEndReported", &m->end_to_end);
	read_rates(in, object, m);
}

static void read_multi(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_measurement *m)
{
	m->kind = QPP_VALUE_MULTI;
	qpp_json_check_shape(in, object, &multi_shape);
	qpp_field_bool(in, object, "isEndToEndReported", &m->end_to_end);
	read_rates(in, object, m);
	const struct qpp_json *strata = qpp_field_of_kind(in, object, "strata", QPP_JSON_ARRAY);
	if (!strata)
		return;
	size_t n = qpp_json_bounded(in, strata, MOST_STRATA);
	struct qpp_rate_counts *rates = QPP_NEW_ARRAY(in->arena, n, struct qpp_rate_counts);
	const struct qpp_json *e = strata->first;
	for (size_t i = 0; i < n; i++, e = e->next) {
		if (e->kind != QPP_JSON_OBJECT) {
			qpp_json_kind_wrong(in, e, "an object: the counts of one stratum");
			continue;
		}
		qpp_json_check_shape(in, e, &stratum_shape);
		qpp_field_text(in, e, "stratum", &rates[i].stratum);
		read_counts(in, e, &rates[i]);
	}
	m->rates = rates;
	m->n_rates = n;
}

static void read_proportion(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_measurement *m)
{
	m->kind = QPP_VALUE_PROPORTION;
	qpp_json_check_shape(in, object, &proportion_shape);
	qpp_field_number(in, object, "numerator", &count_range, &m->numerator);
	qpp_field_number(in, object, "denominator", &count_range, &m->denominator);
}

/* A change can be negative, so the numerator may be; what is counted may not. */
static void read_non_proportion(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_measurement *m)
{
	m->kind = QPP_VALUE_NON_PROPORTION;
	qpp_json_check_shape(in, object, &non_proportion_shape);
	qpp_field_number(in, object, "numerator", &any_number, &m->numerator);
	qpp_field_number(in, object, "denominator", &not_negative, &m->denominator);
	qpp_field_number(in, object, "observationInstances", &not_negative, &m->observation_instances);
	qpp_field_number(in, object, "numeratorExclusion", &not_negative, &m->numerator_exclusion);
	qpp_field_number(in, object, "denominatorException", &not_negative, &m->denominator_exception);
	qpp_field_bool(in, object, "isEndToEndReported", &m->end_to_end);
	read_rates(in, object, m);
}

static void read_score(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_measurement *m)
{
	m->kind = QPP_VALUE_SCORE;
	qpp_json_check_shape(in, object, &score_shape);
	qpp_field_number(in, object, "score", &not_negative, &m->score);
	qpp_field_number(in, object, "reliability", &not_negative, &m->reliability);
	bool mask = false, below = false;
	qpp_field_bool(in, object, "mask", &mask);
	qpp_field_bool(in, object, "isBelowMinimum", &below);
	m->masked = mask || below;
	qpp_field_count(in, object, "caseCount", &m->case_count);
}

static void refuse_value(struct qpp_json_in *in, const struct qpp_json *object)
{
	qpp_json_check_shape(in, object, &any_shape);
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "memberMissing", object,
		QPP_LIT("the value has no member that tells what kind of result it is"));
	x->expected = QPP_LIT("performanceMet and eligiblePopulation, strata, numerator and denominator, or score");
}

void qpp_json_read_value(struct qpp_json_in *in, const struct qpp_json *value, struct qpp_measurement *m)
{
	m->value_where = qpp_json_place_of(in, value);
	if (value->kind == QPP_JSON_BOOLEAN) {
		m->kind = QPP_VALUE_BOOLEAN;
		m->yes = value->n != 0;
	} else if (value->kind != QPP_JSON_OBJECT) {
		qpp_json_kind_wrong(in, value, "true, false, or an object with the counts");
	} else if (qpp_field(value, "strata")) {
		read_multi(in, value, m);
	} else if (qpp_field(value, "performanceMet") || qpp_field(value, "eligiblePopulation")) {
		read_single(in, value, m);
	} else if (qpp_field(value, "numerator") || qpp_field(value, "denominator")) {
		bool observed = qpp_field(value, "observationInstances") || qpp_field(value, "isEndToEndReported");
		(observed ? read_non_proportion : read_proportion)(in, value, m);
	} else if (qpp_field(value, "score")) {
		read_score(in, value, m);
	} else {
		refuse_value(in, value);
	}
}
