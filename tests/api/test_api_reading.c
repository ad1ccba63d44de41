/* Lists and look-ups: who sees which submissions and sets, pages of lists, masked TINs, the public pages. */
#include "world.h"

#include <string.h>

static struct api_world w;

static int begin(void **unused)
{
	(void)unused;
	api_open(&w);
	return 0;
}

static int end(void **unused)
{
	(void)unused;
	api_close(&w);
	return 0;
}

#define LIST "GET /api/submissions/submissions"
#define OF_TIN "qpp-taxpayer-identification-number: " TIN

static struct answer file(enum asker who, const char *body)
{
	struct answer a = ask(&w, who, "POST " SETS, body);
	assert_answer(a, 201);
	return a;
}

static void list__of_a_registry_has_its_own_sets_only(void **unused)
{
	(void)unused;
	consent(&w, 2023, &w.practice, &w.other_registry, false);
	file(REGISTRY, QUALITY_SET);
	file(OTHER_REGISTRY, QUALITY_SET);
	file(OFFICIAL, IA_SET);
	struct answer a = ask(&w, REGISTRY, LIST, "");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.totalItems"), "1");
	assert_string_equal(at(&w, &a, "data.currentItemCount"), "1");
	assert_string_equal(at(&w, &a, "data.itemsPerPage"), "10");
	assert_string_equal(at(&w, &a, "data.startIndex"), "0");
	assert_string_equal(at(&w, &a, "data.submissions[0].measurementSets[0].submitterId"), w.registry.id.p);
	assert_string_equal(at(&w, &a, "data.submissions[0].measurementSets[1]"), "");
	struct answer all = ask(&w, OFFICIAL, LIST, "");
	assert_true(strlen(at(&w, &all, "data.submissions[0].measurementSets[2].id")) == 36);
	assert_true(has(all.body, "\"submitterId\":\"securityOfficial\"") && has(all.body, w.other_registry.id.p));
	struct answer none = ask(&w, OTHER_OFFICIAL, LIST, "");
	assert_string_equal(at(&w, &none, "data.totalItems"), "0");
	struct answer agency = ask(&w, AGENT, LIST, "");
	assert_string_equal(at(&w, &agency, "data.totalItems"), "1");
}

static void list__shows_the_tin_to_its_own_people_only(void **unused)
{
	(void)unused;
	file(REGISTRY, QUALITY_SET);
	struct answer registry = ask_with(&w, REGISTRY, LIST, OF_TIN, ""), own = ask(&w, STAFF, LIST, ""), agency = ask(&w, AGENT, LIST, "");
	assert_string_equal(at(&w, &registry, "data.submissions[0].taxpayerIdentificationNumber"), "*****1222");
	assert_string_equal(at(&w, &own, "data.submissions[0].taxpayerIdentificationNumber"), TIN);
	assert_false(has(registry.body, TIN));
	assert_false(has(agency.body, TIN));
}

static void list__by_tin_shows_a_submission_to_file_into(void **unused)
{
	(void)unused;
	const char *query = LIST "?performanceYear=2023&entityType=group&entityId=&nationalProviderIdentifier=";
	struct answer nothing = ask_with(&w, REGISTRY, query, OF_TIN, "");
	assert_answer(nothing, 200);
	assert_string_equal(at(&w, &nothing, "data.totalItems"), "0");
	struct answer made = file(OFFICIAL, IA_SET);
	struct answer a = ask_with(&w, REGISTRY, query, OF_TIN, "");
	assert_string_equal(at(&w, &a, "data.totalItems"), "1");
	assert_string_equal(at(&w, &a, "data.submissions[0].id"), at(&w, &made, "data.measurementSet.submissionId"));
	assert_string_equal(at(&w, &a, "data.submissions[0].measurementSets"), "[]");
	/* Who was not let in learns nothing, and a TIN that nobody has looks the same. */
	struct answer b = ask_with(&w, OTHER_REGISTRY, query, OF_TIN, "");
	struct answer c = ask_with(&w, OTHER_REGISTRY, query, "qpp-taxpayer-identification-number: " UNKNOWN_TIN, "");
	assert_answer(b, 200);
	assert_int_equal(b.body.n, c.body.n);
	assert_memory_equal(b.body.p, c.body.p, b.body.n);
	const char *one = cat(&w, LIST "/", at(&w, &a, "data.submissions[0].id"), (char *)NULL);
	assert_answer(ask(&w, REGISTRY, one, ""), 200);
	struct answer others = ask(&w, OTHER_REGISTRY, one, ""), none = ask(&w, OTHER_REGISTRY, LIST "/123e4567-e89b-42d3-a456-426614174000", "");
	assert_answer(others, 404);
	assert_memory_equal(others.body.p, none.body.p, others.body.n);
}

