/* Reading JSON: places, bounds, malformed documents, and submissions. */
#include "unit.h"

#include <stdlib.h>

#include "adapt/json/doc.h"
#include "adapt/json/read_submission.h"
#include "findings.h"

enum { MOST_FINDINGS = 200 };

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_json_doc doc;
	struct qpp_submission *submission;
};

static int begin(void **state)
{
	static struct run r;
	r = (struct run){ .arena = QPP_ARENA_INIT };
	qpp_findings_init(&r.findings, &r.arena, MOST_FINDINGS);
	*state = &r;
	return 0;
}

static int end(void **state)
{
	struct run *r = *state;
	qpp_arena_close(&r->arena);
	return 0;
}

static bool parse_bytes(struct run *r, struct qpp_str text)
{
	return qpp_json_parse(&r->arena, QPP_LIT("f.json"), text, 0, &r->doc, &r->findings);
}

static bool parse(struct run *r, const char *text)
{
	return parse_bytes(r, json(&r->arena, text));
}

static const struct qpp_finding *only(struct run *r)
{
	assert_int_equal(r->findings.list.n, 1);
	return &r->findings.list.v[0];
}

/* The document */

static void json__numbers_stay_the_text_they_were(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "[1.10, 1e400, -0, 99999999999999999999]"));
	const struct qpp_json *e = r->doc.root->first;
	assert_text(e->text, "1.10");
	assert_text(e->next->text, "1e400");
	assert_text(e->next->next->text, "-0");
	assert_text(e->next->next->next->text, "99999999999999999999");
	assert_int_equal(r->findings.list.n, 0);
}

static void json__every_value_has_its_line_and_column(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "{\n  'a': [true,\n null, {'b': 'x'}],\n\t'c' : -1.5e3\n}"));
	const struct qpp_json *a = r->doc.root->first, *c = a->next;
	const struct qpp_json *object = a->first->next->next, *b = object->first;
	assert_int_equal(r->doc.root->line, 1);
	assert_int_equal(a->line, 2);
	assert_int_equal(a->column, 8);
	assert_int_equal(a->key_line, 2);
	assert_int_equal(a->key_column, 3);
	assert_int_equal(a->first->next->line, 3);
	assert_int_equal(a->first->next->column, 2);
	assert_int_equal(object->column, 8);
	assert_int_equal(b->column, 14);
	assert_int_equal(c->line, 4);
	assert_int_equal(c->key_column, 2);
	assert_int_equal(c->column, 8);
	struct qpp_where where = qpp_json_where(&r->arena, &r->doc, b);
	assert_text(where.pointer, "/a/2/b");
	assert_text(where.file, "f.json");
}

static void json__a_number_at_the_very_end_has_its_place(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "\n  12345"));
	assert_text(r->doc.root->text, "12345");
	assert_int_equal(r->doc.root->line, 2);
	assert_int_equal(r->doc.root->column, 3);
}

static void json__columns_count_characters_not_bytes(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "{'\xc3\xa9\xe2\x82\xac': '\xf0\x9f\x98\x80', 'b': 1}"));
	assert_int_equal(r->doc.root->first->next->key_column, 13);
}

static void json__line_ends_of_every_system_count_once(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "[\r\n1,\n2,\r3]"));
	const struct qpp_json *e = r->doc.root->first;
	assert_int_equal(e->line, 2);
	assert_int_equal(e->column, 1);
	assert_int_equal(e->next->line, 3);
	assert_int_equal(e->next->next->line, 4);
	assert_int_equal(e->next->next->column, 1);
}

static void json__a_byte_order_mark_is_passed_over_and_takes_no_column(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "\xef\xbb\xbf{'a': x}") == false);
	assert_int_equal(only(r)->where.line, 1);
	assert_int_equal(only(r)->where.column, 7);
}

static void json__pointers_escape_slash_and_tilde(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "{'a/b': {'c~d': [0]}}"));
	const struct qpp_json *leaf = r->doc.root->first->first->first;
	assert_text(qpp_json_where(&r->arena, &r->doc, leaf).pointer, "/a~1b/c~0d/0");
}

static void json__long_names_are_cut_in_pointers(void **state)
{
	struct run *r = *state;
	char text[1200];
	memset(text, 'k', sizeof text);
	memcpy(text, "{\"", 2);
	memcpy(text + sizeof text - 6, "\": 1}", 6);
	assert_true(parse_bytes(r, qpp_str_of(text)));
	assert_int_equal(qpp_json_where(&r->arena, &r->doc, r->doc.root->first).pointer.n, 1 + 64 + 3);
}

