/*
 * Published and derived figures of scoring, year by year: what the agency's
 * own engine printed, what societies and consultants worked out in print, and
 * what follows in one step from a published benchmark file or from the text of
 * 42 CFR 414.1380. Letters and numbers are those of our list of vectors.
 *
 *   A   sample responses of the agency's scoring engine
 *   C   the agency's fact sheets on automatic extreme and uncontrollable circumstances
 *   D   the redistribution rows of 414.1380(c)(2)(ii)
 *   E   published benchmark files and the decile formula that A1 confirms
 *   F   formulas of 414.1380, worked by hand
 */
#include "published.h"

#include "made_up.h"

static const qpp_dec exactly = QPP_DEC_INIT(0);

static const char *const engine = "sample responses of the scoring engine, qpp-submissions-docs";
static const char *const formula = "42 CFR 414.1380, worked by hand";

/* ---- A ---- */

/* The engine's benchmarks of PY2018: nine entries, the first of them that of the second decile. */
static void engine__points_of_three_measures(void **unused)
{
	(void)unused;
	static const struct {
		const char *id, *measure, *rate, *completeness, *points, *decile;
	} rows[] = {
		{ "A1", "110", "82.31", "100", "8.9585", "8" },
		{ "A2", "046", "82.31", "100", "3.0000", "2" },      /* its floor; the engine prints no decile below the third */
		{ "A3", "ACRAD15", "90", "11", "3.0000", "" },
		{ "E2", "110", "54.27", "100", "5.6040", "5" },
	};
	struct qpp_request q = world_request(2022);
	q.catalog = made_up_engine_sample();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_points points;
		struct qpp_err err;
		struct qpp_points_question ask = { .measure_id = qpp_str_of(rows[i].measure), .method = QPP_REGISTRY,
		                                   .rate = figure(rows[i].rate), .completeness = given(rows[i].completeness),
		                                   .small_practice = QPP_YES };
		assert_int_equal(qpp_score_points(&q, &ask, &points, &err), QPP_OK);
		row(rows[i].id, engine, rows[i].points, exactly, points.points.v);
		row_text(rows[i].id, engine, rows[i].decile,
		         points.has_decile ? qpp_i64_text(q.arena, points.decile).p : "");
	}
	every_row_holds();
}

static void engine__quality_percents(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		struct quality_sum in;
		const char *percent;
	} rows[] = {
		{ "A4", { 2022, "8.9585 3 3", "6", true, NULL }, "34.9308" },
		{ "A6", { 2022, "10 10 10", "6", false, NULL }, "50.0000" },
		{ "engine 18.6.0", { 2022, "5.3676", "6", true, NULL }, "18.9460" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		row(rows[i].id, engine, rows[i].percent, exactly, qpp_dec_round(quality_percent(&rows[i].in), 4));
	every_row_holds();
}

/* 18.946 percent at the weight of a small practice without cost and promoting interoperability. */
static void engine__contribution_of_quality(void **unused)
{
	(void)unused;
	struct qpp_request q = world_request(2022);
	struct qpp_final_question ask = { .small = true, .missing = 1u << QPP_COST | 1u << QPP_PI };
	struct qpp_score score;
	struct qpp_err err;
	ask.percent[QPP_QUALITY] = given("18.946");
	assert_int_equal(qpp_score_final(&q, &ask, &score, &err), QPP_OK);
	row("engine 18.6.0", engine, "9.4730", exactly, score.category[QPP_QUALITY].contribution.v);
	every_row_holds();
}

/* The values of the engine's PY2019 sample; the rows of PY2022 give the same four measures the same points. */
static void engine__promoting_interoperability(void **unused)
{
	(void)unused;
	static const struct reported reported[] = {
		{ "PI_PPHI_1", 1, 0 }, { "PI_PPHI_2", 1, 0 }, { "PI_ONCDIR_1", 1, 0 }, { "PI_INFBLO_1", 1, 0 },
		{ "PI_EP_1", 49, 115 }, { "PI_HIE_1", 1123, 1951 }, { "PI_HIE_4", 923, 951 }, { "PI_PEA_1", 861, 1809 },
		{ "PI_PHCDRR_1", 1, 0 }, { "PI_PHCDRR_3", 1, 0 },
	};
	static const struct {
		const char *id, *measure, *points;
	} rows[] = {
		{ "A8", "PI_EP_1", "4" }, { "A9", "PI_HIE_1", "12" }, { "A10", "PI_HIE_4", "19" }, { "A11", "PI_PEA_1", "19" },
	};
	struct qpp_measurement_set set = set_of(2022, QPP_PI, QPP_REGISTRY, reported, COUNT(reported));
	certify(&set, 2022);
	struct qpp_score score = score_of(2022, &set, 1, NULL, NULL);
	const struct qpp_category_score *pi = &score.category[QPP_PI];
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t j = 0; j < pi->n_measures; j++)
			if (qpp_str_is(pi->measures[j].measure_id, rows[i].measure))
				row(rows[i].id, engine, rows[i].points, exactly, pi->measures[j].points.points.v);
	row("A13", engine, "64", exactly, pi->percent.v);
	every_row_holds();

	struct qpp_request q = world_request(2022);
	struct qpp_final_question ask = { 0 };
	struct qpp_err err;
	ask.percent[QPP_PI] = given("64");
	assert_int_equal(qpp_score_final(&q, &ask, &score, &err), QPP_OK);
	row("A14", engine, "16", exactly, score.category[QPP_PI].contribution.v);
	every_row_holds();
}

