/* Filing over the API: who may, what is refused, one submission whatever happens at once, receipts and keys. */
#include "world.h"

#include <pthread.h>
#include <stdio.h>
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

static const char *file(enum asker who, const char *body)
{
	struct answer a = ask(&w, who, "POST " SETS, body);
	assert_answer(a, 201);
	return at(&w, &a, "data.measurementSet.id");
}

static const char *one(const char *verb, const char *id)
{
	return cat(&w, verb, " " SETS "/", id, (char *)NULL);
}

/* ---- a set is filed ---- */

static void filing__answers_the_set_with_what_is_computed(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, REGISTRY, "POST " SETS, QUALITY_SET);
	assert_answer(a, 201);
	assert_string_equal(at(&w, &a, "data.measurementSet.category"), "quality");
	assert_string_equal(at(&w, &a, "data.measurementSet.programName"), "mips");
	assert_string_equal(at(&w, &a, "data.measurementSet.submitterType"), "organization");
	assert_string_equal(at(&w, &a, "data.measurementSet.submitterId"), w.registry.id.p);
	assert_string_equal(at(&w, &a, "data.measurementSet.suppressed"), "false");
	assert_string_equal(at(&w, &a, "data.measurementSet.source"), "null");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].value.performanceRate"), "76.92");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].value.reportingRate"), "100");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].value.caseCount"), "156");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].value.performanceRateNumerator"), "76.92");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].value.performanceRateDenominator"), "1");
	assert_string_equal(at(&w, &a, "data.measurementSet.createdAt"), "2024-03-01T00:00:00.000000Z");
	assert_text(a.etag, "\"v1\"");
	assert_true(has(a.receipt, "\"kind\":\"filing\"") && has(a.receipt, "\"signature\":\""));
	assert_false(has(a.body, TIN));
	assert_false(has(a.body, "receipt"));
}

static void filing__finds_the_submission_it_made(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, REGISTRY, "POST " SETS, QUALITY_SET), b = ask(&w, REGISTRY, "POST " SETS, IA_SET);
	const char *id = at(&w, &a, "data.measurementSet.submissionId");
	assert_int_equal(strlen(id), 36);
	assert_string_equal(id, at(&w, &b, "data.measurementSet.submissionId"));
}

static void filing__takes_the_year_as_text_and_the_submission_by_id(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, OFFICIAL, "POST " SETS,
	                      "{'submission': {'performanceYear': '2023', 'entityType': 'group', 'taxpayerIdentificationNumber': '" TIN "'}, " IA "}");
	assert_answer(a, 201);
	assert_string_equal(at(&w, &a, "data.measurementSet.submitterId"), "securityOfficial");
	const char *body = cat(&w, "{'submissionId': '", at(&w, &a, "data.measurementSet.submissionId"), "', ", QUALITY(SINGLE("047", 1, 1)), "}", (char *)NULL);
	struct answer b = ask(&w, REGISTRY, "POST " SETS, body);
	assert_answer(b, 201);
	assert_string_equal(at(&w, &b, "data.measurementSet.submissionId"), at(&w, &a, "data.measurementSet.submissionId"));
}

static void filing__of_the_same_set_twice_is_a_duplicate(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, QUALITY_SET);
	struct answer a = ask(&w, REGISTRY, "POST " SETS, QUALITY_SET);
	assert_answer(a, 422);
	assert_string_equal(at(&w, &a, "error.type"), "DuplicateEntryError");
	assert_true(strstr(at(&w, &a, "error.message"), id) != NULL);
	/* Another submitter's set is another set. */
	file(OFFICIAL, QUALITY_SET);
}