static void json__strings_are_decoded_and_hold_any_character(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "['a\\n\\u00e9\\ud83d\\ude00\\\\', 'x\\u0000y']"));
	assert_text(r->doc.root->first->text, "a\n\xc3\xa9\xf0\x9f\x98\x80\\");
	assert_int_equal(r->doc.root->first->next->text.n, 3);
	assert_memory_equal(r->doc.root->first->next->text.p, "x\0y", 3);
}

static void json__long_strings_with_escapes_are_decoded_whole(void **state)
{
	struct run *r = *state;
	struct qpp_buf b;
	qpp_buf_init(&b, &r->arena, 1 << 20);
	qpp_buf_char(&b, '"');
	for (int i = 0; i < 20000; i++)
		qpp_buf_cat(&b, "ab\\n", (char *)NULL);
	qpp_buf_char(&b, '"');
	assert_true(parse_bytes(r, qpp_buf_done(&b)));
	assert_int_equal(r->doc.root->text.n, 60000);
	assert_memory_equal(r->doc.root->text.p + 59994, "ab\nab\n", 6);
}

static void json__single_quotes_are_mended(void **state)
{
	struct run *r = *state;
	assert_false(parse_bytes(r, QPP_LIT("{'a': 1}")));
	assert_text(only(r)->hint, "JSON text stands in double quotes");
	assert_text(only(r)->value, "'a'");
}

/* What is written in place of JSON, where it is, and what is said. */
static const struct {
	const char *text;
	uint32_t line, column;
	const char *says, *hint;
} malformed[] = {
	{ "", 1, 1, "empty", "" },
	{ " \n\t", 1, 1, "empty", "" },
	{ "{'a': 1,}", 1, 9, "name of a member", "remove the comma" },
	{ "[1,\n 2,\n]", 3, 1, "value is missing", "remove the comma" },
	{ "[1 2]", 1, 4, "comma or the closing bracket", "" },
	{ "{'a': 1 'b': 2}", 1, 9, "comma or the closing brace", "" },
	{ "{'a' 1}", 1, 6, "colon", "" },
	{ "{a: 1}", 1, 2, "something that JSON does not have", "" },
	{ "[1,,2]", 1, 4, "value is missing", "" },
	{ "[True]", 1, 2, "something that JSON does not have", "small letters" },
	{ "[NaN]", 1, 2, "something that JSON does not have", "finite" },
	{ "[nul]", 1, 2, "word", "" },
	{ "[.5]", 1, 2, "something", "digit" },
	{ "[01]", 1, 3, "comma or the closing bracket", "" },
	{ "[1.]", 1, 2, "number is not complete", "" },
	{ "[1e+]", 1, 2, "number is not complete", "" },
	{ "[-]", 1, 2, "number is not complete", "" },
	{ "// c\n[1]", 1, 1, "comment", "remove" },
	{ "['a\\x']", 1, 5, "backslash", "\\\\" },
	{ "['\\u12g4']", 1, 7, "four hexadecimal", "" },
	{ "['a\nb']", 1, 4, "line break", "\\n" },
	{ "['a\tb']", 1, 4, "control character", "" },
	{ "['\\ud800x']", 1, 3, "surrogate", "" },
	{ "['\\udc00']", 1, 3, "surrogate", "" },
	{ "['\\ud800\\ud800']", 1, 3, "surrogate", "" },
	{ "{'a': 1}}", 1, 9, "follows the end", "one document" },
	{ "{'a': 1} {'b': 2}", 1, 10, "follows the end", "one document" },
	{ "[1}", 1, 3, "closing bracket", "" },
	{ "]", 1, 1, "value is missing", "" },
	{ "{'a':\n[1, 2", 2, 6, "ends before", "cut off" },
	{ "['abc", 1, 6, "ends before", "cut off" },
	{ "['\xc0\x80']", 1, 3, "UTF-8", "UTF-8" },
	{ "['\xe0\x80\x80']", 1, 3, "UTF-8", "UTF-8" },
	{ "['\xf0\x80\x80\x80']", 1, 3, "UTF-8", "UTF-8" },
	{ "['\xe2\x82']", 1, 3, "UTF-8", "UTF-8" },
	{ "['\xe2\x82", 1, 3, "UTF-8", "UTF-8" },
	{ "['\xed\xa0\x80']", 1, 3, "UTF-8", "UTF-8" },
	{ "['\xf4\x90\x80\x80']", 1, 3, "UTF-8", "UTF-8" },
	{ "['a\xff']", 1, 4, "UTF-8", "UTF-8" },
	{ "\xff\xfe[", 1, 1, "UTF-8", "UTF-8" }
};

