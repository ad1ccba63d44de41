/*
 * Import of published files: what becomes of them, what is remarked, and that
 * nothing in them can break the importer. Each test writes small files into a
 * directory of its own. In the texts a single quote stands for a double one.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapt/catalog/import.h"
#include "adapt/csv/counties_csv.h"
#include "findings.h"

enum { YEAR = 2023, MOST_FILES = 16, MOST_FINDINGS = 200 };

static struct qpp_arena arena = QPP_ARENA_INIT;
static char dir[64];
static char *made[MOST_FILES];       /* files and folders, in the order made */
static size_t n_made;

/* What the last import gave. */
static struct qpp_findings findings;
static struct qpp_err err;
static struct qpp_str text;
static const struct qpp_catalog *catalog;
static const struct qpp_euc_list *list;      /* the counties handed over */

static int begin(void **unused)
{
	(void)unused;
	static const char template[] = P_tmpdir "/qpp-catalog-XXXXXX";
	_Static_assert(sizeof template <= sizeof dir, "the name of the folder has no room");
	memcpy(dir, template, sizeof template);
	n_made = 0;
	list = NULL;
	return mkdtemp(dir) ? 0 : -1;
}

static int end(void **unused)
{
	(void)unused;
	while (n_made) {
		remove(made[--n_made]);
		free(made[n_made]);
	}
	rmdir(dir);
	qpp_arena_close(&arena);
	return 0;
}

static void remember(struct qpp_str path)
{
	for (size_t i = 0; i < n_made; i++)
		if (qpp_str_is(path, made[i]))
			return;
	assert_true(n_made < MOST_FILES);
	made[n_made] = strdup(path.p);
	assert_non_null(made[n_made++]);
}

static void put_bytes(const char *name, const char *bytes, size_t n)
{
	struct qpp_str path = qpp_str_cat(&arena, dir, "/", name, (char *)NULL);
	for (size_t i = strlen(dir) + 1; i < path.n; i++) {
		if (path.p[i] != '/')
			continue;
		struct qpp_str folder = qpp_str_dup(&arena, (struct qpp_str){ path.p, i });
		if (mkdir(folder.p, 0700) == 0)
			remember(folder);
	}
	FILE *f = fopen(path.p, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	fclose(f);
	remember(path);
}

static void put(const char *name, const char *single_quoted)
{
	struct qpp_str s = json(&arena, single_quoted);
	put_bytes(name, s.p, s.n);
}

static enum qpp_code import(void)
{
	qpp_findings_init(&findings, &arena, MOST_FINDINGS);
	catalog = NULL;
	enum qpp_code code = qpp_catalog_import(&arena, qpp_str_of(dir), (qpp_py){ YEAR }, QPP_LIT("a test"), list, &findings, &text, &err);
	assert_int_not_equal(code, QPP_BUG);
	if (code == QPP_OK)
		assert_int_equal(qpp_catalog_read(&arena, QPP_LIT("made"), text, &catalog, &err), QPP_OK);
	return code;
}

#define MEASURES "measures/2023.json"
#define BENCHMARKS "benchmarks/2023.json"
#define REASONS "benchmarks/2023-benchmark-exclusion-reasons.json"

/* A quality measure; `more` is further members, each followed by a comma. */
#define MEASURE(id, more)                                                                                     \
	"{'measureId':'" id "','title':'A title','category':'quality','metricType':'singlePerformanceRate',"    \
	"'measureType':'process'," more "'submissionMethods':['registry','claims'],'isInverse':false}"
#define INVERSE(id)                                                                                           \
	"{'measureId':'" id "','title':'A title','category':'quality','metricType':'singlePerformanceRate',"    \
	"'measureType':'process','submissionMethods':['registry','claims'],'isInverse':true}"
#define BENCHMARK(id, method, more)                                                                           \
	"{'measureId':'" id "','submissionMethod':'" method "','performanceYear':2023,'benchmarkYear':2021," more \
	"'isToppedOut':false}"
#define PERCENTILES(p1, p10, p20, p30, p40, p50, p60, p70, p80, p90, p99)                                     \
	"'percentiles':{'1':" #p1 ",'10':" #p10 ",'20':" #p20 ",'30':" #p30 ",'40':" #p40 ",'50':" #p50        \
	",'60':" #p60 ",'70':" #p70 ",'80':" #p80 ",'90':" #p90 ",'99':" #p99 "},"
#define ASCENDING PERCENTILES(1.5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99.25)

/* Measures 001 (direct) and 002 (inverse), and the given benchmarks. */
static void import_benchmarks(const char *benchmarks)
{
	put(MEASURES, "[" MEASURE("001", "") "," INVERSE("002") "]");
	put(BENCHMARKS, qpp_str_cat(&arena, "[", benchmarks, "]", (char *)NULL).p);
	assert_int_equal(import(), QPP_OK);
}

static void import_measure(const char *measure)
{
	put(MEASURES, qpp_str_cat(&arena, "[", measure, "]", (char *)NULL).p);
	assert_int_equal(import(), QPP_OK);
}

static void assert_entries(const char *id, const char *const expected[QPP_ENTRIES])
{
	const struct qpp_benchmark *b = qpp_catalog_benchmark(catalog, qpp_str_of(id), QPP_REGISTRY);
	assert_non_null(b);
	for (int k = 0; k < QPP_ENTRIES; k++)
		assert_string_equal(qpp_dec_text_short(&arena, b->entry[k], 0, 9).p, expected[k]);
}

/* Benchmarks become ten entries */

static void catalog_import__reads_percentiles_of_a_direct_measure_from_p1_to_p90(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", ASCENDING "'isInverse':false,'averagePerformanceRate':55.5,"));
	assert_entries("001", (const char *const[]){ "1.5", "10", "20", "30", "40", "50", "60", "70", "80", "90" });
	const struct qpp_benchmark *b = qpp_catalog_benchmark(catalog, QPP_LIT("001"), QPP_REGISTRY);
	assert_true(b->has_first);
	assert_false(b->inverse || b->flat_deciles || b->topped_out || b->capped);
	assert_int_equal(b->benchmark_year, 2021);
	assert_true(qpp_dec_eq(b->average, qpp_dec_ratio(111, 2)));
	assert_int_equal(findings.errors, 0);
}

static void catalog_import__reads_percentiles_of_an_inverse_measure_from_p99_to_p10(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("002", "registry", ASCENDING "'isInverse':true,'isToppedOutByProgram':true,"));
	assert_entries("002", (const char *const[]){ "99.25", "90", "80", "70", "60", "50", "40", "30", "20", "10" });
	const struct qpp_benchmark *b = qpp_catalog_benchmark(catalog, QPP_LIT("002"), QPP_REGISTRY);
	assert_true(b->inverse && b->has_first && b->capped);
	assert_undefined(b->average);
	assert_null(found(&findings, "benchmarkNotMonotone"));
}

