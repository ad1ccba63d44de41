/*
 * Published and derived figures of the final score and the payment adjustment:
 * what the agency's public-use files print for real practices (identifiers
 * removed), what societies print as the largest and smallest factors, and what
 * follows from the text of 42 CFR 414.1405. Letters and numbers are those of
 * our list of vectors.
 *
 *   V1  final score to total adjustment, PY2017 to PY2024
 *   V2  the edges of the bands, and worked examples of budget neutrality
 *   V7  practices end to end: measure points, category scores, final score, factor
 *
 * The public file prints category scores with two decimals and measure points
 * with one. Tolerances are computed from that, in the test.
 */
#include "published.h"

static const qpp_dec exactly = QPP_DEC_INIT(0);
static const struct qpp_number not_given;

static const char *const public_file = "public-use file of the year, one practice";

static struct qpp_adjustment adjustment(int py, qpp_dec score, struct qpp_number scaling, struct qpp_number additional)
{
	struct qpp_request q = world_request(py);
	struct qpp_adjustment a;
	struct qpp_err err = { 0 };
	if (qpp_score_adjustment(&q, score, scaling, additional, &a, &err) != QPP_OK)
		fail_msg("PY %d: %s", py, err.primary);
	return a;
}

/* ---- V1 ---- */

static void adjustment__public_pairs(void **unused)
{
	(void)unused;
	/*
	 * `printed`: the score is known only as printed, so the factor must lie between those of the two ends of
	 * what rounds to it. The others are whole scores, or were recomputed before rounding.
	 */
	static const struct {
		int py;
		const char *score, *total, *source;
		bool printed;
	} rows[] = {
		{ 2017, "100", "1.88", "qualityinsights-qin.org; minglehealth.com; pamedsoc.org", false },
		{ 2017, "0", "-4.00", "qualityinsights-qin.org", false },
		{ 2017, "3", "0.00", "qualityinsights-qin.org", false },
		{ 2017, "97.09", "1.72", "public-use file, row B1", false },
		{ 2017, "77.5", "0.68", "public-use file", true },
		{ 2017, "94.0", "1.55", "public-use file", true },
		{ 2017, "77.3", "0.67", "public-use file", true },
		{ 2018, "35.00", "0.07", "public-use file", false },
		{ 2018, "63.25", "0.18", "public-use file", false },
		{ 2018, "15.00", "0.00", "mdinteractive.com", false },
		{ 2018, "69.99", "0.20", "band table of a society's letter", false },
		{ 2018, "64.90", "0.18", "public-use file, row A3", false },
		{ 2018, "100", "1.68", "public-use file, row B2", false },
		{ 2019, "94.63", "1.43", "public-use file, row A4", false },
		{ 2019, "30", "0.00", "aao.org, bonuses and penalties", false },
		{ 2019, "7.51", "-5.25", "aao.org, bonuses and penalties", false },
		{ 2020, "45", "0.00", "ciproms.com", false },
		{ 2021, "85.10", "0.20", "public-use file", false },
		{ 2021, "97.25", "1.94", "public-use file, row B5", false },
		{ 2021, "100", "2.34", "public-use file, row A6", false },
		{ 2022, "84.65", "0.86", "public-use file, row A7", false },
		{ 2022, "80.81", "0.52", "public-use file, row B6", false },
		{ 2023, "77.032", "0.18", "public-use file, row A8, recomputed before rounding", false },
		{ 2023, "77.03", "0.18", "public-use file, row A8, as printed", true },
		{ 2023, "71.79", "-0.39", "public-use file, row B7", false },
		{ 2023, "71.787", "-0.39", "public-use file, row B7, recomputed before rounding", false },
		{ 2023, "100", "2.15", "sirweb.org; beckersasc.com", false },
		{ 2024, "90", "0.63", "healthmonix.com", false },
		{ 2024, "75", "0.00", "healthmonix.com", false },
		{ 2022, "100", "8.26", "facs.org, the largest total of PY2022", false },
		/* rows A5, B3, B4: final score and factor of V7 */
		{ 2020, "100", "1.87", "public-use file, row A5", false },
		{ 2019, "95.12", "1.46", "public-use file, row B3", false },
		{ 2020, "96.70", "1.48", "public-use file, row B4", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char id[40];
		snprintf(id, sizeof id, "V1 PY%d %s", rows[i].py, rows[i].score);
		qpp_dec half = rows[i].printed ? half_of_last_place(rows[i].score) : qpp_dec_of(0);
		qpp_dec score = figure(rows[i].score), total = figure(rows[i].total);
		struct qpp_adjustment low = adjustment(rows[i].py, qpp_dec_sub(score, half), not_given, not_given);
		struct qpp_adjustment high = adjustment(rows[i].py, qpp_dec_add(score, half), not_given, not_given);
		if (!rows[i].printed)
			row(id, rows[i].source, rows[i].total, exactly, low.total.v);
		else
			row_true(id, rows[i].source, rows[i].total,
			         qpp_dec_cmp(low.total.v, total) <= 0 && qpp_dec_cmp(total, high.total.v) <= 0);
	}
	every_row_holds();
}

/* ---- V2 ---- */

static void bands__edges(void **unused)
{
	(void)unused;
	static const struct {
		int py;
		const char *score, *total, *band;
	} rows[] = {
		{ 2017, "0.75", "-4.00", "maxNegative" },  { 2017, "0.76", "-2.99", "negative" },
		{ 2017, "1.50", "-2.00", "negative" },     { 2018, "7.50", "-2.50", "negative" },
		{ 2019, "15.00", "-3.50", "negative" },    { 2019, "29.00", "-0.23", "negative" },
		{ 2020, "22.50", "-4.50", "negative" },    { 2021, "15.00", "-9.00", "maxNegative" },
		{ 2021, "30.00", "-4.50", "negative" },    { 2022, "18.75", "-9.00", "maxNegative" },
		{ 2023, "60", "-1.80", "negative" },       { 2023, "50", "-3.00", "negative" },
		/* the quarter of each threshold itself, and one hundredth above it where that is below the whole loss */
		{ 2018, "3.75", "-5.00", "maxNegative" },  { 2018, "3.76", "-3.75", "negative" },
		{ 2019, "7.50", "-7.00", "maxNegative" },  { 2020, "11.25", "-9.00", "maxNegative" },
		{ 2022, "18.76", "-6.75", "negative" },    { 2023, "18.75", "-9.00", "maxNegative" },
		{ 2023, "18.76", "-6.75", "negative" },    { 2024, "60", "-1.80", "negative" },
		{ 2024, "50", "-3.00", "negative" },       { 2024, "40", "-4.20", "negative" },
		{ 2024, "30", "-5.40", "negative" },       { 2024, "20", "-6.60", "negative" },
		/* the threshold */
		{ 2017, "3", "0.00", "neutral" },          { 2018, "15", "0.00", "neutral" },
		{ 2019, "30", "0.00", "neutral" },         { 2020, "45", "0.00", "neutral" },
		{ 2021, "60", "0.00", "neutral" },         { 2022, "75", "0.00", "neutral" },
		{ 2023, "74.99", "0.00", "negative" },     { 2023, "75", "0.00", "neutral" },
		{ 2023, "75.01", "0.00", "positive" },     { 2025, "75", "0.00", "neutral" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char id[40];
		snprintf(id, sizeof id, "V2 PY%d %s", rows[i].py, rows[i].score);
		struct qpp_adjustment a = adjustment(rows[i].py, figure(rows[i].score), not_given, not_given);
		row(id, "414.1405(b)(2)", rows[i].total, exactly, a.total.v);
		row_text(id, "414.1405(b)(2)", rows[i].band, qpp_band_name(a.band));
	}
	every_row_holds();
}

static void bands__no_points_lose_the_whole_percentage(void **unused)
{
	(void)unused;
	static const char *const applicable[] = { "-4", "-5", "-7", "-9", "-9", "-9", "-9", "-9", "-9" };
	for (size_t i = 0; i < COUNT(applicable); i++) {
		struct qpp_adjustment a = adjustment(2017 + (int)i, qpp_dec_of(0), not_given, not_given);
		row("V2 any year, 0 points", "414.1405(c)", applicable[i], exactly, a.total.v);
		row_text("V2 any year, 0 points", "414.1405(b)(2)", "maxNegative", qpp_band_name(a.band));
	}
	every_row_holds();
}

/* The additional factor with its own scaling at one, whatever the other scaling factor. */
static void additional__runs_from_one_half_to_ten(void **unused)
{
	(void)unused;
	static const struct {
		int py;
		const char *threshold, *middle;
	} rows[] = {
		{ 2017, "70", "85" }, { 2018, "70", "85" },   { 2019, "75", "87.5" },
		{ 2020, "85", "92.5" }, { 2021, "85", "92.5" }, { 2022, "89", "94.5" },
	};
	static const char *const source = "414.1405(d)";
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_number none = given("0"), one = given("1");
		row("V2 at the threshold", source, "0.50", exactly, adjustment(rows[i].py, figure(rows[i].threshold), none, one).total.v);
		row("V2 midway", source, "5.25", exactly, adjustment(rows[i].py, figure(rows[i].middle), none, one).total.v);
		row("V2 at 100", source, "10.00", exactly, adjustment(rows[i].py, qpp_dec_of(100), none, one).total.v);
	}
	every_row_holds();
}

static void budget__worked_examples(void **unused)
{
	(void)unused;
	static const char *const source = "414.1405(b)(3), worked by hand";
	/* Allowed charges 100,000 at 0 points, 200,000 at 50, 300,000 at 90, 400,000 at 100. */
	qpp_dec losses = qpp_dec_of(100000 * 9 / 100 + 200000 * 3 / 100);
	qpp_dec gains = qpp_dec_add(qpp_dec_scaled(300000 * 54, 3), qpp_dec_of(400000 * 9 / 100));
	struct qpp_number scaling = { .given = true, .v = qpp_dec_div(losses, gains) };
	row("V2 scaling of four practices", source, "0.28735632", exactly, qpp_dec_round(scaling.v, 8));
	row("V2 practice X", source, "-9.00", exactly, adjustment(2023, qpp_dec_of(0), scaling, not_given).total.v);
	row("V2 practice Y", source, "-3.00", exactly, adjustment(2023, qpp_dec_of(50), scaling, not_given).total.v);
	row("V2 practice Z", source, "1.55", exactly, adjustment(2023, qpp_dec_of(90), scaling, not_given).total.v);
	row("V2 practice W", source, "2.59", exactly, adjustment(2023, qpp_dec_of(100), scaling, not_given).total.v);
	row("V2 no losses", source, "0.00", exactly, adjustment(2023, qpp_dec_of(100), given("0"), not_given).total.v);
	row("V2 the most scaling there is", source, "27.00", exactly, adjustment(2023, qpp_dec_of(100), given("3"), not_given).total.v);
	row("V2 statutory ceiling of PY2019", "mcdermottplus.com", "22.00", exactly,
	    adjustment(2019, qpp_dec_of(100), given("3"), given("0.1")).total.v);
	/* 500 of 800 million dollars of additional factors before scaling. */
	row("V2 $500 million at 100", "414.1405(d)", "6.25", exactly,
	    adjustment(2022, qpp_dec_of(100), given("0"), given("0.625")).additional.v);
	row("V2 $500 million at the threshold", "414.1405(d)", "0.31", exactly,
	    adjustment(2022, qpp_dec_of(89), given("0"), given("0.625")).additional.v);
	every_row_holds();
}

/* ---- V7 ---- */

/* A practice as the public file prints it: category scores in percent, NULL for one that has no weight. */
struct practice {
	const char *id;
	int py;
	bool small;
	const char *percent[QPP_CATEGORIES], *complex;
	const char *weights[QPP_CATEGORIES];
	const char *final, *total;
};

static const struct practice practices[] = {
	{ "A7", 2022, true, { "91.34", "60.375", "100", NULL }, "0", { "40", "30", "30", "0" }, "84.65", "0.86" },
	{ "A8", 2023, true, { "95.71", "29.16", "100", NULL }, "0", { "40", "30", "30", "0" }, "77.03", "0.18" },
	{ "B7", 2023, false, { "48.32", "57.6377", "100", "100" }, "0", { "30", "30", "15", "25" }, "71.79", "-0.39" },
};

/* The final score when every printed category score is off by half its last place in the same direction. */
static struct qpp_score final_of(const struct practice *p, int direction)
{
	struct qpp_request q = world_request(p->py);
	struct qpp_final_question ask = { .small = p->small, .complex_patient_bonus = given(p->complex) };
	struct qpp_score score;
	struct qpp_err err;
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		ask.percent[k] = given(p->percent[k]);
		if (!ask.percent[k].given) {
			ask.missing |= 1u << k;
			continue;
		}
		/* Scores of 100 are limits, not roundings. */
		qpp_dec half = qpp_dec_mul(half_of_last_place(p->percent[k]), qpp_dec_of(direction));
		if (qpp_dec_cmp(ask.percent[k].v, qpp_dec_of(100)) < 0)
			ask.percent[k].v = qpp_dec_add(ask.percent[k].v, half);
	}
	assert_int_equal(qpp_score_final(&q, &ask, &score, &err), QPP_OK);
	return score;
}

