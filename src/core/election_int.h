/* Shared by the election*.c files: what is being judged, and how a finding is made. */
#ifndef QPP_ELECTION_INT_H
#define QPP_ELECTION_INT_H

#include "calc.h"
#include "qpp/buf.h"
#include "qpp/election.h"

struct qpp_judging {
	struct qpp_calc c;
	const struct qpp_election *election;
	struct qpp_arena *arena;                         /* of the findings */
	struct qpp_findings *findings;
	const struct qpp_election_practice *practice;    /* NULL: the election as a whole */
};

/* A finding on the practice at hand or on the election; the list ends with (char *)NULL. */
struct qpp_finding *qpp_judge_find(struct qpp_judging *j, enum qpp_severity severity, const char *code,
                                   struct qpp_where where, const char *first, ...) __attribute__((sentinel));

/* "10", "2": a figure of the rules as a count. 0 after a failure. */
int64_t qpp_judge_count(struct qpp_judging *j, enum qpp_rule_param p);

/* The paragraph by which the election must hold an element; empty when that year does not need it. */
struct qpp_str qpp_judge_needed(struct qpp_judging *j, const char *element);

/* NPIs of a practice without those that stand twice; those that bill, where they are more. */
size_t qpp_judge_listed(const struct qpp_election_practice *p);
size_t qpp_judge_size(const struct qpp_election_practice *p);

/* R-414.1315(a)(1): what is known of a clinician; a QP or newly enrolled one is not eligible. */
enum qpp_tri qpp_judge_eligible(const struct qpp_election_clinician *x);
bool qpp_judge_excluded(const struct qpp_election_clinician *x);

void qpp_judge_time(struct qpp_judging *j);
/* R-414.1315(b): a year without rules, in the window of one that has some: only the year is told (wrongYear). */
bool qpp_judge_misdated(struct qpp_judging *j);
/* The Eastern day on which the election was sent; false when its time is not known. */
bool qpp_judge_day(struct qpp_judging *j, qpp_day *out);
void qpp_judge_parties(struct qpp_judging *j);
void qpp_judge_members(struct qpp_judging *j);       /* of the practice at hand */
void qpp_judge_agreement(struct qpp_judging *j);

#endif
