/*
 * Practices by chance: submissions of one year's catalog with facts, of every
 * kind the scorer knows (all metrics, collection types, programs, exclusions,
 * absent facts), sound as far as qpp_check_submission() goes. The same seed
 * makes the same practice everywhere.
 */
#ifndef TESTS_RANDOM_PRACTICE_H
#define TESTS_RANDOM_PRACTICE_H

#include "qpp/submission.h"

struct chance {
	uint64_t state;          /* never 0 */
};

/* 0 .. n - 1, n at least 1. */
int chance_below(struct chance *c, int n);
static inline bool chance_one_in(struct chance *c, int n)
{
	return chance_below(c, n) == 0;
}

struct practice_by_chance {
	struct qpp_submission submission;
	struct qpp_facts facts;
	struct qpp_str program;  /* that its sets are of */
};

void practice_by_chance(struct chance *c, struct qpp_arena *a, const struct qpp_catalog *catalog,
                        struct practice_by_chance *out);

/* The same filing with its sets, and the measurements in each set, in another order. */
void shuffle_submission(struct chance *c, struct qpp_arena *a, const struct qpp_submission *from, struct qpp_submission *to);

#endif
