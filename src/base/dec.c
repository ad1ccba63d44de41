/*
 * Exact ratios. Numerators are 128-bit, denominators 64-bit. Sums and products
 * of small numbers take a short way that checks for overflow and nothing else;
 * only what does not fit there is brought to lowest terms. The long way is
 * exact: it answers undefined when, and only when, the result in lowest terms
 * has a numerator above 127 bits or a denominator above 63. The numerator -2^127
 * is never made, so that every number has its negative.
 */
#include "qpp/dec.h"

#include <stddef.h>

#include "dec_int.h"

typedef unsigned __int128 u128;

static const int64_t ten_to[] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
	10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000,
	1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000,
};

enum { MOST_PLACES = 18 };

static const qpp_dec undefined = { 0, 0 };
static const u128 most = ~(u128)0 >> 1;

static u128 magnitude(__int128 v)
{
	return v < 0 ? -(u128)v : (u128)v;
}

/* a / d; in 64 bits where they are enough, which is several times faster. */
static u128 divide(u128 a, uint64_t d, uint64_t *rest)
{
	if (!(a >> 64)) {
		*rest = (uint64_t)a % d;
		return (uint64_t)a / d;
	}
	*rest = (uint64_t)(a % d);
	return a / d;
}

static uint64_t gcd64(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t r = a % b;
		a = b;
		b = r;
	}
	return a;
}

static u128 gcd(u128 a, u128 b)
{
	while (b) {
		if (!(a >> 64) && !(b >> 64))
			return gcd64((uint64_t)a, (uint64_t)b);
		u128 r = a % b;
		a = b;
		b = r;
	}
	return a;
}

/* a * b when it fits in 127 bits. Written out: the compiler's own check calls a helper not every host has. */
static bool multiply(u128 a, u128 b, u128 *out)
{
	if (!(a >> 64) && !(b >> 63)) {
		*out = a * b;
		return *out <= most;
	}
	if (a && b > most / a)
		return false;
	*out = a * b;
	return true;
}

static qpp_dec signed_ratio(bool negative, u128 n, u128 d)
{
	return (qpp_dec){ negative ? -(__int128)n : (__int128)n, (int64_t)d };
}

static qpp_dec lowest(qpp_dec a)
{
	u128 g = gcd(magnitude(a.n), (u128)a.d);
	if (g > 1) {
		a.n /= (__int128)g;
		a.d /= (int64_t)g;
	}
	return a;
}

qpp_dec qpp_dec_undefined(void)
{
	return undefined;
}

qpp_dec qpp_dec_ratio(int64_t n, int64_t d)
{
	if (d == 0)
		return undefined;
	u128 top = magnitude(n), bottom = magnitude(d);
	/* 2^63, the one magnitude that is no denominator, may still be halved. */
	if (bottom >> 63) {
		u128 g = gcd(top, bottom);
		top /= g;
		bottom /= g;
		if (bottom >> 63)
			return undefined;
	}
	return signed_ratio((n < 0) != (d < 0), top, bottom);
}

qpp_dec qpp_dec_scaled(int64_t n, int places)
{
	if (places < 0 || places > MOST_PLACES)
		return undefined;
	return (qpp_dec){ n, ten_to[places] };
}

static bool small(__int128 n)
{
	return n <= INT64_MAX && n >= -INT64_MAX;
}

/* An unsigned number of 192 bits: high * 2^64 + low. Sums of two products of 127 and 63 bits fit. */
struct wide {
	u128 high;
	uint64_t low;
};

static struct wide wide_product(u128 n, uint64_t m)
{
	u128 low = (u128)(uint64_t)n * m;
	return (struct wide){ (n >> 64) * m + (low >> 64), (uint64_t)low };
}

static bool wide_less(struct wide a, struct wide b)
{
	return a.high < b.high || (a.high == b.high && a.low < b.low);
}

static struct wide wide_sum(struct wide a, struct wide b)
{
	uint64_t low = a.low + b.low;
	return (struct wide){ a.high + b.high + (low < a.low), low };
}

static struct wide wide_difference(struct wide a, struct wide b)
{
	return (struct wide){ a.high - b.high - (a.low < b.low), a.low - b.low };
}

static struct wide wide_divide(struct wide a, uint64_t d, uint64_t *rest)
{
	uint64_t r;
	u128 high = divide(a.high, d, &r);
	return (struct wide){ high, (uint64_t)divide((u128)r << 64 | a.low, d, rest) };
}

