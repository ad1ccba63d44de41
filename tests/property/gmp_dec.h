/*
 * Exact ratios against GMP, for the property test and the benchmark: random
 * operands of every size that qpp_dec holds, and their GMP values.
 */
#ifndef GMP_DEC_H
#define GMP_DEC_H

#include <gmp.h>

#include "qpp/dec.h"

typedef unsigned __int128 u128;

/* splitmix64: small, and the same on every machine for one seed. */
static inline uint64_t random_bits(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static inline uint64_t random_below(uint64_t *state, uint64_t n)
{
	return random_bits(state) % n;
}

static inline void mpz_from_u128(mpz_t z, u128 v)
{
	uint64_t words[2] = { (uint64_t)v, (uint64_t)(v >> 64) };
	mpz_import(z, 2, -1, sizeof words[0], 0, 0, words);
}

/* The value of a defined number, in lowest terms. */
static inline void mpq_from_dec(mpq_t q, qpp_dec a)
{
	mpz_from_u128(mpq_numref(q), a.n < 0 ? -(u128)a.n : (u128)a.n);
	if (a.n < 0)
		mpz_neg(mpq_numref(q), mpq_numref(q));
	mpz_from_u128(mpq_denref(q), (u128)a.d);
	mpq_canonicalize(q);
}

#endif
