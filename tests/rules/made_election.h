/*
 * Elections made by tests: whole and acceptable but for what a test makes wrong.
 * TINs begin with 000, NPIs with 9 and have their check digit.
 */
#ifndef TESTS_MADE_ELECTION_H
#define TESTS_MADE_ELECTION_H

#include "qpp/election.h"

struct made_election {
	struct qpp_arena *arena;
	struct qpp_election is;
	QPP_VEC(struct qpp_election_practice) practices;
};

/* An election of a year with agreement and representative, without time and parties. */
void made_election_begin(struct made_election *m, struct qpp_arena *a, int py);

/*
 * A practice by a word: CLINICIANS/ELIGIBLE, then as wanted /billsN, /exceedsN criteria (3 when not said), /same
 * TIN as the one before, /elsewhere in another virtual group, /unnamed, /noTin, and of its first clinician /qp,
 * /partial, /new. False for any other word.
 */
bool made_election_practice(struct made_election *m, struct qpp_str word);

/* Times and days as text; false when they are none. */
bool made_election_sent(struct made_election *m, struct qpp_str at);
bool made_election_executed(struct made_election *m, struct qpp_str day);

/* An NPI that no registry issued: 9, eight digits that are `n`, and the check digit. */
struct qpp_str made_npi(struct qpp_arena *a, int n);

/* The codes of the errors among findings, each once, apart by blanks; "none". */
struct qpp_str made_election_codes(struct qpp_arena *a, const struct qpp_findings *f);

#endif