/*
 * The sum of two numbers in lowest terms, in lowest terms. With g the common
 * divisor of the denominators, the sum over their least common multiple can
 * only be reduced by a divisor of g (Knuth, 4.5.1), which is 64-bit work.
 */
static qpp_dec exact_sum(qpp_dec a, qpp_dec b)
{
	uint64_t g = gcd64((uint64_t)a.d, (uint64_t)b.d), rest;
	struct wide left = wide_product(magnitude(a.n), (uint64_t)b.d / g);
	struct wide right = wide_product(magnitude(b.n), (uint64_t)a.d / g), sum;
	bool negative = a.n < 0;
	if ((a.n < 0) == (b.n < 0)) {
		sum = wide_sum(left, right);
	} else if (wide_less(left, right)) {
		sum = wide_difference(right, left);
		negative = !negative;
	} else {
		sum = wide_difference(left, right);
	}
	wide_divide(sum, g, &rest);
	uint64_t h = gcd64(g, rest);
	sum = wide_divide(sum, h, &rest);
	u128 d = (u128)((uint64_t)a.d / g) * ((uint64_t)b.d / h);
	if (sum.high >> 63 || d >> 63)
		return undefined;
	return signed_ratio(negative, sum.high << 64 | sum.low, d);
}

qpp_dec qpp_dec_add_far(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b))
		return undefined;
	__int128 sum;
	if (a.d == b.d && !__builtin_add_overflow(a.n, b.n, &sum) && sum >= -(__int128)most)
		return (qpp_dec){ sum, a.d };
	if (small(a.n) && small(b.n)) {
		int64_t g = (int64_t)gcd64((uint64_t)a.d, (uint64_t)b.d), d;
		int64_t am = b.d / g, bm = a.d / g;
		if (!__builtin_mul_overflow(a.d, am, &d))
			return (qpp_dec){ a.n * am + b.n * bm, d };
	}
	return exact_sum(lowest(a), lowest(b));
}

/* n/d times m/e, each factor crosswise in lowest terms, so that it overflows only when the result does. */
static qpp_dec product(bool negative, u128 n, u128 d, u128 m, u128 e)
{
	u128 g = gcd(n, e), h = gcd(m, d), top, bottom;
	if (g > 1)
		n /= g, e /= g;
	if (h > 1)
		m /= h, d /= h;
	if (!multiply(n, m, &top) || !multiply(d, e, &bottom) || bottom >> 63)
		return undefined;
	return signed_ratio(negative, top, bottom);
}

qpp_dec qpp_dec_mul_far(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b))
		return undefined;
	int64_t d;
	if (small(a.n) && small(b.n) && !__builtin_mul_overflow(a.d, b.d, &d))
		return (qpp_dec){ a.n * b.n, d };
	a = lowest(a);
	b = lowest(b);
	return product((a.n < 0) != (b.n < 0), magnitude(a.n), (u128)a.d, magnitude(b.n), (u128)b.d);
}

qpp_dec qpp_dec_div_far(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b) || b.n == 0)
		return undefined;
	bool negative = (a.n < 0) != (b.n < 0);
	int64_t d;
	u128 bn = magnitude(b.n);
	if (small(a.n) && small(b.n) && !__builtin_mul_overflow(a.d, (int64_t)bn, &d))
		return signed_ratio(negative, magnitude(a.n) * (u128)b.d, (u128)d);
	a = lowest(a);
	b = lowest(b);
	return product(negative, magnitude(a.n), (u128)a.d, (u128)b.d, magnitude(b.n));
}

/* Compares magnitudes by continued fractions: exact for every pair, however large. */
static int compare(u128 an, u128 ad, u128 bn, u128 bd)
{
	int sign = 1;
	for (;;) {
		u128 aq = an / ad, bq = bn / bd;
		if (aq != bq)
			return aq < bq ? -sign : sign;
		an %= ad;
		bn %= bd;
		if (!an || !bn)
			return an ? sign : bn ? -sign : 0;
		/* an/ad ? bn/bd is ad/an ? bd/bn the other way round. */
		u128 t = an;
		an = ad;
		ad = t;
		t = bn;
		bn = bd;
		bd = t;
		sign = -sign;
	}
}

int qpp_dec_cmp_far(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b))
		return 0;
	if (a.d == b.d)
		return a.n < b.n ? -1 : a.n > b.n;
	if (small(a.n) && small(b.n)) {
		__int128 left = a.n * b.d, right = b.n * a.d;
		return left < right ? -1 : left > right;
	}
	int as = qpp_dec_sign(a), bs = qpp_dec_sign(b);
	if (as != bs)
		return as < bs ? -1 : 1;
	int c = compare(magnitude(a.n), (u128)a.d, magnitude(b.n), (u128)b.d);
	return as < 0 ? -c : c;
}

