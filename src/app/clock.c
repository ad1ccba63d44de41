/* Moments as texts and as instants of the rules, and the clock that tests move. */
#include "app/clock.h"

enum { TEXT_LENGTH = 27, FRACTION_AT = 20, FRACTION_DIGITS = 6 };

static qpp_time standing(struct qpp_clock *self)
{
	return ((struct qpp_test_clock *)self)->now;
}

struct qpp_test_clock qpp_clock_test(qpp_time at)
{
	return (struct qpp_test_clock){ { standing }, at };
}

qpp_time qpp_time_of_instant(qpp_instant t)
{
	return (qpp_time){ t.v * QPP_MICROS_A_SECOND };
}

qpp_instant qpp_time_instant(qpp_time t)
{
	int64_t s = t.us / QPP_MICROS_A_SECOND;
	return (qpp_instant){ t.us % QPP_MICROS_A_SECOND < 0 ? s - 1 : s };
}

void qpp_buf_time(struct qpp_buf *b, qpp_time t)
{
	qpp_instant second = qpp_time_instant(t);
	int64_t fraction = t.us - second.v * QPP_MICROS_A_SECOND;
	char digits[FRACTION_DIGITS];
	/* 2025-04-15T23:59:59Z, with the fraction put before the Z. */
	size_t before = b->n;
	qpp_buf_instant(b, second, 0);
	if (b->full || b->n == before)
		return;
	b->n--;
	for (int i = FRACTION_DIGITS - 1; i >= 0; i--, fraction /= 10)
		digits[i] = (char)('0' + fraction % 10);
	qpp_buf_char(b, '.');
	qpp_buf_add(b, digits, sizeof digits);
	qpp_buf_char(b, 'Z');
}

struct qpp_str qpp_time_text(struct qpp_arena *a, qpp_time t)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 64);
	qpp_buf_time(&b, t);
	return qpp_buf_done(&b);
}

bool qpp_time_parse(struct qpp_str s, qpp_time *out)
{
	uint64_t fraction;
	qpp_instant second;
	int32_t offset;
	/* The same moment has one text: capital letters, six decimals, Z. */
	if (s.n != TEXT_LENGTH || s.p[10] != 'T' || s.p[FRACTION_AT - 1] != '.' || s.p[TEXT_LENGTH - 1] != 'Z' ||
	    !qpp_str_u64((struct qpp_str){ s.p + FRACTION_AT, FRACTION_DIGITS }, QPP_MICROS_A_SECOND - 1, &fraction) ||
	    !qpp_instant_parse(s, &second, &offset))
		return false;
	out->us = second.v * QPP_MICROS_A_SECOND + (int64_t)fraction;
	return true;
}
