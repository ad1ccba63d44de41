/*
 * The catalog's text form: reading it, refusing what is not one, writing it
 * again, and looking things up. What the importer makes of published files is
 * in test_catalog_import.c.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qpp/catalog.h"

static const char sample[] =
	"openqpp-catalog\t1\t2023\tthe source\n"
	"measure\t001\tquality\tsinglePerformanceRate\t2017\tPoor control – of something\n"
	"\ttype\tintermediateOutcome\n"
	"\tmethods\tregistry\telectronicHealthRecord\tclaims\n"
	"\tflags\thighPriority\tinverse\n"
	"\ttruncated\tregistry\n"
	"\tsuppressed\tclaims\n"
	"\thistoricalRemoved\tclaims\n"
	"\teMeasureId\tCMS122v11\n"
	"\tsets\tcardiology\turology\n"
	"\tprograms\tmips\tM0001\n"
	"\tstratum\n"
	"\t\tinitialPopulation\t03D10A51\n"
	"\t\tstratifications\t97AE9FA8\t652F0C53\n"
	"measure\t226\tquality\tmultiPerformanceRate\t-\tTobacco\n"
	"\talgorithm\toverallStratumOnly\n"
	"\tstratum\tscreened\n"
	"\tstratum\toverall\n"
	"\t\tnumerator\t8EDDEC39\n"
	"measure\tIA_PM_1\tia\tboolean\t2017\tAn activity\n"
	"\tweight\thigh\n"
	"\tsubcategory\tpopulationManagement\n"
	"measure\tPI_EP_1\tpi\tproportion\t2017\te-Prescribing\n"
	"\tflags\trequired\n"
	"\tobjective\telectronicPrescribing\n"
	"\treportingCategory\trequired\n"
	"\texclusions\tPI_LVPP_1\n"
	"measure\tTPCC_1\tcost\tcostScore\t2017\tTotal cost\n"
	"\tmethods\tadministrativeClaims\n"
	"benchmark\t001\tregistry\t2021\t34.5\t99\t90\t80\t70\t60\t50\t40\t30\t20\t10\tinverse\ttoppedOut\tcapped\n"
	"benchmark\t001\tclaims\t2023\t-\t-\t100\t99\t98.165\t97\t96\t95\t94\t93\t92\tinverse\tdeciles\n"
	"cluster\t226\tregistry\n"
	"\tspecialtySet\turology\t001\t226\n"
	"\tclinicalCluster\tpathology\t226\n"
	"\tclinicalCluster\turology2\t001\t226\n"
	"mvp\tG0053\tAdvancing care\n"
	"\tquality\t001\t226\n"
	"\tia\tIA_PM_1\n"
	"average\tTPCC_1\t1234.56\t-\n"
	"noBenchmark\t226\tregistry\tBR-009\tBR-022\n"
	"counties\twho listed them\n"
	"\tcounty\tFL\tlee\t33901\t33903\n"
	"\tcounty\tFL\tst johns\n"
	"\tcounty\tGA\tlee\t31763\n"
	"end\t12\n";

static struct qpp_arena arena = QPP_ARENA_INIT;

static int forget(void **unused)
{
	(void)unused;
	qpp_arena_close(&arena);
	return 0;
}

static enum qpp_code read_text(struct qpp_str text, const struct qpp_catalog **c, struct qpp_err *err)
{
	memset(err, 0, sizeof *err);
	return qpp_catalog_read(&arena, QPP_LIT("some.txt"), text, c, err);
}

static const struct qpp_catalog *read_sample(void)
{
	const struct qpp_catalog *c;
	struct qpp_err err;
	if (read_text(qpp_str_of(sample), &c, &err) != QPP_OK)
		fail_msg("line %u, column %u: %s (%s)", err.line, err.column, err.primary, err.detail);
	return c;
}

static struct qpp_str written(const struct qpp_catalog *c)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 1 << 24);
	qpp_catalog_write(&b, c);
	return qpp_buf_done(&b);
}

/* The sample with the first `old` replaced. */
static struct qpp_str changed(const char *old, const char *new)
{
	const char *at = strstr(sample, old);
	assert_non_null(at);
	struct qpp_str head = qpp_str_dup(&arena, (struct qpp_str){ sample, (size_t)(at - sample) });
	return qpp_str_cat(&arena, head.p, new, at + strlen(old), (char *)NULL);
}