static void practices__from_category_scores_to_the_factor(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < COUNT(practices); i++) {
		const struct practice *p = &practices[i];
		struct qpp_score low = final_of(p, -1), score = final_of(p, 0), high = final_of(p, 1);
		qpp_dec printed = figure(p->final), total = figure(p->total);
		for (int k = 0; k < QPP_CATEGORIES; k++)
			row(p->id, public_file, p->weights[k], exactly, score.category[k].weight.v);
		/* What the category scores allow, and the rounding of the final score itself. */
		qpp_dec tolerance = qpp_dec_add(qpp_dec_sub(high.final_exact.v, score.final_exact.v), half_of_last_place(p->final));
		row(p->id, public_file, p->final, tolerance, score.final_exact.v);
		row_true(p->id, public_file, "the printed final score lies between its ends",
		         qpp_dec_cmp(low.final_score.v, printed) <= 0 && qpp_dec_cmp(printed, high.final_score.v) <= 0);
		row_true(p->id, public_file, "the printed factor lies between its ends",
		         qpp_dec_cmp(low.adjustment.total.v, total) <= 0 && qpp_dec_cmp(total, high.adjustment.total.v) <= 0);
	}
	every_row_holds();
}

/* Points are printed with one decimal: a sum of n of them over 10 n points is known to within half a percent. */
static qpp_dec tolerance_of_points(size_t n, size_t counted)
{
	qpp_dec off = qpp_dec_mul(qpp_dec_of((int64_t)n), qpp_dec_scaled(5, 2));
	return qpp_dec_div(qpp_dec_mul(off, qpp_dec_of(100)), qpp_dec_of((int64_t)counted * 10));
}

