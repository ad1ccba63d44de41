/* Shared by payment.c (the order of the tests) and payment_choose.c (one score against another). */
#ifndef QPP_PAYMENT_INT_H
#define QPP_PAYMENT_INT_H

#include <stdarg.h>

#include "calc.h"
#include "qpp/payment.h"

/* A score of the facts on its way: passed over with a reason, or still in with its rank. */
struct qpp_candidate {
	bool passed;
	struct qpp_reason why;
	int64_t rank;                            /* the smallest goes before */
	struct qpp_str cite;                     /* the paragraph of its level */
};

struct qpp_paying {
	struct qpp_calc c;
	const struct qpp_payment_facts *facts;
	struct qpp_findings *findings;           /* may be NULL */
	struct qpp_payment *out;
	struct qpp_candidate *candidates;        /* one for each score */
	bool own_tin;                            /* the TIN billed has a score, of whatever kind */
};

/* A sentence; the list ends with (char *)NULL. */
struct qpp_str qpp_payment_text(struct qpp_arena *a, const char *first, ...) __attribute__((sentinel));
const char *qpp_payment_level(enum qpp_entity e);            /* "virtual group" */
const char *qpp_payment_points(struct qpp_paying *q, size_t i);   /* "88.00" */
bool qpp_payment_switched(struct qpp_paying *q, struct qpp_str rests);

/* Passes a score over, unless that is done already. */
void qpp_payment_pass(struct qpp_paying *q, size_t i, struct qpp_str rule, struct qpp_str why);

/* The rule of what the clinician is at a level, which must be told. */
const struct qpp_table_row *qpp_payment_status_row(struct qpp_paying *q, enum qpp_entity level);

/* Passes over a score of a level at which the clinician is not paid; names the level when it is not told. */
void qpp_payment_ask_eligibility(struct qpp_paying *q, size_t i);

/* Of those still in, the one that pays; the others are passed over. False when none is in. */
bool qpp_payment_choose(struct qpp_paying *q, size_t *winner);

#endif
