/* Moments in words of Eastern time, and spans of time. */
#include "app/eastern.h"

static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
	                              "July",    "August",   "September", "October", "November", "December" };

enum { MINUTE = 60, HOUR = 3600, NOON = 12 };

static void put_day(struct qpp_buf *b, qpp_day d)
{
	int year, month, day;
	qpp_day_civil(d, &year, &month, &day);
	qpp_buf_cat(b, months[month - 1], " ", (char *)NULL);
	qpp_buf_i64(b, day);
	qpp_buf_cat(b, ", ", (char *)NULL);
	qpp_buf_i64(b, year);
}

static void put_two(struct qpp_buf *b, int64_t v)
{
	qpp_buf_char(b, ':');
	qpp_buf_char(b, (char)('0' + v / 10));
	qpp_buf_char(b, (char)('0' + v % 10));
}

static void put_hour(struct qpp_buf *b, int64_t second, bool exact)
{
	int64_t hour = second / HOUR, minute = second / MINUTE % MINUTE;
	qpp_buf_i64(b, hour % NOON ? hour % NOON : NOON);
	if (minute || exact)
		put_two(b, minute);
	if (exact)
		put_two(b, second % MINUTE);
	qpp_buf_cat(b, hour < NOON ? " a.m. ET" : " p.m. ET", (char *)NULL);
}

/* The day there, and the second of that day. */
static qpp_day split(const struct qpp_zone *z, qpp_time t, int64_t *second)
{
	qpp_instant instant = qpp_time_instant(t);
	int32_t offset = qpp_zone_offset(z, instant);
	int64_t there = instant.v + offset;
	*second = (there % QPP_SECONDS_A_DAY + QPP_SECONDS_A_DAY) % QPP_SECONDS_A_DAY;
	return qpp_instant_day(instant, offset);
}

enum part { WITH_DAY = 1, WITH_HOUR = 2, EXACT = 4 };

static struct qpp_str words(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t, unsigned parts)
{
	struct qpp_buf b;
	int64_t second;
	qpp_day day = split(z, t, &second);
	qpp_buf_init(&b, a, 80);
	if (parts & WITH_DAY)
		put_day(&b, day);
	if (parts & WITH_DAY && parts & WITH_HOUR)
		qpp_buf_cat(&b, ", at ", (char *)NULL);
	if (parts & WITH_HOUR)
		put_hour(&b, second, parts & EXACT);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_eastern(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t)
{
	return words(a, z, t, WITH_DAY | WITH_HOUR);
}

struct qpp_str qpp_eastern_exact(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t)
{
	return words(a, z, t, WITH_DAY | WITH_HOUR | EXACT);
}

struct qpp_str qpp_eastern_hour(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t)
{
	return words(a, z, t, WITH_HOUR);
}

struct qpp_str qpp_eastern_day(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t)
{
	return words(a, z, t, WITH_DAY);
}

struct qpp_str qpp_day_words(struct qpp_arena *a, qpp_day d)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 40);
	put_day(&b, d);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_span_words(struct qpp_arena *a, int64_t us)
{
	static const struct {
		int64_t seconds;
		const char *name;
	} units[] = { { QPP_SECONDS_A_DAY, " day" }, { HOUR, " hour" }, { MINUTE, " minute" }, { 1, " second" } };
	int64_t left = (us < 0 ? -us : us) / QPP_MICROS_A_SECOND;
	size_t first = 0;
	struct qpp_buf b;
	if (!left)
		return QPP_LIT("less than a second");
	qpp_buf_init(&b, a, 80);
	while (left < units[first].seconds)
		first++;
	for (size_t i = first; i < sizeof units / sizeof *units && i < first + 2; i++) {
		int64_t n = left / units[i].seconds;
		left %= units[i].seconds;
		if (!n)
			continue;
		qpp_buf_cat(&b, i > first ? " and " : "", (char *)NULL);
		qpp_buf_i64(&b, n);
		qpp_buf_cat(&b, units[i].name, n == 1 ? "" : "s", (char *)NULL);
	}
	return qpp_buf_done(&b);
}