static void catalog_import__nine_deciles_leave_the_first_entry_unknown(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", "'deciles':[0,20,30,40,50,60,70,80,90.125],"));
	assert_entries("001", (const char *const[]){ "undefined", "0", "20", "30", "40", "50", "60", "70", "80", "90.125" });
	const struct qpp_benchmark *b = qpp_catalog_benchmark(catalog, QPP_LIT("001"), QPP_REGISTRY);
	assert_true(b->flat_deciles);
	assert_false(b->has_first || b->inverse);
}

static void catalog_import__ten_deciles_give_every_entry_and_the_measure_the_direction(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("002", "registry", "'deciles':[99,90,80,70,60,50,40,30,20,10],"));
	assert_entries("002", (const char *const[]){ "99", "90", "80", "70", "60", "50", "40", "30", "20", "10" });
	const struct qpp_benchmark *b = qpp_catalog_benchmark(catalog, QPP_LIT("002"), QPP_REGISTRY);
	assert_true(b->inverse && b->has_first && b->flat_deciles);
	assert_null(found(&findings, "benchmarkNotMonotone"));
}

static void catalog_import__refuses_a_wrong_number_of_entries(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", "'deciles':[1,2,3,4,5,6,7,8],") "," BENCHMARK(
	    "001", "claims", "'percentiles':{'1':1,'10':10},") "," BENCHMARK("002", "claims", "'deciles':[1,2,3,4,5,6,7,8,9,10,11],"));
	assert_int_equal(times_found(&findings, "benchmarkEntryCount"), 3);
	const struct qpp_finding *f = found(&findings, "benchmarkEntryCount");
	assert_int_equal(f->severity, QPP_ERROR);
	assert_text(f->subject, "benchmark 001 by registry");
	assert_text(f->value, "8");
	assert_text(f->where.file, BENCHMARKS);
	assert_text(f->where.pointer, "/0/deciles");
	assert_int_equal(f->where.line, 1);
	assert_int_equal(f->where.column, 105);
	assert_int_equal(catalog->n_benchmarks, 0);
}

static void catalog_import__wants_deciles_or_percentiles_and_not_both(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", "") "," BENCHMARK("001", "claims",
	                                                               ASCENDING "'deciles':[1,2,3,4,5,6,7,8,9],"));
	assert_int_equal(times_found(&findings, "memberMissing"), 2);
	assert_int_equal(catalog->n_benchmarks, 0);
}

static void catalog_import__refuses_a_number_it_cannot_keep(void **unused)
{
	(void)unused;
	static const char *const numbers[] = { "1e18", "0.1234567891", "1e99999", "12345678901234567890" };
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		import_benchmarks(qpp_str_cat(&arena, "{'measureId':'001','submissionMethod':'registry','performanceYear':2023,"
		                                      "'benchmarkYear':2021,'deciles':[1,2,3,4,5,6,7,8,", numbers[i], "]}",
		                              (char *)NULL).p);
		const struct qpp_finding *f = found(&findings, "numberInvalid");
		assert_non_null(f);
		assert_string_equal(qpp_str_dup(&arena, f->value).p, numbers[i]);
		assert_text(f->where.pointer, "/0/deciles/8");
		assert_int_equal(catalog->n_benchmarks, 0);
	}
}

/* Checks of benchmarks */

static void assert_one(const char *code, enum qpp_severity severity, const char *subject, const char *pointer)
{
	const struct qpp_finding *f = found(&findings, code);
	if (!f)
		fail_msg("there is no %s", code);
	assert_int_equal(times_found(&findings, code), 1);
	assert_int_equal(f->severity, severity);
	assert_string_equal(qpp_str_dup(&arena, f->subject).p, subject);
	assert_string_equal(qpp_str_dup(&arena, f->where.pointer).p, pointer);
	assert_true(f->message.n > 0 && f->where.line > 0 && f->where.column > 0);
}

