/*
 * The use case behind `payment`, and behind the choice between the levels of
 * `score`: which score pays, and whether another reading of the rules would
 * choose another one.
 */
#ifndef QPP_APP_PAYMENT_H
#define QPP_APP_PAYMENT_H

#include "qpp/payment.h"

/* What pays under another alternative of a reading; `pays` false: nothing. */
struct qpp_payment_otherwise {
	struct qpp_str reading, alternative;
	bool pays;
	size_t score;
};

struct qpp_payment_answer {
	qpp_py py;
	const struct qpp_payment_facts *facts;
	struct qpp_payment payment;
	QPP_VEC(struct qpp_payment_otherwise) otherwise;     /* only where it is another score */
	struct qpp_str rules_hash;
};

struct qpp_payment_request {
	struct qpp_arena *arena;
	const struct qpp_ruleset *rules;
	qpp_py py;
	const struct qpp_choice *choice;         /* a reading that is set by the caller; NULL: none */
	struct qpp_findings *findings;
};

/* QPP_NO_RULE, QPP_USAGE (a reading that does not exist). */
QPP_MUST_USE enum qpp_code qpp_payment_answer(const struct qpp_payment_request *r, const struct qpp_payment_facts *facts,
                                              struct qpp_payment_answer *out, struct qpp_err *err);

#endif
