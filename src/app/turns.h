/*
 * What would change whether somebody takes part: the rules are asked again on
 * changed facts, never a second formula. For people who look at a standing and ask
 * what it hangs on.
 */
#ifndef QPP_APP_TURNS_H
#define QPP_APP_TURNS_H

#include "qpp/eligibility.h"

struct qpp_turn {
	struct qpp_str what;                     /* "allowed charges were at or below the limit in a segment" */
	enum qpp_eligibility_status becomes;     /* never undecided */
};
struct qpp_turns {
	const struct qpp_turn *v;
	size_t n;
};

/* Those that turn `status`, which these facts have at the level, into another; the answer lives in q->arena. */
QPP_MUST_USE enum qpp_code qpp_eligibility_turns(const struct qpp_request *q, const struct qpp_eligibility_facts *facts,
                                                 enum qpp_entity level, enum qpp_eligibility_status status, struct qpp_turns *out,
                                                 struct qpp_err *err);

#endif