static struct qpp_score score_activities(int py, const struct reported *v, size_t n, const struct qpp_facts *facts,
                                         const char *program)
{
	struct qpp_measurement_set set = set_of(py, QPP_IA, QPP_REGISTRY, v, n);
	return score_of(py, &set, 1, facts, program);
}

static void engine__activities_of_a_special_status(void **unused)
{
	(void)unused;
	static const struct reported reported[] = { { "IA_EPA_4", 1, 0 }, { "IA_PM_2", 1, 0 }, { "IA_PSPA_4", 1, 0 } };
	struct qpp_facts rural = { .has_statuses = true, .statuses = QPP_RURAL };
	struct qpp_score score = score_activities(2022, reported, COUNT(reported), &rural, NULL);
	const struct qpp_category_score *ia = &score.category[QPP_IA];
	row("A15 medium", engine, "20", exactly, ia->measures[0].points.points.v);
	row("A15 high", engine, "40", exactly, ia->measures[1].points.points.v);
	row("A16", engine, "40", exactly, ia->points.v);
	row("A16", engine, "15", exactly, ia->contribution.v);
	every_row_holds();
}

/* ---- C ---- */

/* What an individual in an affected area submitted, and the weights that it leaves: quality, cost, IA, PI. */
static void circumstances__weights_of_what_was_submitted(void **unused)
{
	(void)unused;
	static const char *const sheet = "fact sheet on automatic EUC, PY2022, appendix A";
	static const struct reported pi[] = { { "PI_PPHI_1", 1, 0 } }, ia[] = { { "IA_BE_4", 1, 0 } };
	static const struct {
		const char *id;
		bool quality, pi, ia, small;
		const char *weights[QPP_CATEGORIES];
		bool neutral;            /* fewer than two categories */
	} rows[] = {
		{ "C1", false, false, false, false, { "0", "0", "0", "0" }, true },
		{ "C2", true, false, false, false, { "100", "0", "0", "0" }, true },
		{ "C3", false, true, false, false, { "0", "0", "0", "100" }, true },
		{ "C4", false, false, true, false, { "0", "0", "100", "0" }, true },
		{ "C5", true, true, false, false, { "70", "0", "0", "30" }, false },
		{ "C5 small", true, true, false, true, { "70", "0", "0", "30" }, false },
		{ "C6", true, false, true, false, { "85", "0", "15", "0" }, false },
		{ "C6 small", true, false, true, true, { "50", "0", "50", "0" }, false },
		{ "C7", false, true, true, false, { "0", "0", "15", "85" }, false },
		{ "C7 small", false, true, true, true, { "0", "0", "15", "85" }, false },
		{ "C8", true, true, true, false, { "55", "0", "15", "30" }, false },
		{ "C8 small", true, true, true, true, { "55", "0", "15", "30" }, false },
	};
	static const struct qpp_reweight all[QPP_CATEGORIES] = {
		{ .category = QPP_QUALITY, .reason = QPP_AUTOMATIC_EUC }, { .category = QPP_COST, .reason = QPP_AUTOMATIC_EUC },
		{ .category = QPP_IA, .reason = QPP_AUTOMATIC_EUC },      { .category = QPP_PI, .reason = QPP_AUTOMATIC_EUC },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_facts facts = { .small_practice = rows[i].small ? QPP_YES : QPP_NO, .has_reweight = true, .reweight = all,
		                           .n_reweight = COUNT(all) };
		struct qpp_measurement_set sets[3];
		size_t n = 0;
		if (rows[i].quality)
			sets[n++] = quality_set(2022, &(const struct counted){ "236", 70, 30 }, 1);
		if (rows[i].pi)
			sets[n++] = set_of(2022, QPP_PI, QPP_REGISTRY, pi, COUNT(pi));
		if (rows[i].ia)
			sets[n++] = set_of(2022, QPP_IA, QPP_REGISTRY, ia, COUNT(ia));
		struct qpp_score score = score_of(2022, sets, n, &facts, NULL);
		for (int k = 0; k < QPP_CATEGORIES; k++)
			row(rows[i].id, sheet, rows[i].weights[k], exactly, score.category[k].weight.v);
		row_true(rows[i].id, sheet, "the payment is neutral when fewer than two categories are scored",
		         rows[i].neutral == (score.adjustment.band == QPP_NEUTRAL));
		if (rows[i].neutral)
			row(rows[i].id, sheet, "75", exactly, score.final_score.v);
	}
	every_row_holds();
}

/* ---- D ---- */

/* Weights of quality, cost, improvement activities and promoting interoperability. */
struct weights_row {
	const char *missing;
	uint32_t bits;
	int large[QPP_CATEGORIES], small[QPP_CATEGORIES];
};

#define Q (1u << QPP_QUALITY)
#define C (1u << QPP_COST)
#define I (1u << QPP_IA)
#define P (1u << QPP_PI)

static const struct weights_row weights_rows[] = {
	{ "none", 0, { 30, 30, 15, 25 }, { 30, 30, 15, 25 } },
	{ "cost", C, { 55, 0, 15, 30 }, { 55, 0, 15, 30 } },
	{ "pi", P, { 55, 30, 15, 0 }, { 40, 30, 30, 0 } },
	{ "quality", Q, { 0, 30, 15, 55 }, { 0, 30, 15, 55 } },
	{ "ia", I, { 45, 30, 0, 25 }, { 45, 30, 0, 25 } },
	{ "cost, pi", C | P, { 85, 0, 15, 0 }, { 50, 0, 50, 0 } },
	{ "quality, cost", Q | C, { 0, 0, 15, 85 }, { 0, 0, 15, 85 } },
	{ "cost, ia", C | I, { 70, 0, 0, 30 }, { 70, 0, 0, 30 } },
	{ "quality, pi", Q | P, { 0, 50, 50, 0 }, { 0, 50, 50, 0 } },
	{ "ia, pi", I | P, { 70, 30, 0, 0 }, { 70, 30, 0, 0 } },
	{ "quality, ia", Q | I, { 0, 30, 0, 70 }, { 0, 30, 0, 70 } },
};

