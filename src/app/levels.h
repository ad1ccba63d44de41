/*
 * Several scores of one clinician under one TIN: of several submissions (the
 * clinician's own, the group's, the APM Entity's), and those that the facts tell of
 * levels that are not at hand. Inside one level the reporting option with the
 * highest score counts (qpp_answer_submission), between levels the order of the year
 * (qpp/payment.h). Who is asked here is taken as eligible at every level: it is the
 * question of `payment` who is paid.
 */
#ifndef QPP_APP_LEVELS_H
#define QPP_APP_LEVELS_H

#include "app/answer.h"
#include "app/payment.h"

/* One score among all: of a program of a submission, or told by the facts. */
struct qpp_level_score {
	const struct qpp_answer *answer;         /* NULL: told by the facts */
	struct qpp_scored *scored;
	const struct qpp_other_score *told;
	bool counts;
	struct qpp_reason why;                   /* why it counts, or does not */
};

struct qpp_levels_request {
	struct qpp_arena *arena;
	const struct qpp_ruleset *rules;
	struct qpp_answer *answers;              /* of one year; which of their scores counts is set anew */
	const struct qpp_facts *const *facts;    /* one for each; the same one may stand several times */
	size_t n;
	struct qpp_findings *findings;
};

struct qpp_levels {
	qpp_py py;
	struct qpp_level_score *scores;          /* file by file, then what the facts tell */
	size_t n;
	const struct qpp_level_score *counts;    /* NULL: none */
	struct qpp_payment_answer choice;        /* its scores are the candidates: `place` in `scores` of each */
	const size_t *place;
	struct qpp_str rules_hash;
};

/* Whether there is anything to choose between levels, or against a virtual group. */
bool qpp_levels_needed(const struct qpp_levels_request *r);

/* Findings on submissions that cannot be of one clinician in one year (filesDisagree); an error when the years differ. */
void qpp_levels_check(const struct qpp_submission *const *submissions, const struct qpp_str *files, size_t n,
                      struct qpp_findings *findings);

/* QPP_NO_RULE. */
QPP_MUST_USE enum qpp_code qpp_levels_choose(const struct qpp_levels_request *r, struct qpp_levels *out,
                                             struct qpp_err *err);

#endif
