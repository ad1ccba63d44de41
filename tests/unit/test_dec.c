/* Exact ratios: values, limits, rounding. The property test against GMP covers the breadth; here stand the cases with names. */
#include "unit.h"

static const __int128 largest = (__int128)(~(unsigned __int128)0 >> 1);

static qpp_dec read(const char *text)
{
	qpp_dec v;
	assert_true(qpp_dec_parse(qpp_str_of(text), &v));
	return v;
}

static bool readable(const char *text)
{
	qpp_dec v = qpp_dec_of(7);
	bool taken = qpp_dec_parse(qpp_str_of(text), &v);
	assert_int_equal(taken, qpp_dec_ok(v));
	return taken;
}

/* `text` rounded at `places` is `expected`, and so is its negative. */
static void rounds_to(const char *text, int places, const char *expected)
{
	qpp_dec v = read(text);
	assert_true(qpp_dec_eq(qpp_dec_round(v, places), read(expected)));
	assert_true(qpp_dec_eq(qpp_dec_round(qpp_dec_neg(v), places), qpp_dec_neg(read(expected))));
}

static void dec__keeps_thirds_exact(void **unused)
{
	(void)unused;
	qpp_dec third = qpp_dec_ratio(1, 3);
	assert_true(qpp_dec_eq(qpp_dec_add(third, qpp_dec_add(third, third)), qpp_dec_of(1)));
	assert_true(qpp_dec_eq(qpp_dec_mul(third, qpp_dec_of(3)), qpp_dec_of(1)));
	assert_true(qpp_dec_eq(qpp_dec_div(qpp_dec_of(1), qpp_dec_of(3)), third));
}

static void dec__does_not_turn_18_75_into_something_near_it(void **unused)
{
	(void)unused;
	/* 75 % of 1/4 of 100, through a third that does not end. */
	qpp_dec v = qpp_dec_mul(qpp_dec_ratio(25, 3), qpp_dec_ratio(9, 4));
	assert_true(qpp_dec_eq(v, read("18.75")));
	assert_true(qpp_dec_eq(qpp_dec_mul(read("-9"), read("0.75")), read("-6.75")));
}

static void dec__sums_numbers_of_unlike_decimals(void **unused)
{
	(void)unused;
	assert_true(qpp_dec_eq(qpp_dec_add(read("0.1"), read("0.02")), read("0.12")));
	assert_true(qpp_dec_eq(qpp_dec_sub(read("0.1"), read("0.1000")), qpp_dec_of(0)));
	assert_true(qpp_dec_eq(qpp_dec_sub(read("1"), read("0.000000000000000001")), read("0.999999999999999999")));
}

static void dec__a_negative_denominator_moves_its_sign_up(void **unused)
{
	(void)unused;
	assert_true(qpp_dec_eq(qpp_dec_ratio(1, -2), qpp_dec_ratio(-1, 2)));
	assert_int_equal(qpp_dec_sign(qpp_dec_ratio(-1, -2)), 1);
	assert_true(qpp_dec_eq(qpp_dec_ratio(INT64_MIN, INT64_MIN), qpp_dec_of(1)));
	assert_true(qpp_dec_eq(qpp_dec_ratio(2, INT64_MIN), qpp_dec_ratio(-1, (int64_t)1 << 62)));
	assert_undefined(qpp_dec_ratio(1, INT64_MIN));
}

static void dec__division_by_zero_is_undefined(void **unused)
{
	(void)unused;
	assert_undefined(qpp_dec_div(qpp_dec_of(1), qpp_dec_of(0)));
	assert_undefined(qpp_dec_div(qpp_dec_of(0), qpp_dec_of(0)));
	assert_undefined(qpp_dec_div(qpp_dec_of(1), qpp_dec_sub(read("0.5"), qpp_dec_ratio(1, 2))));
	assert_undefined(qpp_dec_ratio(0, 0));
	assert_undefined(qpp_dec_ratio(5, 0));
}

static void dec__undefined_is_passed_on_by_every_operation(void **unused)
{
	(void)unused;
	qpp_dec u = qpp_dec_undefined(), one = qpp_dec_of(1);
	int64_t whole;
	assert_undefined(qpp_dec_add(u, one));
	assert_undefined(qpp_dec_add(one, u));
	assert_undefined(qpp_dec_sub(one, u));
	assert_undefined(qpp_dec_mul(u, qpp_dec_of(0)));
	assert_undefined(qpp_dec_div(qpp_dec_of(0), u));
	assert_undefined(qpp_dec_neg(u));
	assert_undefined(qpp_dec_min(u, one));
	assert_undefined(qpp_dec_max(one, u));
	assert_undefined(qpp_dec_round(u, 2));
	assert_false(qpp_dec_i64(u, &whole));
	assert_true(qpp_dec_eq(u, qpp_dec_undefined()));
	assert_false(qpp_dec_eq(u, qpp_dec_of(0)));
}

