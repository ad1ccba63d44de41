/* Bounded text, and numbers as text. */
#include "unit.h"

#include <string.h>

static struct qpp_arena arena = QPP_ARENA_INIT;

static const __int128 largest = (__int128)(~(unsigned __int128)0 >> 1);

static int close_arena(void **unused)
{
	(void)unused;
	qpp_arena_close(&arena);
	return 0;
}

static void buf__drops_what_does_not_fit_and_says_so(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 5);
	qpp_buf_cat(&b, "abc", "de", (char *)NULL);
	assert_false(b.full);
	qpp_buf_char(&b, 'f');
	assert_true(b.full);
	assert_text(qpp_buf_done(&b), "abcde");
	assert_int_equal(qpp_buf_done(&b).p[5], 0);
}

static void buf__stays_full_once_something_was_dropped(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 4);
	qpp_buf_cat(&b, "toolong", "ab", (char *)NULL);
	assert_true(b.full);
	assert_text(qpp_buf_done(&b), "ab");
}

static void buf__nothing_written_is_an_empty_text(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 0);
	qpp_buf_add(&b, NULL, 0);
	qpp_buf_str(&b, (struct qpp_str){ NULL, 0 });
	assert_false(b.full);
	assert_text(qpp_buf_done(&b), "");
	qpp_buf_char(&b, 'x');
	assert_true(b.full);
	assert_text(qpp_buf_done(&b), "");
}

static void buf__grows_through_many_chunks(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	enum { LETTERS = 100000 };
	qpp_buf_init(&b, &arena, LETTERS);
	for (int i = 0; i < LETTERS; i++)
		qpp_buf_char(&b, (char)('a' + i % 26));
	assert_false(b.full);
	struct qpp_str s = qpp_buf_done(&b);
	assert_int_equal(s.n, LETTERS);
	for (int i = 0; i < LETTERS; i++)
		assert_int_equal(s.p[i], 'a' + i % 26);
}

static void buf__a_length_near_the_limit_of_size_t_does_not_wrap(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 8);
	qpp_buf_char(&b, 'a');
	qpp_buf_add(&b, "x", SIZE_MAX);
	assert_true(b.full);
	assert_text(qpp_buf_done(&b), "a");
}

static void buf__writes_integers_to_their_limits(void **unused)
{
	(void)unused;
	assert_text(qpp_i64_text(&arena, 0), "0");
	assert_text(qpp_i64_text(&arena, -7), "-7");
	assert_text(qpp_i64_text(&arena, INT64_MAX), "9223372036854775807");
	assert_text(qpp_i64_text(&arena, INT64_MIN), "-9223372036854775808");
}

static void buf__writes_decimals_with_their_places(void **unused)
{
	(void)unused;
	assert_text(qpp_dec_text(&arena, qpp_dec_ratio(-25, 2), 2), "-12.50");
	assert_text(qpp_dec_text(&arena, qpp_dec_of(0), 0), "0");
	assert_text(qpp_dec_text(&arena, qpp_dec_of(9), 4), "9.0000");
	assert_text(qpp_dec_text(&arena, qpp_dec_ratio(1, 16), 4), "0.0625");
	assert_text(qpp_dec_text(&arena, qpp_dec_ratio(2, 3), 9), "0.666666667");
	assert_text(qpp_dec_text(&arena, qpp_dec_scaled(99995, 3), 2), "100.00");
}

static void buf__never_writes_a_negative_zero(void **unused)
{
	(void)unused;
	assert_text(qpp_dec_text(&arena, qpp_dec_scaled(-4, 3), 2), "0.00");
	assert_text(qpp_dec_text(&arena, qpp_dec_scaled(-5, 3), 2), "-0.01");
	assert_text(qpp_dec_text(&arena, qpp_dec_ratio(-1, 3), 0), "0");
	assert_text(qpp_dec_text(&arena, qpp_dec_neg(qpp_dec_of(0)), 2), "0.00");
	assert_text(qpp_dec_text_short(&arena, qpp_dec_scaled(-4, 3), 0, 2), "0");
}

static void buf__writes_numbers_that_cannot_be_rounded_within_128_bits(void **unused)
{
	(void)unused;
	assert_text(qpp_dec_text(&arena, (qpp_dec){ largest, 1 }, 2), "170141183460469231731687303715884105727.00");
	assert_text(qpp_dec_text(&arena, (qpp_dec){ -largest, 3 }, 9), "-56713727820156410577229101238628035242.333333333");
}

static void buf__names_the_undefined_number(void **unused)
{
	(void)unused;
	assert_text(qpp_dec_text(&arena, qpp_dec_undefined(), 2), "undefined");
	assert_text(qpp_dec_text_short(&arena, qpp_dec_undefined(), 0, 4), "undefined");
}

static void buf__the_short_form_has_only_the_decimals_needed(void **unused)
{
	(void)unused;
	assert_text(qpp_dec_text_short(&arena, qpp_dec_of(75), 0, 4), "75");
	assert_text(qpp_dec_text_short(&arena, qpp_dec_scaled(755, 1), 0, 4), "75.5");
	assert_text(qpp_dec_text_short(&arena, qpp_dec_scaled(7500, 2), 2, 4), "75.00");
	assert_text(qpp_dec_text_short(&arena, qpp_dec_ratio(1, 3), 0, 4), "0.3333");
	assert_text(qpp_dec_text_short(&arena, qpp_dec_scaled(299999, 5), 1, 4), "3.0");
	assert_text(qpp_dec_text_short(&arena, qpp_dec_of(100), 0, 0), "100");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf__drops_what_does_not_fit_and_says_so),
		cmocka_unit_test(buf__stays_full_once_something_was_dropped),
		cmocka_unit_test(buf__nothing_written_is_an_empty_text),
		cmocka_unit_test(buf__grows_through_many_chunks),
		cmocka_unit_test(buf__a_length_near_the_limit_of_size_t_does_not_wrap),
		cmocka_unit_test(buf__writes_integers_to_their_limits),
		cmocka_unit_test(buf__writes_decimals_with_their_places),
		cmocka_unit_test(buf__never_writes_a_negative_zero),
		cmocka_unit_test(buf__writes_numbers_that_cannot_be_rounded_within_128_bits),
		cmocka_unit_test(buf__names_the_undefined_number),
		cmocka_unit_test(buf__the_short_form_has_only_the_decimals_needed),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, close_arena);
}
