/*
 * Exact ratios against GMP: millions of random operations on operands of every
 * size, many of them at the limits of 127 and 63 bits, or related so that
 * almost everything cancels. Three properties for every operation:
 *   a defined answer is GMP's answer, to the last bit;
 *   an undefined answer means that GMP's answer in lowest terms does not fit;
 *   an undefined operand gives an undefined answer.
 *
 *   prop_dec [SEED [OPERATIONS]]      the seed is printed and repeats a run
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gmp_dec.h"
#include "qpp/buf.h"

enum { OPERATIONS = 3000000, NUMERATOR_BITS = 127, DENOMINATOR_BITS = 63, MOST_COMPLAINTS = 10, TEXT = 128 };

enum property { ADD, SUB, MUL, DIV, COMPARE, LEAST_AND_GREATEST, ROUND, WRITE, WRITE_SHORT, READ_BACK, READ, PROPERTIES };

static const char *const names[] = {
	[ADD] = "sums are exact, or do not fit",
	[SUB] = "differences are exact, or do not fit",
	[MUL] = "products are exact, or do not fit",
	[DIV] = "quotients are exact, or do not fit or divide by zero",
	[COMPARE] = "comparison agrees with GMP",
	[LEAST_AND_GREATEST] = "min and max agree with GMP",
	[ROUND] = "rounding is half away from zero, or does not fit",
	[WRITE] = "every defined number is written as GMP rounds it",
	[WRITE_SHORT] = "the short form has no zeros that say nothing",
	[READ_BACK] = "what is written is read back",
	[READ] = "number texts are read exactly, others refused",
};

static uint64_t state;
static unsigned long tried[PROPERTIES], undefined[PROPERTIES], wrong[PROPERTIES];

static const char *text_of(qpp_dec v)
{
	static char texts[4][TEXT];
	static int turn;
	turn = (turn + 1) % 4;
	if (!qpp_dec_ok(v))
		return "undefined";
	mpz_t n;
	mpz_init(n);
	mpz_from_u128(n, v.n < 0 ? -(u128)v.n : (u128)v.n);
	gmp_snprintf(texts[turn], TEXT, "%s%Zd/%lld", v.n < 0 ? "-" : "", n, (long long)v.d);
	mpz_clear(n);
	return texts[turn];
}

static void complain(enum property p, qpp_dec a, qpp_dec b, int places, const char *got)
{
	if (wrong[p]++ < MOST_COMPLAINTS)
		printf("# %s: %s and %s, %d places, got %s\n", names[p], text_of(a), text_of(b), places, got);
}

/* Operands. */

static u128 random_wide(int bits)
{
	u128 v = (u128)random_bits(&state) << 64 | random_bits(&state);
	return bits ? v >> (128 - bits) : 0;
}

/* A product of small primes below 2^bits: such numbers cancel. */
static u128 random_smooth(int bits)
{
	static const unsigned primes[] = { 2, 2, 2, 3, 3, 5, 5, 7, 10, 100 };
	u128 v = 1, most = ((u128)1 << bits) - 1;
	for (;;) {
		unsigned p = primes[random_below(&state, sizeof primes / sizeof *primes)];
		if (v > most / p || random_below(&state, 50) == 0)
			return v;
		v *= p;
	}
}

static u128 random_magnitude(int bits)
{
	switch (random_below(&state, 5)) {
	case 0:
		return random_below(&state, 200);
	case 1:
		return random_smooth(bits);
	case 2:
		return ((u128)1 << bits) - 1 - random_below(&state, 4);
	default:
		return random_wide((int)random_below(&state, (uint64_t)bits + 1));
	}
}

static qpp_dec signed_dec(u128 n, u128 d)
{
	bool negative = random_bits(&state) & 1;
	return (qpp_dec){ negative ? -(__int128)n : (__int128)n, d ? (int64_t)d : 1 };
}

static int64_t random_power_of_ten(int most)
{
	int64_t v = 1;
	for (uint64_t k = random_below(&state, (uint64_t)most + 1); k; k--)
		v *= 10;
	return v;
}

static qpp_dec random_dec(void)
{
	switch (random_below(&state, 16)) {
	case 0:
		return qpp_dec_undefined();
	case 1: case 2: case 3: case 4:      /* what scoring sees: a few decimals, counts over counts */
		return signed_dec(random_below(&state, 10000000), (u128)random_power_of_ten(6));
	case 5: case 6:
		return signed_dec(random_below(&state, 100000), random_below(&state, 100000) + 1);
	case 7: case 8: {                    /* not in lowest terms */
		u128 k = random_below(&state, 1000) + 1;
		return signed_dec(random_magnitude(117) * k, random_magnitude(53) * k);
	}
	default:
		return signed_dec(random_magnitude(NUMERATOR_BITS), random_magnitude(DENOMINATOR_BITS));
	}
}