#undef Q
#undef C
#undef I
#undef P

static void check_weights(int py, const struct weights_row *expected, bool small)
{
	const int *weights = small ? expected->small : expected->large;
	struct qpp_request q = world_request(py);
	struct qpp_weights got;
	struct qpp_err err;
	int64_t sum = 0;
	assert_int_equal(qpp_score_weights(&q, QPP_LIT("mips"), small, expected->bits, &got, &err), QPP_OK);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		int64_t weight = -1;
		(void)qpp_dec_i64(got.weight[k].v, &weight);
		row_true(expected->missing, "414.1380(c)(2)(ii)", qpp_category_name((enum qpp_category)k), weight == weights[k]);
		sum += weight;
	}
	row_true(expected->missing, "414.1380(c)", "the weights sum to 100", sum == 100);
}

static void weights__are_those_of_the_regulation(void **unused)
{
	(void)unused;
	for (int py = 2022; py <= 2026; py++)
		for (size_t i = 0; i < COUNT(weights_rows); i++) {
			check_weights(py, &weights_rows[i], false);
			check_weights(py, &weights_rows[i], true);
		}
	every_row_holds();
}

/* ---- E ---- */

static void points__follow_from_the_published_benchmarks(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		int py;
		const char *measure;
		enum qpp_method method;
		const char *rate, *points;
	} rows[] = {
		{ "E5", 2022, "110", QPP_REGISTRY, "80", "6.6400" },
		{ "E6", 2022, "236", QPP_REGISTRY, "72.5", "8.2500" },
		{ "E7", 2022, "001", QPP_REGISTRY, "18.4", "9.1600" },
		{ "E12", 2022, "479", QPP_ADMIN_CLAIMS, "0.1499", "6.0000" },
		{ "E13", 2022, "484", QPP_ADMIN_CLAIMS, "30", "6.7109" },
		{ "E14", 2023, "110", QPP_REGISTRY, "85", "6.3903" },
		{ "E16", 2023, "236", QPP_EHR, "72.5", "8.3349" },
		{ "E17", 2023, "001", QPP_REGISTRY, "18.4", "9.1600" },
		{ "E18", 2023, "001", QPP_EHR, "18.4", "9.7551" },
		{ "E21", 2023, "178", QPP_REGISTRY, "100", "7.0000" },
		{ "E22", 2023, "110", QPP_REGISTRY, "0.40", "1.0000" },
		{ "E23", 2023, "TPCC_1", QPP_ADMIN_CLAIMS, "1300", "8.6270" },
		{ "E26", 2023, "CAHPS_1", QPP_SURVEY_VENDOR, "85", "6.1860" },
		{ "E27", 2024, "TPCC_1", QPP_ADMIN_CLAIMS, "1518.495", "7.5000" },
		{ "E29", 2024, "TPCC_1", QPP_ADMIN_CLAIMS, "1900", "5.5736" },
		{ "E33", 2025, "143", QPP_REGISTRY, "97", "7.5000" },
		{ "E34", 2025, "143", QPP_REGISTRY, "99.5", "9.5000" },
		{ "E35", 2025, "143", QPP_REGISTRY, "83.9", "1.0000" },
		{ "E37", 2025, "249", QPP_CLAIMS, "100", "10.0000" },
		{ "E39", 2025, "236", QPP_EHR, "72.5", "7.1662" },
		{ "E40", 2025, "130", QPP_REGISTRY, "99.99", "6.0000" },
		{ "E41", 2025, "479", QPP_ADMIN_CLAIMS, "0.15425", "7.5000" },
		{ "E42", 2025, "TPCC_1", QPP_ADMIN_CLAIMS, "1661.755", "7.5000" },
		{ "E43", 2025, "TPCC_1", QPP_ADMIN_CLAIMS, "2700", "1.0000" },
		{ "E44", 2025, "112SSP", QPP_REGISTRY, "64.4", "7.4400" },
		{ "E46", 2026, "236", QPP_EHR, "80", "9.2434" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_request q = world_request(rows[i].py);
		struct qpp_points_question ask = { .measure_id = qpp_str_of(rows[i].measure), .method = rows[i].method,
		                                   .rate = figure(rows[i].rate) };
		struct qpp_points points;
		struct qpp_err err;
		assert_int_equal(qpp_score_points(&q, &ask, &points, &err), QPP_OK);
		row(rows[i].id, "qpp-measures-data, benchmarks of the year", rows[i].points, exactly, points.points.v);
	}
	every_row_holds();
}

/* ---- F1, F2 ---- */