static void catalog_import__remarks_on_entries_that_are_not_monotone_and_keeps_them(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", "'deciles':[1,2,3,4,50,6,7,8,9],") "," BENCHMARK(
	    "002", "registry", "'deciles':[90,80,70,60,50,40,30,20,10],"));
	assert_one("benchmarkNotMonotone", QPP_WARNING, "benchmark 001 by registry", "/0/deciles");
	assert_says(found(&findings, "benchmarkNotMonotone")->value, "4, 50, 6");
	assert_int_equal(catalog->n_benchmarks, 2);
}

static void catalog_import__a_benchmark_that_runs_against_its_measure_is_not_monotone(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("002", "registry", "'deciles':[10,20,30,40,50,60,70,80,90],"));
	assert_one("benchmarkNotMonotone", QPP_WARNING, "benchmark 002 by registry", "/0/deciles");
}

static void catalog_import__remarks_when_all_entries_are_equal(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry",
	                            PERCENTILES(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100) "'isInverse':false,"));
	assert_one("benchmarkAllEqual", QPP_WARNING, "benchmark 001 by registry", "/0/percentiles");
	assert_null(found(&findings, "benchmarkEntriesRepeat"));
	assert_int_equal(catalog->n_benchmarks, 1);
}

static void catalog_import__tells_when_the_second_and_third_decile_are_the_same(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", "'deciles':[0,0,30,40,50,60,70,80,90],"));
	assert_one("benchmarkEntriesRepeat", QPP_INFORMATION, "benchmark 001 by registry", "/0/deciles");
}

static void catalog_import__remarks_on_a_rate_outside_0_to_100(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", "'deciles':[0,20,30,40,50,60,70,80,100.1],") "," BENCHMARK(
	    "002", "registry", "'deciles':[100,80,70,60,50,40,30,20,0],"));
	assert_one("benchmarkOutOfRange", QPP_WARNING, "benchmark 001 by registry", "/0/deciles");
	import_benchmarks(BENCHMARK("002", "registry", "'deciles':[100,80,70,60,50,40,30,20,-0.01],"));
	assert_one("benchmarkOutOfRange", QPP_WARNING, "benchmark 002 by registry", "/0/deciles");
}

static void catalog_import__a_cost_may_be_above_100(void **unused)
{
	(void)unused;
	put(MEASURES, "[{'measureId':'C','title':'t','category':'cost','metricType':'costScore',"
	              "'submissionMethods':['administrativeClaims'],'isInverse':true}]");
	put(BENCHMARKS, "[" BENCHMARK("C", "administrativeClaims", "'deciles':[900,800,700,600,500,400,300,200,150,120],") "]");
	assert_int_equal(import(), QPP_OK);
	assert_null(found(&findings, "benchmarkOutOfRange"));
	assert_int_equal(catalog->n_benchmarks, 1);
}

static void catalog_import__remarks_on_rates_published_as_fractions(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", "'deciles':[0,0.92,0.95,0.96,0.97,0.98,0.985,0.99,1],") "," BENCHMARK(
	    "002", "registry", "'deciles':[1,1,0.1,0.0197,0.0117,0.009,0.0061,0.0038,0.0017],"));
	assert_int_equal(times_found(&findings, "benchmarkFraction"), 2);
	/* Percents of something rare. */
	import_benchmarks(BENCHMARK("002", "registry", "'deciles':[0.86,0.5,0,0,0,0,0,0,0],"));
	assert_null(found(&findings, "benchmarkFraction"));
}

static void catalog_import__leaves_out_a_benchmark_of_no_measure(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("003", "registry", ASCENDING));
	assert_one("benchmarkOrphan", QPP_WARNING, "benchmark 003 by registry", "/0");
	assert_int_equal(catalog->n_benchmarks, 0);
	assert_int_equal(findings.errors, 0);
}

static void catalog_import__refuses_the_second_benchmark_of_a_measure_and_method(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", ASCENDING) "," BENCHMARK("001", "claims", ASCENDING) "," BENCHMARK(
	    "001", "registry", "'deciles':[0,20,30,40,50,60,70,80,90],"));
	assert_one("catalogDuplicate", QPP_ERROR, "benchmark 001 by registry", "/2");
	assert_int_equal(catalog->n_benchmarks, 2);
	assert_true(qpp_catalog_benchmark(catalog, QPP_LIT("001"), QPP_REGISTRY)->has_first);
}

static void catalog_import__refuses_a_record_of_another_year(void **unused)
{
	(void)unused;
	import_benchmarks("{'measureId':'001','submissionMethod':'registry','performanceYear':2022,'benchmarkYear':2020," ASCENDING
	                  "'isToppedOut':false}");
	assert_one("catalogYearWrong", QPP_ERROR, "benchmark 001 by registry", "/0/performanceYear");
	assert_int_equal(catalog->n_benchmarks, 0);
}

static void catalog_import__remarks_when_benchmark_and_measure_contradict_each_other(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "electronicHealthRecord",
	                            ASCENDING "'isInverse':true,'isHighPriority':true,'metricType':'nonProportion',"));
	assert_int_equal(times_found(&findings, "catalogContradiction"), 4);
	/* The benchmark's own direction holds. */
	assert_true(qpp_catalog_benchmark(catalog, QPP_LIT("001"), QPP_EHR)->inverse);
}

static void catalog_import__counts_missing_benchmarks_when_no_reasons_are_published(void **unused)
{
	(void)unused;
	import_benchmarks(BENCHMARK("001", "registry", ASCENDING));
	const struct qpp_finding *f = found(&findings, "benchmarkMissing");
	assert_non_null(f);
	assert_int_equal(times_found(&findings, "benchmarkMissing"), 1);
	assert_int_equal(f->severity, QPP_INFORMATION);
	assert_text(f->value, "3");
}

