/*
 * Small catalogs made in the program, where a published one would bury the
 * arithmetic or where the year has none here.
 */
#ifndef TESTS_MADE_UP_H
#define TESTS_MADE_UP_H

#include "qpp/submission.h"

enum { MADE_UP_MEASURES = 8 };

/*
 * One practice that reports up to eight measures through a registry, a hundred
 * patients each. The deciles are flat (0, 10, ... 90), so a rate earns a tenth
 * of itself and one point, ten from 90. Measures are numbered from 1; 0 is none.
 */
struct made_up_practice {
	int rate[MADE_UP_MEASURES];      /* 0: not reported */
	int outcome, high_priority;      /* which measure is one; the others are process measures */
	int few_cases;                   /* which one has 19 patients */
	bool clusters;                   /* the reported measures are all that their clinical cluster offers */
};

/* The catalog, and the set that the practice submits. */
const struct qpp_catalog *made_up_catalog(const struct made_up_practice *p, struct qpp_measurement_set *set);

/* The measures of the engine's published sample with the deciles it printed: 046, 110, ACRAD15. */
const struct qpp_catalog *made_up_engine_sample(void);

#endif