static void practices__quality_from_measure_points(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		struct quality_sum in;
		size_t counted;
		const char *percent;     /* as printed, two decimals */
	} rows[] = {
		/* the sixth measure was suppressed and left the denominator */
		{ "A7", { 2022, "10 10 7 7 5.7", "5", true, NULL }, 5, "91.34" },
		{ "A8", { 2023, "10 10 10 7 7 7", "6", true, "0.71" }, 6, "95.71" },
		/* six measures and four that the agency computed from claims */
		{ "B7", { 2023, "7 5.7 5.2 5.2 5.2 4.1 5 4.8 3.1 3", "10", false, NULL }, 10, "48.32" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		qpp_dec tolerance = qpp_dec_add(tolerance_of_points(rows[i].counted, rows[i].counted), half_of_last_place(rows[i].percent));
		if (rows[i].in.improvement)
			tolerance = qpp_dec_add(tolerance, half_of_last_place(rows[i].in.improvement));
		row(rows[i].id, public_file, rows[i].percent, tolerance, quality_percent(&rows[i].in));
	}
	every_row_holds();
}

/* The result of a measure that earns these points on its benchmark: the way back along the decile. */
static qpp_dec rate_for(const struct qpp_benchmark *b, qpp_dec points)
{
	for (int k = QPP_ENTRIES; k > 0; k--) {
		if (qpp_dec_cmp(points, qpp_dec_of(k)) < 0)
			continue;
		qpp_dec from = b->entry[k - 1];
		qpp_dec width = k < QPP_ENTRIES ? qpp_dec_sub(b->entry[k], from) : qpp_dec_of(0);
		return qpp_dec_add(from, qpp_dec_mul(width, qpp_dec_sub(points, qpp_dec_of(k))));
	}
	return qpp_dec_undefined();
}