static void catalog_import__names_each_missing_benchmark_without_a_reason(void **unused)
{
	(void)unused;
	put(REASONS, "[{'measureId':'002','submissionMethod':'claims','performanceYear':2023,'benchmarkYear':2023,"
	             "'reasonCodes':['BR-009'],'reasonDescriptions':['too few']}]");
	import_benchmarks(BENCHMARK("001", "registry", ASCENDING) "," BENCHMARK("002", "registry", ASCENDING "'isInverse':true,"));
	assert_one("benchmarkMissing", QPP_INFORMATION, "measure 001 by claims", "/0");
	assert_int_equal(catalog->n_no_benchmarks, 1);
	assert_text(catalog->no_benchmarks[0].codes.v[0], "BR-009");
}

/* Measures */

static void catalog_import__keeps_titles_without_their_line_breaks(void **unused)
{
	(void)unused;
	import_measure("{'measureId':'IA_1','title':' Two  words\\r\\n and\\u00a0more\\t','category':'ia','metricType':'boolean',"
	               "'weight':'high','subcategoryId':'careCoordination','firstPerformanceYear':2019}");
	const struct qpp_measure *m = qpp_catalog_measure(catalog, QPP_LIT("IA_1"));
	assert_text(m->title, "Two words and more");
	assert_int_equal(m->ia_weight, QPP_IA_HIGH);
	assert_text(m->subcategory, "careCoordination");
	assert_int_equal(m->first_py, 2019);
}

static void catalog_import__takes_a_lone_exclusion_and_a_list_of_them(void **unused)
{
	(void)unused;
	import_measure("{'measureId':'P1','title':'t','category':'aci','metricType':'proportion','exclusion':'P2','isRequired':true,"
	               "'substitutes':[],'objective':null},"
	               "{'measureId':'P2','title':'t','category':'pi','metricType':'boolean','exclusion':['P1','P3']}");
	const struct qpp_measure *m = qpp_catalog_measure(catalog, QPP_LIT("P1"));
	assert_int_equal(m->category, QPP_PI);
	assert_true(m->required);
	assert_int_equal(m->exclusions.n, 1);
	assert_int_equal(qpp_catalog_measure(catalog, QPP_LIT("P2"))->exclusions.n, 2);
	assert_one("catalogReferenceUnknown", QPP_WARNING, "measure P2", "/1/exclusion");
	assert_text(found(&findings, "catalogReferenceUnknown")->value, "P3");
}

static void catalog_import__reads_strata_and_flags_by_method(void **unused)
{
	(void)unused;
	import_measure(MEASURE("001", "'icdImpacted':['claims'],'isIcdImpacted':true,'clinicalGuidelineChanged':['registry'],"
	                              "'historic_benchmarks':{'claims':'removed','registry':'flat'},"
	                              "'strata':[{'description':'d','eMeasureUuids':{'numeratorUuid':'N','strata':['S1','S2']}}],"));
	const struct qpp_measure *m = &catalog->measures[0];
	assert_int_equal(m->truncated, 1u << QPP_CLAIMS);
	assert_int_equal(m->suppressed, 1u << QPP_REGISTRY);
	assert_int_equal(m->historical_removed, 1u << QPP_CLAIMS);
	assert_int_equal(m->historical_flat, 1u << QPP_REGISTRY);
	assert_text(m->strata[0].numerator, "N");
	assert_text(m->strata[0].stratifications.v[1], "S2");
	assert_null(found(&findings, "catalogContradiction"));
}