static void dec__overflow_is_undefined_and_never_wraps(void **unused)
{
	(void)unused;
	qpp_dec big = { largest, 1 }, small = { -largest, 1 }, fine = { 1, INT64_MAX };
	assert_undefined(qpp_dec_add(big, qpp_dec_of(1)));
	assert_undefined(qpp_dec_add(small, qpp_dec_of(-1)));      /* -2^127 would have no negative */
	assert_undefined(qpp_dec_sub(small, qpp_dec_of(1)));
	assert_undefined(qpp_dec_mul(big, qpp_dec_of(2)));
	assert_undefined(qpp_dec_mul(fine, qpp_dec_ratio(1, 2)));
	assert_undefined(qpp_dec_div(fine, qpp_dec_of(2)));
	assert_undefined(qpp_dec_add(fine, qpp_dec_ratio(1, 2)));
	assert_undefined(qpp_dec_add(big, qpp_dec_ratio(1, 2)));
}

static void dec__what_fits_in_lowest_terms_is_defined(void **unused)
{
	(void)unused;
	qpp_dec big = { largest, 1 };
	assert_true(qpp_dec_eq(qpp_dec_add(big, qpp_dec_of(0)), big));
	assert_true(qpp_dec_eq(qpp_dec_mul(big, qpp_dec_ratio(3, 3)), big));
	assert_true(qpp_dec_eq(qpp_dec_div(big, big), qpp_dec_of(1)));
	/* The sum of two numerators passes 127 bits, the sum does not. */
	qpp_dec half = { largest, 4 };
	assert_true(qpp_dec_eq(qpp_dec_add(half, half), (qpp_dec){ largest, 2 }));
	/* Eight times the largest numerator less seven times the same. */
	assert_true(qpp_dec_eq(qpp_dec_add((qpp_dec){ largest, 7 }, (qpp_dec){ -largest, 8 }), (qpp_dec){ largest, 56 }));
	/* A denominator of more than 63 bits that cancels. */
	qpp_dec fine = { 1, INT64_MAX }, sum = qpp_dec_add(fine, (qpp_dec){ INT64_MAX - 1, INT64_MAX });
	assert_true(qpp_dec_eq(sum, qpp_dec_of(1)));
	assert_true(qpp_dec_eq(qpp_dec_mul(fine, qpp_dec_of(INT64_MAX)), qpp_dec_of(1)));
}

static void dec__compares_huge_ratios_exactly(void **unused)
{
	(void)unused;
	qpp_dec a = { largest, INT64_MAX }, b = { largest - 1, INT64_MAX - 1 }, c = { largest - 1, INT64_MAX };
	assert_int_equal(qpp_dec_cmp(a, b), -1);       /* b's denominator is smaller by the larger share */
	assert_int_equal(qpp_dec_cmp(b, a), 1);
	assert_int_equal(qpp_dec_cmp(c, a), -1);
	assert_int_equal(qpp_dec_cmp(qpp_dec_neg(c), qpp_dec_neg(a)), 1);
	assert_int_equal(qpp_dec_cmp(qpp_dec_neg(a), a), -1);
	assert_int_equal(qpp_dec_cmp((qpp_dec){ largest - 1, 2 }, (qpp_dec){ (largest - 1) / 2, 1 }), 0);
	/* Neighbors that no binary floating point tells apart. */
	assert_int_equal(qpp_dec_cmp(read("74.9999999999999999"), read("75")), -1);
}

static void dec__orders_around_a_threshold(void **unused)
{
	(void)unused;
	qpp_dec threshold = qpp_dec_of(75);
	assert_int_equal(qpp_dec_cmp(read("74.99"), threshold), -1);
	assert_int_equal(qpp_dec_cmp(read("75.00"), threshold), 0);
	assert_int_equal(qpp_dec_cmp(read("75.01"), threshold), 1);
	assert_true(qpp_dec_eq(qpp_dec_min(read("75.01"), threshold), threshold));
	assert_true(qpp_dec_eq(qpp_dec_max(read("74.99"), threshold), threshold));
}

static void dec__rounds_half_away_from_zero_at_two_places(void **unused)
{
	(void)unused;
	rounds_to("0.005", 2, "0.01");
	rounds_to("0.0049999999", 2, "0");
	rounds_to("82.305", 2, "82.31");
	rounds_to("82.3049999999999999", 2, "82.3");
	rounds_to("2.675", 2, "2.68");                  /* 2.67 in binary floating point */
	rounds_to("1.005", 2, "1.01");
	rounds_to("99.995", 2, "100");
}

static void dec__rounds_at_every_number_of_places(void **unused)
{
	(void)unused;
	rounds_to("0.5", 0, "1");
	rounds_to("1.5", 0, "2");
	rounds_to("2.5", 0, "3");                       /* not to the even number */
	rounds_to("0.45", 1, "0.5");
	rounds_to("8.95845", 4, "8.9585");
	rounds_to("0.1234567895", 9, "0.12345679");
	qpp_dec two_thirds = qpp_dec_ratio(2, 3);
	assert_true(qpp_dec_eq(qpp_dec_round(two_thirds, 0), qpp_dec_of(1)));
	assert_true(qpp_dec_eq(qpp_dec_round(two_thirds, 9), read("0.666666667")));
}

