/*
 * Is an improvement activity performed by a virtual group (42 CFR 414.1360(a)),
 * given the practices that say yes to it?
 *
 * Pure. A group of one TIN answers for itself; across TINs somebody has to count,
 * and the virtual group is that somebody (414.1315(d)).
 */
#ifndef QPP_ACTIVITY_H
#define QPP_ACTIVITY_H

#include "qpp/score.h"

struct qpp_activity_answer {
	bool performed;
	int64_t counted;                 /* clinicians that the practices with a yes stand for */
};

/*
 * `attesting` has the number of clinicians of each practice that says yes, `clinicians` those of the whole virtual
 * group. Errors: QPP_NO_RULE for a year without the rule.
 */
QPP_MUST_USE enum qpp_code qpp_activity_of_group(const struct qpp_request *q, int64_t clinicians,
                                                 const int64_t *attesting, size_t n, struct qpp_activity_answer *out,
                                                 struct qpp_err *err);

/* How many days an activity must have been performed for (414.1320). */
QPP_MUST_USE enum qpp_code qpp_activity_days(const struct qpp_request *q, int64_t *days, struct qpp_err *err);

#endif
