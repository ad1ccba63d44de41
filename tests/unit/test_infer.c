/*
 * Infer: rows of the public QPP Experience file read, recomputed, and weighed.
 * A7, A8 and B7 are rows of the published file (identifiers left out); the other
 * rows are made up around one question each.
 */
#include "unit.h"

#include "adapt/json/read_rows.h"
#include "findings.h"
#include "world.h"

/* A small practice of PY2023 whose promoting interoperability was reweighted; six measures, one cost measure. */
#define A8_SCORES                                                                                                 \
	"'small practice status':'True','small practice bonus':'6','quality category score':'95.71',"                  \
	"'quality improvement score':'0.71','cost category score':'29.16','cost improvement score':'0',"               \
	"'improvement activities (ia) category score':'40','promoting interoperability (pi) category score':'0',"      \
	"'pi reweighting (special status or clinician type)':'True','complex patient bonus':'0'"
#define A8 "{'_py':2023,'_row':'A8'," A8_SCORES ",'final score':'77.03','payment adjustment percentage':'0.18'}"

/* The same practice the year before: 238 was suppressed for registries in 2022. */
#define A7_QUALITY(percent)                                                                                       \
	"{'_py':2022,'_row':'A7','small practice bonus':'6','quality improvement score':'0','quality category score':'" \
	percent "','quality measure id 1':'137','quality measure id 2':'410','quality measure id 3':'138',"            \
	"'quality measure id 4':'265','quality measure id 5':'394','quality measure id 6':'238',"                      \
	"'quality measure score 1':'10','quality measure score 2':'10','quality measure score 3':'7',"                 \
	"'quality measure score 4':'7','quality measure score 5':'5.7','quality measure score 6':'0',"                 \
	"'quality measure collection type 1':'MIPS CQM','quality measure collection type 2':'MIPS CQM',"               \
	"'quality measure collection type 3':'MIPS CQM','quality measure collection type 4':'MIPS CQM',"               \
	"'quality measure collection type 5':'MIPS CQM','quality measure collection type 6':'MIPS CQM'}"

/* A hospital-based group that was excused from promoting interoperability and reported it all the same. */
#define B7                                                                                                        \
	"{'_py':'2023','_row':'B7','small practice status':'False','quality category score':'48.32',"                  \
	"'cost category score':'57.6377','improvement activities (ia) category score':'40','complex patient bonus':'0'," \
	"'promoting interoperability (pi) category score':'100','final score':'71.79',"                                \
	"'payment adjustment percentage':'-0.39','pi reweighting (special status or clinician type)':'True',"          \
	"'quality category weight':'0.3','cost category weight':'0.3','improvement activities (ia) category weight':'0.15'," \
	"'promoting interoperability (pi) category weight':'0.25'}"

/* Three measures that are all the clinical cluster of internal eye care offers. */
#define EYE(percent)                                                                                              \
	"{'_py':2022,'_row':'eye','small practice status':'False','small practice bonus':'0','quality improvement score':'0'," \
	"'quality category score':'" percent "','quality measure id 1':'141','quality measure id 2':'384',"            \
	"'quality measure id 3':'385','quality measure score 1':'9.5','quality measure score 2':'8.5',"                \
	"'quality measure score 3':'9.0','quality measure collection type 1':'MIPS CQM',"                              \
	"'quality measure collection type 2':'MIPS CQM','quality measure collection type 3':'MIPS CQM'}"

static struct qpp_findings findings;

static const struct qpp_catalog *catalog_of(void *host, qpp_py py)
{
	(void)host;
	return world_catalog(py.v);
}

static struct qpp_experience_row *read_rows(const char *text, int py, size_t *n)
{
	struct qpp_arena *a = world()->arena;
	qpp_findings_init(&findings, a, 100);
	return qpp_json_read_rows(a, QPP_LIT("rows.json"), json(a, text), 0, (qpp_py){ py }, n, &findings);
}

