/* What the makers of filings share. */
#ifndef QPP_PORTAL_MAKING_INT_H
#define QPP_PORTAL_MAKING_INT_H

#include "adapt/portal/making.h"
#include "app/prospect.h"

/* A draft on its way to measurement sets. */
struct making_forming {
	struct qpp_arena *arena;
	const struct making_draft *d;
	const struct qpp_seen_submission *seen;
	const struct qpp_catalog *catalog;
	struct qpp_str submitter;
	struct portal_errors *errors;
};
/* Only sets and n_sets of `s` are filled in. */
enum qpp_code making_sets(struct making_forming *w, struct qpp_submission *s, struct qpp_err *err);

#endif
