/* Borrowed text: comparison, cutting, words, and names that are near. */
#include "unit.h"

static void str__compares_as_bytes(void **unused)
{
	(void)unused;
	assert_true(qpp_str_eq(QPP_LIT("abc"), QPP_LIT("abc")));
	assert_false(qpp_str_eq(QPP_LIT("abc"), QPP_LIT("ab")));
	assert_true(qpp_str_eq((struct qpp_str){ NULL, 0 }, QPP_LIT("")));
	assert_true(qpp_str_is(QPP_LIT("abc"), "abc"));
	assert_true(qpp_str_is(QPP_LIT(""), NULL));
	assert_true(qpp_str_cmp(QPP_LIT("ab"), QPP_LIT("abc")) < 0);
	assert_true(qpp_str_cmp(QPP_LIT("b"), QPP_LIT("abc")) > 0);
	assert_int_equal(qpp_str_cmp(QPP_LIT("abc"), QPP_LIT("abc")), 0);
	assert_true(qpp_str_cmp(QPP_LIT("\xc3\xa9"), QPP_LIT("z")) > 0);      /* bytes are not signed */
}

static void str__starts_with_a_prefix(void **unused)
{
	(void)unused;
	assert_true(qpp_str_starts(QPP_LIT("--json"), "--"));
	assert_false(qpp_str_starts(QPP_LIT("-"), "--"));
	assert_true(qpp_str_starts((struct qpp_str){ NULL, 0 }, ""));
	assert_false(qpp_str_starts((struct qpp_str){ NULL, 0 }, "a"));
}

static void str__trims_white_space_at_both_ends(void **unused)
{
	(void)unused;
	assert_text(qpp_str_trim(QPP_LIT(" \t a b\r\n")), "a b");
	assert_text(qpp_str_trim(QPP_LIT(" \n ")), "");
	assert_text(qpp_str_trim((struct qpp_str){ NULL, 0 }), "");
}

static void str__cut_gives_every_part_also_the_empty_last_one(void **unused)
{
	(void)unused;
	struct qpp_str rest = QPP_LIT("a,,b,"), part;
	assert_true(qpp_str_cut(&rest, ',', &part));
	assert_text(part, "a");
	assert_true(qpp_str_cut(&rest, ',', &part));
	assert_text(part, "");
	assert_true(qpp_str_cut(&rest, ',', &part));
	assert_text(part, "b");
	assert_true(qpp_str_cut(&rest, ',', &part));
	assert_text(part, "");
	assert_false(qpp_str_cut(&rest, ',', &part));
}

static void str__cut_of_an_empty_text_is_one_empty_part(void **unused)
{
	(void)unused;
	struct qpp_str rest = QPP_LIT(""), part, none = { NULL, 0 };
	assert_true(qpp_str_cut(&rest, ',', &part));
	assert_text(part, "");
	assert_false(qpp_str_cut(&rest, ',', &part));
	assert_false(qpp_str_cut(&none, ',', &part));
}

static void str__words_are_runs_of_non_white_space(void **unused)
{
	(void)unused;
	struct qpp_str rest = QPP_LIT("  PY  value\tstatus \n"), word;
	assert_true(qpp_str_word(&rest, &word));
	assert_text(word, "PY");
	assert_true(qpp_str_word(&rest, &word));
	assert_text(word, "value");
	assert_true(qpp_str_word(&rest, &word));
	assert_text(word, "status");
	assert_false(qpp_str_word(&rest, &word));
	rest = (struct qpp_str){ NULL, 0 };
	assert_false(qpp_str_word(&rest, &word));
}

static void str__lists_a_word_that_stands_whole_in_it(void **unused)
{
	(void)unused;
	assert_true(qpp_str_lists(QPP_LIT(" quality  ia\tpi"), "ia"));
	assert_false(qpp_str_lists(QPP_LIT("quality"), "qual"));
	assert_false(qpp_str_lists(QPP_LIT(""), ""));
}