static void improvement__of_quality(void **unused)
{
	(void)unused;
	static const char *const table = "table of the CY2018 final rule, recalled";
	static const struct {
		const char *id, *prior, *current, *percent, *source;
	} rows[] = {
		{ "F1.2", "60", "66", "1.0000", NULL },    { "F1.3", "90", "93", "0.3333", NULL },
		{ "F1.4", "30", "70", "10.0000", NULL },   { "F1.5", "20", "45", "5.0000", "414.1380(b)(1)(vi)(C)(4)" },
		{ "F1.6", "50", "60", "2.0000", formula }, { "F1.7", "70", "65", "0.0000", formula },
		{ "F1.8", "45", "90", "10.0000", formula },
	};
	struct qpp_request q = world_request(2023);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_scoring s;
		begin_part(&s, &q);
		bool low = qpp_dec_cmp(figure(rows[i].prior), qpp_param(&s.c, QPP_P_improvement_floor_pct).v) <= 0;
		struct qpp_num x = qpp_quality_improvement(&s, part_input(&s, QPP_F_QUALITY_ACHIEVEMENT, rows[i].current),
		                                           part_input(&s, QPP_F_PRIOR_ACHIEVEMENT, rows[i].prior), low);
		row(rows[i].id, rows[i].source ? rows[i].source : table, rows[i].percent, exactly, qpp_dec_round(x.v, 4));
	}
	every_row_holds();
}

static void improvement__of_cost(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		int py;
		const char *prior, *current, *percent;
	} rows[] = {
		{ "F2.1", 2023, "50", "60", "0.2000" },
		{ "F2.3", 2023, "40", "80", "1.0000" },
		{ "F2.1 a year earlier", 2022, "50", "60", "0.0000" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_request q = world_request(rows[i].py);
		struct qpp_scoring s;
		begin_part(&s, &q);
		struct qpp_num x = qpp_cost_improvement(&s, part_input(&s, QPP_F_COST_ACHIEVEMENT, rows[i].current),
		                                        part_input(&s, QPP_F_COST_PRIOR, rows[i].prior));
		row(rows[i].id, "414.1380(b)(2)(iv)(E)", rows[i].percent, exactly, x.v);
	}
	every_row_holds();
}

/* ---- F3 ---- */

static void complex_patients__from_standardized_indicators(void **unused)
{
	(void)unused;
	static const struct {
		const char *id, *medical, *social;
		enum qpp_tri medical_high, social_high;
		const char *bonus;
	} rows[] = {
		{ "F3.5", "0.5", "1.0", QPP_YES, QPP_YES, "9.0" },
		{ "F3.6 as corrected: one gate, both with their sign", "0.5", "-0.5", QPP_YES, QPP_NO, "3.0" },
		{ "F3.7", "2.0", "2.0", QPP_YES, QPP_YES, "10" },
		{ "F3.8", "0", "0", QPP_YES, QPP_YES, "3.0" },
		{ "F3.9", "-0.5", "-0.2", QPP_NO, QPP_NO, "0" },
		{ "HCC 1.60 at mean 1.40, sd 0.40; dual 0.29 at 0.20, 0.18", "0.5", "0.5", QPP_YES, QPP_YES, "7.00" },
		{ "the same with HCC 2.20", "2", "0.5", QPP_YES, QPP_YES, "10" },
		{ "never below zero", "0.1", "-3", QPP_YES, QPP_NO, "0" },
	};
	for (int py = 2022; py <= 2023; py++)
		for (size_t i = 0; i < COUNT(rows); i++) {
			struct qpp_request q = world_request(py);
			struct qpp_scoring s;
			struct qpp_facts facts = { .has_complex_patient = true, .medical_z = given(rows[i].medical),
			                           .social_z = given(rows[i].social),
			                           .medical_at_or_above_median = rows[i].medical_high,
			                           .social_at_or_above_median = rows[i].social_high };
			begin_part(&s, &q);
			s.facts = &facts;
			row(rows[i].id, "414.1380(c)(3)(v)-(viii)", rows[i].bonus, exactly, qpp_complex_patient_bonus(&s, true).v);
		}
	every_row_holds();
}

/* ---- F4 ---- */