static void catalog_import__a_word_outside_a_closed_list_is_an_error_with_the_nearest(void **unused)
{
	(void)unused;
	static const struct {
		const char *measure, *pointer, *hint;
	} rows[] = {
		{ "{'measureId':'1','title':'t','category':'quality','metricType':'singlePerformanceRate','measureType':'proces'}",
		  "/0/measureType", "did you mean \"process\"?" },
		{ "{'measureId':'1','title':'t','category':'qualty','metricType':'boolean'}", "/0/category",
		  "did you mean \"quality\"?" },
		{ "{'measureId':'1','title':'t','category':'ia','metricType':'boolan'}", "/0/metricType", "did you mean \"boolean\"?" },
		{ "{'measureId':'1','title':'t','category':'ia','metricType':'boolean','weight':'hig'}", "/0/weight",
		  "did you mean \"high\"?" },
		{ "{'measureId':'1','title':'t','category':'pi','metricType':'boolean','objective':'electronicPrescription'}",
		  "/0/objective", "did you mean \"electronicPrescribing\"?" },
		{ "{'measureId':'1','title':'t','category':'pi','metricType':'boolean','reportingCategory':'require'}",
		  "/0/reportingCategory", "did you mean \"required\"?" },
		{ "{'measureId':'1','title':'t','category':'cost','metricType':'costScore','overallAlgorithm':'simpleAvg'}",
		  "/0/overallAlgorithm", "did you mean \"simpleAverage\"?" },
		{ "{'measureId':'1','title':'t','category':'cost','metricType':'costScore','submissionMethods':['claims','registery']}",
		  "/0/submissionMethods/1", "did you mean \"registry\"?" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		import_measure(rows[i].measure);
		assert_int_equal(findings.errors, 1);
		const struct qpp_finding *f = found(&findings, "valueUnknown");
		assert_non_null(f);
		assert_string_equal(qpp_str_dup(&arena, f->where.pointer).p, rows[i].pointer);
		assert_string_equal(qpp_str_dup(&arena, f->hint).p, rows[i].hint);
		assert_true(f->value.n > 0 && f->expected.n > 0);
		assert_int_equal(catalog->n_measures, 0);
	}
}

static void catalog_import__refuses_the_second_measure_of_an_id(void **unused)
{
	(void)unused;
	import_measure(MEASURE("001", "'isHighPriority':true,") "," MEASURE("001", ""));
	assert_one("catalogDuplicate", QPP_ERROR, "measure 001", "/1");
	assert_int_equal(catalog->n_measures, 1);
	assert_true(catalog->measures[0].high_priority);
}

static void catalog_import__says_what_is_missing_or_of_the_wrong_kind(void **unused)
{
	(void)unused;
	import_measure("{'title':'t','category':'ia','metricType':'boolean'},7,"
	               "{'measureId':'2','title':5,'category':'ia','metricType':'boolean'},"
	               "{'measureId':'a\\tb','title':'t','category':'ia','metricType':'boolean'},"
	               "{'measureId':'4','title':'t','category':'ia','metricType':'boolean','firstPerformanceYear':20.5}");
	assert_one("memberMissing", QPP_ERROR, "measure", "/0");
	assert_int_equal(times_found(&findings, "kindWrong"), 2);
	assert_text(found(&findings, "kindWrong")->where.pointer, "/1");
	assert_one("catalogNameInvalid", QPP_ERROR, "measure", "/3/measureId");
	assert_one("valueUnknown", QPP_ERROR, "measure 4", "/4/firstPerformanceYear");
	assert_int_equal(catalog->n_measures, 0);
}

static void catalog_import__tells_once_of_a_member_it_does_not_know(void **unused)
{
	(void)unused;
	import_measure(MEASURE("001", "'isNew':true,") "," MEASURE("002", "'isNew':true,"));
	assert_one("memberUnknown", QPP_WARNING, "measures/2023.json", "/0/isNew");
	assert_int_equal(catalog->n_measures, 2);
}

static void catalog_import__remarks_when_a_flag_contradicts_its_list(void **unused)
{
	(void)unused;
	import_measure(MEASURE("001", "'isIcdImpacted':true,'icdImpacted':[],"));
	assert_one("catalogContradiction", QPP_WARNING, "measure 001", "/0/isIcdImpacted");
}

static void catalog_import__remarks_on_several_rates_without_a_way_to_one(void **unused)
{
	(void)unused;
	static const char *const more[] = {
		"", "'strata':[{'name':'a'},{'name':'b'}]", "'strata':[{'name':'a'}],'overallAlgorithm':'overallStratumOnly'",
	};
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		import_measure(qpp_str_cat(&arena, "{'measureId':'001','title':'t','category':'quality','measureType':'process',",
		                           more[i], *more[i] ? "," : "", "'metricType':'multiPerformanceRate'}", (char *)NULL).p);
		assert_one("catalogStrataIncomplete", QPP_WARNING, "measure 001", "/0");
	}
}

/* MVPs and clusters */

static void catalog_import__remarks_on_unknown_measures_of_mvps_and_clusters(void **unused)
{
	(void)unused;
	put("mvp/2023.json", "[{'mvpId':'G1','title':'t','qualityMeasureIds':['001','009'],'iaMeasureIds':[],"
	                     "'costMeasureIds':[],'foundationPiMeasureIds':[]}]");
	put("clinical-clusters/2023.json", "[{'measureId':'001','submissionMethod':'registry','specialtySets':"
	                                   "[{'name':'cardiology','measureIds':['001','008']}]}]");
	import_measure(MEASURE("001", ""));
	assert_int_equal(times_found(&findings, "catalogReferenceUnknown"), 2);
	const struct qpp_finding *f = found(&findings, "catalogReferenceUnknown");
	assert_int_equal(f->severity, QPP_WARNING);
	assert_text(f->subject, "MVP G1");
	assert_text(f->value, "009");
	assert_text(f->where.pointer, "/0/qualityMeasureIds");
	assert_text(f->where.file, "mvp/2023.json");
	assert_int_equal(qpp_catalog_mvp(catalog, QPP_LIT("G1"))->quality.n, 2);
	assert_int_equal(qpp_catalog_cluster(catalog, QPP_LIT("001"), QPP_REGISTRY)->specialty_sets[0].measure_ids.n, 2);
}

/* Files */

static void catalog_import__an_absent_file_is_only_told(void **unused)
{
	(void)unused;
	import_measure(MEASURE("001", ""));
	assert_int_equal(times_found(&findings, "catalogFileAbsent"), 5);
	assert_int_equal(found(&findings, "catalogFileAbsent")->severity, QPP_INFORMATION);
	assert_int_equal(findings.errors, 0);
	assert_int_equal(catalog->n_measures, 1);
}

static void catalog_import__reads_the_layout_of_the_published_repository(void **unused)
{
	(void)unused;
	put("measures/2023/measures-data.json", "[" MEASURE("001", "") "]");
	put("benchmarks/2023.json", "[" BENCHMARK("001", "registry", ASCENDING) "]");
	put("benchmarks/2023/cost-national-averages.json",
	    "[{'measureId':'001','performanceYear':2023,'benchmarkYear':2023,'groupNationalAverage':4631.32,"
	    "'individualNationalAverage':null}]");
	put("mvp/2023/mvp.json", "[{'mvpId':'G1','title':'t'}]");
	assert_int_equal(import(), QPP_OK);
	assert_int_equal(catalog->n_benchmarks, 1);
	assert_int_equal(catalog->n_mvps, 1);
	assert_true(qpp_dec_eq(catalog->averages[0].group, qpp_dec_scaled(463132, 2)));
	assert_undefined(catalog->averages[0].individual);
	assert_int_equal(times_found(&findings, "catalogFileAbsent"), 2);
}