static struct qpp_infer infer(const char *text)
{
	struct qpp_infer_request r = { .arena = world()->arena, .rules = world()->set, .catalog_of = catalog_of };
	struct qpp_infer out;
	struct qpp_err err;
	r.rows = read_rows(text, 0, &r.n_rows);
	assert_non_null(r.rows);
	assert_int_equal(findings.errors, 0);
	assert_int_equal(qpp_infer_rows(&r, &out, &err), QPP_OK);
	return out;
}

static const struct qpp_infer_try *first_try(const struct qpp_infer *x, size_t row, enum qpp_part part)
{
	assert_true(x->rows[row].parts[part].n_tries > 0);
	return &x->rows[row].parts[part].tries[0];
}

static void outcome_is(const struct qpp_infer *x, size_t row, enum qpp_part part, enum qpp_infer_outcome expected)
{
	const struct qpp_infer_try *t = first_try(x, row, part);
	if (t->outcome != expected)
		fail_msg("%s of %.*s: %s, recomputed %.*s %.*s", qpp_part_name(part), QPP_ARG(x->rows[row].is->label),
		         qpp_infer_outcome_name(t->outcome), QPP_ARG(t->recomputed), QPP_ARG(t->why));
}

static const struct qpp_infer_evidence *evidence(const struct qpp_infer *x, const char *reading, const char *alternative)
{
	for (size_t i = 0; i < x->n_evidence; i++)
		if (qpp_rule_name_eq(x->evidence[i].reading, qpp_str_of(reading)) &&
		    qpp_str_is(x->evidence[i].alternative, alternative))
			return &x->evidence[i];
	fail_msg("there is no reading %s with %s", reading, alternative);
	return NULL;
}

static void says(const struct qpp_infer *x, const char *reading, const char *alternative, size_t agree, size_t differ)
{
	const struct qpp_infer_evidence *e = evidence(x, reading, alternative);
	assert_int_equal(e->n_agree, agree);
	assert_int_equal(e->n_differ, differ);
	assert_int_equal(e->n_untouched, x->n_rows - agree - differ);
}

/* ---- recomputing ---- */

static void infer__a_final_score_agrees_within_what_rounding_allows(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[" A8 "," B7 "]");
	outcome_is(&x, 0, QPP_PART_FINAL, QPP_INFER_AGREES);
	outcome_is(&x, 1, QPP_PART_FINAL, QPP_INFER_AGREES);
	assert_int_equal(x.outcomes[QPP_INFER_DIFFERS], 0);
}

static void infer__a_wrong_final_score_differs_by_how_much(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[{'_py':2023," A8_SCORES ",'final score':'77.13'}]");
	outcome_is(&x, 0, QPP_PART_FINAL, QPP_INFER_DIFFERS);
	assert_text(first_try(&x, 0, QPP_PART_FINAL)->recomputed, "77.03..77.04");
	assert_text(qpp_dec_text(world()->arena, first_try(&x, 0, QPP_PART_FINAL)->off, 2), "0.09");
	assert_text(x.rows[0].is->label, "row 1");
}

static void infer__only_the_unrounded_score_explains_a8(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[" A8 "," B7 "]");
	outcome_is(&x, 0, QPP_PART_ADJUSTMENT, QPP_INFER_AGREES);
	says(&x, "score-compared", "unrounded", 2, 0);
	says(&x, "score-compared", "rounded", 1, 1);
	assert_text(evidence(&x, "score-compared", "rounded")->differ[0]->label, "A8");
}

static void infer__data_give_a_granted_reweighting_its_weight_back(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[" B7 "]");
	outcome_is(&x, 0, QPP_PART_WEIGHTS, QPP_INFER_AGREES);
	assert_text(x.rows[0].parts[QPP_PART_WEIGHTS].printed, "30/30/15/25");
}