struct printed_measure {
	const char *id, *points;
};

/* B7 was scored on all the cost measures of its year. */
static const struct printed_measure cost_of_b7[] = {
	{ "COST_CCLI_1", "10" },   { "COST_LGH_1", "10" },   { "COST_NECABG_1", "10" }, { "COST_S_1", "9.7" },
	{ "COST_IOL_1", "9.4" },   { "COST_CRR_1", "8.8" },  { "COST_AKID_1", "8.2" },  { "COST_MR_1", "7.4" },
	{ "COST_COPDE_1", "6.7" }, { "COST_HAC_1", "5.4" },  { "COST_RUSST_1", "5.4" }, { "COST_IHCI_1", "5.3" },
	{ "COST_D_1", "5.1" },     { "COST_SSC_1", "4.5" },  { "MSPB_1", "4.4" },       { "COST_KA_1", "4.1" },
	{ "COST_ACOPD_1", "3.6" }, { "COST_FIHR_1", "3.5" }, { "COST_PHA_1", "2.9" },   { "COST_LPMSM_1", "2.8" },
	{ "TPCC_1", "2" },         { "COST_LSFDD_1", "1.9" }, { "COST_EOPCI_1", "1.7" },
};
static const struct printed_measure cost_of_a8[] = { { "COST_MR_1", "2.9" } };

