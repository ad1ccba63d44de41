/* The tables of the catalog's text form: which lines a record has, and every name. */
#include "catalog_format.h"

#define COUNT(v) (sizeof(v) / sizeof *(v))
#define LINE(type, keyword, shape, member) { keyword, shape, offsetof(struct type, member) }

static const struct qpp_line measure_lines[] = {
	LINE(qpp_measure, "type", QPP_LINE_TEXT, type),
	LINE(qpp_measure, "methods", QPP_LINE_METHODS, methods),
	{ "flags", QPP_LINE_FLAGS, 0 },
	LINE(qpp_measure, "truncated", QPP_LINE_METHODS, truncated),
	LINE(qpp_measure, "suppressed", QPP_LINE_METHODS, suppressed),
	LINE(qpp_measure, "capRemoved", QPP_LINE_METHODS, cap_removed),
	LINE(qpp_measure, "historicalRemoved", QPP_LINE_METHODS, historical_removed),
	LINE(qpp_measure, "historicalFlat", QPP_LINE_METHODS, historical_flat),
	LINE(qpp_measure, "algorithm", QPP_LINE_ALGORITHM, algorithm),
	LINE(qpp_measure, "eMeasureId", QPP_LINE_TEXT, emeasure_id),
	LINE(qpp_measure, "eMeasureUuid", QPP_LINE_TEXT, emeasure_uuid),
	LINE(qpp_measure, "sets", QPP_LINE_TEXTS, sets),
	LINE(qpp_measure, "vendors", QPP_LINE_TEXTS, vendors),
	LINE(qpp_measure, "programs", QPP_LINE_TEXTS, programs),
	LINE(qpp_measure, "weight", QPP_LINE_WEIGHT, ia_weight),
	LINE(qpp_measure, "subcategory", QPP_LINE_TEXT, subcategory),
	LINE(qpp_measure, "objective", QPP_LINE_TEXT, objective),
	LINE(qpp_measure, "reportingCategory", QPP_LINE_TEXT, reporting_category),
	LINE(qpp_measure, "exclusions", QPP_LINE_TEXTS, exclusions),
	LINE(qpp_measure, "substitutes", QPP_LINE_TEXTS, substitutes),
	LINE(qpp_measure, "preprod", QPP_LINE_TEXTS, preprod),
};
_Static_assert(COUNT(measure_lines) <= QPP_MOST_LINES, "a mask of the lines seen has no room");
const struct qpp_lines qpp_measure_lines = { measure_lines, COUNT(measure_lines) };

static const struct qpp_line stratum_lines[] = {
	LINE(qpp_stratum_def, "initialPopulation", QPP_LINE_TEXT, initial_population),
	LINE(qpp_stratum_def, "denominator", QPP_LINE_TEXT, denominator),
	LINE(qpp_stratum_def, "denominatorExclusion", QPP_LINE_TEXT, denominator_exclusion),
	LINE(qpp_stratum_def, "denominatorException", QPP_LINE_TEXT, denominator_exception),
	LINE(qpp_stratum_def, "numerator", QPP_LINE_TEXT, numerator),
	LINE(qpp_stratum_def, "numeratorExclusion", QPP_LINE_TEXT, numerator_exclusion),
	LINE(qpp_stratum_def, "stratifications", QPP_LINE_TEXTS, stratifications),
};
const struct qpp_lines qpp_stratum_lines = { stratum_lines, COUNT(stratum_lines) };

static const struct qpp_line mvp_lines[] = {
	LINE(qpp_mvp, "quality", QPP_LINE_TEXTS, quality),
	LINE(qpp_mvp, "ia", QPP_LINE_TEXTS, ia),
	LINE(qpp_mvp, "cost", QPP_LINE_TEXTS, cost),
	LINE(qpp_mvp, "foundationPi", QPP_LINE_TEXTS, foundation_pi),
	LINE(qpp_mvp, "foundationQuality", QPP_LINE_TEXTS, foundation_quality),
	LINE(qpp_mvp, "administrativeClaims", QPP_LINE_TEXTS, administrative_claims),
};
const struct qpp_lines qpp_mvp_lines = { mvp_lines, COUNT(mvp_lines) };

static const struct qpp_flag measure_flags[] = {
	{ "highPriority", offsetof(struct qpp_measure, high_priority) },
	{ "inverse", offsetof(struct qpp_measure, inverse) },
	{ "qcdr", offsetof(struct qpp_measure, qcdr) },
	{ "capRemovedAny", offsetof(struct qpp_measure, cap_removed_any) },
	{ "required", offsetof(struct qpp_measure, required) },
	{ "bonus", offsetof(struct qpp_measure, bonus) },
};
const struct qpp_flags qpp_measure_flags = { measure_flags, COUNT(measure_flags) };

static const struct qpp_flag benchmark_flags[] = {
	{ "inverse", offsetof(struct qpp_benchmark, inverse) },
	{ "toppedOut", offsetof(struct qpp_benchmark, topped_out) },
	{ "capped", offsetof(struct qpp_benchmark, capped) },
	{ "deciles", offsetof(struct qpp_benchmark, flat_deciles) },
};
const struct qpp_flags qpp_benchmark_flags = { benchmark_flags, COUNT(benchmark_flags) };

const char *const qpp_category_names[QPP_CATEGORIES] = {
	[QPP_QUALITY] = "quality",
	[QPP_COST] = "cost",
	[QPP_IA] = "ia",
	[QPP_PI] = "pi",
};

const char *const qpp_method_names[QPP_METHODS] = {
	[QPP_METHOD_NONE] = "none",
	[QPP_REGISTRY] = "registry",
	[QPP_EHR] = "electronicHealthRecord",
	[QPP_CLAIMS] = "claims",
	[QPP_ADMIN_CLAIMS] = "administrativeClaims",
	[QPP_WEB_INTERFACE] = "cmsWebInterface",
	[QPP_SURVEY_VENDOR] = "certifiedSurveyVendor",
};

const char *const qpp_metric_names[QPP_METRICS] = {
	[QPP_METRIC_BOOLEAN] = "boolean",
	[QPP_METRIC_PROPORTION] = "proportion",
	[QPP_METRIC_SINGLE] = "singlePerformanceRate",
	[QPP_METRIC_REGISTRY_SINGLE] = "registrySinglePerformanceRate",
	[QPP_METRIC_MULTI] = "multiPerformanceRate",
	[QPP_METRIC_REGISTRY_MULTI] = "registryMultiPerformanceRate",
	[QPP_METRIC_NON_PROPORTION] = "nonProportion",
	[QPP_METRIC_CAHPS] = "cahps",
	[QPP_METRIC_COST_SCORE] = "costScore",
};

const char *const qpp_algorithm_names[QPP_ALGORITHMS] = {
	[QPP_ALGORITHM_NONE] = "none",
	[QPP_SIMPLE_AVERAGE] = "simpleAverage",
	[QPP_WEIGHTED_AVERAGE] = "weightedAverage",
	[QPP_SUM_NUMERATORS] = "sumNumerators",
	[QPP_OVERALL_STRATUM_ONLY] = "overallStratumOnly",
	[QPP_SPLIT] = "split",
};

const char *const qpp_ia_weight_names[QPP_IA_HIGH + 1] = {
	[QPP_IA_UNWEIGHTED] = "none",
	[QPP_IA_MEDIUM] = "medium",
	[QPP_IA_HIGH] = "high",
};