static void json__malformed_text_is_refused_at_its_place_in_plain_words(void **state)
{
	for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
		begin(state);
		struct run *r = *state;
		assert_false(parse(r, malformed[i].text));
		const struct qpp_finding *x = only(r);
		assert_text(x->code, "jsonMalformed");
		assert_int_equal(x->severity, QPP_ERROR);
		assert_says(x->message, malformed[i].says);
		assert_says(x->hint, malformed[i].hint);
		if (x->where.line != malformed[i].line || x->where.column != malformed[i].column)
			fail_msg("%s: at %u:%u", malformed[i].text, x->where.line, x->where.column);
		assert_null(r->doc.root);
		end(state);
	}
	begin(state);
}

static void json__a_nul_byte_is_refused(void **state)
{
	struct run *r = *state;
	assert_false(parse_bytes(r, (struct qpp_str){ "[1\0]", 4 }));
	assert_int_equal(only(r)->where.column, 3);
}

static void json__a_cut_file_names_what_is_still_open(void **state)
{
	struct run *r = *state;
	assert_false(parse(r, "{'a':\n  {'b': 1"));
	assert_says(only(r)->expected, "line 2, column 3");
	assert_text(only(r)->where.pointer, "/a");
}

static struct qpp_str nested(struct qpp_arena *a, size_t depth)
{
	char *p = qpp_arena_alloc(a, 2 * depth);
	memset(p, '[', depth);
	memset(p + depth, ']', depth);
	return (struct qpp_str){ p, 2 * depth };
}

static void json__nesting_is_taken_up_to_the_limit_and_refused_beyond(void **state)
{
	struct run *r = *state;
	assert_true(parse_bytes(r, nested(&r->arena, QPP_JSON_DEEPEST)));
	assert_false(parse_bytes(r, nested(&r->arena, QPP_JSON_DEEPEST + 1)));
	assert_text(only(r)->code, "jsonTooDeep");
	assert_int_equal(only(r)->where.column, QPP_JSON_DEEPEST + 1);
	assert_false(parse_bytes(r, nested(&r->arena, 1000000)));
}

static void json__a_file_of_more_bytes_than_allowed_is_not_read(void **state)
{
	struct run *r = *state;
	struct qpp_json_doc doc;
	assert_true(qpp_json_parse(&r->arena, QPP_LIT("f"), QPP_LIT("[1]"), 3, &doc, &r->findings));
	assert_false(qpp_json_parse(&r->arena, QPP_LIT("f"), QPP_LIT("[10]"), 3, &doc, &r->findings));
	assert_text(only(r)->code, "jsonTooLarge");
	assert_text(only(r)->value, "4 bytes");
	assert_text(only(r)->expected, "at most 3 bytes");
}

static void json__a_file_of_more_values_than_allowed_is_refused(void **state)
{
	struct run *r = *state;
	size_t n = 2 * (size_t)QPP_JSON_MOST_VALUES + 1;
	char *p = qpp_arena_alloc(&r->arena, n);
	for (size_t i = 0; i < n; i++)
		p[i] = i % 2 ? '1' : ',';
	p[0] = '[';
	p[n - 1] = ']';
	assert_false(parse_bytes(r, (struct qpp_str){ p, n }));
	assert_text(only(r)->code, "jsonTooLarge");
}

static void json__a_member_named_twice_is_an_error_and_the_first_one_holds(void **state)
{
	struct run *r = *state;
	assert_true(parse(r, "{'a': 1,\n 'b': {'c': 1, 'c': 2},\n 'a': 3}"));
	assert_int_equal(times_found(&r->findings, "jsonDuplicateMember"), 2);
	const struct qpp_finding *c = &r->findings.list.v[0], *a = &r->findings.list.v[1];
	assert_text(c->where.pointer, "/b/c");
	assert_int_equal(c->where.column, 16);
	assert_int_equal(a->where.line, 3);
	assert_says(a->message, "line 1");
	assert_text(qpp_json_member(r->doc.root, "a")->text, "1");
}

static struct qpp_str members(struct qpp_arena *a, size_t n, size_t different)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, n * 16 + 16);
	for (size_t i = 0; i < n; i++) {
		qpp_buf_cat(&b, i ? ",\"m" : "{\"m", (char *)NULL);
		qpp_buf_i64(&b, (int64_t)(i % different));
		qpp_buf_cat(&b, "\":0", (char *)NULL);
	}
	qpp_buf_char(&b, '}');
	return qpp_buf_done(&b);
}

static void json__an_object_of_a_hundred_thousand_members_is_read(void **state)
{
	struct run *r = *state;
	assert_true(parse_bytes(r, members(&r->arena, 100000, 100000)));
	assert_int_equal(r->doc.root->n, 100000);
	assert_int_equal(r->findings.list.n, 0);
}