static qpp_dec cost_percent(int py, const struct printed_measure *v, size_t n)
{
	struct qpp_claims_measure *cost = QPP_NEW_ARRAY(world()->arena, n, struct qpp_claims_measure);
	struct qpp_facts facts = { .has_cost = true, .cost = cost, .n_cost = n };
	for (size_t i = 0; i < n; i++) {
		struct qpp_str id = qpp_str_of(v[i].id);
		const struct qpp_benchmark *b = qpp_catalog_benchmark(world_catalog(py), id, QPP_ADMIN_CLAIMS);
		if (!b)
			world_bail_out("no benchmark of the year", v[i].id);
		cost[i] = (struct qpp_claims_measure){ .measure_id = id, .measure = qpp_catalog_measure(world_catalog(py), id),
		                                       .score = rate_for(b, figure(v[i].points)), .case_count = { true, 1000 } };
	}
	return score_of(py, NULL, 0, &facts, NULL).category[QPP_COST].percent.v;
}

static void practices__cost_from_measure_points(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		const struct printed_measure *measures;
		size_t n;
		const char *percent;
	} rows[] = {
		{ "B7", cost_of_b7, COUNT(cost_of_b7), "57.6377" },
		{ "A8", cost_of_a8, COUNT(cost_of_a8), "29.16" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		qpp_dec tolerance = qpp_dec_add(tolerance_of_points(rows[i].n, rows[i].n), half_of_last_place(rows[i].percent));
		row(rows[i].id, public_file, rows[i].percent, tolerance, cost_percent(2023, rows[i].measures, rows[i].n));
	}
	every_row_holds();
}