static void catalog__reads_every_member_of_a_measure(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c = read_sample();
	assert_int_equal(c->py.v, 2023);
	assert_text(c->source, "the source");
	assert_int_equal(c->n_measures, 5);
	const struct qpp_measure *m = qpp_catalog_measure(c, QPP_LIT("001"));
	assert_non_null(m);
	assert_text(m->title, "Poor control \xE2\x80\x93 of something");
	assert_int_equal(m->category, QPP_QUALITY);
	assert_int_equal(m->metric, QPP_METRIC_SINGLE);
	assert_int_equal(m->first_py, 2017);
	assert_text(m->type, "intermediateOutcome");
	assert_int_equal(m->methods, 1u << QPP_REGISTRY | 1u << QPP_EHR | 1u << QPP_CLAIMS);
	assert_true(m->high_priority && m->inverse);
	assert_false(m->qcdr || m->required || m->bonus || m->cap_removed_any);
	assert_int_equal(m->truncated, 1u << QPP_REGISTRY);
	assert_int_equal(m->suppressed, 1u << QPP_CLAIMS);
	assert_int_equal(m->historical_removed, 1u << QPP_CLAIMS);
	assert_int_equal(m->historical_flat, 0);
	assert_text(m->emeasure_id, "CMS122v11");
	assert_int_equal(m->emeasure_uuid.n, 0);
	assert_true(qpp_strs_has(m->sets, QPP_LIT("urology")));
	assert_false(qpp_strs_has(m->sets, QPP_LIT("uro")));
	assert_true(qpp_strs_has(m->programs, QPP_LIT("M0001")));
	const struct qpp_measure *pi = qpp_catalog_measure(c, QPP_LIT("PI_EP_1"));
	assert_true(pi->required);
	assert_text(pi->objective, "electronicPrescribing");
	assert_true(qpp_strs_has(pi->exclusions, QPP_LIT("PI_LVPP_1")));
	assert_int_equal(qpp_catalog_measure(c, QPP_LIT("IA_PM_1"))->ia_weight, QPP_IA_HIGH);
}

static void catalog__reads_strata_with_their_populations(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c = read_sample();
	const struct qpp_measure *m = qpp_catalog_measure(c, QPP_LIT("226"));
	assert_int_equal(m->first_py, 0);
	assert_int_equal(m->algorithm, QPP_OVERALL_STRATUM_ONLY);
	assert_int_equal(m->n_strata, 2);
	assert_text(m->strata[0].name, "screened");
	assert_int_equal(m->strata[0].numerator.n, 0);
	assert_text(m->strata[1].name, "overall");
	assert_text(m->strata[1].numerator, "8EDDEC39");
	m = qpp_catalog_measure(c, QPP_LIT("001"));
	assert_int_equal(m->n_strata, 1);
	assert_int_equal(m->strata[0].name.n, 0);
	assert_text(m->strata[0].initial_population, "03D10A51");
	assert_int_equal(m->strata[0].stratifications.n, 2);
	assert_text(m->strata[0].stratifications.v[1], "652F0C53");
}

static void catalog__keeps_the_entries_of_a_benchmark_exactly(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c = read_sample();
	const struct qpp_benchmark *b = qpp_catalog_benchmark(c, QPP_LIT("001"), QPP_REGISTRY);
	assert_non_null(b);
	assert_int_equal(b->benchmark_year, 2021);
	assert_true(b->has_first && b->inverse && b->topped_out && b->capped);
	assert_false(b->flat_deciles);
	assert_true(qpp_dec_eq(b->entry[0], qpp_dec_of(99)));
	assert_true(qpp_dec_eq(b->entry[9], qpp_dec_of(10)));
	assert_true(qpp_dec_eq(b->average, qpp_dec_ratio(69, 2)));
	b = qpp_catalog_benchmark(c, QPP_LIT("001"), QPP_CLAIMS);
	assert_true(b->flat_deciles);
	assert_false(b->has_first || b->topped_out || b->capped);
	assert_undefined(b->entry[0]);
	assert_undefined(b->average);
	assert_true(qpp_dec_eq(b->entry[3], qpp_dec_scaled(98165, 3)));
}

