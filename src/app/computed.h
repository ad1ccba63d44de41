/*
 * What the service computes for a measurement that was submitted and shows
 * beside it: rates at two decimals and cases (apis.md 1.3).
 */
#ifndef QPP_APP_COMPUTED_H
#define QPP_APP_COMPUTED_H

#include "qpp/submission.h"

struct qpp_computed {
	bool any;                        /* false: the value has no rate (boolean, PI, survey, cost) */
	qpp_dec performance_rate, reporting_rate, case_count;    /* undefined: not known */
};

/* `m` must have been resolved; without a measure only what needs none is computed. */
struct qpp_computed qpp_computed_of(const struct qpp_measurement *m);

#endif