static void json__findings_of_a_hostile_file_are_counted_not_kept(void **state)
{
	struct run *r = *state;
	assert_true(parse_bytes(r, members(&r->arena, 100000, 1000)));
	assert_int_equal(r->findings.list.n, MOST_FINDINGS);
	assert_int_equal(r->findings.errors, 99000);
	r->submission = qpp_json_read_submission(&r->arena, QPP_LIT("f"), members(&r->arena, 100000, 100000), 0, &r->findings);
	assert_non_null(r->submission);
	assert_true(r->findings.left_out > 100000);
}

static void json__text_shown_has_no_control_characters_and_an_end(void **state)
{
	struct run *r = *state;
	assert_text(qpp_shown(&r->arena, QPP_LIT("a\x1b[2J\xc2\x85z")), "a\\u001B[2J\\u0085z");
	struct qpp_str many = { NULL, 0 };
	assert_text(qpp_shown(&r->arena, many), "");
	char text[200];
	memset(text, 'x', sizeof text);
	many = (struct qpp_str){ text, sizeof text };
	assert_int_equal(qpp_shown(&r->arena, many).n, 63);
}

/* Submissions */

static const char sample[] =
	"{'performanceYear': 2023, 'entityType': 'individual', 'taxpayerIdentificationNumber': '000000001',\n"
	" 'nationalProviderIdentifier': '9000000007', 'measurementSets': [\n"
	"  {'category': 'quality', 'submissionMethod': 'registry', 'programName': 'G0053',\n"
	"   'performanceStart': '2023-01-01', 'performanceEnd': '2023-12-31', 'measurements': [\n"
	"    {'measureId': '001', 'value': {'isEndToEndReported': true, 'performanceMet': 10, 'performanceNotMet': 80,\n"
	"      'eligiblePopulation': 100, 'eligiblePopulationException': 10, 'performanceRate': 11.11}},\n"
	"    {'measureId': '226', 'value': {'isEndToEndReported': false, 'strata': [\n"
	"      {'stratum': 'reporting', 'performanceMet': 1, 'eligiblePopulation': 2},\n"
	"      {'stratum': 'performance', 'performanceMet': 3, 'eligiblePopulation': 4}]}},\n"
	"    {'measureId': '459', 'value': {'isEndToEndReported': true, 'numerator': -2.5, 'denominator': 40,\n"
	"      'observationInstances': 38.5}},\n"
	"    {'measureId': '321', 'value': {'score': 81.25, 'reliability': 0.7, 'mask': false, 'isBelowMinimum': false}}]},\n"
	"  {'category': 'aci', 'submissionMethod': 'electronicHealthRecord', 'cehrtId': 'XX15C0000000000', 'measurements': [\n"
	"    {'measureId': 'PI_EP_1', 'value': {'numerator': 1.0, 'denominator': 2e1}},\n"
	"    {'measureId': 'PI_PHCDRR_1', 'value': true}]}]}";

static struct qpp_submission *submit(struct run *r, const char *text)
{
	r->submission = qpp_json_read_submission(&r->arena, QPP_LIT("s.json"), json(&r->arena, text), 0, &r->findings);
	return r->submission;
}

/* One quality set with one measurement of that value. */
static struct qpp_submission *submit_value(struct run *r, const char *value)
{
	return submit(r, qpp_str_cat(&r->arena, "{'performanceYear': 2023, 'entityType': 'group', 'measurementSets': [",
		"{'category': 'quality', 'submissionMethod': 'registry', 'measurements': [{'measureId': '001', 'value':\n", value,
		"}]}]}", (char *)NULL).p);
}

static void submission__every_kind_of_value_is_read(void **state)
{
	struct run *r = *state;
	struct qpp_submission *s = submit(r, sample);
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(s->py.v, 2023);
	assert_int_equal(s->entity, QPP_INDIVIDUAL);
	assert_text(s->tin, "000000001");
	assert_int_equal(s->n_sets, 2);
	const struct qpp_measurement_set *quality = &s->sets[0], *pi = &s->sets[1];
	assert_text(quality->program, "G0053");
	assert_true(quality->has_start && quality->has_end);
	assert_int_equal(quality->end.v - quality->start.v, 364);
	assert_int_equal(quality->n_measurements, 4);
	const struct qpp_measurement *m = quality->measurements;
	assert_int_equal(m[0].kind, QPP_VALUE_SINGLE);
	assert_true(m[0].end_to_end);
	assert_int_equal(m[0].rates[0].not_met.v, 80);
	assert_false(m[0].rates[0].exclusion.given);
	assert_true(qpp_dec_eq(m[0].performance_rate.v, qpp_dec_scaled(1111, 2)));
	assert_int_equal(m[1].kind, QPP_VALUE_MULTI);
	assert_int_equal(m[1].n_rates, 2);
	assert_text(m[1].rates[1].stratum, "performance");
	assert_int_equal(m[1].rates[1].met.v, 3);
	assert_int_equal(m[2].kind, QPP_VALUE_NON_PROPORTION);
	assert_true(qpp_dec_eq(m[2].numerator.v, qpp_dec_scaled(-25, 1)));
	assert_int_equal(m[3].kind, QPP_VALUE_SCORE);
	assert_true(qpp_dec_eq(m[3].score.v, qpp_dec_scaled(8125, 2)));
	assert_int_equal(pi->category, QPP_PI);
	assert_text(pi->program, "mips");
	assert_text(pi->cehrt_id, "XX15C0000000000");
	assert_int_equal(pi->measurements[0].kind, QPP_VALUE_PROPORTION);
	assert_true(qpp_dec_eq(pi->measurements[0].denominator.v, qpp_dec_of(20)));
	assert_int_equal(pi->measurements[1].kind, QPP_VALUE_BOOLEAN);
	assert_true(pi->measurements[1].yes);
}