static void filing__that_undoes_an_exception_is_taken_with_a_warning(void **unused)
{
	(void)unused;
	keep_fact(&w, 2023, QPP_GROUP, &w.practice, "", "scoring", "{\"reweight\": [{\"category\": \"quality\", \"reason\": \"euc\"}, {\"category\": "
	          "\"ia\", \"reason\": \"euc\"}, {\"category\": \"pi\", \"reason\": \"hardship\"}, {\"category\": \"cost\", \"reason\": \"euc\"}]}");
	struct answer a = ask(&w, REGISTRY, "POST " SETS, IA_SET);
	assert_answer(a, 201);
	assert_true(strstr(at(&w, &a, "data.warnings[0].message"), "With these data it counts again") != NULL);
	assert_false(has(a.body, "The score goes"));
	/* What does not undo one is not warned of. */
	struct answer b = ask(&w, OFFICIAL, "PUT " SETS "/00000000-0000-4000-8000-000000000000", IA_SET);
	assert_answer(b, 404);
	keep_fact(&w, 2023, QPP_GROUP, &w.practice, "", "scoring", "{\"reweight\": [{\"category\": \"pi\", \"reason\": \"hardship\"}]}");
	struct answer c = ask(&w, REGISTRY, "POST " SETS, QUALITY_SET);
	assert_answer(c, 201);
	assert_false(has(c.body, "counts again"));
}

/* ---- what is wrong ---- */

static void refusal__names_the_place_in_both_forms(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, REGISTRY, "POST " SETS, INTO(TIN) QUALITY(SINGLE("O47", 120, 36)) "}");
	assert_answer(a, 422);
	assert_string_equal(at(&w, &a, "error.type"), "ValidationError");
	assert_string_equal(at(&w, &a, "error.message"), "invalid measurement-set object");
	assert_string_equal(at(&w, &a, "error.details[0].path"), "$.measurements[0].measureId");
	assert_string_equal(at(&w, &a, "error.details[0].location.path"), "$.measurements[0].measureId");
	struct answer b = ask(&w, NOBODY, "POST /api/submissions/public/validate-submission",
	                      "{" FILER(TIN) ", 'measurementSets': [{" QUALITY(SINGLE("O47", 120, 36)) "}]}");
	assert_answer(b, 422);
	assert_string_equal(at(&w, &b, "error.message"), "invalid submission object");
	assert_string_equal(at(&w, &b, "error.details[0].path"), "$.measurementSets[0].measurements[0].measureId");
	assert_string_equal(at(&w, &b, "error.details[0].location.path"), "$.measurementSets[0].measurements[0].measureId");
}

static void refusal__keeps_nothing(void **unused)
{
	(void)unused;
	assert_answer(ask(&w, REGISTRY, "POST " SETS, INTO(TIN) QUALITY(SINGLE("O47", 120, 36)) "}"), 422);
	struct answer a = ask_with(&w, REGISTRY, "GET /api/submissions/submissions", "qpp-taxpayer-identification-number: " TIN, "");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.totalItems"), "0");
}

static void refusal__of_bodies_that_are_no_set(void **unused)
{
	(void)unused;
	static const char *const bodies[] = {
		"", "{", "[]", "null", "17", "{}", "{'category': 'quality'}", IA_SET "x", "{'submission': [], " IA "}", "{" IA "}",
		"{'submission': {}, " IA "}", "{'submission': {'performanceYear': 2023, 'entityType': 'group'}, " IA "}",
		"{'submission': {'performanceYear': 2023, 'entityType': 'individual', 'taxpayerIdentificationNumber': '" TIN "'}, " IA "}",
		"{'submission': {'performanceYear': 2023, 'entityType': 'apm'}, " IA "}",
		"{'submission': {" FILER(TIN) "}, 'category': 'ia', 'category': 'ia', 'submissionMethod': 'registry', 'measurements': []}",
		INTO("00011122") IA "}", INTO("0001112223") IA "}"
	};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct answer a = ask(&w, REGISTRY, "POST " SETS, bodies[i]);
		if (a.status != 422)
			print_message("# body %zu\n", i);
		assert_answer(a, 422);
		assert_true(strlen(at(&w, &a, "error.details[0].message")) > 0);
	}
}