static void quality__percent_from_points(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		struct quality_sum in;
		const char *percent;
	} rows[] = {
		{ "F4.1", { 2023, "6 7 8 9 10 5", "6", false, NULL }, "75.0000" },
		{ "F4.2", { 2023, "6 7 8 9 10 5", "6", true, NULL }, "85.0000" },
		{ "F4.3", { 2023, "6 7 8 9 10 5 7.2564", "7", false, "1.2" }, "75.8520" },
		{ "F4.4", { 2023, "10 10 10 10 0 0", "6", false, NULL }, "66.6667" },
		{ "F4.5", { 2023, "10 10 10 10", "4", false, NULL }, "100.0000" },
		{ "F4.6", { 2023, "0 10 10 10 10 10", "6", false, NULL }, "83.3333" },
		{ "F4.8", { 2023, "10 10 10 10 10 3", "6", true, NULL }, "98.3333" },
		{ "F4.9", { 2022, "10 10 10 10 10 3", "6", false, NULL }, "88.3333" },
		{ "F4.14", { 2023, "9 9 9 9 9", "5", false, NULL }, "90.0000" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		row(rows[i].id, formula, rows[i].percent, exactly, qpp_dec_round(quality_percent(&rows[i].in), 4));
	every_row_holds();
}

/* The same from submitted counts: measures of a made-up catalog whose flat deciles give rate / 10 + 1 points. */
static void quality__percent_from_submitted_counts(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		struct made_up_practice practice;
		enum qpp_tri small;
		const char *percent;
	} rows[] = {
		{ "F4.1", { { 50, 60, 70, 80, 90, 40 }, .outcome = 1 }, QPP_NO, "75.0000" },
		{ "F4.2", { { 50, 60, 70, 80, 90, 40 }, .outcome = 1 }, QPP_YES, "85.0000" },
		{ "F4.2 the outcome measure has the fewest points", { { 50, 60, 70, 80, 90, 40 }, .outcome = 6 }, QPP_YES, "85.0000" },
		{ "F4.1 with two more than are needed", { { 30, 50, 60, 70, 20, 80, 90, 40 }, .outcome = 4 }, QPP_NO, "75.0000" },
		{ "F4.1 the outcome measure is the worst of eight", { { 30, 50, 60, 70, 20, 80, 90, 40 }, .outcome = 5 }, QPP_NO, "71.6667" },
		{ "F4.4", { { 95, 95, 95, 95 }, .outcome = 2 }, QPP_NO, "66.6667" },
		{ "F4.5", { { 95, 95, 95, 95 }, .outcome = 2, .clusters = true }, QPP_NO, "100.0000" },
		{ "F4.5 without an outcome measure in the cluster", { { 95, 95, 95, 95 }, .clusters = true }, QPP_NO, "100.0000" },
		{ "F4.6", { { 95, 95, 95, 95, 95, 95 }, .outcome = 0 }, QPP_NO, "83.3333" },
		{ "F4.6 with a high-priority measure instead", { { 95, 95, 95, 95, 95, 95 }, .high_priority = 3 }, QPP_NO, "100.0000" },
		{ "F4.8", { { 95, 95, 95, 95, 95, 95 }, .outcome = 1, .few_cases = 6 }, QPP_YES, "98.3333" },
		{ "F4.8 in a large practice", { { 95, 95, 95, 95, 95, 95 }, .outcome = 1, .few_cases = 6 }, QPP_NO, "83.3333" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_measurement_set set;
		struct qpp_facts facts = { .small_practice = rows[i].small };
		const struct qpp_catalog *catalog = made_up_catalog(&rows[i].practice, &set);
		struct qpp_score score = score_in(catalog, 2023, &set, 1, &facts, NULL);
		row(rows[i].id, formula, rows[i].percent, exactly, qpp_dec_round(score.category[QPP_QUALITY].percent.v, 4));
	}
	every_row_holds();
}

/* ---- F5 ---- */

static void activities__percents(void **unused)
{
	(void)unused;
	static const struct reported three[] = { { "IA_EPA_1", 1, 0 }, { "IA_BE_4", 1, 0 }, { "IA_EPA_2", 1, 0 } };
	static const struct reported medium[] = { { "IA_BE_4", 1, 0 } }, high[] = { { "IA_EPA_1", 1, 0 } };
	static const struct reported home[] = { { "IA_PCMH", 1, 0 } };
	struct qpp_facts plain = { .small_practice = QPP_NO, .has_statuses = true, .apm_participant = QPP_NO };
	struct qpp_facts apm = plain;
	apm.apm_participant = QPP_YES;
	struct qpp_score score = score_activities(2022, three, COUNT(three), &plain, NULL);
	row("F5.2", formula, "100", exactly, score.category[QPP_IA].percent.v);
	score = score_activities(2022, medium, COUNT(medium), &plain, NULL);
	row("F5.5 without the APM", formula, "25", exactly, score.category[QPP_IA].percent.v);
	score = score_activities(2022, medium, COUNT(medium), &apm, NULL);
	row_true("F5.5", "414.1380(b)(3)(i)", "the score is at least 50",
	         qpp_dec_cmp(score.category[QPP_IA].percent.v, qpp_dec_of(50)) >= 0);
	score = score_activities(2023, high, COUNT(high), &plain, "G0053");
	row("F5.9", "414.1365(d)(3)(iii)", "100", exactly, score.category[QPP_IA].percent.v);
	score = score_activities(2023, high, COUNT(high), &plain, NULL);
	row("F5.9 outside an MVP", formula, "50", exactly, score.category[QPP_IA].percent.v);
	score = score_activities(2023, home, COUNT(home), &plain, NULL);
	row("F5.10", "414.1380(b)(3)(ii)", "100", exactly, score.category[QPP_IA].percent.v);
	score = score_activities(2025, medium, COUNT(medium), &plain, NULL);
	row("F5.6", formula, "50", exactly, score.category[QPP_IA].percent.v);
	every_row_holds();
}

/* ---- F6 ---- */

static qpp_dec pi_percent_of_file(const char *path, int days)
{
	struct filing f;
	struct qpp_request q = world_request(2023);
	struct qpp_score score;
	struct qpp_err err;
	if (!world_filing(q.arena, qpp_str_of(path), (struct qpp_str){ NULL, 0 }, &f) || f.findings->errors)
		world_bail_out("a case file cannot be used", path);
	if (days)
		f.submission->sets[0].end.v = f.submission->sets[0].start.v + days - 1;
	assert_int_equal(qpp_score_submission(&q, f.submission, f.facts, QPP_LIT("mips"), &score, &err), QPP_OK);
	return score.category[QPP_PI].percent.v;
}

static void promoting_interoperability__percents(void **unused)
{
	(void)unused;
	static const struct {
		const char *id, *file;
		int days;                /* 0: the whole year */
		const char *percent;
	} rows[] = {
		{ "F6.1", "tests/cases/pi-full.json", 0, "82" },
		{ "F6.2", "tests/cases/pi-pdmp-excluded.json", 0, "81" },
		{ "F6.4", "tests/cases/pi-capped.json", 0, "100" },
		{ "both registries excluded", "tests/cases/pi-public-health-excluded.json", 0, "90" },
		{ "F6.7 in PY2023", "tests/cases/pi-full.json", 120, "82" },
		{ "F6.7 the shortest period", "tests/cases/pi-full.json", 90, "82" },
		{ "F6.7 a day too short", "tests/cases/pi-full.json", 89, "0" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		row(rows[i].id, "414.1375, 414.1380(b)(4)(ii)", rows[i].percent, exactly, pi_percent_of_file(rows[i].file, rows[i].days));
	every_row_holds();
}

/* From PY2024 half a year: 120 days are too few. */
static void promoting_interoperability__longer_period(void **unused)
{
	(void)unused;
	static const struct reported reported[] = {
		{ "PI_PPHI_1", 1, 0 }, { "PI_PPHI_2", 1, 0 }, { "PI_ONCDIR_1", 1, 0 }, { "PI_INFBLO_1", 1, 0 },
		{ "PI_EP_1", 90, 100 }, { "PI_EP_2", 1, 0 }, { "PI_HIE_1", 80, 100 }, { "PI_HIE_4", 70, 100 }, { "PI_PEA_1", 60, 100 },
		{ "PI_PHCDRR_1", 1, 0 }, { "PI_PHCDRR_1_PROD", 1, 0 }, { "PI_PHCDRR_3", 1, 0 }, { "PI_PHCDRR_3_PROD", 1, 0 },
	};
	static const struct {
		const char *id;
		int days;
		const char *percent;
	} rows[] = { { "F6.7", 120, "0" }, { "F6.7 a day too short", 179, "0" }, { "F6.7 the shortest period", 180, "82" } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_measurement_set set = set_of(2024, QPP_PI, QPP_REGISTRY, reported, COUNT(reported));
		certify(&set, 2024);
		set.end.v = set.start.v + rows[i].days - 1;
		struct qpp_score score = score_of(2024, &set, 1, NULL, NULL);
		row(rows[i].id, "414.1320", rows[i].percent, exactly, score.category[QPP_PI].percent.v);
	}
	every_row_holds();
}

/* ---- F7 ---- */

static void final_score__from_category_percents(void **unused)
{
	(void)unused;
	static const uint32_t no_cost = 1u << QPP_COST, no_pi = 1u << QPP_PI;
	const struct {
		const char *id;
		int py;
		const char *percent[QPP_CATEGORIES], *complex;
		bool small;
		uint32_t missing;
		const char *program, *final;
	} rows[] = {
		{ "F7.1", 2023, { "80", "60", "100", "90" }, "3.5", false, 0, NULL, "83.00" },
		{ "F7.2", 2023, { "80", "60", "100", "90" }, NULL, false, 0, NULL, "79.50" },
		{ "F7.3", 2022, { "70", "50", "100", NULL }, NULL, false, no_pi, NULL, "68.50" },
		{ "F7.4", 2022, { "70", "50", "100", NULL }, NULL, true, no_pi, NULL, "73.00" },
		{ "F7.6", 2022, { "70", NULL, "100", NULL }, NULL, false, no_cost | no_pi, NULL, "74.50" },
		{ "F7.7", 2023, { "75", NULL, "100", "80" }, NULL, false, no_cost, NULL, "80.25" },
		{ "F7.8", 2023, { "85", NULL, "100", "90" }, NULL, false, 0, "app1", "89.50" },
		{ "F7.14", 2023, { NULL, NULL, "100", NULL }, NULL, false, 1u << QPP_QUALITY | no_cost | no_pi, NULL, "75.00" },
		{ "B13", 2022, { "60", NULL, NULL, NULL }, NULL, false, 0, NULL, "18.00" },
		{ "B14", 2023, { "50", NULL, NULL, NULL }, NULL, false, 0, NULL, "15.00" },
	};
	struct qpp_score silent = score_of(2025, NULL, 0, &(const struct qpp_facts){ .has_cost = true }, NULL);
	row("F7.13", formula, "0.00", exactly, silent.final_score.v);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_request q = world_request(rows[i].py);
		struct qpp_final_question ask = { .program = qpp_str_of(rows[i].program), .small = rows[i].small,
		                                  .missing = rows[i].missing, .complex_patient_bonus = given(rows[i].complex) };
		struct qpp_score score;
		struct qpp_err err;
		for (int k = 0; k < QPP_CATEGORIES; k++)
			ask.percent[k] = given(rows[i].percent[k]);
		assert_int_equal(qpp_score_final(&q, &ask, &score, &err), QPP_OK);
		row(rows[i].id, formula, rows[i].final, exactly, score.final_score.v);
	}
	every_row_holds();
}

/* ---- F9 ---- */

#define GIVEN(n) { true, (n) }

/* Counts of one stratum in the order of the vectors: eligible, met, not met, exception, exclusion. */
#define COUNTS(name, e, m, x, exc, excl)                                                                    \
	{ .stratum = QPP_LIT_INIT(name), .met = GIVEN(m), .not_met = GIVEN(x), .eligible = GIVEN(e),             \
	  .exclusion = GIVEN(excl), .exception = GIVEN(exc) }

enum { MOST_RATES = 3 };

static void rates__from_submitted_counts(void **unused)
{
	(void)unused;
	static const char *const api = "field definitions of the Submissions API";
	static const struct {
		const char *id;
		bool qcdr;
		enum qpp_algorithm algorithm;
		struct qpp_rate_counts rates[MOST_RATES];
		size_t n;
		const char *completeness, *rate, *cases;
	} rows[] = {
		{ "F9.1", false, QPP_ALGORITHM_NONE, { COUNTS("", 100, 60, 20, 10, 0) }, 1, "90", "75", "100" },
		{ "F9.2", true, QPP_ALGORITHM_NONE, { COUNTS("", 100, 60, 20, 5, 15) }, 1, "100", "75", "85" },
		{ "F9.4", false, QPP_WEIGHTED_AVERAGE, { COUNTS("a", 50, 12, 38, 0, 0), COUNTS("b", 100, 30, 70, 0, 0) }, 2,
		  "100", "28", "150" },
		{ "F9.4 averaged instead", false, QPP_SIMPLE_AVERAGE,
		  { COUNTS("a", 50, 12, 38, 0, 0), COUNTS("b", 100, 30, 70, 0, 0) }, 2, "100", "27", "100" },
		{ "F9.6", false, QPP_SPLIT, { COUNTS("reporting", 100, 90, 10, 0, 0), COUNTS("performance", 50, 30, 20, 0, 0) }, 2,
		  "100", "60", "100" },
	};
	struct qpp_request q = world_request(2023);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_measure measure = { .id = QPP_LIT("MADE"), .category = QPP_QUALITY, .qcdr = rows[i].qcdr,
		                               .algorithm = rows[i].algorithm,
		                               .metric = rows[i].n > 1 ? QPP_METRIC_MULTI : QPP_METRIC_SINGLE };
		struct qpp_measurement m = { .measure_id = measure.id, .measure = &measure, .rates = rows[i].rates,
		                             .n_rates = rows[i].n, .kind = rows[i].n > 1 ? QPP_VALUE_MULTI : QPP_VALUE_SINGLE };
		struct qpp_scoring s;
		struct qpp_rates got;
		begin_part(&s, &q);
		qpp_rates_of(&s, &m, &got);
		row(rows[i].id, api, rows[i].completeness, exactly, got.completeness.v);
		row(rows[i].id, api, rows[i].rate, exactly, got.has_rate ? got.rate.v : qpp_dec_undefined());
		row(rows[i].id, api, rows[i].cases, exactly, got.cases.v);
	}
	every_row_holds();
}

static void rates__from_observations(void **unused)
{
	(void)unused;
	static const char *const api = "field definitions of the Submissions API";
	struct qpp_measure measure = { .id = QPP_LIT("MADE"), .category = QPP_QUALITY, .metric = QPP_METRIC_NON_PROPORTION };
	struct qpp_measurement m = { .measure_id = measure.id, .measure = &measure, .kind = QPP_VALUE_NON_PROPORTION,
	                             .numerator = given("600"), .denominator = given("50"), .observation_instances = given("40"),
	                             .denominator_exception = given("5"), .numerator_exclusion = given("0") };
	struct qpp_request q = world_request(2023);
	struct qpp_scoring s;
	struct qpp_rates got;
	begin_part(&s, &q);
	qpp_rates_of(&s, &m, &got);
	row("F9.7", api, "90", exactly, got.completeness.v);
	row("F9.7", api, "50", exactly, got.cases.v);
	every_row_holds();
}

/* Which class a measure falls in at the edges of completeness and cases. */
static void rates__edges_of_completeness_and_cases(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		int py;
		const char *completeness, *cases, *class, *points;
	} rows[] = {
		{ "F9.8 just below", 2023, "69.99", "50", "incomplete", "0" }, { "F9.8 reached", 2023, "70.00", "50", "", "6" },
		{ "F9.8 just below", 2024, "74.99", "50", "incomplete", "0" }, { "F9.8 reached", 2024, "75.00", "50", "", "6" },
		{ "F9.9 one short", 2023, "100", "19", "unscorable", "0" },    { "F9.9 enough", 2023, "100", "20", "", "6" },
	};
	static const struct made_up_practice practice = { { 50 }, .outcome = 1 };
	struct qpp_measurement_set set;
	const struct qpp_catalog *catalog = made_up_catalog(&practice, &set);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_request q = world_request(rows[i].py);
		struct qpp_points_question ask = { .measure_id = set.measurements[0].measure_id, .method = QPP_REGISTRY,
		                                   .rate = qpp_dec_of(50), .cases = given(rows[i].cases),
		                                   .completeness = given(rows[i].completeness), .small_practice = QPP_NO };
		struct qpp_points points;
		struct qpp_err err;
		q.catalog = catalog;
		assert_int_equal(qpp_score_points(&q, &ask, &points, &err), QPP_OK);
		row_text(rows[i].id, "414.1340, 414.1380(b)(1)(iii)", rows[i].class,
		         points.measure_class.n ? qpp_str_dup(q.arena, points.measure_class).p : "");
		row(rows[i].id, "414.1380(b)(1)(i)", rows[i].points, exactly, points.points.v);
	}
	every_row_holds();
}