static void submission__places_point_into_the_file(void **state)
{
	struct run *r = *state;
	const struct qpp_submission *s = submit(r, sample);
	const struct qpp_measurement *m = &s->sets[0].measurements[1];
	assert_text(m->rates[1].where.pointer, "/measurementSets/0/measurements/1/value/strata/1");
	assert_int_equal(m->rates[1].where.line, 9);
	assert_int_equal(m->rates[1].where.column, 7);
	assert_text(s->npi_where.pointer, "/nationalProviderIdentifier");
	assert_int_equal(s->sets[1].cehrt_where.line, 13);
	assert_text(s->sets[1].start_where.pointer, "/measurementSets/1");
}

static void submission__the_wrappings_of_the_service_are_taken_off(void **state)
{
	struct run *r = *state;
	static const char *const wraps[][2] = { { "{'submission': ", "}" }, { "{'data': {'submission': ", "}}" }, { "{'data': ", "}" } };
	for (size_t i = 0; i < 3; i++) {
		struct qpp_submission *s = submit(r, qpp_str_cat(&r->arena, wraps[i][0], sample, wraps[i][1], (char *)NULL).p);
		assert_non_null(s);
		assert_int_equal(s->n_sets, 2);
	}
	assert_int_equal(r->findings.list.n, 0);
}

static void submission__null_is_the_same_as_absent(void **state)
{
	struct run *r = *state;
	const struct qpp_submission *s = submit_value(r, "{'isEndToEndReported': true, 'performanceMet': 5, "
		"'performanceNotMet': 0, 'eligiblePopulation': 5, 'eligiblePopulationExclusion': null, 'performanceRate': null}");
	assert_int_equal(r->findings.list.n, 0);
	assert_false(s->sets[0].measurements[0].rates[0].exclusion.given);
	assert_true(s->sets[0].measurements[0].rates[0].not_met.given);
}

static void submission__members_that_the_service_computes_are_taken_without_remark(void **state)
{
	struct run *r = *state;
	submit(r, "{'id': 'x', 'createdAt': 'x', 'updatedAt': 'x', 'version': 1, 'performanceYear': '2023', 'entityType': 'apm',"
		"'entityId': 'E1', 'programName': 'app1', 'measurementSets': [{'id': 'x', 'submissionId': 'x', 'submitterId': 'x',"
		"'submitterType': 'organization', 'measureSet': null, 'practiceId': 'x', 'practiceDetails': {}, 'suppressed': false,"
		"'source': 'qrda3', 'category': 'quality', 'submissionMethod': 'registry', 'measurements': [{'id': 'x',"
		"'measurementSetId': 'x', 'measureId': '001', 'value': {'isEndToEndReported': true, 'performanceMet': 1,"
		"'eligiblePopulation': 1, 'caseCount': 1, 'performanceRateNumerator': 1, 'performanceRateDenominator': 1,"
		"'reportingRate': 100, 'performanceRate': 100}}]}]}");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(r->submission->py.v, 2023);
	assert_int_equal(r->submission->entity, QPP_APM_ENTITY);
	assert_text(r->submission->sets[0].program, "app1");
}

static void submission__a_near_miss_says_what_is_lost(void **state)
{
	struct run *r = *state;
	submit(r, "{'performanceYear': 2023, 'entityType': 'group', 'measurementSets': [{'category': 'pi',"
		"'submissionMethod': 'registry', 'cehrt': 'XX15C0000000000',\n 'measurements': []}]}");
	const struct qpp_finding *x = found(&r->findings, "memberUnknown");
	assert_non_null(x);
	assert_int_equal(x->severity, QPP_WARNING);
	assert_text(x->value, "cehrt");
	assert_text(x->expected, "cehrtId");
	assert_says(x->hint, "did you mean cehrtId?");
	assert_says(x->hint, "scores 0");
	assert_text(x->where.pointer, "/measurementSets/0/cehrt");
	assert_text(x->subject, "measurement set 1 (pi)");
	assert_int_equal(r->findings.errors, 0);
}