static void catalog_import__a_year_without_measures_has_no_catalog(void **unused)
{
	(void)unused;
	assert_int_equal(import(), QPP_NO_RULE);
	assert_string_equal(err.primary, "there are no published measures of performance year 2023");
}

static void catalog_import__a_folder_is_not_a_file(void **unused)
{
	(void)unused;
	put("measures/2023.json/x", "");
	assert_int_equal(import(), QPP_IO);
}

static void catalog_import__measures_that_are_no_list_fail_and_other_files_are_told(void **unused)
{
	(void)unused;
	put(MEASURES, "{}");
	assert_int_equal(import(), QPP_DATA);
	assert_int_equal(times_found(&findings, "kindWrong"), 1);
	put(BENCHMARKS, "7");
	import_measure(MEASURE("001", ""));
	assert_text(found(&findings, "kindWrong")->where.file, BENCHMARKS);
	assert_int_equal(findings.errors, 1);
}

static void catalog_import__what_is_not_json_is_told_with_its_place(void **unused)
{
	(void)unused;
	put(BENCHMARKS, "[\n  {'measureId': nonsense}]");
	import_measure(MEASURE("001", ""));
	const struct qpp_finding *f = found(&findings, "jsonMalformed");
	assert_non_null(f);
	assert_text(f->where.file, BENCHMARKS);
	assert_int_equal(f->where.line, 2);
	assert_true(f->where.column >= 17 && f->where.column <= 19);
}

static void catalog_import__text_that_is_not_utf8_is_refused(void **unused)
{
	(void)unused;
	static const char *const bad[] = { "['\xC0\x80']", "['\xED\xA0\x80']", "['\\udc00']", "['\xFF']", "[{'\\udc00':1}]" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		put(MEASURES, bad[i]);
		assert_int_equal(import(), QPP_DATA);
		assert_non_null(found(&findings, "jsonMalformed"));
	}
}

static void catalog_import__a_repeated_member_is_an_error_and_the_first_holds(void **unused)
{
	(void)unused;
	import_measure(MEASURE("001", "'measureId':'002',"));
	assert_one("jsonDuplicateMember", QPP_ERROR, "", "/0/measureId");
	assert_text(catalog->measures[0].id, "001");
}

/* Hostile files */

static void put_repeated(const char *name, const char *part, size_t times)
{
	size_t n = strlen(part);
	char *p = qpp_arena_alloc(&arena, n * times + 1);
	for (size_t i = 0; i < times; i++)
		memcpy(p + i * n, part, n);
	put_bytes(name, p, n * times);
}

static void catalog_import__depth_and_size_are_bounded(void **unused)
{
	(void)unused;
	put_repeated(MEASURES, "[", 1000000);
	assert_int_equal(import(), QPP_DATA);
	assert_non_null(found(&findings, "jsonTooDeep"));
	put_repeated(MEASURES, "[{},[", 20);
	assert_int_equal(import(), QPP_DATA);
	assert_non_null(found(&findings, "jsonTooDeep"));
	put_repeated(MEASURES, "  ", 9 << 20);
	assert_int_equal(import(), QPP_LIMIT);
}

static void catalog_import__values_and_members_are_bounded(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 1 << 24);
	qpp_buf_char(&b, '[');
	for (int i = 0; i < 500000; i++)
		qpp_buf_cat(&b, "1,", (char *)NULL);
	put_bytes(MEASURES, b.p, b.n);
	assert_int_equal(import(), QPP_DATA);
	assert_non_null(found(&findings, "jsonTooLarge"));
	b.n = 1;
	for (int i = 0; i < 200; i++) {
		qpp_buf_cat(&b, i ? ",\"" : "{\"", (char *)NULL);
		qpp_buf_i64(&b, i);
		qpp_buf_cat(&b, "\":0", (char *)NULL);
	}
	qpp_buf_cat(&b, "}]", (char *)NULL);
	put_bytes(MEASURES, b.p, b.n);
	assert_int_equal(import(), QPP_DATA);
	assert_non_null(found(&findings, "jsonTooLarge"));
}

/* More faults than findings are kept for. */
static void catalog_import__many_faults_are_counted(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 1 << 20);
	for (int i = 0; i < 1000; i++)
		qpp_buf_cat(&b, i ? "," : "[", "0", (char *)NULL);
	qpp_buf_char(&b, ']');
	put_bytes(MEASURES, b.p, b.n);
	assert_int_equal(import(), QPP_OK);
	assert_int_equal(findings.list.n, MOST_FINDINGS);
	assert_int_equal(findings.errors, 1000);
	assert_int_equal(catalog->n_measures, 0);
}

static const char whole_measures[] =
	"[" MEASURE("001", "'isHighPriority':true,'icdImpacted':['claims'],'eMeasureId':null,'measureSets':['a'],"
	                   "'historic_benchmarks':{'claims':'flat'},'overallAlgorithm':'split',"
	                   "'strata':[{'name':'s','eMeasureUuids':{'numeratorUuid':'N','strata':['S1']}}],")
	",{'measureId':'I','title':'t','category':'ia','metricType':'boolean','weight':'high'}"
	",{'measureId':'P','title':'t','category':'pi','metricType':'boolean','objective':'attestation','exclusion':['P']}]";