/* Sometimes related to the first operand, so that a sum or product nearly cancels. */
static qpp_dec random_second(qpp_dec a)
{
	const u128 most = ~(u128)0 >> 1;
	qpp_dec b = random_dec();
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b) || random_below(&state, 4))
		return b;
	u128 an = a.n < 0 ? -(u128)a.n : (u128)a.n, few = random_below(&state, 5);
	switch (random_below(&state, 4)) {
	case 0:
		return a;
	case 1:
		b.d = a.d;
		break;
	case 2:                              /* close to a or to -a, over another denominator */
		return signed_dec(an / (u128)a.d * (u128)b.d > most - few ? an : an / (u128)a.d * (u128)b.d + few, (u128)b.d);
	default:                             /* close to 1/a, as far as that fits */
		return signed_dec((u128)a.d, an && an <= INT64_MAX ? an : (u128)b.d);
	}
	return b;
}

/* Checks. */

static bool fits(mpq_t q)
{
	return mpz_sizeinbase(mpq_numref(q), 2) <= NUMERATOR_BITS && mpz_sizeinbase(mpq_denref(q), 2) <= DENOMINATOR_BITS;
}

static bool agrees(enum property p, qpp_dec got, mpq_t exact)
{
	if (!qpp_dec_ok(got)) {
		undefined[p]++;
		return !fits(exact);
	}
	mpq_t q;
	mpq_init(q);
	mpq_from_dec(q, got);
	bool same = mpq_equal(q, exact) && got.n >= -(__int128)(~(u128)0 >> 1);
	mpq_clear(q);
	return same;
}

struct exact {
	mpq_t a, b, r;
	mpz_t scaled, unit;
};

static void check_arithmetic(struct exact *x, enum property p, qpp_dec a, qpp_dec b)
{
	static qpp_dec (*const ours[])(qpp_dec, qpp_dec) = {
		[ADD] = qpp_dec_add, [SUB] = qpp_dec_sub, [MUL] = qpp_dec_mul, [DIV] = qpp_dec_div,
	};
	static void (*const theirs[])(mpq_t, const mpq_t, const mpq_t) = {
		[ADD] = mpq_add, [SUB] = mpq_sub, [MUL] = mpq_mul, [DIV] = mpq_div,
	};
	qpp_dec got = ours[p](a, b);
	tried[p]++;
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b) || (p == DIV && b.n == 0)) {
		undefined[p]++;
		if (qpp_dec_ok(got))
			complain(p, a, b, 0, text_of(got));
		return;
	}
	theirs[p](x->r, x->a, x->b);
	if (!agrees(p, got, x->r))
		complain(p, a, b, 0, text_of(got));
}

static void check_order(struct exact *x, qpp_dec a, qpp_dec b)
{
	tried[COMPARE]++;
	tried[LEAST_AND_GREATEST]++;
	qpp_dec least = qpp_dec_min(a, b), greatest = qpp_dec_max(a, b);
	if (!qpp_dec_ok(a) || !qpp_dec_ok(b)) {
		undefined[LEAST_AND_GREATEST]++;
		if (qpp_dec_ok(least) || qpp_dec_ok(greatest) || qpp_dec_eq(a, b) != (qpp_dec_ok(a) == qpp_dec_ok(b)))
			complain(LEAST_AND_GREATEST, a, b, 0, text_of(least));
		return;
	}
	int c = mpq_cmp(x->a, x->b);
	c = (c > 0) - (c < 0);
	if (qpp_dec_cmp(a, b) != c || qpp_dec_eq(a, b) != (c == 0) || qpp_dec_sign(a) != mpq_sgn(x->a))
		complain(COMPARE, a, b, 0, "another order");
	if (!agrees(LEAST_AND_GREATEST, least, c <= 0 ? x->a : x->b) ||
	    !agrees(LEAST_AND_GREATEST, greatest, c <= 0 ? x->b : x->a))
		complain(LEAST_AND_GREATEST, a, b, 0, text_of(least));
}

