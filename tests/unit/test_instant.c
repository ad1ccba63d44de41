/* Instants: what is read as one, how they compare across zones, how they are written. */
#include "unit.h"

#include "qpp/instant.h"

static int64_t seconds(const char *text)
{
	qpp_instant t;
	assert_true(qpp_instant_parse(qpp_str_of(text), &t, NULL));
	return t.v;
}

static void instant__counts_seconds_from_1970(void **unused)
{
	(void)unused;
	assert_int_equal(seconds("1970-01-01T00:00:00Z"), 0);
	assert_int_equal(seconds("1969-12-31T23:59:59Z"), -1);
	assert_int_equal(seconds("2024-12-31T23:59:59Z"), 1735689599);
	assert_int_equal(seconds("1970-01-01T00:00:00+23:59"), -86340);
}

static void instant__is_the_same_in_every_zone(void **unused)
{
	(void)unused;
	int64_t deadline = seconds("2024-12-31T23:59:59-05:00");
	assert_int_equal(deadline, seconds("2025-01-01T04:59:59Z"));
	assert_int_equal(deadline, seconds("2024-12-31T22:59:59-06:00"));
	assert_int_equal(deadline, seconds("2025-01-01T10:29:59+05:30"));
	assert_int_equal(deadline, seconds("2025-01-01t04:59:59z"));
	assert_int_equal(seconds("2025-01-01T04:59:59-00:00"), deadline);
	assert_int_equal(seconds("2025-01-01T00:00:00-05:00"), deadline + 1);
}

static void instant__a_fraction_of_a_second_is_dropped(void **unused)
{
	(void)unused;
	assert_int_equal(seconds("2024-12-31T23:59:59.999999999-05:00"), seconds("2024-12-31T23:59:59-05:00"));
	assert_int_equal(seconds("1969-12-31T23:59:59.5Z"), -1);
}

static void instant__refuses_everything_else(void **unused)
{
	(void)unused;
	static const char *const texts[] = {
		"", "2024-12-31", "2024-12-31T23:59:59", "2024-12-31 23:59:59Z", "2024-12-31T23:59Z", "2024-12-31T23:59-05:00",
		"2024-12-31T24:00:00Z", "2024-12-31T23:60:00Z", "2024-12-31T23:59:60Z", "2024-02-30T00:00:00Z",
		"2023-02-29T00:00:00Z", "2024-12-31T23:59:59.Z", "2024-12-31T23:59:59,5Z", "2024-12-31T23:59:59-0500",
		"2024-12-31T23:59:59-05", "2024-12-31T23:59:59-24:00", "2024-12-31T23:59:59-05:60", "2024-12-31T23:59:59EST",
		"2024-12-31T23:59:59Z ", " 2024-12-31T23:59:59Z", "2024-12-31T2a:59:59Z", "2024-12-31T23:59:59-05:0x",
		"2024-12-31T23-59-59Z", "2024-12-31T+3:59:59Z", "2024-12-31T23:59:59--5:00",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		qpp_instant t;
		if (qpp_instant_parse(qpp_str_of(texts[i]), &t, NULL))
			fail_msg("%s", texts[i]);
	}
	qpp_instant t;
	assert_false(qpp_instant_parse((struct qpp_str){ NULL, 0 }, &t, NULL));
}

/* Every beginning of an instant is none. */
static void instant__is_whole(void **unused)
{
	(void)unused;
	static const char text[] = "2024-12-31T23:59:59-05:00";
	qpp_instant t;
	for (size_t n = 0; n < sizeof text - 1; n++)
		assert_false(qpp_instant_parse((struct qpp_str){ text, n }, &t, NULL));
}

static void instant__is_a_day_where_one_stands(void **unused)
{
	(void)unused;
	qpp_instant t;
	int32_t offset;
	qpp_day day;
	assert_true(qpp_instant_parse(QPP_LIT("2024-12-31T23:59:59-05:00"), &t, &offset));
	assert_int_equal(offset, -18000);
	assert_true(qpp_day_parse(QPP_LIT("2024-12-31"), &day));
	assert_int_equal(qpp_instant_day(t, offset).v, day.v);
	assert_int_equal(qpp_instant_day(t, 0).v, day.v + 1);
	assert_int_equal(qpp_instant_day((qpp_instant){ -1 }, 0).v, -1);
	assert_int_equal(qpp_instant_day((qpp_instant){ -QPP_SECONDS_A_DAY }, 0).v, -1);
}

static void instant__is_written_as_it_is_read(void **unused)
{
	(void)unused;
	static const char *const texts[] = {
		"2024-12-31T23:59:59-05:00", "2024-10-01T00:00:00-04:00", "2025-01-01T04:59:59Z", "1969-07-20T20:17:40Z",
		"2025-01-01T10:29:59+05:30", "0001-01-01T00:00:00Z",
	};
	struct qpp_arena a = QPP_ARENA_INIT;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct qpp_buf b;
		qpp_instant t;
		int32_t offset;
		qpp_buf_init(&b, &a, 60);
		assert_true(qpp_instant_parse(qpp_str_of(texts[i]), &t, &offset));
		qpp_buf_instant(&b, t, offset);
		assert_string_equal(qpp_buf_done(&b).p, texts[i]);
	}
	qpp_arena_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instant__counts_seconds_from_1970),
		cmocka_unit_test(instant__is_the_same_in_every_zone),
		cmocka_unit_test(instant__a_fraction_of_a_second_is_dropped),
		cmocka_unit_test(instant__refuses_everything_else),
		cmocka_unit_test(instant__is_whole),
		cmocka_unit_test(instant__is_a_day_where_one_stands),
		cmocka_unit_test(instant__is_written_as_it_is_read),
	};
	return RUN_AS_TAP(tests);
}