static void str__characters_are_well_formed_or_none(void **unused)
{
	(void)unused;
	static const struct {
		struct qpp_str bytes;
		size_t n;
	} all[] = {
		{ QPP_LIT_INIT("a"), 1 }, { QPP_LIT_INIT("\0"), 1 }, { QPP_LIT_INIT("\x7F"), 1 }, { QPP_LIT_INIT("\xC3\xA9x"), 2 },
		{ QPP_LIT_INIT("\xE2\x82\xAC"), 3 }, { QPP_LIT_INIT("\xF0\x9F\x98\x80"), 4 }, { QPP_LIT_INIT("\xF4\x8F\xBF\xBF"), 4 },
		{ QPP_LIT_INIT(""), 0 }, { QPP_LIT_INIT("\x80"), 0 }, { QPP_LIT_INIT("\xC1\xBF"), 0 }, { QPP_LIT_INIT("\xC3"), 0 },
		{ QPP_LIT_INIT("\xE0\x9F\xBF"), 0 }, { QPP_LIT_INIT("\xED\xA0\x80"), 0 }, { QPP_LIT_INIT("\xE2\x82" "A"), 0 },
		{ QPP_LIT_INIT("\xF0\x8F\xBF\xBF"), 0 }, { QPP_LIT_INIT("\xF4\x90\x80\x80"), 0 }, { QPP_LIT_INIT("\xF5\x80\x80\x80"), 0 },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_int_equal(qpp_str_character(all[i].bytes), all[i].n);
}

static void str__copies_and_concatenations_end_with_nul(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str copy = qpp_str_dup(&a, (struct qpp_str){ "abcdef", 3 });
	assert_text(copy, "abc");
	assert_int_equal(copy.p[3], 0);
	assert_text(qpp_str_dup(&a, (struct qpp_str){ NULL, 0 }), "");
	struct qpp_str all = qpp_str_cat(&a, "a", "", "bc", (char *)NULL);
	assert_text(all, "abc");
	assert_int_equal(all.p[3], 0);
	assert_text(qpp_str_cat(&a, "", (char *)NULL), "");
	qpp_arena_close(&a);
}

static void str__reads_whole_numbers_up_to_a_maximum(void **unused)
{
	(void)unused;
	uint64_t v = 0;
	assert_true(qpp_str_u64(QPP_LIT("007"), 9, &v));
	assert_int_equal(v, 7);
	assert_true(qpp_str_u64(QPP_LIT("18446744073709551615"), UINT64_MAX, &v));
	assert_true(v == UINT64_MAX);
	assert_false(qpp_str_u64(QPP_LIT("18446744073709551616"), UINT64_MAX, &v));
	assert_false(qpp_str_u64(QPP_LIT("99999999999999999999999"), UINT64_MAX, &v));
	assert_false(qpp_str_u64(QPP_LIT("10"), 9, &v));
	assert_false(qpp_str_u64(QPP_LIT(""), 9, &v));
	assert_false(qpp_str_u64(QPP_LIT("-1"), 9, &v));
	assert_false(qpp_str_u64(QPP_LIT("+1"), 9, &v));
	assert_false(qpp_str_u64(QPP_LIT(" 1"), 9, &v));
	assert_false(qpp_str_u64(QPP_LIT("1x"), 9, &v));
}

static const struct qpp_str known[] = {
	QPP_LIT_INIT("entityType"), QPP_LIT_INIT("taxpayerIdentificationNumber"), QPP_LIT_INIT("nationalProviderIdentifier"),
	QPP_LIT_INIT("performanceYear"), QPP_LIT_INIT("measurementSets"), QPP_LIT_INIT("measurements"), QPP_LIT_INIT("measureId"),
	QPP_LIT_INIT("cehrtId"), QPP_LIT_INIT("category"), QPP_LIT_INIT("programName"), QPP_LIT_INIT("submissionMethod"),
	QPP_LIT_INIT("performanceStart"), QPP_LIT_INIT("performanceEnd"), QPP_LIT_INIT("pi"), QPP_LIT_INIT("ia"), QPP_LIT_INIT("tin"),
};

static const char *near(const char *name)
{
	int i = qpp_str_near(qpp_str_of(name), known, sizeof known / sizeof *known);
	return i < 0 ? "" : known[i].p;
}

static void near__offers_the_name_that_was_probably_meant(void **unused)
{
	(void)unused;
	assert_string_equal(near("cehrt"), "cehrtId");
	assert_string_equal(near("measurmentSets"), "measurementSets");
	assert_string_equal(near("measurmentsets"), "measurementSets");
	assert_string_equal(near("MEASUREMENTSETS"), "measurementSets");
	assert_string_equal(near("measurement"), "measurements");
	assert_string_equal(near("measureID"), "measureId");
	assert_string_equal(near("perfomanceStart"), "performanceStart");
	assert_string_equal(near("performance"), "performanceEnd");
	assert_string_equal(near("catgory"), "category");
	assert_string_equal(near("entitytype"), "entityType");
	assert_string_equal(near("tins"), "tin");
}

static void near__offers_nothing_absurd(void **unused)
{
	(void)unused;
	assert_string_equal(near("zip"), "");
	assert_string_equal(near("xx"), "");
	assert_string_equal(near("color"), "");
	assert_string_equal(near("npi"), "");              /* neither "tin" nor "pi" */
	assert_string_equal(near("score"), "");
	assert_string_equal(near("a"), "");
	assert_string_equal(near("p"), "");
	assert_string_equal(near(""), "");
}

static void near__leaves_very_long_names_alone(void **unused)
{
	(void)unused;
	char longest[200];
	for (size_t i = 0; i < sizeof longest; i++)
		longest[i] = 'm';
	const struct qpp_str candidates[] = { { longest, 65 }, { longest, 64 }, { NULL, 0 } };
	assert_int_equal(qpp_str_near((struct qpp_str){ longest, sizeof longest }, candidates, 3), -1);
	assert_int_equal(qpp_str_near((struct qpp_str){ longest, 63 }, candidates, 3), 1);
	assert_int_equal(qpp_str_near(QPP_LIT("abc"), candidates, 0), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(str__compares_as_bytes),
		cmocka_unit_test(str__starts_with_a_prefix),
		cmocka_unit_test(str__trims_white_space_at_both_ends),
		cmocka_unit_test(str__cut_gives_every_part_also_the_empty_last_one),
		cmocka_unit_test(str__cut_of_an_empty_text_is_one_empty_part),
		cmocka_unit_test(str__words_are_runs_of_non_white_space),
		cmocka_unit_test(str__lists_a_word_that_stands_whole_in_it),
		cmocka_unit_test(str__characters_are_well_formed_or_none),
		cmocka_unit_test(str__copies_and_concatenations_end_with_nul),
		cmocka_unit_test(str__reads_whole_numbers_up_to_a_maximum),
		cmocka_unit_test(near__offers_the_name_that_was_probably_meant),
		cmocka_unit_test(near__offers_nothing_absurd),
		cmocka_unit_test(near__leaves_very_long_names_alone),
	};
	return RUN_AS_TAP(tests);
}