static void submission__a_misspelt_list_of_sets_is_named_and_missed(void **state)
{
	struct run *r = *state;
	assert_non_null(submit(r, "{'performanceYear': 2023, 'entityType': 'group', 'measurmentSets': []}"));
	assert_says(found(&r->findings, "memberUnknown")->hint, "did you mean measurementSets?");
	assert_says(found(&r->findings, "memberMissing")->message, "measurementSets");
	assert_int_equal(found(&r->findings, "memberMissing")->severity, QPP_ERROR);
}

static void submission__a_misspelt_count_is_not_an_absent_one(void **state)
{
	struct run *r = *state;
	submit_value(r, "{'isEndToEndReported': true, 'performanceMet': 1, 'performanceNotmet': 4, 'eligiblePopulation': 5}");
	assert_says(found(&r->findings, "memberUnknown")->hint, "did you mean performanceNotMet?");
	assert_text(found(&r->findings, "memberUnknown")->subject, "measure 001");
}

static void submission__a_name_that_is_near_nothing_gets_no_advice(void **state)
{
	struct run *r = *state;
	submit(r, "{'performanceYear': 2023, 'entityType': 'group', 'measurementSets': [], 'zzz': 1}");
	assert_text(found(&r->findings, "memberUnknown")->hint, "");
	assert_non_null(found(&r->findings, "setsEmpty"));
}

/* What stands for a count, and what is said of it. */
static const struct {
	const char *text, *code, *says;
} bad_counts[] = {
	{ "1.5", "countInvalid", "not a whole number" },
	{ "-1", "countInvalid", "negative" },
	{ "-0.5", "countInvalid", "negative" },
	{ "1e-1", "countInvalid", "not a whole number" },
	{ "1e400", "countInvalid", "too large" },
	{ "-1e400", "countInvalid", "negative" },
	{ "99999999999999999999", "countInvalid", "too large" },
	{ "9007199254740993", "countInvalid", "too large" },
	{ "1.0000000000000000000001", "countInvalid", "too large or too long" },
	{ "'10'", "kindWrong", "wrong kind" },
	{ "true", "kindWrong", "wrong kind" },
	{ "[10]", "kindWrong", "wrong kind" },
	{ "{}", "kindWrong", "wrong kind" }
};

static void submission__a_count_that_is_none_is_refused_and_its_measure_left_out(void **state)
{
	for (size_t i = 0; i < sizeof bad_counts / sizeof *bad_counts; i++) {
		begin(state);
		struct run *r = *state;
		submit_value(r, qpp_str_cat(&r->arena, "{'isEndToEndReported': true, 'performanceMet':\n", bad_counts[i].text,
			", 'eligiblePopulation': 5}", (char *)NULL).p);
		const struct qpp_finding *x = only(r);
		assert_true(qpp_str_is(x->code, bad_counts[i].code));
		assert_int_equal(x->severity, QPP_ERROR);
		assert_says(x->message, bad_counts[i].says);
		assert_true(x->expected.n > 0);
		assert_text(x->where.pointer, "/measurementSets/0/measurements/0/value/performanceMet");
		assert_int_equal(x->where.line, 3);
		assert_int_equal(x->where.column, 1);
		assert_int_equal(r->submission->sets[0].n_measurements, 0);
		end(state);
	}
	begin(state);
}

static void submission__a_count_may_be_written_as_a_whole_decimal(void **state)
{
	struct run *r = *state;
	const struct qpp_submission *s = submit_value(r, "{'isEndToEndReported': true, 'performanceMet': 1.0e2, "
		"'performanceNotMet': -0, 'eligiblePopulation': 9007199254740992}");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(s->sets[0].measurements[0].rates[0].met.v, 100);
	assert_int_equal(s->sets[0].measurements[0].rates[0].eligible.v, INT64_C(9007199254740992));
}

static void submission__text_for_a_number_shows_its_quotes(void **state)
{
	struct run *r = *state;
	submit_value(r, "{'isEndToEndReported': true, 'performanceMet': '12', 'eligiblePopulation': 20}");
	assert_text(only(r)->value, "\"12\"");
	assert_text(only(r)->expected, "a number");
	assert_text(only(r)->hint, "write the number without quotes");
}

static void submission__a_measure_id_as_number_is_refused_with_the_mend(void **state)
{
	struct run *r = *state;
	submit(r, "{'performanceYear': 2023, 'entityType': 'group', 'measurementSets': [{'category': 'quality',"
		"'submissionMethod': 'registry', 'measurements': [{'measureId': 236, 'value': true}]}]}");
	assert_text(only(r)->code, "kindWrong");
	assert_text(only(r)->hint, "write it in double quotes");
}