bool qpp_dec_eq(qpp_dec a, qpp_dec b)
{
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b))
		return qpp_dec_ok(a) == qpp_dec_ok(b);
	return qpp_dec_cmp(a, b) == 0;
}

void qpp_dec_parts(qpp_dec a, int places, u128 *whole, uint64_t *part)
{
	uint64_t unit = (uint64_t)ten_to[places], d = (uint64_t)a.d, rest, half;
	*whole = divide(magnitude(a.n), d, &rest);
	/* Only the remainder, which is below d, is scaled: 63 bits times 30. */
	uint64_t near = (uint64_t)divide((u128)rest * unit, d, &half);
	near += half >= d - half;
	*whole += near == unit;
	*part = near == unit ? 0 : near;
}

qpp_dec qpp_dec_round(qpp_dec a, int places)
{
	if (!qpp_dec_ok(a) || places < 0 || places > QPP_MOST_ROUNDED_PLACES)
		return undefined;
	uint64_t unit = (uint64_t)ten_to[places], part;
	if (unit % (uint64_t)a.d == 0)
		return a;
	u128 whole, n;
	qpp_dec_parts(a, places, &whole, &part);
	if (!multiply(whole, unit, &n) || n + part > most) {
		/* Zeros at the end may be left out: 0.500 needs tenths, not thousandths. */
		uint64_t g = gcd64(unit, part);
		unit /= g;
		part /= g;
		if (!multiply(whole, unit, &n) || n + part > most)
			return undefined;
	}
	return signed_ratio(a.n < 0, n + part, unit);
}

bool qpp_dec_i64(qpp_dec a, int64_t *out)
{
	if (!qpp_dec_ok(a))
		return false;
	if (a.d == 1 && small(a.n)) {
		*out = (int64_t)a.n;
		return true;
	}
	if (a.n % a.d != 0)
		return false;
	__int128 v = a.n / a.d;
	if (v > INT64_MAX || v < INT64_MIN)
		return false;
	*out = (int64_t)v;
	return true;
}

/* Digits of a number text: value without leading zeros' weight, how many decimals. */
struct digits {
	int64_t v;
	int significant, decimals;
	bool any;
};

static bool read_digits(struct qpp_str s, size_t *at, struct digits *d)
{
	bool point = false;
	for (; *at < s.n; (*at)++) {
		char c = s.p[*at];
		if (c == '.' && !point && d->any) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		d->any = true;
		if (d->v || c != '0')
			d->significant++;
		if (d->significant > MOST_PLACES || d->decimals + point > MOST_PLACES)
			return false;
		d->v = d->v * 10 + (c - '0');
		d->decimals += point;
	}
	return d->any && s.p[*at - 1] != '.';
}

static bool read_exponent(struct qpp_str s, size_t *at, int *exponent)
{
	if (*at == s.n)
		return true;
	if (s.p[*at] != 'e' && s.p[*at] != 'E')
		return false;
	(*at)++;
	bool negative = *at < s.n && s.p[*at] == '-';
	if (*at < s.n && (s.p[*at] == '-' || s.p[*at] == '+'))
		(*at)++;
	uint64_t e;
	if (!qpp_str_u64((struct qpp_str){ s.p + *at, s.n - *at }, 2 * MOST_PLACES, &e))
		return false;
	*exponent = negative ? -(int)e : (int)e;
	return true;
}

bool qpp_dec_parse(struct qpp_str s, qpp_dec *out)
{
	*out = undefined;
	size_t at = 0;
	bool negative = s.n && s.p[0] == '-';
	if (negative)
		at = 1;
	struct digits d = { 0 };
	int exponent = 0;
	if (!read_digits(s, &at, &d) || !read_exponent(s, &at, &exponent))
		return false;
	int places = d.decimals - exponent;
	while (places > MOST_PLACES && d.v % 10 == 0 && d.v)
		d.v /= 10, places--;
	for (; places < 0 && d.v; places++)
		if (__builtin_mul_overflow(d.v, (int64_t)10, &d.v))
			return false;
	if (!d.v)
		places = 0;
	if (places > MOST_PLACES)
		return false;
	*out = (qpp_dec){ negative ? -d.v : d.v, ten_to[places] };
	return true;
}