static const char whole_benchmarks[] =
	"[" BENCHMARK("001", "registry", ASCENDING "'averagePerformanceRate':5.25,") ","
	    BENCHMARK("001", "claims", "'deciles':[0,20,30,40,50,60,70,80,90.125],") "]";

static const char whole_clusters[] =
	"[{'measureId':'001','submissionMethod':'registry','specialtySets':[{'name':'n','measureIds':['001']}]}]";

/* The file with every byte replaced in turn, by one of `others`: an answer each time, and no crash. */
static void import_every_change(const char *name, const char *whole, const char *others)
{
	size_t n = strlen(whole), answers = 0;
	for (size_t at = 0; at < n; at++) {
		struct qpp_mark mark = qpp_arena_mark(&arena);
		char *bytes = qpp_arena_alloc(&arena, n);
		memcpy(bytes, json(&arena, whole).p, n);
		bytes[at] = others[at % strlen(others)];
		put_bytes(name, bytes, n);
		enum qpp_code code = import();
		assert_true(code == QPP_OK || code == QPP_DATA);
		answers += code == QPP_OK;
		qpp_arena_reset(&arena, mark);
	}
	assert_true(answers > 0);
	put(name, whole);
}

static void catalog_import__no_changed_byte_breaks_it(void **unused)
{
	(void)unused;
	put(MEASURES, whole_measures);
	put(BENCHMARKS, whole_benchmarks);
	put("clinical-clusters/2023.json", whole_clusters);
	assert_int_equal(import(), QPP_OK);
	assert_int_equal(findings.errors, 0);
	import_every_change(MEASURES, whole_measures, "\"}[9");
	import_every_change(BENCHMARKS, whole_benchmarks, "\"]{-e");
	import_every_change("clinical-clusters/2023.json", whole_clusters, "\"]{0\x01");
}

static void catalog_import__no_cut_breaks_it(void **unused)
{
	(void)unused;
	put(BENCHMARKS, whole_benchmarks);
	struct qpp_str s = json(&arena, whole_measures);
	for (size_t n = 0; n < s.n; n += 3) {
		put_bytes(MEASURES, s.p, n);
		assert_int_equal(import(), QPP_DATA);
		assert_non_null(found(&findings, "jsonMalformed"));
	}
}

/* Each value of the files replaced by one of another kind. */
static void catalog_import__no_value_of_another_kind_breaks_it(void **unused)
{
	(void)unused;
	static const char *const others[] = { "null", "true", "1e400", "-1", "'x'", "[]", "{}" };
	put(BENCHMARKS, whole_benchmarks);
	for (size_t at = 0; at < sizeof whole_measures - 1; at++) {
		if (whole_measures[at] != ':' && whole_measures[at] != '[')
			continue;
		size_t end = at + 1 + strcspn(whole_measures + at + 1, ",]}");
		struct qpp_str head = qpp_str_dup(&arena, (struct qpp_str){ whole_measures, at + 1 });
		for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
			put(MEASURES, qpp_str_cat(&arena, head.p, others[i], whole_measures + end, (char *)NULL).p);
			enum qpp_code code = import();
			assert_true(code == QPP_OK || code == QPP_DATA);
		}
	}
}

static void catalog_import__takes_the_counties_as_they_are_handed_over(void **unused)
{
	(void)unused;
	const struct qpp_str zips[] = { QPP_LIT("33901"), QPP_LIT("33903") };
	const struct qpp_euc_county counties[] = {
		{ QPP_LIT_INIT("FL"), QPP_LIT_INIT("lee"), { zips, 2 } },
		{ QPP_LIT_INIT("FL"), QPP_LIT_INIT("some tribal land"), { NULL, 0 } },
	};
	const struct qpp_euc_list some = { QPP_LIT_INIT("somebody"), counties, 2 }, none = { QPP_LIT_INIT("somebody"), NULL, 0 };
	put(MEASURES, "[" MEASURE("001", "") "]");
	assert_int_equal(import(), QPP_OK);
	assert_int_equal(catalog->euc.source.n, 0);
	list = &some;
	assert_int_equal(import(), QPP_OK);
	assert_text(catalog->euc.source, "somebody");
	assert_int_equal(catalog->euc.n_counties, 2);
	assert_text(catalog->euc.counties[0].name, "lee");
	assert_text(catalog->euc.counties[0].zips.v[1], "33903");
	assert_int_equal(catalog->euc.counties[1].zips.n, 0);
	/* A list without a county is a list: nothing was struck that year. */
	list = &none;
	assert_int_equal(import(), QPP_OK);
	assert_text(catalog->euc.source, "somebody");
	assert_int_equal(catalog->euc.n_counties, 0);
}

/* The published data, where they are at hand */

static struct qpp_str read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return (struct qpp_str){ NULL, 0 };
	char *p = qpp_arena_alloc(&arena, 1 << 20);
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (struct qpp_str){ p, n };
}

static struct qpp_str published_data(void)
{
	const char *shared = getenv("QPP_SHARED");
	return qpp_str_cat(&arena, shared ? shared : "../shared", "/data/measures-data", (char *)NULL);
}

static struct qpp_str kept_catalog(void)
{
	const char *root = getenv("QPP_SOURCE");
	return qpp_str_cat(&arena, root ? root : ".", "/catalog/2023.txt", (char *)NULL);
}