static void submission__values_of_no_known_shape_are_refused(void **state)
{
	static const struct { const char *value, *code; } bad[] = {
		{ "5", "kindWrong" }, { "'x'", "kindWrong" }, { "[]", "kindWrong" }, { "{}", "memberMissing" },
		{ "{'performnceMet': 1}", "memberMissing" }, { "null", "memberMissing" }, { "{'strata': {}}", "kindWrong" },
		{ "{'strata': [1], 'isEndToEndReported': true}", "kindWrong" }, { "{'score': -1}", "valueOutOfRange" },
		{ "{'score': 1e400}", "numberInvalid" }, { "{'numerator': 1}", "memberMissing" },
		{ "{'numerator': 0.5, 'denominator': 1}", "countInvalid" }
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		begin(state);
		struct run *r = *state;
		submit_value(r, bad[i].value);
		if (!found(&r->findings, bad[i].code))
			fail_msg("%s: no %s", bad[i].value, bad[i].code);
		assert_true(r->findings.errors > 0);
		assert_int_equal(r->submission->sets[0].n_measurements, 0);
		end(state);
	}
	begin(state);
}

static void submission__missing_end_to_end_is_a_warning_and_counts_as_no(void **state)
{
	struct run *r = *state;
	const struct qpp_submission *s = submit_value(r, "{'performanceMet': 1, 'eligiblePopulation': 2}");
	assert_text(only(r)->code, "memberMissing");
	assert_int_equal(only(r)->severity, QPP_WARNING);
	assert_int_equal(s->sets[0].n_measurements, 1);
	assert_false(s->sets[0].measurements[0].end_to_end);
}

static void submission__names_that_are_not_known_get_the_nearest_one(void **state)
{
	struct run *r = *state;
	submit(r, "{'performanceYear': 23, 'entityType': 'grupo', 'measurementSets': [{'category': 'qualty',"
		"'submissionMethod': 'registery', 'performanceStart': '2023-02-30', 'measurements': []}]}");
	assert_int_equal(times_found(&r->findings, "valueUnknown"), 5);
	assert_int_equal(r->submission->n_sets, 0);
	assert_int_equal(r->submission->py.v, 0);
	assert_int_equal(r->submission->entity, QPP_ENTITY_NONE);
	bool category = false, method = false;
	for (size_t i = 0; i < r->findings.list.n; i++) {
		category |= qpp_str_is(r->findings.list.v[i].hint, "did you mean quality?");
		method |= qpp_str_is(r->findings.list.v[i].hint, "did you mean registry?");
	}
	assert_true(category && method);
}

static void submission__a_web_attestation_has_no_collection_type(void **state)
{
	struct run *r = *state;
	const struct qpp_submission *s = submit(r, "{'performanceYear': 2023, 'entityType': 'group', 'measurementSets': ["
		"{'category': 'ia', 'submissionMethod': 'webAttestation', 'measurements': [{'measureId': 'IA_EPA_1', 'value': true}]}]}");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(s->sets[0].method, QPP_METHOD_NONE);
}

static void submission__reading_goes_on_after_every_error(void **state)
{
	struct run *r = *state;
	submit(r, "{'performanceYear': [], 'entityType': 5, 'taxpayerIdentificationNumber': 1, 'measurementSets': [7, "
		"{'category': 'quality', 'submissionMethod': 'x', 'measurements': [{'value': {'performanceMet': 'a'}}, 8]},"
		"{'category': 'ia', 'submissionMethod': 'registry', 'measurements': [{'measureId': 'IA_EPA_1', 'value': true}]}]}");
	assert_int_equal(times_found(&r->findings, "kindWrong"), 6);
	assert_int_equal(r->submission->n_sets, 1);
	assert_int_equal(r->submission->sets[0].n_measurements, 1);
}

static void submission__a_document_that_is_no_object_is_refused(void **state)
{
	static const char *const texts[] = { "[]", "5", "'x'", "null", "{'data': []}", "{'submission': 1}" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		begin(state);
		struct run *r = *state;
		assert_null(submit(r, texts[i]));
		assert_text(only(r)->code, "kindWrong");
		end(state);
	}
	begin(state);
}

static void submission__lists_longer_than_any_real_one_are_cut_with_an_error(void **state)
{
	struct run *r = *state;
	struct qpp_buf b;
	qpp_buf_init(&b, &r->arena, 1 << 20);
	qpp_buf_cat(&b, "{\"measurementSets\":[", (char *)NULL);
	for (int i = 0; i < 600; i++)
		qpp_buf_cat(&b, i ? ",{}" : "{}", (char *)NULL);
	qpp_buf_cat(&b, "]}", (char *)NULL);
	assert_non_null(qpp_json_read_submission(&r->arena, QPP_LIT("f"), qpp_buf_done(&b), 0, &r->findings));
	assert_non_null(found(&r->findings, "tooMany"));
}