static void catalog__reads_clusters_mvps_averages_and_reasons(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c = read_sample();
	const struct qpp_cluster *x = qpp_catalog_cluster(c, QPP_LIT("226"), QPP_REGISTRY);
	assert_int_equal(x->n_specialty_sets, 1);
	assert_text(x->specialty_sets[0].name, "urology");
	assert_int_equal(x->n_clinical_clusters, 2);
	assert_text(x->clinical_clusters[1].name, "urology2");
	assert_text(x->clinical_clusters[1].measure_ids.v[0], "001");
	const struct qpp_mvp *m = qpp_catalog_mvp(c, QPP_LIT("G0053"));
	assert_text(m->title, "Advancing care");
	assert_int_equal(m->quality.n, 2);
	assert_int_equal(m->cost.n, 0);
	const struct qpp_national_average *n = qpp_catalog_average(c, QPP_LIT("TPCC_1"));
	assert_true(qpp_dec_eq(n->group, qpp_dec_scaled(123456, 2)));
	assert_undefined(n->individual);
	const struct qpp_no_benchmark *none = qpp_catalog_no_benchmark(c, QPP_LIT("226"), QPP_REGISTRY);
	assert_int_equal(none->codes.n, 2);
	assert_text(none->codes.v[1], "BR-022");
}

static void catalog__reads_the_list_of_counties(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c = read_sample();
	assert_text(c->euc.source, "who listed them");
	assert_int_equal(c->euc.n_counties, 3);
	assert_text(c->euc.counties[0].state, "FL");
	assert_text(c->euc.counties[0].name, "lee");
	assert_int_equal(c->euc.counties[0].zips.n, 2);
	assert_text(c->euc.counties[0].zips.v[1], "33903");
	assert_int_equal(c->euc.counties[1].zips.n, 0);
	assert_text(c->euc.counties[2].state, "GA");
	/* Not to be confused with a list that names nobody. */
	struct qpp_err err;
	assert_int_equal(read_text(QPP_LIT("openqpp-catalog\t1\t2023\tx\nend\t0\n"), &c, &err), QPP_OK);
	assert_int_equal(c->euc.source.n, 0);
	assert_int_equal(read_text(QPP_LIT("openqpp-catalog\t1\t2023\tx\ncounties\ty\nend\t1\n"), &c, &err), QPP_OK);
	assert_text(c->euc.source, "y");
	assert_text(written(c), "openqpp-catalog\t1\t2023\tx\ncounties\ty\nend\t1\n");
}

static void catalog__finds_every_record_and_nothing_else(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c = read_sample();
	for (size_t i = 0; i < c->n_measures; i++)
		assert_ptr_equal(qpp_catalog_measure(c, c->measures[i].id), &c->measures[i]);
	assert_null(qpp_catalog_measure(c, QPP_LIT("")));
	assert_null(qpp_catalog_measure(c, QPP_LIT("00")));
	assert_null(qpp_catalog_measure(c, QPP_LIT("0011")));
	assert_null(qpp_catalog_measure(c, QPP_LIT("zzz")));
	assert_null(qpp_catalog_benchmark(c, QPP_LIT("001"), QPP_EHR));
	assert_null(qpp_catalog_benchmark(c, QPP_LIT("226"), QPP_REGISTRY));
	assert_null(qpp_catalog_cluster(c, QPP_LIT("226"), QPP_CLAIMS));
	assert_null(qpp_catalog_mvp(c, QPP_LIT("G0054")));
	assert_null(qpp_catalog_average(c, QPP_LIT("001")));
	assert_null(qpp_catalog_no_benchmark(c, QPP_LIT("001"), QPP_REGISTRY));
	const struct qpp_catalog empty = { 0 };
	assert_null(qpp_catalog_measure(&empty, QPP_LIT("001")));
	assert_text(qpp_catalog_near(c, QPP_LIT("IA_PM_l"), &arena), "IA_PM_1");
	assert_text(qpp_catalog_near(c, QPP_LIT("xxxxxxxxxxxx"), &arena), "");
	assert_text(qpp_catalog_near(&empty, QPP_LIT("001"), &arena), "");
}

static void catalog__names_lead_back_to_their_values(void **unused)
{
	(void)unused;
	for (unsigned i = 0; i < QPP_CATEGORIES; i++) {
		enum qpp_category v;
		assert_true(qpp_category_of(qpp_str_of(qpp_category_name((enum qpp_category)i)), &v));
		assert_int_equal(v, i);
	}
	for (unsigned i = QPP_METHOD_NONE + 1; i < QPP_METHODS; i++)
		assert_int_equal(qpp_method_of(qpp_str_of(qpp_method_name((enum qpp_method)i))), i);
	for (unsigned i = 0; i < QPP_METRICS; i++) {
		enum qpp_metric v;
		assert_true(qpp_metric_of(qpp_str_of(qpp_metric_name((enum qpp_metric)i)), &v));
		assert_int_equal(v, i);
	}
	for (unsigned i = QPP_ALGORITHM_NONE + 1; i < QPP_ALGORITHMS; i++) {
		enum qpp_algorithm v;
		assert_true(qpp_algorithm_of(qpp_str_of(qpp_algorithm_name((enum qpp_algorithm)i)), &v));
		assert_int_equal(v, i);
	}
}