static void list__filters_and_refuses_bad_filters(void **unused)
{
	(void)unused;
	file(REGISTRY, QUALITY_SET);
	file(OFFICIAL, "{'submission': {'performanceYear': 2023, 'entityType': 'individual', 'taxpayerIdentificationNumber': '" TIN
	     "', 'nationalProviderIdentifier': '" NPI "'}, " IA "}");
	struct answer a = ask(&w, OFFICIAL, LIST "?entityType=individual", "");
	assert_string_equal(at(&w, &a, "data.totalItems"), "1");
	assert_string_equal(at(&w, &a, "data.submissions[0].nationalProviderIdentifier"), NPI);
	struct answer b = ask(&w, OFFICIAL, LIST "?nationalProviderIdentifier=" NPI "&performanceYear=2023", "");
	assert_string_equal(at(&w, &b, "data.totalItems"), "1");
	struct answer c = ask(&w, OFFICIAL, LIST "?performanceYear=2024", "");
	assert_string_equal(at(&w, &c, "data.totalItems"), "0");
	struct answer own = ask(&w, CLINICIAN, LIST, "");
	assert_string_equal(at(&w, &own, "data.totalItems"), "1");
	assert_string_equal(at(&w, &own, "data.submissions[0].entityType"), "individual");
	assert_false(has(own.body, TIN));
	assert_answer(ask(&w, OFFICIAL, LIST "?performanceYear=x", ""), 400);
	assert_answer(ask(&w, OFFICIAL, LIST "?entityType=apartment", ""), 400);
	assert_answer(ask(&w, OFFICIAL, LIST "?nationalProviderIdentifier=12", ""), 400);
	struct answer bad = ask_with(&w, OFFICIAL, LIST, "qpp-taxpayer-identification-number: 00011122", "");
	assert_answer(bad, 400);
	assert_false(has(bad.body, "00011122"));
	assert_answer(ask(&w, NOBODY, LIST, ""), 401);
}

static void list__comes_in_pages(void **unused)
{
	(void)unused;
	file(OFFICIAL, QUALITY_SET);
	/* Lists are in the order of creation. */
	w.clock.now.us++;
	file(OFFICIAL, "{'submission': {'performanceYear': 2023, 'entityType': 'individual', 'taxpayerIdentificationNumber': '" TIN
	     "', 'nationalProviderIdentifier': '" NPI "'}, " IA "}");
	struct answer a = ask(&w, OFFICIAL, LIST "?itemsPerPage=1&startIndex=1", "");
	assert_string_equal(at(&w, &a, "data.totalItems"), "2");
	assert_string_equal(at(&w, &a, "data.currentItemCount"), "1");
	assert_string_equal(at(&w, &a, "data.submissions[0].entityType"), "individual");
	struct answer b = ask(&w, OFFICIAL, LIST "?itemsPerPage=99999", "");
	assert_answer(b, 200);
	assert_string_equal(at(&w, &b, "data.currentItemCount"), "2");
	assert_answer(ask(&w, OFFICIAL, LIST "?startIndex=-1", ""), 400);
	struct answer sets = ask(&w, OFFICIAL, "GET " SETS "?itemsPerPage=1", "");
	assert_string_equal(at(&w, &sets, "data.totalItems"), "2");
	assert_string_equal(at(&w, &sets, "data.currentItemCount"), "1");
}

static void list__of_several_organizations_asks_for_which(void **unused)
{
	(void)unused;
	file(OFFICIAL, QUALITY_SET);
	assert_answer(ask(&w, BOTH, LIST, ""), 400);
	struct answer a = ask_with(&w, BOTH, LIST, cat(&w, "organization-id: ", w.practice.id.p, (char *)NULL), "");
	assert_string_equal(at(&w, &a, "data.totalItems"), "1");
	struct answer b = ask_with(&w, BOTH, LIST, cat(&w, "organization-id: ", w.other.id.p, (char *)NULL), "");
	assert_string_equal(at(&w, &b, "data.totalItems"), "0");
	/* A practice that is named needs no header. */
	struct answer c = ask_with(&w, BOTH, LIST, OF_TIN, "");
	assert_string_equal(at(&w, &c, "data.totalItems"), "1");
}