/* ---- the submission that a newcomer is shown ---- */

/*
 * tests/cases/solo-2023.json with its facts, worked by hand from the published
 * benchmarks of PY2023; an invented group of three.
 *
 *   001 eCQM  51 / 215 = 23.72, lower is better:  8 + (27.32 - 23.72) / (27.32 - 22.50)   8.7469  the outcome measure
 *   236 eCQM  282 / 390 = 72.31:                  8 + (72.31 - 71.10) / (75.28 - 71.10)   8.2895
 *   318 eCQM  268 / 300 = 89.33:                  8 + (89.33 - 88.69) / (95.37 - 88.69)   8.0958
 *   130 CQM   1180 / 1180 = 100: 10, topped out                                           7.0000
 *   047 CQM   171 / 180 = 95.00, 75 % reported:   6 + (95.00 - 90.86) / (96.78 - 90.86)   6.6993
 *   039 CQM   14 cases are too few for its benchmark, in a small practice                 3.0000
 *   quality   41.8315 of 60 is 69.7192 %; with the 6 points of a small practice 79.7192 %;
 *             improvement 10 x (69.7192 - 64) / 64 = 0.8936;                       together 80.6128 %
 *   TPCC_1    8 + (1340.43 - 1310.25) / (1340.43 - 1275.95)                              8.4681
 *   MSPB_1    6 + (25241.20 - 24980.50) / (25241.20 - 24679.40)                          6.4640
 *   cost      14.9321 of 20 is 74.6605 %; improvement (74.6605 - 68) / 68 = 0.0979;      74.7584 %
 *   activities  two of medium weight, doubled: 20 + 20 of 40                              100 %
 *   promoting interoperability  9 + 10 + 22 of 30 (receiving is excluded) + 21 + 25 + 5   92 %
 *   bonus     (1.5 + 4 x 0.15) + (1.5 + 4 x -0.35)                                        2.2
 *   final     0.30 x 80.6128 + 0.30 x 74.7584 + 0.15 x 100 + 0.25 x 92 + 2.2 = 86.8114    86.81
 *   factor    9 x 0.2393 x (86.8114 - 75) / 25 = 1.0175                                   1.02
 */