static void refusal__of_hostile_bytes(void **unused)
{
	(void)unused;
	enum { DEEP = 100000, MANY = 30000 };
	struct qpp_buf b;
	qpp_buf_init(&b, &w.arena, 8 << 20);
	for (int i = 0; i < DEEP; i++)
		qpp_buf_char(&b, '[');
	assert_answer(ask_raw(&w, REGISTRY, "POST " SETS, NULL, qpp_buf_done(&b)), 422);
	qpp_buf_init(&b, &w.arena, 8 << 20);
	qpp_buf_cat(&b, "{\"submission\":{\"performanceYear\":2023,\"entityType\":\"group\",\"taxpayerIdentificationNumber\":\"" TIN "\"},"
	            "\"category\":\"ia\",\"submissionMethod\":\"registry\",\"measurements\":[", (char *)NULL);
	for (int i = 0; i < MANY; i++)
		qpp_buf_cat(&b, i ? "," : "", "{\"measureId\":\"IA_EPA_2\",\"value\":true}", (char *)NULL);
	qpp_buf_cat(&b, "]}", (char *)NULL);
	struct answer a = ask_raw(&w, REGISTRY, "POST " SETS, NULL, qpp_buf_done(&b));
	assert_answer(a, 422);
	/* Findings are bounded however many faults there are. */
	assert_true(a.body.n < 1 << 20);
	assert_answer(ask_raw(&w, REGISTRY, "POST " SETS, NULL, QPP_LIT("\xff\xfe{\"a\":1}")), 422);
	assert_answer(ask_raw(&w, REGISTRY, "POST " SETS, NULL, QPP_LIT("{\"category\":\"i\\u0000a\"}")), 422);
}

static void filing__takes_any_line_ends(void **unused)
{
	(void)unused;
	struct qpp_str text = qpp_str_of(cat(&w, QUALITY_SET, (char *)NULL));
	struct qpp_buf b;
	qpp_buf_init(&b, &w.arena, 1 << 16);
	for (size_t i = 0; i < text.n; i++) {
		qpp_buf_char(&b, text.p[i] == '\'' ? '"' : text.p[i]);
		if (text.p[i] == ',')
			qpp_buf_cat(&b, "\r\n", (char *)NULL);
	}
	assert_answer(ask_raw(&w, REGISTRY, "POST " SETS, NULL, qpp_buf_done(&b)), 201);
}

/* ---- who may ---- */

static void rights__a_registry_needs_the_consent_of_that_year(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, OTHER_REGISTRY, "POST " SETS, QUALITY_SET);
	assert_answer(a, 403);
	assert_true(has(a.body, "Security Official") && has(a.body, "*****1222") && !has(a.body, TIN));
	consent(&w, 2023, &w.practice, &w.other_registry, false);
	file(OTHER_REGISTRY, QUALITY_SET);
	/* Taken back, it ends at once, also for what was filed. */
	const char *id = file(OTHER_REGISTRY, IA_SET);
	consent(&w, 2023, &w.practice, &w.other_registry, true);
	assert_answer(ask(&w, OTHER_REGISTRY, one("PUT", id), IA_SET), 403);
	assert_answer(ask(&w, OTHER_REGISTRY, one("DELETE", id), ""), 403);
	assert_answer(ask(&w, OTHER_REGISTRY, one("GET", id), ""), 200);
}

static void rights__an_unknown_practice_and_one_without_consent_look_alike(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, REGISTRY, "POST " SETS, INTO("000999888") IA "}");
	struct answer b = ask(&w, REGISTRY, "POST " SETS, INTO(OTHER_TIN) IA "}");
	assert_answer(a, 403);
	assert_answer(b, 403);
	/* But for the digits that the asker gave itself. */
	assert_int_equal(a.body.n, b.body.n);
}

static void rights__without_consent_asked_for_any_practice_is_taken(void **unused)
{
	(void)unused;
	w.service.consent_off = true;
	file(REGISTRY, INTO(UNKNOWN_TIN) IA "}");
	file(OTHER_REGISTRY, INTO(UNKNOWN_TIN) QUALITY(SINGLE("047", 1, 1)) "}");
	file(REGISTRY, "{'submission': {'performanceYear': 2023, 'entityType': 'virtualGroup', 'entityId': 'VG2023077'}, " IA "}");
	/* People file for their own all the same. */
	assert_answer(ask(&w, OTHER_OFFICIAL, "POST " SETS, INTO("000555666") IA "}"), 401);
}

static void rights__people_file_for_their_own_practice_only(void **unused)
{
	(void)unused;
	file(STAFF, IA_SET);
	struct answer a = ask(&w, OTHER_OFFICIAL, "POST " SETS, IA_SET), b = ask(&w, OTHER_OFFICIAL, "POST " SETS, INTO(UNKNOWN_TIN) IA "}");
	assert_answer(a, 401);
	assert_string_equal(at(&w, &a, "error.message"), at(&w, &b, "error.message"));
	assert_true(strstr(at(&w, &a, "error.message"), "Current user cannot create this object") != NULL);
	assert_answer(ask(&w, CLINICIAN, "POST " SETS, IA_SET), 401);
	assert_answer(ask(&w, AGENT, "POST " SETS, IA_SET), 401);
	assert_answer(ask(&w, NOBODY, "POST " SETS, IA_SET), 401);
	assert_answer(ask(&w, WATCHER, "POST " SETS, IA_SET), 403);
	assert_answer(ask(&w, REGISTRY, "POST /api/submissions/submissions", "{}"), 401);
}