static void catalog__knows_the_first_name_of_promoting_interoperability(void **unused)
{
	(void)unused;
	enum qpp_category category;
	assert_true(qpp_category_of(QPP_LIT("aci"), &category));
	assert_int_equal(category, QPP_PI);
}

static void catalog__names_nothing_that_is_not_published(void **unused)
{
	(void)unused;
	enum qpp_category category;
	enum qpp_metric metric;
	enum qpp_algorithm algorithm;
	assert_false(qpp_category_of(QPP_LIT("Quality"), &category));
	assert_int_equal(qpp_method_of(QPP_LIT("none")), QPP_METHOD_NONE);
	assert_int_equal(qpp_method_of(QPP_LIT("")), QPP_METHOD_NONE);
	assert_false(qpp_metric_of(QPP_LIT("bool"), &metric));
	assert_false(qpp_algorithm_of(QPP_LIT("none"), &algorithm));
	assert_string_equal(qpp_method_name((enum qpp_method)99), "none");
}

static void catalog__is_written_again_byte_for_byte(void **unused)
{
	(void)unused;
	assert_true(qpp_str_eq(written(read_sample()), qpp_str_of(sample)));
}

/* Errors: the text is the sample with `old` replaced by `new`. */
static const struct {
	const char *old, *new;
	uint32_t line, column;
	const char *expected;
} faults[] = {
	{ "openqpp-catalog", "catalog", 1, 1, "expected openqpp-catalog, with which the first line of a catalog begins" },
	{ "catalog\t1\t", "catalog\t2\t", 1, 17, "expected version 1 of the format" },
	{ "\t2023\tthe", "\t23\tthe", 1, 19, "expected a year" },
	{ "\tthe source", "", 1, 23, "expected the source" },
	{ "the source", "the source\tmore", 1, 35, "expected nothing more on this line" },
	{ "measure\t001", "mesure\t001", 2, 1, "expected a record" },
	{ "\tquality\tsingle", "\tqualty\tsingle", 2, 13, "expected a category" },
	{ "\tsinglePerf", "\tsinglPerf", 2, 21, "expected a metric type" },
	{ "2017\tPoor", "017\tPoor", 2, 43, "expected a year" },
	{ "\tPoor control – of something", "", 2, 47, "expected a title" },
	{ "– of", "– \tof", 2, 64, "expected nothing more on this line" },
	{ "\ttype\tinter", "\tkind\tinter", 3, 2, "expected a line that this record has" },
	{ "\ttype\tintermediateOutcome", "\ttype", 3, 6, "expected a text" },
	{ "\tregistry\telectronic", "\tregstry\telectronic", 4, 10, "expected a collection type" },
	{ "\thighPriority", "\thighPriorty", 5, 8, "expected a flag" },
	{ "\tsuppressed\tclaims", "\ttruncated\tclaims", 7, 2, "expected each line of a record only once" },
	{ "cardiology\turology", "cardiology\t\turology", 10, 18, "expected a text" },
	{ "\t\tinitialPopulation", "\t\t\tinitialPopulation", 13, 4, "expected a line further to the left: nothing above has lines of this depth" },
	{ "initialPopulation", "initialpopulations", 13, 3, "expected a line that this record has" },
	{ "measure\t226", "measure\t000", 15, 9, "expected records of a kind in ascending order, none twice" },
	{ "measure\t226", "measure\t001", 15, 9, "expected records of a kind in ascending order, none twice" },
	{ "overallStratumOnly", "none", 16, 12, "expected an algorithm" },
	{ "weight\thigh", "weight\tlow", 21, 9, "expected a weight" },
	{ "34.5", "34.5.", 30, 29, "expected a number with at most 9 decimals, or -" },
	{ "34.5", "0.0123456789", 30, 29, "expected a number with at most 9 decimals, or -" },
	{ "\t90\t80\t", "\t90\t-\t", 30, 40, "expected a number: of the ten entries only the first may be -" },
	{ "001\tclaims\t2023", "001\tregistry\t2023", 31, 11, "expected records of a kind in ascending order, none twice" },
	{ "\tspecialtySet", "\tspecialtyset", 33, 2, "expected specialtySet or clinicalCluster" },
	{ "urology\t001\t226\n\tclinical", "urology\n\tclinical", 33, 22, "expected a measure id" },
	{ "BR-009\tBR-022", "", 40, 26, "expected a reason code" },
	{ "average", "\tcost\tTPCC_1\n\tcost\tTPCC_1\naverage", 40, 2, "expected each line of a record only once" },
	{ "noBenchmark", "\tgroup\t1\nnoBenchmark", 40, 2, "expected a line further to the left: nothing above has lines of this depth" },
	{ "end\t12", "end\t11", 45, 5, "expected the number of records that stand above" },
	{ "end\t12\n", "end\t12\n\n", 46, 1, "expected nothing behind the last line" },
	{ "end\t12\n", "", 44, 21, "expected a last line \"end\": the text is cut short" },
	{ "\twho listed them", "", 41, 9, "expected the source" },
	{ "\tcounty\tFL\tlee", "\tcountry\tFL\tlee", 42, 2, "expected county" },
	{ "county\tFL\tlee", "county\tFl\tlee", 42, 9, "expected the two capital letters of a state or territory" },
	{ "county\tFL\tlee", "county\tXX\tlee", 42, 9, "expected the two capital letters of a state or territory" },
	{ "FL\tlee", "FL\tLee", 42, 12, "expected a county's name in small letters, without County and the like" },
	{ "FL\tlee", "FL\tlee county", 42, 12, "expected a county's name in small letters, without County and the like" },
	{ "33901\t33903", "33901\t3390", 42, 22, "expected a ZIP code of five digits" },
	{ "33901\t33903", "33901\t339031234", 42, 22, "expected a ZIP code of five digits" },
	{ "33901\t33903", "33901\t33901", 42, 22, "expected ZIP codes in ascending order, none twice" },
	{ "33901\t33903", "33901\t", 42, 22, "expected a ZIP code" },
	{ "FL\tst johns", "FL\tlee", 43, 12, "expected counties in ascending order of state and name, none twice" },
	{ "GA\tlee", "AL\tlee", 44, 12, "expected counties in ascending order of state and name, none twice" },
	{ "end\t12", "counties\tagain\nend\t13", 45, 1, "expected one list of counties, not two" },
	{ "Tobacco", "Tob\racco", 15, 47, "expected UTF-8 text without control characters" },
	{ "Tobacco", "Tob\xC0\x80" "acco", 15, 47, "expected UTF-8 text without control characters" },
	{ "Tobacco", "Tob\xED\xA0\x80", 15, 47, "expected UTF-8 text without control characters" },
};