static void shipped__submission_is_worth_what_it_is_by_hand(void **unused)
{
	(void)unused;
	static const char *const by_hand = "by hand, above";
	static const struct {
		enum qpp_category category;
		const char *measure, *points;
	} measures[] = {
		{ QPP_QUALITY, "001", "8.7469" }, { QPP_QUALITY, "236", "8.2895" }, { QPP_QUALITY, "318", "8.0958" },
		{ QPP_QUALITY, "130", "7" },      { QPP_QUALITY, "047", "6.6993" }, { QPP_QUALITY, "039", "3" },
		{ QPP_COST, "TPCC_1", "8.4681" }, { QPP_COST, "MSPB_1", "6.4640" }, { QPP_IA, "IA_BE_4", "20" },
		{ QPP_IA, "IA_EPA_2", "20" },     { QPP_PI, "PI_EP_1", "9" },       { QPP_PI, "PI_EP_2", "10" },
		{ QPP_PI, "PI_HIE_1", "22" },     { QPP_PI, "PI_PEA_1", "21" },     { QPP_PI, "PI_PHCDRR_5", "5" },
	};
	static const char *const percents[QPP_CATEGORIES] = { "80.6128", "74.7584", "100", "92" };
	struct filing f;
	struct qpp_request q = world_request(2023);
	struct qpp_score score;
	struct qpp_err err;
	assert_true(world_filing(q.arena, QPP_LIT("tests/cases/solo-2023.json"), QPP_LIT("tests/cases/solo-2023.facts.json"), &f));
	assert_int_equal(f.findings->errors, 0);
	assert_int_equal(qpp_score_submission(&q, f.submission, f.facts, QPP_LIT("mips"), &score, &err), QPP_OK);
	for (size_t i = 0; i < COUNT(measures); i++) {
		const struct qpp_category_score *c = &score.category[measures[i].category];
		qpp_dec got = qpp_dec_undefined();
		for (size_t j = 0; j < c->n_measures; j++)
			if (qpp_str_is(c->measures[j].measure_id, measures[i].measure))
				got = c->measures[j].points.points.v;
		row(measures[i].measure, by_hand, measures[i].points, exactly, got);
	}
	for (int k = 0; k < QPP_CATEGORIES; k++)
		row(qpp_category_name((enum qpp_category)k), by_hand, percents[k], exactly, qpp_dec_round(score.category[k].percent.v, 4));
	row("bonus", by_hand, "2.2", exactly, score.complex_patient_bonus.v);
	row("final score", by_hand, "86.81", exactly, score.final_score.v);
	row("factor", by_hand, "1.02", exactly, score.adjustment.total.v);
	row("nothing is missing", by_hand, "0", exactly, qpp_dec_of(score.missing));
	every_row_holds();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(engine__points_of_three_measures),
		cmocka_unit_test(engine__quality_percents),
		cmocka_unit_test(engine__contribution_of_quality),
		cmocka_unit_test(engine__promoting_interoperability),
		cmocka_unit_test(engine__activities_of_a_special_status),
		cmocka_unit_test(circumstances__weights_of_what_was_submitted),
		cmocka_unit_test(weights__are_those_of_the_regulation),
		cmocka_unit_test(points__follow_from_the_published_benchmarks),
		cmocka_unit_test(improvement__of_quality),
		cmocka_unit_test(improvement__of_cost),
		cmocka_unit_test(complex_patients__from_standardized_indicators),
		cmocka_unit_test(quality__percent_from_points),
		cmocka_unit_test(quality__percent_from_submitted_counts),
		cmocka_unit_test(activities__percents),
		cmocka_unit_test(promoting_interoperability__percents),
		cmocka_unit_test(promoting_interoperability__longer_period),
		cmocka_unit_test(final_score__from_category_percents),
		cmocka_unit_test(rates__from_submitted_counts),
		cmocka_unit_test(rates__from_observations),
		cmocka_unit_test(rates__edges_of_completeness_and_cases),
		cmocka_unit_test(shipped__submission_is_worth_what_it_is_by_hand),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