static void rights__the_token_of_another_year_is_no_good(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, IA_SET);
	assert_answer(ask(&w, LAST_YEARS_REGISTRY, "POST " SETS, QUALITY_SET), 401);
	assert_answer(ask(&w, LAST_YEARS_REGISTRY, one("GET", id), ""), 404);
	assert_answer(ask(&w, LAST_YEARS_REGISTRY, one("PUT", id), IA_SET), 404);
}

static void rights__of_others_and_of_none_are_the_same_bytes(void **unused)
{
	(void)unused;
	static const char *const verbs[] = { "GET", "PUT", "PATCH", "DELETE" };
	const char *id = file(REGISTRY, IA_SET), *none = "123e4567-e89b-42d3-a456-426614174000";
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		struct answer a = ask(&w, OTHER_REGISTRY, one(verbs[i], id), IA_SET), b = ask(&w, OTHER_REGISTRY, one(verbs[i], none), IA_SET);
		assert_answer(a, 404);
		assert_answer(b, 404);
		assert_int_equal(a.body.n, b.body.n);
		assert_memory_equal(a.body.p, b.body.p, a.body.n);
	}
	struct answer a = ask(&w, OTHER_REGISTRY, cat(&w, "GET /api/submissions/measurements/", id, ".IA_EPA_2", (char *)NULL), "");
	struct answer b = ask(&w, OTHER_REGISTRY, cat(&w, "GET /api/submissions/measurements/", none, ".IA_EPA_2", (char *)NULL), "");
	struct answer c = ask(&w, REGISTRY, cat(&w, "GET /api/submissions/measurements/", id, ".IA_EPA_9", (char *)NULL), "");
	assert_answer(a, 404);
	assert_memory_equal(a.body.p, b.body.p, a.body.n);
	assert_memory_equal(a.body.p, c.body.p, a.body.n);
	/* A submission that is named by id. */
	struct answer mine = ask(&w, REGISTRY, one("GET", id), "");
	struct answer d = ask(&w, OTHER_REGISTRY, "POST " SETS, cat(&w, "{'submissionId': '", at(&w, &mine, "data.measurementSet.submissionId"), "', " IA "}", (char *)NULL));
	struct answer e = ask(&w, OTHER_REGISTRY, "POST " SETS, cat(&w, "{'submissionId': '", none, "', " IA "}", (char *)NULL));
	assert_answer(d, 404);
	assert_int_equal(d.body.n, e.body.n);
	assert_memory_equal(d.body.p, e.body.p, d.body.n);
}

static void rights__a_practice_sees_what_a_registry_filed_and_does_not_change_it(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, IA_SET);
	assert_answer(ask(&w, OFFICIAL, one("GET", id), ""), 200);
	assert_answer(ask(&w, OFFICIAL, one("PUT", id), IA_SET), 403);
	assert_answer(ask(&w, OTHER_OFFICIAL, one("GET", id), ""), 404);
	assert_answer(ask(&w, AGENT, one("GET", id), ""), 200);
	assert_answer(ask(&w, AGENT, one("DELETE", id), ""), 403);
}

/* ---- the window ---- */

static void window__is_the_rules(void **unused)
{
	(void)unused;
	static const struct {
		int64_t second;
		int status;
	} times[] = {
		{ 1704171599, 401 },      /* 2024-01-01T23:59:59-05:00 */
		{ 1704171600, 201 },      /* midnight */
		{ 1713225600, 201 },      /* 2024-04-15T20:00:00-04:00 */
		{ 1713225601, 401 },
	};
	static const char *const sets[] = {
		IA_SET, IA_SET, QUALITY_SET, INTO(TIN) "'category': 'pi', 'submissionMethod': 'registry', " PERIOD ", 'measurements': []}"
	};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		w.clock.now.us = times[i].second * QPP_MICROS_A_SECOND + (times[i].status == 201 ? 999999 : 0);
		struct answer a = ask(&w, REGISTRY, "POST " SETS, sets[i]);
		assert_answer(a, times[i].status);
	}
	w.service.window_open = true;
	assert_answer(ask(&w, REGISTRY, "POST " SETS, INTO(TIN) "'category': 'pi', 'submissionMethod': 'registry', " PERIOD ", 'measurements': []}"), 201);
	w.service.window_open = false;
	/* Reading goes on. */
	assert_answer(ask(&w, REGISTRY, "GET " SETS, ""), 200);
}

