/*
 * The use case behind `election aggregate`: the data of the practices of a
 * virtual group, added up across their TINs into the one submission that the
 * virtual group files (42 CFR 414.1315(d); the agency does not add them up).
 *
 * Counts are added, so the sum is what the clinicians of all practices did
 * together; what cannot be added (a survey, a rate that somebody else computed)
 * is refused by name. Who does not report is told practice by practice.
 *
 * Takes parsed inputs and gives structures; reading files and writing answers is
 * for adapters.
 */
#ifndef QPP_APP_AGGREGATE_H
#define QPP_APP_AGGREGATE_H

#include "qpp/election.h"

struct qpp_aggregate_call {
	const struct qpp_request *request;               /* rules and catalog of the election's year, and findings */
	const struct qpp_election *election;             /* accepted */
	struct qpp_submission *const *submissions;       /* checked, without errors */
	size_t n_submissions;
	struct qpp_str id;                               /* of the virtual group; empty: not known yet */
	bool require_all;                                /* a practice without a submission is an error */
};

struct qpp_aggregate {
	struct qpp_submission *submission;               /* NULL when there are errors among the findings */
	size_t practices, reporting;
	int64_t clinicians, reporting_clinicians;        /* NPIs under the TINs of the election, and of those that report */
	size_t n_measures[QPP_CATEGORIES];               /* of the submission */
	const struct qpp_election_practice **missing;    /* practices without a submission */
	size_t n_missing;
};

/*
 * Adds the submissions up; findings go to those of the request, which must not be NULL.
 *
 *   members      practiceMissing practiceUnknown practiceTwice practicePartly practiceEntityWrong practiceYearWrong
 *                practiceProgramWrong entityIncomplete
 *   measures     measureNotAdded measureNotReported countInvalid numberInvalid
 *   activities   activityTooFew iaPeriodTooShort
 *   attestations attestationNotAll exclusionNotAll cehrtIdsDiffer periodsApart periodsDiffer
 *
 * Errors: QPP_NO_RULE for a year without the rules.
 */
QPP_MUST_USE enum qpp_code qpp_aggregate(const struct qpp_aggregate_call *call, struct qpp_aggregate *out,
                                         struct qpp_err *err);

#endif
