/* Calendar days: what exists, how periods are counted, how days are read and written. */
#include "unit.h"

#include "qpp/day.h"

static qpp_day day(const char *text)
{
	qpp_day d;
	assert_true(qpp_day_parse(qpp_str_of(text), &d));
	return d;
}

static bool is_day(const char *text)
{
	qpp_day d;
	return qpp_day_parse(qpp_str_of(text), &d);
}

static void day__counts_from_1970(void **unused)
{
	(void)unused;
	assert_int_equal(day("1970-01-01").v, 0);
	assert_int_equal(day("1969-12-31").v, -1);
	assert_int_equal(day("2000-02-29").v, 11016);
	assert_int_equal(day("2023-01-01").v, 19358);
}

static void day__a_period_counts_both_its_ends(void **unused)
{
	(void)unused;
	assert_int_equal(qpp_day_count(day("2023-01-01"), day("2023-12-31")), 365);
	assert_int_equal(qpp_day_count(day("2024-01-01"), day("2024-12-31")), 366);
	assert_int_equal(qpp_day_count(day("2023-10-03"), day("2023-12-31")), 90);
	assert_int_equal(qpp_day_count(day("2023-10-04"), day("2023-12-31")), 89);
	assert_int_equal(qpp_day_count(day("2024-02-28"), day("2024-03-01")), 3);
	assert_int_equal(qpp_day_count(day("2023-05-05"), day("2023-05-05")), 1);
	assert_int_equal(qpp_day_count(day("2023-05-05"), day("2023-05-04")), 0);
	assert_true(qpp_day_count(day("2023-05-05"), day("2023-01-01")) < 0);
}

static void day__knows_leap_years(void **unused)
{
	(void)unused;
	assert_true(is_day("2024-02-29"));
	assert_false(is_day("2023-02-29"));
	assert_true(is_day("2000-02-29"));
	assert_false(is_day("1900-02-29"));
	assert_false(is_day("2100-02-29"));
}

static void day__refuses_days_that_do_not_exist(void **unused)
{
	(void)unused;
	static const char *const texts[] = {
		"2023-00-10", "2023-13-10", "2023-04-31", "2023-01-00", "2023-01-32", "0000-01-01",
		"2023-1-01", "23-01-01", "2023/01/01", "2023-01-01T", "2023-01-1 ", "+023-01-01", "2023-01-+1", "", "2023-01",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_false(is_day(texts[i]));
	qpp_day d;
	assert_false(qpp_day_of(10000, 1, 1, &d));
	assert_false(qpp_day_of(2023, -1, 1, &d));
	assert_false(qpp_day_parse((struct qpp_str){ NULL, 0 }, &d));
}

/* Every day from 0001-01-01 on follows the one before it, there and back. */
static void day__the_calendar_has_no_gap_in_ten_thousand_years(void **unused)
{
	(void)unused;
	qpp_day first, last;
	assert_true(qpp_day_of(1, 1, 1, &first));
	assert_true(qpp_day_of(9999, 12, 31, &last));
	assert_int_equal(qpp_day_count(first, last), 3652059);
	int before_y = 0, before_m = 12, before_d = 31;
	for (qpp_day d = first; d.v <= last.v; d.v++) {
		int y, m, dd;
		qpp_day back;
		qpp_day_civil(d, &y, &m, &dd);
		bool next = (y == before_y && m == before_m && dd == before_d + 1) ||
		            (y == before_y && m == before_m + 1 && dd == 1) ||
		            (y == before_y + 1 && before_m == 12 && m == 1 && dd == 1);
		if (!next || !qpp_day_of(y, m, dd, &back) || back.v != d.v)
			fail_msg("after %d-%d-%d comes %d-%d-%d", before_y, before_m, before_d, y, m, dd);
		before_y = y;
		before_m = m;
		before_d = dd;
	}
	assert_int_equal(before_y, 9999);
}

static void day__is_written_as_it_is_read(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_buf b;
	qpp_buf_init(&b, &a, 40);
	qpp_buf_day(&b, day("2023-01-09"));
	qpp_buf_char(&b, ' ');
	qpp_buf_day(&b, day("0987-12-31"));
	assert_text(qpp_buf_done(&b), "2023-01-09 0987-12-31");
	qpp_arena_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(day__counts_from_1970),
		cmocka_unit_test(day__a_period_counts_both_its_ends),
		cmocka_unit_test(day__knows_leap_years),
		cmocka_unit_test(day__refuses_days_that_do_not_exist),
		cmocka_unit_test(day__the_calendar_has_no_gap_in_ten_thousand_years),
		cmocka_unit_test(day__is_written_as_it_is_read),
	};
	return RUN_AS_TAP(tests);
}