static qpp_dec points_of(const char *id, enum qpp_method method, qpp_dec rate)
{
	struct qpp_request q = world_request(2023);
	struct qpp_points_question ask = { .measure_id = qpp_str_of(id), .method = method, .rate = rate, .small_practice = QPP_YES };
	struct qpp_points points;
	struct qpp_err err;
	assert_int_equal(qpp_score_points(&q, &ask, &points, &err), QPP_OK);
	return points.points.v;
}

/*
 * What the agency computed for B7 from claims. 492 was in its first year and 484
 * in its second: their points show that the floors of new measures are for
 * measures that somebody reports.
 */
static void practices__claims_measures_have_no_floor_of_new_ones(void **unused)
{
	(void)unused;
	static const struct printed_measure printed[] = { { "479", "5" }, { "480", "3" }, { "484", "3.1" }, { "492", "4.8" } };
	for (size_t i = 0; i < COUNT(printed); i++) {
		const struct qpp_benchmark *b = qpp_catalog_benchmark(world_catalog(2023), qpp_str_of(printed[i].id), QPP_ADMIN_CLAIMS);
		assert_non_null(b);
		row(printed[i].id, "public-use file of PY2023, row B7", printed[i].points, exactly,
		    points_of(printed[i].id, QPP_ADMIN_CLAIMS, rate_for(b, figure(printed[i].points))));
	}
	every_row_holds();
}

/* A8 reported 485 and 486 in their first year and has exactly the floor for both. Its rates are not printed. */
static void practices__new_measures_that_are_reported_have_theirs(void **unused)
{
	(void)unused;
	static const char *const ids[] = { "485", "486" };
	for (size_t i = 0; i < COUNT(ids); i++)
		row(ids[i], "public-use file of PY2023, row A8", "7", exactly, points_of(ids[i], QPP_REGISTRY, qpp_dec_of(1)));
	every_row_holds();
}