/* ---- changes ---- */

static void change__put_replaces_whole(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, INTO(TIN) QUALITY(SINGLE("047", 120, 36) "," SINGLE("130", 100, 56)) "}");
	struct answer a = ask(&w, REGISTRY, one("PUT", id), "{" QUALITY(SINGLE("130", 78, 78)) "}");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.measurementSet.id"), id);
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].measureId"), "130");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[1]"), "");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].value.performanceRate"), "50");
	assert_text(a.etag, "\"v2\"");
}

static void change__patch_merges_by_measure(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, QUALITY_SET);
	struct answer a = ask(&w, REGISTRY, one("PATCH", id), "{'measurements': [" SINGLE("130", 78, 78) "]}");
	assert_answer(a, 201);
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].measureId"), "047");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[1].measureId"), "130");
	struct answer b = ask(&w, REGISTRY, one("PATCH", id), "{'measurements': [" SINGLE("047", 156, 0) "]}");
	assert_string_equal(at(&w, &b, "data.measurementSet.measurements[0].value.performanceRate"), "100");
	assert_string_equal(at(&w, &b, "data.measurementSet.measurements[1].value.performanceRate"), "50");
	assert_string_equal(at(&w, &b, "data.measurementSet.performanceStart"), "2023-01-01");
	struct answer c = ask(&w, REGISTRY, one("PATCH", id), "{'performanceStart': '2023-02-01'}");
	assert_string_equal(at(&w, &c, "data.measurementSet.performanceStart"), "2023-02-01");
	assert_string_equal(at(&w, &c, "data.measurementSet.measurements[1].measureId"), "130");
	w.api.patch_status = 200;
	assert_answer(ask(&w, REGISTRY, one("PATCH", id), "{}"), 200);
	/* What would make the whole wrong is refused, and nothing changed. */
	assert_answer(ask(&w, REGISTRY, one("PATCH", id), "{'performanceEnd': '2022-12-31'}"), 422);
	struct answer d = ask(&w, REGISTRY, one("GET", id), "");
	assert_string_equal(at(&w, &d, "data.measurementSet.performanceEnd"), "2023-12-31");
}

static void change__delete_takes_it_back(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, QUALITY_SET);
	struct answer a = ask(&w, REGISTRY, one("DELETE", id), "");
	assert_answer(a, 204);
	assert_int_equal(a.body.n, 0);
	assert_true(has(a.receipt, "\"kind\":\"withdrawal\""));
	assert_answer(ask(&w, REGISTRY, one("GET", id), ""), 404);
	assert_answer(ask(&w, REGISTRY, one("DELETE", id), ""), 404);
	assert_string_not_equal(file(REGISTRY, QUALITY_SET), id);
}

static void change__under_if_match(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, QUALITY_SET);
	assert_answer(ask_with(&w, REGISTRY, one("PUT", id), "if-match: \"v1\"", "{" QUALITY(SINGLE("130", 1, 1)) "}"), 200);
	assert_answer(ask_with(&w, REGISTRY, one("PUT", id), "if-match: \"v1\"", "{" QUALITY(SINGLE("047", 1, 1)) "}"), 412);
	assert_answer(ask_with(&w, REGISTRY, one("DELETE", id), "if-match: \"v1\"", ""), 412);
	assert_answer(ask_with(&w, REGISTRY, one("PUT", id), "if-match: \"nonsense\"", "{" QUALITY(SINGLE("047", 1, 1)) "}"), 412);
	struct answer a = ask(&w, REGISTRY, one("GET", id), "");
	assert_text(a.etag, "\"v2\"");
	assert_string_equal(at(&w, &a, "data.measurementSet.measurements[0].measureId"), "130");
	assert_answer(ask_with(&w, REGISTRY, one("DELETE", id), "if-match: *", ""), 204);
}

