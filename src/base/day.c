/* Civil days by the usual era arithmetic: 400 years are 146,097 days. */
#include "qpp/day.h"

enum { DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, EPOCH_SHIFT = 719468 };

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % YEARS_PER_ERA == 0;
	return days[month - 1] + (month == 2 && leap);
}

bool qpp_day_of(int year, int month, int day, qpp_day *out)
{
	out->v = 0;
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
		return false;
	/* The year is counted from March, so that the leap day is its last. */
	int y = year - (month <= 2);
	int era = y / YEARS_PER_ERA, of_era = y % YEARS_PER_ERA;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	out->v = era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_SHIFT;
	return true;
}

void qpp_day_civil(qpp_day d, int *year, int *month, int *day)
{
	int z = d.v + EPOCH_SHIFT;
	int era = z / DAYS_PER_ERA, doe = z % DAYS_PER_ERA;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * YEARS_PER_ERA + (*month <= 2);
}

bool qpp_day_parse(struct qpp_str s, qpp_day *out)
{
	uint64_t y, m, d;
	out->v = 0;
	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	return qpp_str_u64((struct qpp_str){ s.p, 4 }, 9999, &y) &&
	       qpp_str_u64((struct qpp_str){ s.p + 5, 2 }, 12, &m) &&
	       qpp_str_u64((struct qpp_str){ s.p + 8, 2 }, 31, &d) &&
	       qpp_day_of((int)y, (int)m, (int)d, out);
}

int32_t qpp_day_count(qpp_day first, qpp_day last)
{
	return last.v - first.v + 1;
}

static void two_digits(struct qpp_buf *b, int v)
{
	qpp_buf_char(b, (char)('0' + v / 10));
	qpp_buf_char(b, (char)('0' + v % 10));
}

void qpp_buf_day(struct qpp_buf *b, qpp_day d)
{
	int y, m, day;
	qpp_day_civil(d, &y, &m, &day);
	two_digits(b, y / 100);
	two_digits(b, y % 100);
	qpp_buf_char(b, '-');
	two_digits(b, m);
	qpp_buf_char(b, '-');
	two_digits(b, day);
}
