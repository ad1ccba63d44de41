/*
 * A remittance held against the factor: is each line adjusted by what the factor
 * makes of it? A reader hands over lines and claims as it comes to them; nothing
 * is kept behind a claim.
 *
 * What Medicare paid before the adjustment is not printed on a remittance. It
 * follows from what is: the payment, with the adjustment and sequestration that
 * were found taken back.
 */
#ifndef QPP_APP_REMIT_H
#define QPP_APP_REMIT_H

#include "qpp/claims.h"

enum { QPP_REMIT_MOST_ID = 64 };

struct qpp_remit_line {
	struct qpp_str claim, line, procedure;
	uint64_t segment;              /* that the line begins with */
	bool has_date;
	qpp_day date;
	qpp_cents base;                /* paid before adjustment and sequestration */
	qpp_cents found, sequestration;
	bool of_claim;                 /* the claim as a whole, not one of its lines */
	bool in_sum;                   /* the claim is adjusted as a whole: compared with it, not alone */
};

struct qpp_remit_check {
	const struct qpp_claims *claims;
	uint64_t n_claims, lines, adjusted, differing, items, other_year, no_rule;
	qpp_cents paid, expected, found, sequestration;
	qpp_cents claim_expected, claim_found;     /* of the claim at hand, when it is adjusted as a whole */
	bool too_large;                            /* a sum did not fit */
};

/* The codes by which a remittance shows the adjustment. */
struct qpp_remit_codes {
	struct qpp_str group, positive, negative, sequestration, remark;
	bool up;                                   /* the factor is positive */
};
struct qpp_remit_codes qpp_remit_codes_of(const struct qpp_claims *c);

/* True when the line (or, for one with `of_claim`, the claim) is not adjusted as the factor makes it. */
bool qpp_remit_differs(struct qpp_remit_check *k, const struct qpp_remit_line *line, qpp_cents *expected);

#endif