/* Activities with their printed points. */
static void practices__activities(void **unused)
{
	(void)unused;
	static const struct reported a7[] = { { "IA_EPA_1", 1, 0 }, { "IA_EPA_3", 1, 0 } };
	static const struct reported a8[] = { { "IA_BE_4", 1, 0 }, { "IA_EPA_3", 1, 0 } };
	static const struct reported b7[] = { { "IA_EPA_1", 1, 0 }, { "IA_EPA_3", 1, 0 }, { "IA_PM_12", 1, 0 } };
	static const struct {
		const char *id;
		int py;
		enum qpp_tri small;
		const struct reported *reported;
		size_t n;
		const char *points[COUNT(b7)];
	} rows[] = {
		{ "A7", 2022, QPP_YES, a7, COUNT(a7), { "40", "20", NULL } },
		{ "A8", 2023, QPP_YES, a8, COUNT(a8), { "20", "20", NULL } },
		{ "B7", 2023, QPP_NO, b7, COUNT(b7), { "20", "10", "10" } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_measurement_set set = set_of(rows[i].py, QPP_IA, QPP_REGISTRY, rows[i].reported, rows[i].n);
		struct qpp_facts facts = { .small_practice = rows[i].small, .has_statuses = true };
		struct qpp_score score = score_of(rows[i].py, &set, 1, &facts, NULL);
		for (size_t j = 0; j < rows[i].n; j++)
			row(rows[i].id, public_file, rows[i].points[j], exactly, score.category[QPP_IA].measures[j].points.points.v);
		row(rows[i].id, public_file, "40", exactly, score.category[QPP_IA].points.v);
	}
	every_row_holds();
}

/*
 * B7 is hospital-based, but what it submitted gave promoting interoperability its
 * weight back. The counts are ours, at the full rate that its points show. The
 * file prints 12 for each of the two registries: halves of the 25 of their objective.
 */
static void practices__promoting_interoperability(void **unused)
{
	(void)unused;
	static const struct reported reported[] = {
		{ "PI_HIE_5", 1, 0 }, { "PI_PEA_1", 400, 400 }, { "PI_PHCDRR_1", 1, 0 }, { "PI_PHCDRR_3", 1, 0 },
		{ "PI_EP_1", 300, 300 }, { "PI_EP_2", 1, 0 }, { "PI_INFBLO_1", 1, 0 }, { "PI_ONCACB_1", 1, 0 },
		{ "PI_ONCDIR_1", 1, 0 }, { "PI_PHCDRR_1_PROD", 1, 0 }, { "PI_PHCDRR_3_PROD", 1, 0 }, { "PI_PPHI_1", 1, 0 },
		{ "PI_PPHI_2", 1, 0 },
	};
	static const struct printed_measure printed[] = {
		{ "PI_HIE_5", "30" }, { "PI_PEA_1", "25" }, { "PI_EP_1", "10" }, { "PI_EP_2", "10" },
	};
	struct qpp_facts facts = { .small_practice = QPP_NO, .has_statuses = true, .statuses = QPP_HOSPITAL_BASED };
	struct qpp_measurement_set set = set_of(2023, QPP_PI, QPP_EHR, reported, COUNT(reported));
	certify(&set, 2023);
	struct qpp_score score = score_of(2023, &set, 1, &facts, NULL);
	const struct qpp_category_score *pi = &score.category[QPP_PI];
	size_t found = 0;
	for (size_t i = 0; i < COUNT(printed); i++)
		for (size_t j = 0; j < pi->n_measures; j++)
			if (qpp_str_is(pi->measures[j].measure_id, printed[i].id)) {
				row(printed[i].id, public_file, printed[i].points, exactly, pi->measures[j].points.points.v);
				found++;
			}
	row("B7", public_file, "100", exactly, pi->percent.v);
	row_true("B7", public_file, "every measure is listed", found == COUNT(printed));
	row_true("B7", public_file, "promoting interoperability keeps a weight", qpp_dec_sign(pi->weight.v) > 0);
	every_row_holds();
}

static struct qpp_claims_measure cost_measure(int py, const char *id, const char *points)
{
	const struct qpp_catalog *c = world_catalog(py);
	const struct qpp_benchmark *b = qpp_catalog_benchmark(c, qpp_str_of(id), QPP_ADMIN_CLAIMS);
	assert_non_null(b);
	return (struct qpp_claims_measure){ .measure_id = qpp_str_of(id), .measure = qpp_catalog_measure(c, qpp_str_of(id)),
	                                    .score = rate_for(b, figure(points)), .case_count = { true, 100 } };
}

static void check_whole(const char *id, const struct qpp_score *score, const char *quality, const char *cost, const char *final,
                        const char *total)
{
	row(id, public_file, quality, exactly, qpp_dec_round(score->category[QPP_QUALITY].percent.v, 2));
	row(id, public_file, cost, half_of_last_place(cost), score->category[QPP_COST].percent.v);
	row(id, public_file, "100", exactly, score->category[QPP_IA].percent.v);
	row(id, public_file, "0", exactly, score->category[QPP_PI].weight.v);
	row(id, public_file, final, exactly, score->final_score.v);
	row(id, public_file, total, exactly, score->adjustment.total.v);
}

/*
 * A7 as it may have been submitted. 137 and 410 have the most points there are,
 * 138 and 265 those of topped-out measures, 238 was suppressed through a registry
 * that year: so 394 alone makes up what the printed 91.34 leaves, 5.67 points, a
 * rate of 16.31. Of the two cost measures only the sum is known to more than one
 * decimal. Promoting interoperability was not reported: a small practice.
 */
static void practices__a7_whole(void **unused)
{
	(void)unused;
	static const struct counted quality[] = {
		{ "137", 60, 0 }, { "410", 45, 0 }, { "138", 50, 0 }, { "265", 300, 0 }, { "394", 23, 118 }, { "238", 2, 400 },
	};
	static const struct reported activities[] = { { "IA_EPA_1", 1, 0 }, { "IA_EPA_3", 1, 0 } };
	struct qpp_claims_measure cost[] = { cost_measure(2022, "TPCC_1", "9.145"), cost_measure(2022, "COST_MR_1", "2.93") };
	struct qpp_facts facts = { .small_practice = QPP_YES, .has_statuses = true, .statuses = QPP_HPSA, .has_cost = true,
	                           .cost = cost, .n_cost = COUNT(cost) };
	struct qpp_measurement_set sets[] = {
		quality_set(2022, quality, COUNT(quality)),
		set_of(2022, QPP_IA, QPP_REGISTRY, activities, COUNT(activities)),
	};
	struct qpp_score score = score_of(2022, sets, COUNT(sets), &facts, NULL);
	check_whole("A7", &score, "91.34", "60.375", "84.65", "0.86");
	every_row_holds();
}

/*
 * A8, the same filer a year later. Every quality measure is at a limit: three at
 * ten points, one topped out, two in their first year at their floor. So 51 of 60
 * points are 85 percent, and the improvement is measured from the 91.34 of A7 less
 * its small practice bonus of 6 in 50: 79.34. The file prints 0.71 for it.
 */
static void practices__a8_whole(void **unused)
{
	(void)unused;
	static const struct counted quality[] = {
		{ "137", 70, 0 }, { "238", 0, 450 }, { "410", 50, 0 }, { "138", 55, 0 }, { "485", 1, 40 }, { "486", 1, 40 },
	};
	static const struct reported activities[] = { { "IA_BE_4", 1, 0 }, { "IA_EPA_3", 1, 0 } };
	struct qpp_claims_measure cost[] = { cost_measure(2023, "COST_MR_1", "2.916") };
	struct qpp_facts facts = { .small_practice = QPP_YES, .has_statuses = true, .statuses = QPP_HPSA, .has_cost = true,
	                           .cost = cost, .n_cost = COUNT(cost), .has_prior = true, .prior_same_identifier = QPP_YES,
	                           .prior_quality_score_pct = given("91.34"), .prior_quality_achievement_pct = given("79.34"),
	                           .prior_cost_pct = given("60.375") };
	struct qpp_measurement_set sets[] = {
		quality_set(2023, quality, COUNT(quality)),
		set_of(2023, QPP_IA, QPP_REGISTRY, activities, COUNT(activities)),
	};
	struct qpp_score score = score_of(2023, sets, COUNT(sets), &facts, NULL);
	check_whole("A8", &score, "95.71", "29.16", "77.03", "0.18");
	every_row_holds();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adjustment__public_pairs),
		cmocka_unit_test(bands__edges),
		cmocka_unit_test(bands__no_points_lose_the_whole_percentage),
		cmocka_unit_test(additional__runs_from_one_half_to_ten),
		cmocka_unit_test(budget__worked_examples),
		cmocka_unit_test(practices__from_category_scores_to_the_factor),
		cmocka_unit_test(practices__quality_from_measure_points),
		cmocka_unit_test(practices__cost_from_measure_points),
		cmocka_unit_test(practices__claims_measures_have_no_floor_of_new_ones),
		cmocka_unit_test(practices__new_measures_that_are_reported_have_theirs),
		cmocka_unit_test(practices__activities),
		cmocka_unit_test(practices__promoting_interoperability),
		cmocka_unit_test(practices__a7_whole),
		cmocka_unit_test(practices__a8_whole),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