static void dec__rounding_outside_its_places_is_undefined(void **unused)
{
	(void)unused;
	assert_undefined(qpp_dec_round(qpp_dec_of(1), -1));
	assert_undefined(qpp_dec_round(qpp_dec_of(1), 10));
}

static void dec__rounding_near_the_limit_is_exact_or_undefined(void **unused)
{
	(void)unused;
	/* Seven sevenths are whole, however they are written. */
	qpp_dec whole = { largest / 7 * 7, 7 };
	assert_true(qpp_dec_eq(qpp_dec_round(whole, 9), whole));
	assert_undefined(qpp_dec_round((qpp_dec){ largest, 3 }, 9));
	assert_true(qpp_dec_eq(qpp_dec_round((qpp_dec){ largest, 3 }, 0), (qpp_dec){ largest / 3, 1 }));
}

static void dec__whole_numbers_come_back_as_integers(void **unused)
{
	(void)unused;
	int64_t v;
	assert_true(qpp_dec_i64(qpp_dec_ratio(-84, 4), &v));
	assert_int_equal(v, -21);
	assert_true(qpp_dec_i64(qpp_dec_of(INT64_MIN), &v));
	assert_true(v == INT64_MIN);
	assert_false(qpp_dec_i64(read("0.5"), &v));
	assert_false(qpp_dec_i64(qpp_dec_add(qpp_dec_of(INT64_MAX), qpp_dec_of(1)), &v));
}

static void dec__reads_plain_and_scientific_texts(void **unused)
{
	(void)unused;
	assert_true(qpp_dec_eq(read("-12.50"), qpp_dec_ratio(-25, 2)));
	assert_true(qpp_dec_eq(read("1e3"), qpp_dec_of(1000)));
	assert_true(qpp_dec_eq(read("1.5E+2"), qpp_dec_of(150)));
	assert_true(qpp_dec_eq(read("250e-2"), read("2.5")));
	assert_true(qpp_dec_eq(read("0e-30"), qpp_dec_of(0)));
	assert_int_equal(qpp_dec_sign(read("-0")), 0);
}

static void dec__refuses_what_is_not_a_number(void **unused)
{
	(void)unused;
	static const char *const texts[] = {
		"", "-", "+1", ".5", "5.", "1.e2", "1e", "1e+", "1e1.5", "1.2.3", "1,5", " 1", "1 ", "--1", "1-", "0x10",
		"nan", "inf", "1e99999999999999999999", "12a",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(readable(texts[i]));
	qpp_dec v;
	assert_false(qpp_dec_parse((struct qpp_str){ NULL, 0 }, &v));
	assert_false(qpp_dec_parse((struct qpp_str){ "1\0", 2 }, &v));
	assert_true(qpp_dec_parse((struct qpp_str){ "123456", 3 }, &v));
	assert_true(qpp_dec_eq(v, qpp_dec_of(123)));
}

static void dec__reads_up_to_eighteen_digits_and_decimals(void **unused)
{
	(void)unused;
	assert_true(readable("999999999999999999"));
	assert_false(readable("1000000000000000000"));
	assert_true(readable("0.000000000000000001"));
	assert_false(readable("0.0000000000000000001"));
	assert_true(readable("00000000000000000000000001"));
	assert_true(readable("1e18"));
	assert_false(readable("1e19"));
	assert_false(readable("10e18"));
	assert_true(readable("1e-18"));
	assert_false(readable("1e-19"));
	assert_true(readable("10e-19"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dec__keeps_thirds_exact),
		cmocka_unit_test(dec__does_not_turn_18_75_into_something_near_it),
		cmocka_unit_test(dec__sums_numbers_of_unlike_decimals),
		cmocka_unit_test(dec__a_negative_denominator_moves_its_sign_up),
		cmocka_unit_test(dec__division_by_zero_is_undefined),
		cmocka_unit_test(dec__undefined_is_passed_on_by_every_operation),
		cmocka_unit_test(dec__overflow_is_undefined_and_never_wraps),
		cmocka_unit_test(dec__what_fits_in_lowest_terms_is_defined),
		cmocka_unit_test(dec__compares_huge_ratios_exactly),
		cmocka_unit_test(dec__orders_around_a_threshold),
		cmocka_unit_test(dec__rounds_half_away_from_zero_at_two_places),
		cmocka_unit_test(dec__rounds_at_every_number_of_places),
		cmocka_unit_test(dec__rounding_outside_its_places_is_undefined),
		cmocka_unit_test(dec__rounding_near_the_limit_is_exact_or_undefined),
		cmocka_unit_test(dec__whole_numbers_come_back_as_integers),
		cmocka_unit_test(dec__reads_plain_and_scientific_texts),
		cmocka_unit_test(dec__refuses_what_is_not_a_number),
		cmocka_unit_test(dec__reads_up_to_eighteen_digits_and_decimals),
	};
	return RUN_AS_TAP(tests);
}