/* ---- single measurements ---- */

static void measurement__comes_goes_and_changes(void **unused)
{
	(void)unused;
	const char *set = file(REGISTRY, QUALITY_SET);
	struct answer a = ask(&w, REGISTRY, "POST /api/submissions/measurements",
	                      cat(&w, "{'measurementSetId': '", set, "', 'measureId': '130', 'value': {'isEndToEndReported': true, "
	                      "'performanceMet': 3, 'performanceNotMet': 1, 'eligiblePopulation': 4}}", (char *)NULL));
	assert_answer(a, 201);
	const char *id = at(&w, &a, "data.measurement.id");
	assert_string_equal(at(&w, &a, "data.measurement.measurementSetId"), set);
	assert_string_equal(at(&w, &a, "data.measurement.value.performanceRate"), "75");
	const char *line = cat(&w, "PATCH /api/submissions/measurements/", id, (char *)NULL);
	struct answer b = ask(&w, REGISTRY, line, cat(&w, "{'measurementSetId': '", set, "', 'measureId': '130', 'value': {'isEndToEndReported': true, "
	                      "'performanceMet': 1, 'performanceNotMet': 3, 'eligiblePopulation': 4}}", (char *)NULL));
	assert_answer(b, 200);
	assert_string_equal(at(&w, &b, "data.measurement.value.performanceRate"), "25");
	assert_true(b.receipt.n > 0);
	assert_answer(ask(&w, REGISTRY, line, "{'measureId': '047', 'value': true}"), 422);
	struct answer list = ask(&w, REGISTRY, cat(&w, "GET /api/submissions/measurements?measurementSetId=", set, (char *)NULL), "");
	assert_string_equal(at(&w, &list, "data.totalItems"), "2");
	assert_string_equal(at(&w, &list, "data.measurements[1].id"), id);
	assert_answer(ask(&w, REGISTRY, cat(&w, "GET /api/submissions/measurements/", id, (char *)NULL), ""), 200);
	assert_answer(ask(&w, REGISTRY, cat(&w, "DELETE /api/submissions/measurements/", id, (char *)NULL), ""), 204);
	assert_answer(ask(&w, REGISTRY, cat(&w, "GET /api/submissions/measurements/", id, (char *)NULL), ""), 404);
	struct answer twice = ask(&w, REGISTRY, "POST /api/submissions/measurements",
	                          cat(&w, "{'measurementSetId': '", set, "', 'measureId': '047', 'value': {'isEndToEndReported': true, "
	                          "'performanceMet': 3, 'performanceNotMet': 1, 'eligiblePopulation': 4}}", (char *)NULL));
	assert_answer(twice, 422);
	assert_string_equal(at(&w, &twice, "error.type"), "DuplicateEntryError");
}

/* ---- once and no twice ---- */

static void key__replays_the_first_answer(void **unused)
{
	(void)unused;
	struct answer a = ask_with(&w, REGISTRY, "POST " SETS, "idempotency-key: k1", QUALITY_SET);
	assert_answer(a, 201);
	assert_false(a.replayed);
	w.clock.now.us += 60 * QPP_MICROS_A_SECOND;
	/* The set has moved on in between. */
	assert_answer(ask(&w, REGISTRY, one("PUT", at(&w, &a, "data.measurementSet.id")), "{" QUALITY(SINGLE("130", 1, 1)) "}"), 200);
	struct answer b = ask_with(&w, REGISTRY, "POST " SETS, "idempotency-key: k1", QUALITY_SET);
	assert_answer(b, 201);
	assert_true(b.replayed);
	assert_int_equal(a.body.n, b.body.n);
	assert_memory_equal(a.body.p, b.body.p, a.body.n);
	assert_int_equal(a.receipt.n, b.receipt.n);
	assert_memory_equal(a.receipt.p, b.receipt.p, a.receipt.n);
	assert_text(b.etag, "\"v1\"");
	assert_answer(ask_with(&w, REGISTRY, "POST " SETS, "idempotency-key: k1", IA_SET), 422);
	/* The key of somebody else, and of another route, is another key. */
	assert_answer(ask_with(&w, OFFICIAL, "POST " SETS, "idempotency-key: k1", QUALITY_SET), 201);
}

