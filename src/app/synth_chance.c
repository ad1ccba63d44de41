/* Chance in whole numbers; see synth_chance.h. */
#include "app/synth_chance.h"

/* The finishing of splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

struct qpp_chance qpp_chance_stream(uint64_t seed, uint64_t purpose, uint64_t number)
{
	return (struct qpp_chance){ mix(mix(mix(seed + UINT64_C(0x9E3779B97F4A7C15)) ^ purpose) + number) };
}

uint64_t qpp_chance_next(struct qpp_chance *c)
{
	c->state += UINT64_C(0x9E3779B97F4A7C15);
	return mix(c->state);
}

int qpp_chance_below(struct qpp_chance *c, int n)
{
	return (int)((qpp_chance_next(c) >> 32) * (uint64_t)n >> 32);
}

int qpp_chance_between(struct qpp_chance *c, int least, int most)
{
	return most <= least ? least : least + qpp_chance_below(c, most - least + 1);
}

bool qpp_chance_share(struct qpp_chance *c, int per_mille)
{
	return qpp_chance_below(c, 1000) < per_mille;
}

int qpp_chance_around(struct qpp_chance *c, int step)
{
	int sum = 0;
	for (int i = 0; i < 3; i++)
		sum += qpp_chance_between(c, -step, step);
	return sum;
}

/* Multiples of the inverse powers of the root of x^5 = x + 1, as fractions of 2^64. */
uint32_t qpp_chance_even(uint64_t seed, int dimension, uint64_t k)
{
	static const uint64_t steps[QPP_EVEN_DIMENSIONS] = {
		UINT64_C(0xDB4F0B9175AE2165), UINT64_C(0xBBE0563303A4615F), UINT64_C(0xA0F2EC75A1FE1575), UINT64_C(0x89E182857D9ED689)
	};
	uint64_t from = qpp_chance_stream(seed, UINT64_C(0xE7E5), (uint64_t)dimension).state;
	return (uint32_t)((from + steps[dimension] * (k + 1)) >> 32);
}

int qpp_chance_quantile(const int *quantiles, size_t n, uint32_t at)
{
	uint64_t place = (uint64_t)at * (n - 1);
	size_t i = (size_t)(place >> 32);
	int64_t share = (int64_t)(place & UINT32_MAX);
	return quantiles[i] + (int)((quantiles[i + 1] - quantiles[i]) * share >> 32);
}
