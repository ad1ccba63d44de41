/*
 * A synthetic state to try the service with: practices, clinicians and filings
 * from one seed, an account of every role, and the list of them.
 */
#ifndef QPP_CMD_SERVICE_DEMO_H
#define QPP_CMD_SERVICE_DEMO_H

#include "app/identity.h"
#include "app/service.h"

struct qpp_demo {
	const struct qpp_service *service;
	struct qpp_identity *identity;
	unsigned practices;
	qpp_py py;
	bool real_safeguards;            /* false: a moved clock or no second factor, which nobody's own store may have */
	const char *folder;              /* the list of accounts is kept there, for its owner only */
};

/* Fills the store when it is empty, and prints the accounts; with a store that is filled, prints those it has.
   QPP_USAGE when the store is filled with somebody's own data and the safeguards are not real. */
QPP_MUST_USE enum qpp_code qpp_demo_fill(struct qpp_arena *a, const struct qpp_demo *d, struct qpp_err *err);

#endif