static void infer__weights_that_the_flags_do_not_give_differ(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[{'_py':2023," A8_SCORES ",'quality category weight':'0.55','cost category weight':'0.3',"
	                           "'improvement activities (ia) category weight':'0.15',"
	                           "'promoting interoperability (pi) category weight':'0'}]");
	outcome_is(&x, 0, QPP_PART_WEIGHTS, QPP_INFER_DIFFERS);
	assert_text(first_try(&x, 0, QPP_PART_WEIGHTS)->recomputed, "40/30/30/0");
}

static void infer__a_suppressed_measure_leaves_the_denominator(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[" A7_QUALITY("91.34") "]");
	outcome_is(&x, 0, QPP_PART_QUALITY, QPP_INFER_AGREES);
	x = infer("[" A7_QUALITY("76.17") "]");
	outcome_is(&x, 0, QPP_PART_QUALITY, QPP_INFER_DIFFERS);
}

static void infer__activities_and_cost_come_from_their_points(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer(
		"[{'_py':2023,'ia measure id 1':'IA_EPA_1','ia measure score 1':'20','ia measure id 2':'IA_PM_12',"
		"'ia measure score 2':'10','improvement activities (ia) category score':'30','cost measure id 1':'TPCC_1',"
		"'cost measure achievement points 1':'2.9','cost measure id 2':'MSPB_1','cost measure achievement points 2':'6.1',"
		"'cost category score':'45.02','cost improvement score':'0'}]");
	outcome_is(&x, 0, QPP_PART_IA, QPP_INFER_AGREES);
	outcome_is(&x, 0, QPP_PART_COST, QPP_INFER_AGREES);
}

/* ---- tolerance ---- */

/* 7 may stand for 6.5 to 7.5 where nothing shows decimals, for 6.95 to 7.05 where another row of the year does. */
static void infer__a_column_has_the_decimals_of_its_most_precise_row(void **unused)
{
	(void)unused;
#define ONE_COST(row, points, percent)                                                                             \
	"{'_py':2023,'_row':'" row "','cost measure id 1':'TPCC_1','cost measure achievement points 1':'" points          \
	"','cost category score':'" percent "','cost improvement score':'0'}"
	struct qpp_infer x = infer("[" ONE_COST("one", "7", "72") "]");
	outcome_is(&x, 0, QPP_PART_COST, QPP_INFER_AGREES);
	x = infer("[" ONE_COST("one", "7", "72") "," ONE_COST("two", "5.7", "57.1") "]");
	outcome_is(&x, 0, QPP_PART_COST, QPP_INFER_DIFFERS);
	outcome_is(&x, 1, QPP_PART_COST, QPP_INFER_AGREES);
}

static void infer__decimals_of_one_year_say_nothing_of_another(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[" ONE_COST("one", "7", "72") ",{'_py':2022,'cost measure id 1':'TPCC_1',"
	                           "'cost measure achievement points 1':'5.7','cost category score':'57.1'}]");
	outcome_is(&x, 0, QPP_PART_COST, QPP_INFER_AGREES);
}

/* ---- readings ---- */

static void infer__the_denominator_tells_whether_clusters_reduce_it(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[" EYE("90.12") "]");
	outcome_is(&x, 0, QPP_PART_QUALITY, QPP_INFER_AGREES);
	says(&x, "denominator_reduction", "clusters", 1, 0);
	says(&x, "denominator_reduction", "never", 0, 1);
	x = infer("[" EYE("45.06") "," A7_QUALITY("91.34") "]");
	outcome_is(&x, 0, QPP_PART_QUALITY, QPP_INFER_DIFFERS);
	says(&x, "denominator_reduction", "clusters", 0, 1);
	says(&x, "denominator_reduction", "never", 1, 0);
}

static void infer__somebody_who_did_not_report_tells_whether_cost_alone_scores(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[{'_py':2023,'non-reporting':'True','small practice status':'False',"
	                           "'quality category score':'0','cost category score':'60','improvement activities (ia) category score':'0',"
	                           "'promoting interoperability (pi) category score':'0','complex patient bonus':'0','final score':'0'}]");
	says(&x, "cost_requires_submission", "yes", 1, 0);
	says(&x, "cost_requires_submission", "no", 0, 1);
}

static void infer__readings_that_no_row_asks_are_not_touched(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[" A8 "]");
	says(&x, "pi_exchange_split", "halves", 0, 0);
	says(&x, "pi_exchange_split", "first", 0, 0);
}

/* ---- what cannot be recomputed ---- */

static void infer__a_year_without_rules_is_listed_and_no_error(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[{'_py':2018,'small practitioner':'True','quality category score':'74.6','cost score':'60.2',"
	                           "'ia score':'40','complex patient bonus':'1.6','promoting interoperability (pi) category score':'0',"
	                           "'final score':'64.9','payment adjustment percentage':'0.18'},"
	                           "{'_py':2031,'final score':'80','payment adjustment percentage':'1.00'}]");
	outcome_is(&x, 0, QPP_PART_FINAL, QPP_INFER_AGREES);
	outcome_is(&x, 0, QPP_PART_ADJUSTMENT, QPP_INFER_AGREES);
	outcome_is(&x, 1, QPP_PART_ADJUSTMENT, QPP_INFER_NO_RULE);
}

static void infer__what_the_row_does_not_say_is_named(void **unused)
{
	(void)unused;
	struct qpp_infer x = infer("[{'_py':2023,'final score':'80','quality category score':'80',"
	                           "'improvement activities (ia) category score':'40','promoting interoperability (pi) category score':'90'}]");
	outcome_is(&x, 0, QPP_PART_FINAL, QPP_INFER_NOT_POSSIBLE);
	assert_says(first_try(&x, 0, QPP_PART_FINAL)->why, "no complex patient bonus");
	outcome_is(&x, 0, QPP_PART_IA, QPP_INFER_NOT_POSSIBLE);
	assert_int_equal(x.rows[0].parts[QPP_PART_COST].n_tries, 0);
	assert_int_equal(x.rows[0].parts[QPP_PART_ADJUSTMENT].n_tries, 0);
}

/* ---- reading rows ---- */

static void rows__are_read_as_text_or_numbers_whatever_the_capitals(void **unused)
{
	(void)unused;
	size_t n;
	const struct qpp_experience_row *row =
	    read_rows("[{'Final Score':77.03,'SMALL PRACTICE STATUS':true,'IA Measure ID 12':'IA_X','IA Measure Score 12':20,"
	              "'payment adjustment percentage':null,'cost category score':''}]", 2023, &n);
	assert_int_equal(n, 1);
	assert_int_equal(findings.errors, 0);
	assert_int_equal(row->py.v, 2023);
	assert_true(row->figure[QPP_FIGURE_FINAL].given);
	assert_int_equal(row->figure[QPP_FIGURE_FINAL].decimals, 2);
	assert_int_equal(row->small_practice, QPP_YES);
	assert_int_equal(row->n_measures[QPP_IA], 1);
	assert_text(row->measures[QPP_IA][0].id, "IA_X");
	assert_false(row->figure[QPP_FIGURE_ADJUSTMENT].given);
	assert_false(row->figure[QPP_FIGURE_COST].given);
}

static void rows__unknown_columns_are_told_once(void **unused)
{
	(void)unused;
	size_t n;
	(void)read_rows("[{'final score':'1','shoe size':'44','quality measure color 1':'red'},"
	                "{'final score':'1','shoe size':'45','quality measure color 2':'blue','practice size':'3'}]", 2023, &n);
	assert_int_equal(n, 2);
	assert_int_equal(times_found(&findings, "memberUnknown"), 1);
	assert_int_equal(found(&findings, "memberUnknown")->severity, QPP_INFORMATION);
	assert_text(found(&findings, "memberUnknown")->value, "shoe size, quality measure color");
}

static void rows__missing_columns_are_told_by_year(void **unused)
{
	(void)unused;
	size_t n;
	(void)read_rows("[{'_py':2022,'final score':'1'},{'_py':2023,'final score':'1','cost category score':'2'}]", 0, &n);
	assert_int_equal(times_found(&findings, "memberMissing"), 2);
	assert_says(findings.list.v[0].message, "PY 2022");
	assert_says(findings.list.v[0].expected, "cost category score");
	assert_says(findings.list.v[1].message, "PY 2023");
	assert_null(memmem(findings.list.v[1].expected.p, findings.list.v[1].expected.n, "cost category score", 19));
}

static void rows__a_cell_of_the_wrong_kind_is_an_error_and_counts_as_empty(void **unused)
{
	(void)unused;
	size_t n;
	const struct qpp_experience_row *row =
	    read_rows("[{'final score':'about 80','small practice status':'perhaps','cost category score':[1]}]", 2023, &n);
	assert_int_equal(n, 1);
	assert_int_equal(findings.errors, 3);
	assert_non_null(found(&findings, "numberInvalid"));
	assert_non_null(found(&findings, "valueUnknown"));
	assert_non_null(found(&findings, "kindWrong"));
	assert_text(found(&findings, "numberInvalid")->where.pointer, "/0/final score");
	assert_false(row->figure[QPP_FIGURE_FINAL].given);
	assert_int_equal(row->small_practice, QPP_UNKNOWN);
}

static void rows__a_row_without_a_year_is_an_error_with_the_mend(void **unused)
{
	(void)unused;
	size_t n;
	assert_non_null(read_rows("[{'final score':'80'},{'_py':2023,'final score':'80'}]", 0, &n));
	assert_int_equal(n, 1);
	assert_int_equal(findings.errors, 1);
	assert_says(found(&findings, "memberMissing")->hint, "--year");
}

static void rows__something_else_than_a_list_is_refused(void **unused)
{
	(void)unused;
	size_t n;
	assert_null(read_rows("{'final score':'80'}", 2023, &n));
	assert_non_null(found(&findings, "kindWrong"));
	assert_null(read_rows("[", 2023, &n));
	assert_non_null(found(&findings, "jsonMalformed"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(infer__a_final_score_agrees_within_what_rounding_allows),
		cmocka_unit_test(infer__a_wrong_final_score_differs_by_how_much),
		cmocka_unit_test(infer__only_the_unrounded_score_explains_a8),
		cmocka_unit_test(infer__data_give_a_granted_reweighting_its_weight_back),
		cmocka_unit_test(infer__weights_that_the_flags_do_not_give_differ),
		cmocka_unit_test(infer__a_suppressed_measure_leaves_the_denominator),
		cmocka_unit_test(infer__activities_and_cost_come_from_their_points),
		cmocka_unit_test(infer__a_column_has_the_decimals_of_its_most_precise_row),
		cmocka_unit_test(infer__decimals_of_one_year_say_nothing_of_another),
		cmocka_unit_test(infer__the_denominator_tells_whether_clusters_reduce_it),
		cmocka_unit_test(infer__somebody_who_did_not_report_tells_whether_cost_alone_scores),
		cmocka_unit_test(infer__readings_that_no_row_asks_are_not_touched),
		cmocka_unit_test(infer__a_year_without_rules_is_listed_and_no_error),
		cmocka_unit_test(infer__what_the_row_does_not_say_is_named),
		cmocka_unit_test(rows__are_read_as_text_or_numbers_whatever_the_capitals),
		cmocka_unit_test(rows__unknown_columns_are_told_once),
		cmocka_unit_test(rows__missing_columns_are_told_by_year),
		cmocka_unit_test(rows__a_cell_of_the_wrong_kind_is_an_error_and_counts_as_empty),
		cmocka_unit_test(rows__a_row_without_a_year_is_an_error_with_the_mend),
		cmocka_unit_test(rows__something_else_than_a_list_is_refused),
	};
	return RUN_AS_TAP(tests);
}
