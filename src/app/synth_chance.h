/*
 * Chance for the synthetic state: whole numbers only, so that every machine draws the same. A stream is a
 * splitmix64 generator whose beginning follows from seed, purpose and number: practice 17 is the same whether or
 * not practice 16 was made.
 */
#ifndef QPP_APP_SYNTH_CHANCE_H
#define QPP_APP_SYNTH_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct qpp_chance {
	uint64_t state;
};

struct qpp_chance qpp_chance_stream(uint64_t seed, uint64_t purpose, uint64_t number);
uint64_t qpp_chance_next(struct qpp_chance *c);
int qpp_chance_below(struct qpp_chance *c, int n);                     /* 0 .. n - 1, n at least 1 */
int qpp_chance_between(struct qpp_chance *c, int least, int most);     /* both included */
bool qpp_chance_share(struct qpp_chance *c, int per_mille);

/* About 0, at most 3 * `step` away, bell-shaped. */
int qpp_chance_around(struct qpp_chance *c, int step);

/*
 * The k-th of a sequence that fills 0 .. 2^32 - 1 evenly, in every one of three dimensions and in all together:
 * shares of a few hundred practices come out as they were asked for, where draws by chance would scatter.
 */
enum { QPP_EVEN_DIMENSIONS = 4 };
uint32_t qpp_chance_even(uint64_t seed, int dimension, uint64_t k);

/* A distribution by its quantiles at equal steps, from the least to the greatest; straight between them. */
int qpp_chance_quantile(const int *quantiles, size_t n, uint32_t at);

#endif
