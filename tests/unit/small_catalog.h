/*
 * A year's catalog in miniature, for tests of what is checked against one: a
 * measure of every metric type, strata with and without names, claims that
 * exclude each other. The ids are real, the rest is simplified.
 */
#ifndef SMALL_CATALOG_H
#define SMALL_CATALOG_H

#include "qpp/catalog.h"

#define STRS(...) { (const struct qpp_str[]){ __VA_ARGS__ }, sizeof((struct qpp_str[]){ __VA_ARGS__ }) / sizeof(struct qpp_str) }
#define STRATA(...) \
	.strata = (const struct qpp_stratum_def[]){ __VA_ARGS__ }, \
	.n_strata = sizeof((struct qpp_stratum_def[]){ __VA_ARGS__ }) / sizeof(struct qpp_stratum_def)
#define S(text) QPP_LIT_INIT(text)
#define BIT(method) (1u << (method))

static const struct qpp_measure small_measures[] = {
	{ .id = S("001"), .title = S("Diabetes: Hemoglobin A1c Poor Control"), .category = QPP_QUALITY,
	  .metric = QPP_METRIC_SINGLE, .methods = BIT(QPP_REGISTRY) | BIT(QPP_EHR), .programs = STRS(S("mips"), S("app1")),
	  /* A carrier of identifiers, not a stratum to be reported. */
	  STRATA({ .name = S("") }) },
	{ .id = S("226"), .title = S("Tobacco Use"), .category = QPP_QUALITY, .metric = QPP_METRIC_MULTI,
	  .methods = BIT(QPP_REGISTRY), .algorithm = QPP_SPLIT,
	  STRATA({ .name = S("reporting") }, { .name = S("performance") }) },
	{ .id = S("238"), .title = S("High-Risk Medications"), .category = QPP_QUALITY, .metric = QPP_METRIC_MULTI,
	  .methods = BIT(QPP_EHR), .algorithm = QPP_SIMPLE_AVERAGE, STRATA({ .name = S("") }, { .name = S("") }) },
	{ .id = S("321"), .title = S("CAHPS for MIPS"), .category = QPP_QUALITY, .metric = QPP_METRIC_CAHPS,
	  .methods = BIT(QPP_SURVEY_VENDOR) },
	{ .id = S("370"), .title = S("Depression Remission"), .category = QPP_QUALITY, .metric = QPP_METRIC_MULTI,
	  .methods = BIT(QPP_EHR), .algorithm = QPP_WEIGHTED_AVERAGE,
	  STRATA({ .name = S("adolescent") }, { .name = S("adult") }, { .name = S("overall") }) },
	{ .id = S("394"), .title = S("Immunizations for Adolescents"), .category = QPP_QUALITY, .metric = QPP_METRIC_MULTI,
	  .methods = BIT(QPP_EHR), .algorithm = QPP_OVERALL_STRATUM_ONLY, STRATA({ .name = S("one") }, { .name = S("overall") }) },
	{ .id = S("459"), .title = S("Back Pain after Surgery"), .category = QPP_QUALITY, .metric = QPP_METRIC_NON_PROPORTION,
	  .methods = BIT(QPP_REGISTRY) },
	{ .id = S("479"), .title = S("Hospital-Wide Readmission"), .category = QPP_QUALITY, .metric = QPP_METRIC_COST_SCORE,
	  .methods = BIT(QPP_ADMIN_CLAIMS) },
	{ .id = S("AQUA8"), .title = S("Hospital Readmissions"), .category = QPP_QUALITY, .metric = QPP_METRIC_REGISTRY_SINGLE,
	  .methods = BIT(QPP_REGISTRY), .qcdr = true },
	{ .id = S("IA_EPA_1"), .title = S("24/7 Access"), .category = QPP_IA, .metric = QPP_METRIC_BOOLEAN },
	{ .id = S("PI_EP_1"), .title = S("e-Prescribing"), .category = QPP_PI, .metric = QPP_METRIC_PROPORTION,
	  .exclusions = STRS(S("PI_LVPP_1")), .substitutes = STRS(S("PI_LVPP_1")) },
	{ .id = S("PI_HIE_1"), .title = S("Sending Health Information"), .category = QPP_PI, .metric = QPP_METRIC_PROPORTION,
	  .substitutes = STRS(S("PI_HIE_5")) },
	/* Names its alternative and is not named by it. */
	{ .id = S("PI_HIE_4"), .title = S("Receiving Health Information"), .category = QPP_PI, .metric = QPP_METRIC_PROPORTION,
	  .substitutes = STRS(S("PI_HIE_5")) },
	{ .id = S("PI_HIE_5"), .title = S("Bi-Directional Exchange"), .category = QPP_PI, .metric = QPP_METRIC_BOOLEAN,
	  .substitutes = STRS(S("PI_HIE_1")) },
	{ .id = S("PI_LVPP_1"), .title = S("e-Prescribing Exclusion"), .category = QPP_PI, .metric = QPP_METRIC_BOOLEAN,
	  .substitutes = STRS(S("PI_EP_1")) },
	{ .id = S("TPCC_1"), .title = S("Total Per Capita Cost"), .category = QPP_COST, .metric = QPP_METRIC_COST_SCORE,
	  .methods = BIT(QPP_ADMIN_CLAIMS) },
};

static const struct qpp_mvp small_mvps[] = {
	{ .id = S("G0053"), .title = S("Advancing Rheumatology Patient Care") },
};

static const struct qpp_catalog small_catalog = {
	.py = { 2023 },
	.measures = small_measures, .n_measures = sizeof small_measures / sizeof *small_measures,
	.mvps = small_mvps, .n_mvps = sizeof small_mvps / sizeof *small_mvps,
};

#undef S
#undef BIT

#endif
