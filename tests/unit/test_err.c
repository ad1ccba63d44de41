/* Errors and findings. */
#include "unit.h"

#include <string.h>

#include "qpp/finding.h"

static void err__a_failure_names_its_code_and_clears_what_was_there(void **unused)
{
	(void)unused;
	struct qpp_err e;
	memset(&e, 'x', sizeof e);
	assert_int_equal(qpp_fail(&e, QPP_NO_RULE, "no final rule for ", "performance_threshold", (char *)NULL), QPP_NO_RULE);
	assert_int_equal(e.code, QPP_NO_RULE);
	assert_string_equal(e.primary, "no final rule for performance_threshold");
	assert_string_equal(e.detail, "");
	assert_string_equal(e.hint, "");
	assert_string_equal(e.cite, "");
	assert_string_equal(e.file, "");
	assert_int_equal(e.line, 0);
}

static void err__takes_detail_hint_cite_and_place(void **unused)
{
	(void)unused;
	struct qpp_err e;
	(void)qpp_fail(&e, QPP_DATA, "the file is not JSON", (char *)NULL);
	qpp_err_detail(&e, "saw ", "}", (char *)NULL);
	qpp_err_hint(&e, "remove it", (char *)NULL);
	qpp_err_cite(&e, QPP_LIT("42 CFR 414.1405"));
	qpp_err_at(&e, QPP_LIT("a.json"), 12, 34);
	assert_string_equal(e.primary, "the file is not JSON");
	assert_string_equal(e.detail, "saw }");
	assert_string_equal(e.hint, "remove it");
	assert_string_equal(e.cite, "42 CFR 414.1405");
	assert_string_equal(e.file, "a.json");
	assert_int_equal(e.line, 12);
	assert_int_equal(e.column, 34);
}

static void err__nobody_has_to_listen(void **unused)
{
	(void)unused;
	assert_int_equal(qpp_fail(NULL, QPP_IO, "x", (char *)NULL), QPP_IO);
	qpp_err_detail(NULL, "x", (char *)NULL);
	qpp_err_hint(NULL, "x", (char *)NULL);
	qpp_err_cite(NULL, QPP_LIT("x"));
	qpp_err_at(NULL, QPP_LIT("x"), 1, 1);
}

static void err__a_long_text_is_cut_between_characters(void **unused)
{
	(void)unused;
	struct qpp_err e;
	char filler[sizeof e.primary];
	/* One byte is left: the two bytes of the letter do not fit, and nothing after them is taken either. */
	memset(filler, 'a', sizeof filler);
	filler[sizeof e.primary - 2] = 0;
	(void)qpp_fail(&e, QPP_DATA, filler, "\xc3\xa9", "b", (char *)NULL);
	assert_string_equal(e.primary, filler);
	/* Two bytes are left: now it fits. */
	filler[sizeof e.primary - 3] = 0;
	(void)qpp_fail(&e, QPP_DATA, filler, "\xc3\xa9", "b", (char *)NULL);
	assert_int_equal(strlen(e.primary), sizeof e.primary - 1);
	assert_string_equal(e.primary + sizeof e.primary - 3, "\xc3\xa9");
}

static void err__a_long_file_name_is_cut_between_characters(void **unused)
{
	(void)unused;
	struct qpp_err e;
	char name[400];
	for (size_t i = 0; i < sizeof name; i++)
		name[i] = i % 2 ? '\xa9' : '\xc3';
	(void)qpp_fail(&e, QPP_IO, "x", (char *)NULL);
	qpp_err_at(&e, (struct qpp_str){ name, sizeof name }, 1, 1);
	assert_int_equal(strlen(e.file), (sizeof e.file - 1) / 2 * 2);
	qpp_err_at(&e, (struct qpp_str){ NULL, 0 }, 0, 0);
	assert_string_equal(e.file, "");
}

static void err__every_code_has_a_name_a_meaning_and_statuses(void **unused)
{
	(void)unused;
	for (int i = 0; i < QPP_CODES; i++) {
		enum qpp_code c = (enum qpp_code)i;
		assert_true(strlen(qpp_code_name(c)) > 0);
		assert_true(strlen(qpp_code_meaning(c)) > 0);
		assert_in_range(qpp_code_http(c), 200, 599);
		assert_in_range(qpp_code_exit(c), 0, 4);
	}
	assert_int_equal(qpp_code_exit(QPP_OK), 0);
	assert_int_equal(qpp_code_exit(QPP_DATA), 1);
	assert_int_equal(qpp_code_exit(QPP_USAGE), 2);
	assert_int_equal(qpp_code_exit(QPP_NO_RULE), 3);
	assert_int_equal(qpp_code_exit(QPP_IO), 4);
	assert_string_equal(qpp_code_name(QPP_NO_RULE), "noRule");
	assert_string_equal(qpp_code_name((enum qpp_code)QPP_CODES), qpp_code_name(QPP_BUG));
}