/* x->scaled becomes the whole number of 10^-places nearest to x->a, half away from zero. */
static void round_exactly(struct exact *x, int places)
{
	mpz_ui_pow_ui(x->unit, 10, (unsigned long)places);
	mpz_mul(x->scaled, mpq_numref(x->a), x->unit);
	mpz_abs(x->scaled, x->scaled);
	mpz_mul_2exp(x->scaled, x->scaled, 1);
	mpz_add(x->scaled, x->scaled, mpq_denref(x->a));
	mpz_fdiv_q(x->scaled, x->scaled, mpq_denref(x->a));
	mpz_fdiv_q_2exp(x->scaled, x->scaled, 1);
	if (mpq_sgn(x->a) < 0)
		mpz_neg(x->scaled, x->scaled);
}

static void check_round(struct exact *x, qpp_dec a, int places)
{
	qpp_dec got = qpp_dec_round(a, places);
	tried[ROUND]++;
	if (!qpp_dec_ok(a)) {
		undefined[ROUND]++;
		if (qpp_dec_ok(got))
			complain(ROUND, a, a, places, text_of(got));
		return;
	}
	round_exactly(x, places);
	mpq_set_num(x->r, x->scaled);
	mpq_set_den(x->r, x->unit);
	mpq_canonicalize(x->r);
	if (!agrees(ROUND, got, x->r))
		complain(ROUND, a, a, places, text_of(got));
}

/* The text of x->scaled / 10^places. */
static void write_exactly(struct exact *x, int places, char *to)
{
	char all[TEXT];
	mpz_abs(x->unit, x->scaled);
	gmp_snprintf(all, sizeof all, "%0*Zd", places + 1, x->unit);
	size_t whole = strlen(all) - (size_t)places;
	snprintf(to, TEXT, "%s%.*s%s%s", mpz_sgn(x->scaled) < 0 ? "-" : "", (int)whole, all, places ? "." : "", all + whole);
}

static void check_text(struct exact *x, struct qpp_arena *arena, qpp_dec a, int places)
{
	if (!qpp_dec_ok(a))
		return;
	char expected[TEXT];
	round_exactly(x, places);
	write_exactly(x, places, expected);
	struct qpp_str got = qpp_dec_text(arena, a, places);
	tried[WRITE]++;
	if (!qpp_str_is(got, expected))
		complain(WRITE, a, a, places, got.p);

	qpp_dec back, rounded = qpp_dec_round(a, places);
	if (got.n - (size_t)(places > 0) - (got.p[0] == '-') <= 18) {      /* no more digits than are read */
		tried[READ_BACK]++;
		if (!qpp_dec_parse(got, &back) || !qpp_dec_eq(back, rounded))
			complain(READ_BACK, a, back, places, got.p);
	}

	int least = (int)random_below(&state, (uint64_t)places + 1);
	size_t keep = strlen(expected) - (size_t)(places - least), n = strlen(expected);
	while (n > keep && expected[n - 1] == '0')
		n--;
	if (places && n && expected[n - 1] == '.')
		n--;
	expected[n] = 0;
	got = qpp_dec_text_short(arena, a, least, places);
	tried[WRITE_SHORT]++;
	if (!qpp_str_is(got, expected))
		complain(WRITE_SHORT, a, a, places, got.p);
}

/* A text of the characters of numbers: mostly well formed. */
static size_t random_text(char *to)
{
	size_t n = 0;
	if (random_below(&state, 3) == 0)
		to[n++] = '-';
	for (uint64_t k = random_below(&state, 12) + 1; k; k--)
		to[n++] = (char)('0' + random_below(&state, 10));
	if (random_below(&state, 2)) {
		to[n++] = '.';
		for (uint64_t k = random_below(&state, 12) + 1; k; k--)
			to[n++] = random_below(&state, 3) ? (char)('0' + random_below(&state, 10)) : '0';
	}
	if (random_below(&state, 3) == 0) {
		to[n++] = random_below(&state, 2) ? 'e' : 'E';
		if (random_below(&state, 2))
			to[n++] = random_below(&state, 2) ? '-' : '+';
		for (uint64_t k = random_below(&state, 2) + 1; k; k--)
			to[n++] = (char)('0' + random_below(&state, 10));
	}
	if (random_below(&state, 6) == 0)
		to[random_below(&state, n)] = "0.-+eE x"[random_below(&state, 8)];
	if (random_below(&state, 20) == 0)
		n = random_below(&state, n + 1);
	return n;
}

