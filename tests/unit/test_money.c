/* Cents: read, added, a percentage of, written. */
#include "unit.h"

#include "qpp/money.h"

static int64_t cents(const char *text)
{
	qpp_cents v;
	assert_true(qpp_cents_parse(qpp_str_of(text), &v));
	return v.v;
}

static int64_t pct(int64_t amount, const char *percent)
{
	qpp_dec p;
	qpp_cents v;
	assert_true(qpp_dec_parse(qpp_str_of(percent), &p));
	assert_true(qpp_cents_pct((qpp_cents){ amount }, p, &v));
	return v.v;
}

static void money__reads_dollars_and_cents(void **unused)
{
	(void)unused;
	assert_int_equal(cents("1234.50"), 123450);
	assert_int_equal(cents("1234"), 123400);
	assert_int_equal(cents("1234.5"), 123450);
	assert_int_equal(cents("-0.05"), -5);
	assert_int_equal(cents("0"), 0);
	assert_int_equal(cents("-0.00"), 0);
}

static void money__reads_up_to_64_bits_and_no_further(void **unused)
{
	(void)unused;
	qpp_cents v;
	assert_true(cents("92233720368547758.07") == INT64_MAX);
	assert_true(cents("-92233720368547758.08") == INT64_MIN);
	assert_false(qpp_cents_parse(QPP_LIT("92233720368547758.08"), &v));
	assert_false(qpp_cents_parse(QPP_LIT("-92233720368547758.09"), &v));
	assert_false(qpp_cents_parse(QPP_LIT("92233720368547759"), &v));
	assert_false(qpp_cents_parse(QPP_LIT("99999999999999999999999"), &v));
}

static void money__refuses_what_is_not_an_amount(void **unused)
{
	(void)unused;
	static const char *const texts[] = {
		"", "-", ".", ".50", "1.", "1.234", "1.500", "1e3", "1,234.00", "$5", "5 ", "+5", "--5", "1.2.3", "1.-5", "1.+5",
	};
	qpp_cents v;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(qpp_cents_parse(qpp_str_of(texts[i]), &v));
	assert_false(qpp_cents_parse((struct qpp_str){ NULL, 0 }, &v));
	assert_false(qpp_cents_parse((struct qpp_str){ "1.5\0", 4 }, &v));
}

static void money__a_sum_that_does_not_fit_is_refused(void **unused)
{
	(void)unused;
	qpp_cents sum;
	assert_true(qpp_cents_add((qpp_cents){ 150 }, (qpp_cents){ -200 }, &sum));
	assert_int_equal(sum.v, -50);
	assert_false(qpp_cents_add((qpp_cents){ INT64_MAX }, (qpp_cents){ 1 }, &sum));
	assert_false(qpp_cents_add((qpp_cents){ INT64_MIN }, (qpp_cents){ -1 }, &sum));
}

static void money__percentages_round_half_away_from_zero_at_the_cent(void **unused)
{
	(void)unused;
	assert_int_equal(pct(10000, "-9"), -900);
	assert_int_equal(pct(10000, "0.63"), 63);
	assert_int_equal(pct(50, "1"), 1);                     /* half a cent */
	assert_int_equal(pct(50, "-1"), -1);
	assert_int_equal(pct(49, "1"), 0);
	assert_int_equal(pct(150, "1"), 2);                    /* not to the even cent */
	assert_int_equal(pct(-50, "1"), -1);
	assert_int_equal(pct(INT64_MAX, "100"), INT64_MAX);
}

static void money__a_percentage_that_does_not_fit_is_refused(void **unused)
{
	(void)unused;
	qpp_cents v;
	assert_false(qpp_cents_pct((qpp_cents){ INT64_MAX }, qpp_dec_of(101), &v));
	assert_false(qpp_cents_pct((qpp_cents){ 100 }, qpp_dec_undefined(), &v));
	assert_int_equal(v.v, 0);
}

static void money__is_written_with_two_decimals(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	static const int64_t amounts[] = { 0, 5, -5, 123450, INT64_MAX, INT64_MIN };
	static const char *const texts[] = {
		"0.00", "0.05", "-0.05", "1234.50", "92233720368547758.07", "-92233720368547758.08",
	};
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
		struct qpp_buf b;
		qpp_cents back;
		qpp_buf_init(&b, &a, 40);
		qpp_buf_cents(&b, (qpp_cents){ amounts[i] });
		assert_string_equal(qpp_buf_done(&b).p, texts[i]);
		assert_true(qpp_cents_parse(qpp_buf_done(&b), &back));
		assert_true(back.v == amounts[i]);
	}
	qpp_arena_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(money__reads_dollars_and_cents),
		cmocka_unit_test(money__reads_up_to_64_bits_and_no_further),
		cmocka_unit_test(money__refuses_what_is_not_an_amount),
		cmocka_unit_test(money__a_sum_that_does_not_fit_is_refused),
		cmocka_unit_test(money__percentages_round_half_away_from_zero_at_the_cent),
		cmocka_unit_test(money__a_percentage_that_does_not_fit_is_refused),
		cmocka_unit_test(money__is_written_with_two_decimals),
	};
	return RUN_AS_TAP(tests);
}
