/*
 * Exact numbers: a ratio of a 128-bit numerator and a positive 64-bit
 * denominator. Points, percents and scores are kept so from the submitted
 * integers to the published figure; nothing is rounded unless a rounding is
 * called by name.
 *
 * Operations are total. A result that cannot be held exactly, or a division
 * by zero, is the undefined number (denominator 0), which every operation
 * passes on; qpp_dec_ok() asks once at the end. Nothing wraps silently.
 */
#ifndef QPP_DEC_H
#define QPP_DEC_H

#include <stdbool.h>
#include <stdint.h>

#include "qpp/str.h"

/* Aligned as a 64-bit number, so that values of a score take no padding. */
typedef __int128 qpp_i128 __attribute__((aligned(8)));

typedef struct {
	qpp_i128 n;
	int64_t d;     /* > 0; 0 marks the undefined number; not necessarily lowest terms */
} qpp_dec;

#define QPP_DEC_INIT(n) { (n), 1 }

static inline qpp_dec qpp_dec_of(int64_t n);
qpp_dec qpp_dec_ratio(int64_t n, int64_t d);              /* undefined when d is 0 */
qpp_dec qpp_dec_scaled(int64_t n, int places);            /* n / 10^places, places 0..18 */
qpp_dec qpp_dec_undefined(void);
static inline bool qpp_dec_ok(qpp_dec a);

static inline qpp_dec qpp_dec_add(qpp_dec a, qpp_dec b);
static inline qpp_dec qpp_dec_sub(qpp_dec a, qpp_dec b);
static inline qpp_dec qpp_dec_mul(qpp_dec a, qpp_dec b);
static inline qpp_dec qpp_dec_div(qpp_dec a, qpp_dec b);  /* undefined when b is 0 */
static inline qpp_dec qpp_dec_neg(qpp_dec a);
static inline qpp_dec qpp_dec_min(qpp_dec a, qpp_dec b);
static inline qpp_dec qpp_dec_max(qpp_dec a, qpp_dec b);

/* -1, 0, 1. Both must be defined: ask qpp_dec_ok() first where that is not certain. */
static inline int qpp_dec_cmp(qpp_dec a, qpp_dec b);
static inline int qpp_dec_sign(qpp_dec a);
bool qpp_dec_eq(qpp_dec a, qpp_dec b);                    /* two undefined numbers are equal */

/* Rounded to `places` decimals (0..9), half away from zero. */
qpp_dec qpp_dec_round(qpp_dec a, int places);

/* The whole number when it is one and fits; false otherwise. */
bool qpp_dec_i64(qpp_dec a, int64_t *out);

/*
 * Plain or scientific decimal text ("-12.50", "1e3") to its exact value.
 * At most 18 significant digits and 18 decimals. False on anything else:
 * empty, other characters, out of range; `*out` is then undefined.
 */
bool qpp_dec_parse(struct qpp_str s, qpp_dec *out);

/*
 * The short ways, in line: numbers of one denominator, and products of small
 * ones. Scoring is made of little else; the rest goes the long way in dec.c.
 */
qpp_dec qpp_dec_add_far(qpp_dec a, qpp_dec b);
qpp_dec qpp_dec_mul_far(qpp_dec a, qpp_dec b);
qpp_dec qpp_dec_div_far(qpp_dec a, qpp_dec b);
int qpp_dec_cmp_far(qpp_dec a, qpp_dec b);

static inline bool qpp_dec_small(qpp_i128 n)
{
	return n == (int64_t)n;
}

static inline qpp_dec qpp_dec_of(int64_t n)
{
	return (qpp_dec){ n, 1 };
}

static inline bool qpp_dec_ok(qpp_dec a)
{
	return a.d > 0;
}

static inline qpp_dec qpp_dec_neg(qpp_dec a)
{
	a.n = -a.n;
	return a;
}

static inline int qpp_dec_sign(qpp_dec a)
{
	return a.n < 0 ? -1 : a.n > 0;
}

static inline qpp_dec qpp_dec_add(qpp_dec a, qpp_dec b)
{
	if (a.d == b.d && a.d > 0 && qpp_dec_small(a.n) && qpp_dec_small(b.n))
		return (qpp_dec){ a.n + b.n, a.d };
	/* A whole number and any other: 64 by 64 bits and one more fit in 128. */
	if (b.d == 1 && a.d > 0 && qpp_dec_small(a.n) && qpp_dec_small(b.n))
		return (qpp_dec){ a.n + (__int128)(int64_t)b.n * a.d, a.d };
	if (a.d == 1 && b.d > 0 && qpp_dec_small(a.n) && qpp_dec_small(b.n))
		return (qpp_dec){ b.n + (__int128)(int64_t)a.n * b.d, b.d };
	return qpp_dec_add_far(a, b);
}

static inline qpp_dec qpp_dec_sub(qpp_dec a, qpp_dec b)
{
	return qpp_dec_add(a, qpp_dec_neg(b));
}

static inline qpp_dec qpp_dec_mul(qpp_dec a, qpp_dec b)
{
	int64_t d;
	if (qpp_dec_small(a.n) && qpp_dec_small(b.n) && !__builtin_mul_overflow(a.d, b.d, &d) && d > 0)
		return (qpp_dec){ (__int128)(int64_t)a.n * (int64_t)b.n, d };
	return qpp_dec_mul_far(a, b);
}

static inline qpp_dec qpp_dec_div(qpp_dec a, qpp_dec b)
{
	int64_t d;
	if (b.n > 0 && qpp_dec_small(a.n) && qpp_dec_small(b.n) && a.d > 0 && b.d > 0 &&
	    !__builtin_mul_overflow(a.d, (int64_t)b.n, &d))
		return (qpp_dec){ (__int128)(int64_t)a.n * b.d, d };
	return qpp_dec_div_far(a, b);
}

static inline int qpp_dec_cmp(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_small(a.n) || !qpp_dec_small(b.n) || a.d <= 0 || b.d <= 0)
		return qpp_dec_cmp_far(a, b);
	if (a.d == b.d)
		return (int64_t)a.n < (int64_t)b.n ? -1 : (int64_t)a.n > (int64_t)b.n;
	__int128 left = (__int128)(int64_t)a.n * b.d, right = (__int128)(int64_t)b.n * a.d;
	return left < right ? -1 : left > right;
}

static inline qpp_dec qpp_dec_min(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b))
		return (qpp_dec){ 0, 0 };
	return qpp_dec_cmp(a, b) <= 0 ? a : b;
}

static inline qpp_dec qpp_dec_max(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b))
		return (qpp_dec){ 0, 0 };
	return qpp_dec_cmp(a, b) >= 0 ? a : b;
}

#endif