/* What qpp_dec_parse promises, written the slow way; x->r is the value. */
static bool readable(struct exact *x, const char *s, size_t n)
{
	size_t i = 0, decimals = 0, significant = 0, whole_digits = 0;
	bool negative = n && s[0] == '-', started = false;
	i += negative;
	mpz_set_ui(x->scaled, 0);
	for (; i < n && (s[i] == '.' || (s[i] >= '0' && s[i] <= '9')); i++) {
		if (s[i] == '.') {
			if (started || !whole_digits)
				return false;
			started = true;
			continue;
		}
		mpz_mul_ui(x->scaled, x->scaled, 10);
		mpz_add_ui(x->scaled, x->scaled, (unsigned long)(s[i] - '0'));
		significant += mpz_sgn(x->scaled) != 0;
		decimals += started;
		whole_digits += !started;
	}
	if (!whole_digits || (started && !decimals) || significant > 18 || decimals > 18)
		return false;
	long exponent = 0;
	if (i < n) {
		if (s[i] != 'e' && s[i] != 'E')
			return false;
		i++;
		bool below = i < n && s[i] == '-';
		i += i < n && (s[i] == '-' || s[i] == '+');
		if (i == n)
			return false;
		for (; i < n; i++) {
			if (s[i] < '0' || s[i] > '9')
				return false;
			exponent = exponent * 10 + (s[i] - '0');
			if (exponent > 36)
				return false;
		}
		exponent = below ? -exponent : exponent;
	}
	long places = (long)decimals - exponent;
	mpz_ui_pow_ui(x->unit, 10, (unsigned long)labs(places));
	if (negative)
		mpz_neg(x->scaled, x->scaled);
	if (places < 0) {
		mpz_mul(x->scaled, x->scaled, x->unit);
		mpz_set_ui(x->unit, 1);
	}
	mpq_set_num(x->r, x->scaled);
	mpq_set_den(x->r, x->unit);
	mpq_canonicalize(x->r);
	if (mpz_sizeinbase(mpq_numref(x->r), 2) > 63)
		return false;
	/* At most 18 decimals, however they were written. */
	mpz_ui_pow_ui(x->unit, 10, 18);
	return mpz_divisible_p(x->unit, mpq_denref(x->r));
}

static void check_read(struct exact *x)
{
	char text[TEXT];
	size_t n = random_text(text);
	text[n] = 0;
	qpp_dec got;
	bool taken = qpp_dec_parse((struct qpp_str){ text, n }, &got), should = readable(x, text, n);
	tried[READ]++;
	undefined[READ] += !taken;
	bool fine = taken == should && taken == qpp_dec_ok(got);
	if (fine && taken) {
		mpq_from_dec(x->a, got);
		fine = mpq_equal(x->a, x->r);
	}
	if (!fine)
		complain(READ, got, got, 0, text);
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20230101;
	unsigned long operations = argc > 2 ? strtoul(argv[2], NULL, 10) : OPERATIONS;
	state = seed;
	printf("# seed %llu, %lu operations\n", (unsigned long long)seed, operations);

	struct exact x;
	mpq_inits(x.a, x.b, x.r, NULL);
	mpz_inits(x.scaled, x.unit, NULL);
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct qpp_mark mark = qpp_arena_mark(&arena);
	for (unsigned long done = 0; done < operations;) {
		qpp_dec a = random_dec(), b = random_second(a);
		if (qpp_dec_ok(a))
			mpq_from_dec(x.a, a);
		if (qpp_dec_ok(b))
			mpq_from_dec(x.b, b);
		for (enum property p = ADD; p <= DIV; p++)
			check_arithmetic(&x, p, a, b);
		check_order(&x, a, b);
		int places = (int)random_below(&state, 10);
		check_round(&x, a, places);
		check_text(&x, &arena, a, places);
		check_read(&x);
		qpp_arena_reset(&arena, mark);
		done += PROPERTIES;
	}
	qpp_arena_close(&arena);
	mpq_clears(x.a, x.b, x.r, NULL);
	mpz_clears(x.scaled, x.unit, NULL);

	unsigned long failures = 0;
	printf("1..%d\n", PROPERTIES);
	for (int p = 0; p < PROPERTIES; p++) {
		/* A property that was hardly tried proves nothing. */
		bool ok = wrong[p] == 0 && tried[p] * 100 >= operations / PROPERTIES;
		printf("%s %d - %s\n", ok ? "ok" : "not ok", p + 1, names[p]);
		printf("# %lu tried, %lu undefined or refused, %lu wrong\n", tried[p], undefined[p], wrong[p]);
		failures += !ok;
	}
	return failures ? 1 : 0;
}