static void sets__of_the_caller(void **unused)
{
	(void)unused;
	struct answer q = file(REGISTRY, QUALITY_SET);
	file(OFFICIAL, IA_SET);
	struct answer a = ask(&w, REGISTRY, "GET " SETS, "");
	assert_string_equal(at(&w, &a, "data.totalItems"), "1");
	assert_string_equal(at(&w, &a, "data.measurementSets[0].id"), at(&w, &q, "data.measurementSet.id"));
	const char *of = cat(&w, "GET " SETS "?submissionId=", at(&w, &q, "data.measurementSet.submissionId"), (char *)NULL);
	struct answer b = ask(&w, OFFICIAL, of, "");
	assert_string_equal(at(&w, &b, "data.totalItems"), "2");
	assert_answer(ask(&w, OTHER_REGISTRY, of, ""), 404);
}

/* ---- public ---- */

#define VALIDATE "POST /api/submissions/public/validate-submission"

static void validate__gives_back_what_clients_file(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, NOBODY, VALIDATE, "{'data': {'submission': {" FILER(TIN) ", 'nationalProviderIdentifier': null, "
	                      "'measurementSets': [{" QUALITY(SINGLE("047", 120, 36)) "}]}}}");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.submission.taxpayerIdentificationNumber"), TIN);
	assert_string_equal(at(&w, &a, "data.submission.performanceYear"), "2023");
	assert_string_equal(at(&w, &a, "data.submission.measurementSets[0].measurements[0].value.performanceRate"), "76.92");
	assert_string_equal(at(&w, &a, "data.warnings"), "");
	/* What came back passes again. */
	struct answer b = ask_raw(&w, NOBODY, VALIDATE, NULL, a.body);
	assert_answer(b, 200);
	assert_int_equal(a.body.n, b.body.n);
	assert_memory_equal(a.body.p, b.body.p, a.body.n);
}

static void validate__warns_beside_the_submission(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, NOBODY, VALIDATE,
	                      "{" FILER(TIN) ", 'measurementSets': [{'category': 'ia', 'submissionMethod': 'registry', 'measurements': "
	                      "[{'measureId': 'IA_EPA_2', 'value': true}]}]}");
	assert_answer(a, 200);
	assert_true(strlen(at(&w, &a, "data.warnings[0].message")) > 0);
	assert_string_equal(at(&w, &a, "data.warnings[0].path"), "$.measurementSets[0]");
	assert_answer(ask(&w, NOBODY, VALIDATE, ""), 422);
	assert_answer(ask(&w, NOBODY, VALIDATE, "{'entityType': 'group', 'measurementSets': []}"), 422);
}

#define XML_HEAD "<data><performanceYear>2023</performanceYear><entityType>group</entityType><taxpayerIdentificationNumber>" TIN   \
	"</taxpayerIdentificationNumber><measurementSet><category>quality</category><submissionMethod>registry</submissionMethod>"      \
	"<performanceStart>2023-01-01</performanceStart><performanceEnd>2023-12-31</performanceEnd><measurement><measureId>047</measureId>" \
	"<value><isEndToEndReported>false</isEndToEndReported><performanceMet>120</performanceMet><performanceNotMet>36</performanceNotMet>" \
	"<eligiblePopulation>156</eligiblePopulation>"
#define XML_TAIL "</value></measurement></measurementSet></data>"

static void validate__answers_xml_as_it_answers_json(void **unused)
{
	(void)unused;
	struct answer x = ask_raw(&w, NOBODY, VALIDATE, "content-type: Application/XML; charset=utf-8", QPP_LIT(XML_HEAD XML_TAIL));
	struct answer j = ask(&w, NOBODY, VALIDATE, "{" FILER(TIN) ", 'measurementSets': [{" QUALITY(SINGLE("047", 120, 36)) "}]}");
	assert_answer(x, 200);
	assert_int_equal(x.body.n, j.body.n);
	assert_memory_equal(x.body.p, j.body.p, j.body.n);
	x = ask_raw(&w, NOBODY, VALIDATE, "content-type: text/xml", QPP_LIT(XML_HEAD "<numeratorExclusion>x</numeratorExclusion>" XML_TAIL));
	assert_answer(x, 422);
	assert_string_equal(at(&w, &x, "error.type"), "ValidationError");
	assert_string_equal(at(&w, &x, "error.details[0].location.path"), "$.measurementSets[0].measurements[0].value.numeratorExclusion");
	/* A body is read as what it says it is, and filing is in JSON. */
	assert_answer(ask_raw(&w, NOBODY, VALIDATE, NULL, QPP_LIT(XML_HEAD XML_TAIL)), 422);
	assert_answer(ask_raw(&w, NOBODY, VALIDATE, "content-type: application/xml", QPP_LIT("{}")), 422);
	assert_answer(ask_raw(&w, NOBODY, VALIDATE, "content-type: application/xml", QPP_LIT("<!DOCTYPE data><data/>")), 422);
	assert_answer(ask_raw(&w, REGISTRY, "POST " SETS, "content-type: application/xml", QPP_LIT(XML_HEAD XML_TAIL)), 422);
}