static void finding__keeps_what_it_was_given(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_findings f;
	qpp_findings_init(&f, &a, 10);
	struct qpp_where where = { QPP_LIT("a.json"), QPP_LIT("/tin"), 3, 7 };
	struct qpp_finding *x = qpp_find(&f, QPP_WARNING, "tinInvalid", where, QPP_LIT("the TIN has 8 digits"));
	x->hint = QPP_LIT("add the missing one");
	assert_int_equal(f.list.n, 1);
	assert_text(f.list.v[0].code, "tinInvalid");
	assert_text(f.list.v[0].message, "the TIN has 8 digits");
	assert_text(f.list.v[0].hint, "add the missing one");
	assert_text(f.list.v[0].value, "");
	assert_int_equal(f.list.v[0].where.line, 3);
	assert_int_equal(f.errors, 0);
	qpp_arena_close(&a);
}

static void finding__beyond_the_most_they_are_only_counted(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_findings f;
	enum { MOST = 100, ALL = 100000 };
	qpp_findings_init(&f, &a, MOST);
	for (int i = 0; i < ALL; i++) {
		struct qpp_finding *x = qpp_find(&f, QPP_ERROR, "tinInvalid", (struct qpp_where){ .line = (uint32_t)i }, QPP_LIT("m"));
		x->value = QPP_LIT("v");
	}
	assert_int_equal(f.list.n, MOST);
	assert_int_equal(f.left_out, ALL - MOST);
	assert_int_equal(f.list.v[MOST - 1].where.line, MOST - 1);
	qpp_arena_close(&a);
}

/* An error that did not fit behind a thousand warnings must still fail the file. */
static void finding__an_error_that_is_left_out_still_counts_as_one(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_findings f;
	qpp_findings_init(&f, &a, 1);
	qpp_find(&f, QPP_WARNING, "memberUnknown", (struct qpp_where){ 0 }, QPP_LIT("m"));
	qpp_find(&f, QPP_ERROR, "tinInvalid", (struct qpp_where){ 0 }, QPP_LIT("m"));
	assert_int_equal(f.list.n, 1);
	assert_int_equal(f.left_out, 1);
	assert_int_equal(f.errors, 1);
	qpp_arena_close(&a);
}

static void finding__severities_have_their_wire_names(void **unused)
{
	(void)unused;
	assert_string_equal(qpp_severity_name(QPP_INFORMATION), "information");
	assert_string_equal(qpp_severity_name(QPP_WARNING), "warning");
	assert_string_equal(qpp_severity_name(QPP_ERROR), "error");
}

static void finding__shows_text_of_a_file_on_one_line(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	assert_text(qpp_shown(&a, QPP_LIT("Caf\xc3\xa9")), "Caf\xc3\xa9");
	assert_text(qpp_shown(&a, QPP_LIT("a\tb\r\n\x7f")), "a\\u0009b\\u000D\\u000A\\u007F");
	assert_text(qpp_shown(&a, QPP_LIT("\xc2\x9b" "31m")), "\\u009B31m");        /* a terminal would obey it */
	assert_text(qpp_shown(&a, (struct qpp_str){ NULL, 0 }), "");
	char letters[200];
	for (size_t i = 0; i < sizeof letters; i++)
		letters[i] = i % 2 ? '\xa9' : '\xc3';
	assert_int_equal(qpp_shown(&a, (struct qpp_str){ letters, 120 }).n, 120);
	struct qpp_str cut = qpp_shown(&a, (struct qpp_str){ letters, sizeof letters });
	assert_int_equal(cut.n, 123);
	assert_string_equal(cut.p + 120, "...");
	qpp_arena_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(err__a_failure_names_its_code_and_clears_what_was_there),
		cmocka_unit_test(err__takes_detail_hint_cite_and_place),
		cmocka_unit_test(err__nobody_has_to_listen),
		cmocka_unit_test(err__a_long_text_is_cut_between_characters),
		cmocka_unit_test(err__a_long_file_name_is_cut_between_characters),
		cmocka_unit_test(err__every_code_has_a_name_a_meaning_and_statuses),
		cmocka_unit_test(finding__keeps_what_it_was_given),
		cmocka_unit_test(finding__beyond_the_most_they_are_only_counted),
		cmocka_unit_test(finding__an_error_that_is_left_out_still_counts_as_one),
		cmocka_unit_test(finding__severities_have_their_wire_names),
		cmocka_unit_test(finding__shows_text_of_a_file_on_one_line),
	};
	return RUN_AS_TAP(tests);
}
