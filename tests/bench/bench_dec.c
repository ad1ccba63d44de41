/*
 * How long the exact ratios take, beside GMP's rationals on the same operands
 * in the same run. Ratios carry over from machine to machine, nanoseconds do not.
 * Build it without sanitizers.
 *
 *   bench_dec [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gmp_dec.h"

enum { PAIRS = 1024, REPEATS = 2000, TRIES = 5 };

struct operands {
	const char *name;
	qpp_dec a[PAIRS], b[PAIRS];
	mpq_t qa[PAIRS], qb[PAIRS];
};

static volatile int64_t sink;

static double now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Nanoseconds of one operation: the best of a few tries, since everything else only adds. */
#define TIME(result, operation)                                             \
	do {                                                                \
		result = 1e18;                                              \
		for (int try = 0; try < TRIES; try++) {                     \
			double start = now_ns();                            \
			for (int r = 0; r < REPEATS; r++)                   \
				for (int i = 0; i < PAIRS; i++) {           \
					operation;                          \
				}                                           \
			double ns = (now_ns() - start) / REPEATS / PAIRS;   \
			result = ns < result ? ns : result;                 \
		}                                                           \
	} while (0)

static void report(const struct operands *o, const char *operation, double ours, double theirs)
{
	printf("%-24s %-6s %8.1f ns  gmp %8.1f ns  ratio %.3f\n", o->name, operation, ours, theirs, ours / theirs);
}

/* GMP has no rounding: whole number of 10^-places by integer division, as one would write it. */
static void gmp_round(mpq_t to, mpq_t from, unsigned long unit, mpz_t scratch)
{
	mpz_mul_ui(scratch, mpq_numref(from), 2 * unit);
	mpz_add(scratch, scratch, mpq_denref(from));
	mpz_mul_2exp(mpq_denref(to), mpq_denref(from), 1);
	mpz_fdiv_q(mpq_numref(to), scratch, mpq_denref(to));
	mpz_set_ui(mpq_denref(to), unit);
	mpq_canonicalize(to);
}

static void measure(struct operands *o)
{
	double ours, theirs;
	mpq_t q;
	mpz_t z;
	mpq_init(q);
	mpz_init(z);
	TIME(ours, sink = qpp_dec_add(o->a[i], o->b[i]).d);
	TIME(theirs, mpq_add(q, o->qa[i], o->qb[i]); sink = mpq_sgn(q));
	report(o, "add", ours, theirs);
	TIME(ours, sink = qpp_dec_mul(o->a[i], o->b[i]).d);
	TIME(theirs, mpq_mul(q, o->qa[i], o->qb[i]); sink = mpq_sgn(q));
	report(o, "mul", ours, theirs);
	TIME(ours, sink = qpp_dec_cmp(o->a[i], o->b[i]));
	TIME(theirs, sink = mpq_cmp(o->qa[i], o->qb[i]));
	report(o, "cmp", ours, theirs);
	TIME(ours, sink = qpp_dec_round(o->a[i], 2).d);
	TIME(theirs, gmp_round(q, o->qa[i], 100, z); sink = mpq_sgn(q));
	report(o, "round", ours, theirs);
	mpq_clear(q);
	mpz_clear(z);
}

static uint64_t state;

static qpp_dec decimals(void)
{
	return qpp_dec_scaled((int64_t)random_below(&state, 1000000), 4);
}

static qpp_dec mixed_decimals(void)
{
	return qpp_dec_scaled((int64_t)random_below(&state, 1000000), (int)random_below(&state, 5));
}

static qpp_dec counts(void)
{
	return qpp_dec_ratio((int64_t)random_below(&state, 1000), (int64_t)random_below(&state, 1000) + 1);
}

static qpp_dec large(void)
{
	return (qpp_dec){ (__int128)random_bits(&state) << 30, (int64_t)(random_bits(&state) >> 24) + 1 };
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		qpp_dec (*make)(void);
	} kinds[] = {
		{ "four decimals", decimals },
		{ "none to four decimals", mixed_decimals },
		{ "counts over counts", counts },
		{ "94 over 40 bits", large },
	};
	static struct operands o;
	state = argc > 1 ? strtoull(argv[1], NULL, 10) : 20230101;
	printf("# the best of %d times %d operations; ratio below 1: faster than GMP\n", TRIES, PAIRS * REPEATS);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		o.name = kinds[k].name;
		for (int i = 0; i < PAIRS; i++) {
			o.a[i] = kinds[k].make();
			o.b[i] = kinds[k].make();
			mpq_inits(o.qa[i], o.qb[i], NULL);
			mpq_from_dec(o.qa[i], o.a[i]);
			mpq_from_dec(o.qb[i], o.b[i]);
		}
		measure(&o);
		for (int i = 0; i < PAIRS; i++)
			mpq_clears(o.qa[i], o.qb[i], NULL);
	}
	return 0;
}