static void validate__computes_every_kind_of_value(void **unused)
{
	(void)unused;
	/* 226: the overall stratum alone counts. */
	struct answer a = ask(&w, NOBODY, VALIDATE,
	                      "{" FILER(TIN) ", 'measurementSets': [{" QUALITY("{'measureId': '226', 'value': {'isEndToEndReported': false, 'strata': ["
	                      "{'stratum': 'screened', 'performanceMet': 90, 'performanceNotMet': 10, 'eligiblePopulation': 100},"
	                      "{'stratum': 'combinedPopulations', 'performanceMet': 5, 'performanceNotMet': 5, 'eligiblePopulation': 10},"
	                      "{'stratum': 'overall', 'performanceMet': 60, 'performanceNotMet': 20, 'eligiblePopulation': 100, "
	                      "'eligiblePopulationException': 10}]}}") "}]}");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.submission.measurementSets[0].measurements[0].value.performanceRate"), "75");
	assert_string_equal(at(&w, &a, "data.submission.measurementSets[0].measurements[0].value.reportingRate"), "90");
	assert_string_equal(at(&w, &a, "data.submission.measurementSets[0].measurements[0].value.caseCount"), "100");
	struct answer none = ask(&w, NOBODY, VALIDATE, "{" FILER(TIN) ", 'measurementSets': [{" QUALITY(
	                         "{'measureId': '047', 'value': {'isEndToEndReported': false, 'performanceMet': 0, 'performanceNotMet': 0, "
	                         "'eligiblePopulation': 10, 'eligiblePopulationException': 10}}") "}]}");
	assert_answer(none, 200);
	assert_string_equal(at(&w, &none, "data.submission.measurementSets[0].measurements[0].value.performanceRateNumerator"), "null");
	assert_string_equal(at(&w, &none, "data.submission.measurementSets[0].measurements[0].value.reportingRate"), "100");
}

static void benchmarks__of_a_year(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, NOBODY, "GET /api/submissions/public/benchmarks?year=2022", "");
	assert_answer(a, 200);
	assert_true(has(a.body, "{\"measureId\":\"047\",\"benchmarkYear\":2020,\"performanceYear\":2022,\"submissionMethod\":\"registry\""));
	assert_true(has(a.body, "\"deciles\":[0,28.58,52.17,72.06,85.28,93.67,98.33,99.76,100]"));
	struct answer b = ask(&w, NOBODY, "GET /api/submissions/public/benchmarks?performanceYear=2023", "");
	assert_true(has(b.body, "\"percentiles\":{\"1\":"));
	/* Lower is better: still ascending, from the tenth percentile. */
	assert_true(has(b.body, "\"percentiles\":{\"10\":"));
	assert_answer(ask(&w, NOBODY, "GET /api/submissions/public/benchmarks?year=2018", ""), 404);
	assert_answer(ask(&w, NOBODY, "GET /api/submissions/public/benchmarks?year=abc", ""), 400);
	assert_answer(ask(&w, NOBODY, "GET /api/submissions/public/benchmarks", ""), 200);
	assert_answer(ask(&w, NOBODY, "GET /api/submissions/health", ""), 200);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(list__of_a_registry_has_its_own_sets_only),
		T(list__shows_the_tin_to_its_own_people_only),
		T(list__by_tin_shows_a_submission_to_file_into),
		T(list__filters_and_refuses_bad_filters),
		T(list__comes_in_pages),
		T(list__of_several_organizations_asks_for_which),
		T(sets__of_the_caller),
		T(validate__gives_back_what_clients_file),
		T(validate__warns_beside_the_submission),
		T(validate__answers_xml_as_it_answers_json),
		T(validate__computes_every_kind_of_value),
		T(benchmarks__of_a_year),
	};
	return RUN_AS_TAP(tests);
}
