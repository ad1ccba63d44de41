/*
 * Which of a clinician's final scores pays (42 CFR 414.1405, 414.1310, 414.1315,
 * 414.1317, 414.1318, 414.1370): from all the scores of one NPI for a year, with the
 * TIN each was earned under, to the one that decides what Medicare pays under the
 * TIN billed two years later, and its payment adjustment.
 *
 * Absent is unknown: a level whose eligibility is not told is taken as eligible
 * and listed in `why.unknown` with what it decides. One absence stops the answer:
 * where a virtual group's score goes before all others, a member is paid on
 * nothing else, also while that score is not told.
 */
#ifndef QPP_PAYMENT_H
#define QPP_PAYMENT_H

#include "qpp/eligibility.h"

struct qpp_payment_score {
	struct qpp_str tin;                      /* under which the clinician belonged to it */
	enum qpp_entity participation;
	struct qpp_str program;                  /* empty: not told */
	qpp_dec final_score;                     /* 0..100 */
	struct qpp_where where;
};

struct qpp_payment_facts {
	qpp_py py;                               /* 0 when absent */
	struct qpp_str npi, tin;                 /* tin: billed under in the payment year */
	enum qpp_tri virtual_group_member;
	struct qpp_where member_where;
	/* Of the clinician at each level; not told: taken as eligible. */
	bool has_status[QPP_ENTITIES];
	enum qpp_eligibility_status status[QPP_ENTITIES];
	const struct qpp_payment_score *scores;
	size_t n_scores;
};

/* A score that does not pay. */
struct qpp_payment_passed {
	size_t score;                            /* place in the facts' scores */
	struct qpp_reason why;
};

struct qpp_payment {
	bool pays;
	size_t score;                            /* which one */
	struct qpp_reason no_adjustment;         /* when none does */
	bool awaits_virtual_group;               /* none does yet: the score that will is not told */
	struct qpp_adjustment adjustment;        /* of the score that pays */
	QPP_VEC(struct qpp_payment_passed) passed;       /* all others, in the order of the scores */
	struct qpp_reasons why;
	qpp_reading_set readings;                /* bits of the readings that were asked (qpp_rules_reading_bit) */
};

/*
 * Fails with QPP_NO_RULE for a year without rules. Findings, where the request
 * takes them: levelNotThatYear, virtualGroupContradicts.
 */
QPP_MUST_USE enum qpp_code qpp_payment_decide(const struct qpp_request *q, const struct qpp_payment_facts *facts,
                                              struct qpp_payment *out, struct qpp_err *err);

#endif