static struct qpp_str published_counties(void)
{
	const char *shared = getenv("QPP_SHARED");
	return qpp_str_cat(&arena, shared ? shared : "../shared", "/data/euc/2023.csv", (char *)NULL);
}

static ptrdiff_t read_stream(void *stream, void *to, size_t room)
{
	size_t n = fread(to, 1, room, stream);
	return n || !ferror((FILE *)stream) ? (ptrdiff_t)n : -1;
}

static void catalog_import__makes_the_kept_catalog_of_2023_again(void **unused)
{
	(void)unused;
	struct qpp_euc_list counties;
	FILE *f = fopen(published_counties().p, "rb");
	struct qpp_str kept = read_file(kept_catalog().p);
	qpp_findings_init(&findings, &arena, MOST_FINDINGS);
	assert_non_null(f);
	assert_int_equal(qpp_counties_csv_read(&arena, QPP_LIT("2023.csv"), read_stream, f, QPP_LIT(QPP_COUNTIES_SOURCE), &findings,
	                                       &counties), QPP_CSV_END);
	fclose(f);
	assert_int_equal(findings.list.n, 0);
	assert_int_equal(qpp_catalog_import(&arena, published_data(), (qpp_py){ 2023 }, QPP_LIT(QPP_CATALOG_SOURCE), &counties,
	                                    &findings, &text, &err), QPP_OK);
	assert_int_equal(findings.errors, 0);
	assert_true(qpp_str_eq(text, kept));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	struct CMUnitTest tests[] = {
		TEST(catalog_import__reads_percentiles_of_a_direct_measure_from_p1_to_p90),
		TEST(catalog_import__reads_percentiles_of_an_inverse_measure_from_p99_to_p10),
		TEST(catalog_import__nine_deciles_leave_the_first_entry_unknown),
		TEST(catalog_import__ten_deciles_give_every_entry_and_the_measure_the_direction),
		TEST(catalog_import__refuses_a_wrong_number_of_entries),
		TEST(catalog_import__wants_deciles_or_percentiles_and_not_both),
		TEST(catalog_import__refuses_a_number_it_cannot_keep),
		TEST(catalog_import__remarks_on_entries_that_are_not_monotone_and_keeps_them),
		TEST(catalog_import__a_benchmark_that_runs_against_its_measure_is_not_monotone),
		TEST(catalog_import__remarks_when_all_entries_are_equal),
		TEST(catalog_import__tells_when_the_second_and_third_decile_are_the_same),
		TEST(catalog_import__remarks_on_a_rate_outside_0_to_100),
		TEST(catalog_import__a_cost_may_be_above_100),
		TEST(catalog_import__remarks_on_rates_published_as_fractions),
		TEST(catalog_import__leaves_out_a_benchmark_of_no_measure),
		TEST(catalog_import__refuses_the_second_benchmark_of_a_measure_and_method),
		TEST(catalog_import__refuses_a_record_of_another_year),
		TEST(catalog_import__remarks_when_benchmark_and_measure_contradict_each_other),
		TEST(catalog_import__counts_missing_benchmarks_when_no_reasons_are_published),
		TEST(catalog_import__names_each_missing_benchmark_without_a_reason),
		TEST(catalog_import__keeps_titles_without_their_line_breaks),
		TEST(catalog_import__takes_a_lone_exclusion_and_a_list_of_them),
		TEST(catalog_import__reads_strata_and_flags_by_method),
		TEST(catalog_import__a_word_outside_a_closed_list_is_an_error_with_the_nearest),
		TEST(catalog_import__refuses_the_second_measure_of_an_id),
		TEST(catalog_import__says_what_is_missing_or_of_the_wrong_kind),
		TEST(catalog_import__tells_once_of_a_member_it_does_not_know),
		TEST(catalog_import__remarks_when_a_flag_contradicts_its_list),
		TEST(catalog_import__remarks_on_several_rates_without_a_way_to_one),
		TEST(catalog_import__remarks_on_unknown_measures_of_mvps_and_clusters),
		TEST(catalog_import__an_absent_file_is_only_told),
		TEST(catalog_import__reads_the_layout_of_the_published_repository),
		TEST(catalog_import__a_year_without_measures_has_no_catalog),
		TEST(catalog_import__a_folder_is_not_a_file),
		TEST(catalog_import__measures_that_are_no_list_fail_and_other_files_are_told),
		TEST(catalog_import__what_is_not_json_is_told_with_its_place),
		TEST(catalog_import__text_that_is_not_utf8_is_refused),
		TEST(catalog_import__a_repeated_member_is_an_error_and_the_first_holds),
		TEST(catalog_import__depth_and_size_are_bounded),
		TEST(catalog_import__values_and_members_are_bounded),
		TEST(catalog_import__many_faults_are_counted),
		TEST(catalog_import__no_changed_byte_breaks_it),
		TEST(catalog_import__no_cut_breaks_it),
		TEST(catalog_import__no_value_of_another_kind_breaks_it),
		TEST(catalog_import__takes_the_counties_as_they_are_handed_over),
		TEST(catalog_import__makes_the_kept_catalog_of_2023_again),
	};
	const struct qpp_str needed[] = { published_data(), kept_catalog(), published_counties() };
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		SKIP_UNLESS(tests, catalog_import__makes_the_kept_catalog_of_2023_again, access(needed[i].p, R_OK) == 0, needed[i].p);
	return RUN_AS_TAP(tests);
}