static void submission__cut_anywhere_it_is_refused(void **state)
{
	size_t n = sizeof sample - 1;
	for (size_t cut = 0; cut < n; cut++) {
		begin(state);
		struct run *r = *state;
		struct qpp_str whole = json(&r->arena, sample);
		/* Memory of its own, so that reading past the cut is seen. */
		char *copy = malloc(cut ? cut : 1);
		assert_non_null(copy);
		memcpy(copy, whole.p, cut);
		r->submission = qpp_json_read_submission(&r->arena, QPP_LIT("f"), (struct qpp_str){ copy, cut }, 0, &r->findings);
		free(copy);
		assert_null(r->submission);
		assert_text(only(r)->code, "jsonMalformed");
		end(state);
	}
	begin(state);
}

static void submission__any_byte_changed_is_survived(void **state)
{
	static const unsigned char masks[] = { 0x01, 0x02, 0x04, 0x20, 0x80, 0xFF };
	for (size_t at = 0; at < sizeof sample - 1; at++) {
		for (size_t i = 0; i < sizeof masks; i++) {
			begin(state);
			struct run *r = *state;
			struct qpp_str whole = json(&r->arena, sample);
			char *copy = malloc(whole.n);
			assert_non_null(copy);
			memcpy(copy, whole.p, whole.n);
			copy[at] = (char)((unsigned char)copy[at] ^ masks[i]);
			r->submission = qpp_json_read_submission(&r->arena, QPP_LIT("f"), (struct qpp_str){ copy, whole.n }, 0, &r->findings);
			free(copy);
			assert_true(r->submission || r->findings.errors > 0);
			end(state);
		}
	}
	begin(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(json__numbers_stay_the_text_they_were),
		TEST(json__every_value_has_its_line_and_column),
		TEST(json__a_number_at_the_very_end_has_its_place),
		TEST(json__columns_count_characters_not_bytes),
		TEST(json__line_ends_of_every_system_count_once),
		TEST(json__a_byte_order_mark_is_passed_over_and_takes_no_column),
		TEST(json__pointers_escape_slash_and_tilde),
		TEST(json__long_names_are_cut_in_pointers),
		TEST(json__strings_are_decoded_and_hold_any_character),
		TEST(json__long_strings_with_escapes_are_decoded_whole),
		TEST(json__single_quotes_are_mended),
		TEST(json__malformed_text_is_refused_at_its_place_in_plain_words),
		TEST(json__a_nul_byte_is_refused),
		TEST(json__a_cut_file_names_what_is_still_open),
		TEST(json__nesting_is_taken_up_to_the_limit_and_refused_beyond),
		TEST(json__a_file_of_more_bytes_than_allowed_is_not_read),
		TEST(json__a_file_of_more_values_than_allowed_is_refused),
		TEST(json__a_member_named_twice_is_an_error_and_the_first_one_holds),
		TEST(json__an_object_of_a_hundred_thousand_members_is_read),
		TEST(json__findings_of_a_hostile_file_are_counted_not_kept),
		TEST(json__text_shown_has_no_control_characters_and_an_end),
		TEST(submission__every_kind_of_value_is_read),
		TEST(submission__places_point_into_the_file),
		TEST(submission__the_wrappings_of_the_service_are_taken_off),
		TEST(submission__null_is_the_same_as_absent),
		TEST(submission__members_that_the_service_computes_are_taken_without_remark),
		TEST(submission__a_near_miss_says_what_is_lost),
		TEST(submission__a_misspelt_list_of_sets_is_named_and_missed),
		TEST(submission__a_misspelt_count_is_not_an_absent_one),
		TEST(submission__a_name_that_is_near_nothing_gets_no_advice),
		TEST(submission__a_count_that_is_none_is_refused_and_its_measure_left_out),
		TEST(submission__a_count_may_be_written_as_a_whole_decimal),
		TEST(submission__text_for_a_number_shows_its_quotes),
		TEST(submission__a_measure_id_as_number_is_refused_with_the_mend),
		TEST(submission__values_of_no_known_shape_are_refused),
		TEST(submission__missing_end_to_end_is_a_warning_and_counts_as_no),
		TEST(submission__names_that_are_not_known_get_the_nearest_one),
		TEST(submission__a_web_attestation_has_no_collection_type),
		TEST(submission__reading_goes_on_after_every_error),
		TEST(submission__a_document_that_is_no_object_is_refused),
		TEST(submission__lists_longer_than_any_real_one_are_cut_with_an_error),
		TEST(submission__cut_anywhere_it_is_refused),
		TEST(submission__any_byte_changed_is_survived),
	};
	return RUN_AS_TAP(tests);
}