static void key__of_a_withdrawal_replays_too(void **unused)
{
	(void)unused;
	const char *id = file(REGISTRY, QUALITY_SET);
	struct answer a = ask_with(&w, REGISTRY, one("DELETE", id), "idempotency-key: gone\nif-match: \"v1\"", "");
	struct answer b = ask_with(&w, REGISTRY, one("DELETE", id), "idempotency-key: gone\nif-match: \"v1\"", "");
	assert_answer(a, 204);
	assert_answer(b, 204);
	assert_true(b.replayed);
	assert_memory_equal(a.receipt.p, b.receipt.p, a.receipt.n);
}

static void key__of_a_refusal_is_free_again(void **unused)
{
	(void)unused;
	assert_answer(ask_with(&w, REGISTRY, "POST " SETS, "idempotency-key: k2", INTO(TIN) QUALITY(SINGLE("O47", 1, 1)) "}"), 422);
	assert_answer(ask_with(&w, REGISTRY, "POST " SETS, "idempotency-key: k2", QUALITY_SET), 201);
}

/* ---- at once ---- */

enum { CLIENTS = 8 };

struct client {
	struct api_world own;            /* its arena is its own */
	const char *body;
	struct answer answer;
};

static void *run_client(void *p)
{
	struct client *c = p;
	c->answer = ask(&c->own, REGISTRY, "POST " SETS, c->body);
	return NULL;
}

static void at_once__eight_find_or_create_one_submission(void **unused)
{
	(void)unused;
	static struct client clients[CLIENTS];
	static const char *const programs[CLIENTS] = { "mips", "app1", "G0053", "G0054", "G0055", "M0001", "M0002", "M0004" };
	pthread_t threads[CLIENTS];
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = (struct client){ .own = w };
		clients[i].own.arena = (struct qpp_arena)QPP_ARENA_INIT;
		clients[i].body = cat(&w, INTO(TIN) "'programName': '", programs[i], "', " IA "}", (char *)NULL);
	}
	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, run_client, &clients[i]), 0);
	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	const char *first = at(&w, &clients[0].answer, "data.measurementSet.submissionId");
	for (int i = 0; i < CLIENTS; i++) {
		assert_answer(clients[i].answer, 201);
		assert_string_equal(at(&w, &clients[i].answer, "data.measurementSet.submissionId"), first);
	}
	struct answer list = ask(&w, REGISTRY, "GET /api/submissions/submissions", "");
	assert_string_equal(at(&w, &list, "data.totalItems"), "1");
	assert_true(strlen(at(&w, &list, "data.submissions[0].measurementSets[7].id")) == 36);
	for (int i = 0; i < CLIENTS; i++)
		qpp_arena_close(&clients[i].own.arena);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(filing__answers_the_set_with_what_is_computed),
		T(filing__finds_the_submission_it_made),
		T(filing__takes_the_year_as_text_and_the_submission_by_id),
		T(filing__of_the_same_set_twice_is_a_duplicate),
		T(filing__takes_any_line_ends),
		T(filing__that_undoes_an_exception_is_taken_with_a_warning),
		T(refusal__names_the_place_in_both_forms),
		T(refusal__keeps_nothing),
		T(refusal__of_bodies_that_are_no_set),
		T(refusal__of_hostile_bytes),
		T(rights__a_registry_needs_the_consent_of_that_year),
		T(rights__an_unknown_practice_and_one_without_consent_look_alike),
		T(rights__without_consent_asked_for_any_practice_is_taken),
		T(rights__people_file_for_their_own_practice_only),
		T(rights__the_token_of_another_year_is_no_good),
		T(rights__of_others_and_of_none_are_the_same_bytes),
		T(rights__a_practice_sees_what_a_registry_filed_and_does_not_change_it),
		T(window__is_the_rules),
		T(change__put_replaces_whole),
		T(change__patch_merges_by_measure),
		T(change__delete_takes_it_back),
		T(change__under_if_match),
		T(measurement__comes_goes_and_changes),
		T(key__replays_the_first_answer),
		T(key__of_a_withdrawal_replays_too),
		T(key__of_a_refusal_is_free_again),
		T(at_once__eight_find_or_create_one_submission),
	};
	return RUN_AS_TAP(tests);
}