static void catalog__each_error_names_line_column_and_what_was_expected(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		const struct qpp_catalog *c;
		struct qpp_err err;
		assert_int_equal(read_text(changed(faults[i].old, faults[i].new), &c, &err), QPP_DATA);
		assert_null(c);
		assert_int_equal(err.code, QPP_DATA);
		assert_string_equal(err.file, "some.txt");
		if (strcmp(err.primary, faults[i].expected) != 0 || err.line != faults[i].line || err.column != faults[i].column)
			fail_msg("%s to %s: %u:%u: %s (%s)", faults[i].old, faults[i].new, err.line, err.column, err.primary,
			         err.detail);
	}
}

static void catalog__refuses_a_benchmark_with_nine_entries(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c;
	struct qpp_err err;
	assert_int_equal(read_text(changed("\t20\t10\tinverse", "\t20\tinverse"), &c, &err), QPP_DATA);
	assert_string_equal(err.primary, "expected a number with at most 9 decimals, or -");
	assert_string_equal(err.detail, "found \"inverse\"");
	assert_int_equal(err.line, 30);
}

static void catalog__an_unknown_name_comes_with_the_known_and_the_nearest(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c;
	struct qpp_err err;
	assert_int_equal(read_text(changed("\thighPriority", "\thighpriorty"), &c, &err), QPP_DATA);
	assert_string_equal(err.detail, "found \"highpriorty\"; known are highPriority, inverse, qcdr, capRemovedAny, required, bonus");
	assert_string_equal(err.hint, "did you mean \"highPriority\"?");
}

