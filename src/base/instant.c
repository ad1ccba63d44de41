/* Instants as RFC 3339 writes them, read digit by digit so that nothing else passes for one. */
#include "qpp/instant.h"

enum { DAY_LENGTH = 10, TIME_LENGTH = 9, OFFSET_LENGTH = 6, MINUTE = 60, HOUR = 3600 };

/* Two digits at `at` that are at most `most`. */
static bool two(struct qpp_str s, size_t at, uint64_t most, int32_t *out)
{
	uint64_t v;
	if (at + 2 > s.n || !qpp_str_u64((struct qpp_str){ s.p + at, 2 }, most, &v))
		return false;
	*out = (int32_t)v;
	return true;
}

/* What follows the seconds: a fraction, which is passed over; false when a dot has no digit behind it. */
static bool pass_fraction(struct qpp_str *rest)
{
	if (!rest->n || rest->p[0] != '.')
		return true;
	size_t n = 1;
	while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
		n++;
	*rest = (struct qpp_str){ rest->p + n, rest->n - n };
	return n > 1;
}

/* Z, or a sign, hours and minutes. */
static bool read_offset(struct qpp_str s, int32_t *out)
{
	int32_t hours, minutes;
	*out = 0;
	if (s.n == 1)
		return s.p[0] == 'Z' || s.p[0] == 'z';
	if (s.n != OFFSET_LENGTH || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':')
		return false;
	if (!two(s, 1, 23, &hours) || !two(s, 4, 59, &minutes))
		return false;
	*out = (hours * HOUR + minutes * MINUTE) * (s.p[0] == '-' ? -1 : 1);
	return true;
}

bool qpp_instant_parse(struct qpp_str s, qpp_instant *out, int32_t *offset)
{
	qpp_day day;
	int32_t hour, minute, second, away;
	out->v = 0;
	if (s.n < DAY_LENGTH + TIME_LENGTH || !qpp_day_parse((struct qpp_str){ s.p, DAY_LENGTH }, &day))
		return false;
	struct qpp_str time = { s.p + DAY_LENGTH, TIME_LENGTH };
	if ((time.p[0] != 'T' && time.p[0] != 't') || time.p[3] != ':' || time.p[6] != ':')
		return false;
	if (!two(time, 1, 23, &hour) || !two(time, 4, 59, &minute) || !two(time, 7, 59, &second))
		return false;
	struct qpp_str rest = { time.p + TIME_LENGTH, s.n - DAY_LENGTH - TIME_LENGTH };
	if (!pass_fraction(&rest) || !read_offset(rest, &away))
		return false;
	out->v = (int64_t)day.v * QPP_SECONDS_A_DAY + hour * HOUR + minute * MINUTE + second - away;
	if (offset)
		*offset = away;
	return true;
}

/* Days before 1970 are whole days too: rounded down, never toward zero. */
static int64_t days_of(int64_t seconds)
{
	return seconds / QPP_SECONDS_A_DAY - (seconds % QPP_SECONDS_A_DAY < 0);
}

qpp_day qpp_instant_day(qpp_instant t, int32_t offset)
{
	return (qpp_day){ (int32_t)days_of(t.v + offset) };
}

static void put_two(struct qpp_buf *b, int v)
{
	qpp_buf_char(b, (char)('0' + v / 10));
	qpp_buf_char(b, (char)('0' + v % 10));
}

void qpp_buf_instant(struct qpp_buf *b, qpp_instant t, int32_t offset)
{
	int64_t local = t.v + offset;
	int of_day = (int)(local - days_of(local) * QPP_SECONDS_A_DAY);
	int32_t away = offset < 0 ? -offset : offset;
	qpp_buf_day(b, qpp_instant_day(t, offset));
	qpp_buf_char(b, 'T');
	put_two(b, of_day / HOUR);
	qpp_buf_char(b, ':');
	put_two(b, of_day % HOUR / MINUTE);
	qpp_buf_char(b, ':');
	put_two(b, of_day % MINUTE);
	if (!offset) {
		qpp_buf_char(b, 'Z');
		return;
	}
	qpp_buf_char(b, offset < 0 ? '-' : '+');
	put_two(b, (int)(away / HOUR));
	qpp_buf_char(b, ':');
	put_two(b, (int)(away % HOUR / MINUTE));
}