static void catalog__the_empty_text_is_no_catalog(void **unused)
{
	(void)unused;
	const struct qpp_catalog *c;
	struct qpp_err err;
	assert_int_equal(read_text((struct qpp_str){ NULL, 0 }, &c, &err), QPP_DATA);
	assert_null(c);
	assert_int_equal(read_text(QPP_LIT("\n"), &c, &err), QPP_DATA);
	assert_int_equal(err.line, 1);
	assert_string_equal(err.detail, "the line ends here");
}

static void catalog__a_text_cut_short_anywhere_is_refused(void **unused)
{
	(void)unused;
	/* Without its last line feed it is still whole. */
	for (size_t n = 0; n + 2 < sizeof sample; n++) {
		const struct qpp_catalog *c;
		struct qpp_err err;
		struct qpp_str text = qpp_str_dup(&arena, (struct qpp_str){ sample, n });
		assert_int_equal(read_text(text, &c, &err), QPP_DATA);
		assert_true(err.line > 0 && err.column > 0);
	}
}

/* What is accepted after a flip must still be a catalog that can be written and read. */
static void catalog__a_flipped_bit_is_refused_or_reads_the_same_after_writing(void **unused)
{
	(void)unused;
	size_t accepted = 0;
	for (size_t bit = 0; bit < (sizeof sample - 1) * 8; bit++) {
		struct qpp_mark mark = qpp_arena_mark(&arena);
		const struct qpp_catalog *c;
		struct qpp_err err;
		/* Exactly as many bytes as the text has, so that a sanitizer sees any look beyond. */
		char *text = malloc(sizeof sample - 1);
		assert_non_null(text);
		memcpy(text, sample, sizeof sample - 1);
		text[bit / 8] = (char)((unsigned char)text[bit / 8] ^ 1u << bit % 8);
		if (read_text((struct qpp_str){ text, sizeof sample - 1 }, &c, &err) == QPP_OK) {
			struct qpp_str once = written(c);
			assert_int_equal(read_text(once, &c, &err), QPP_OK);
			assert_true(qpp_str_eq(written(c), once));
			accepted++;
		} else {
			assert_int_equal(err.code, QPP_DATA);
			assert_true(err.line > 0 && err.column > 0);
		}
		free(text);
		qpp_arena_reset(&arena, mark);
	}
	assert_true(accepted > 0);
}

/* The files that the program carries; the tests run in the root of the sources, or are told it. */
static void catalog__the_catalogs_that_are_kept_read_and_are_canonical(void **unused)
{
	(void)unused;
	static const char *const names[] = { "catalog/2022.txt", "catalog/2023.txt", "catalog/2024.txt", "catalog/2025.txt" };
	const char *root = getenv("QPP_SOURCE");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		FILE *f = fopen(qpp_str_cat(&arena, root ? root : ".", "/", names[i], (char *)NULL).p, "rb");
		assert_non_null(f);
		char *text = qpp_arena_alloc(&arena, 1 << 20);
		size_t n = fread(text, 1, 1 << 20, f);
		fclose(f);
		const struct qpp_catalog *c;
		struct qpp_err err;
		assert_int_equal(read_text((struct qpp_str){ text, n }, &c, &err), QPP_OK);
		assert_true(qpp_str_eq(written(c), (struct qpp_str){ text, n }));
		for (size_t k = 0; k < c->n_benchmarks; k++)
			assert_non_null(qpp_catalog_measure(c, c->benchmarks[k].measure_id));
	}
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(catalog__reads_every_member_of_a_measure),
		TEST(catalog__reads_strata_with_their_populations),
		TEST(catalog__keeps_the_entries_of_a_benchmark_exactly),
		TEST(catalog__reads_clusters_mvps_averages_and_reasons),
		TEST(catalog__reads_the_list_of_counties),
		TEST(catalog__finds_every_record_and_nothing_else),
		TEST(catalog__names_lead_back_to_their_values),
		TEST(catalog__knows_the_first_name_of_promoting_interoperability),
		TEST(catalog__names_nothing_that_is_not_published),
		TEST(catalog__is_written_again_byte_for_byte),
		TEST(catalog__each_error_names_line_column_and_what_was_expected),
		TEST(catalog__refuses_a_benchmark_with_nine_entries),
		TEST(catalog__an_unknown_name_comes_with_the_known_and_the_nearest),
		TEST(catalog__the_empty_text_is_no_catalog),
		TEST(catalog__a_text_cut_short_anywhere_is_refused),
		TEST(catalog__a_flipped_bit_is_refused_or_reads_the_same_after_writing),
		TEST(catalog__the_catalogs_that_are_kept_read_and_are_canonical),
	};
	return RUN_AS_TAP(tests);
}
