/*
 * The use case behind `score` and `explain`: what is this submission worth, and
 * why. Scores every program the submission has data for, says which score
 * counts, what the absent facts would decide (with the score both ways), and
 * whether another reading of the rules would change the result.
 *
 * Takes parsed inputs and gives structures; reading files and writing answers is
 * for adapters.
 */
#ifndef QPP_APP_ANSWER_H
#define QPP_APP_ANSWER_H

#include "qpp/score.h"

struct qpp_answer_request {
	struct qpp_arena *arena;
	const struct qpp_ruleset *rules;
	const struct qpp_catalog *catalog;
	const struct qpp_submission *submission;       /* checked */
	const struct qpp_facts *facts;           /* never NULL; all unknown when nothing was given */
	struct qpp_str program;                  /* empty: every program of the submission */
	bool trace;                              /* record the facts of each score */
	struct qpp_findings *findings;
	/* Of these rules and this catalog as they stand, made once for all; NULL: made here. */
	const struct qpp_rules *bound;
	const struct qpp_plan *plan;
	bool plain;                              /* scores alone: not what absent facts and other readings would make of them */
};

/* The score if an absent fact were so. */
struct qpp_otherwise {
	struct qpp_str value;                    /* "true", "rural", ... */
	struct qpp_value final_score, total;     /* total: the payment adjustment */
};

struct qpp_missing_answer {
	struct qpp_str fact, decides;
	struct qpp_otherwise *otherwise;
	size_t n_otherwise;
};

/* A reading that gives another result under another of its alternatives. */
struct qpp_sensitivity {
	struct qpp_str reading, alternative;
	struct qpp_value final_score;
};

struct qpp_scored {
	struct qpp_score score;
	struct qpp_trace *trace;                 /* NULL unless asked for */
	bool counts;
	struct qpp_str why;                      /* of the one that counts */
	struct qpp_missing_answer *missing;
	size_t n_missing;
	struct qpp_sensitivity *sensitivity;
	size_t n_sensitivity;
	size_t readings_tried;                   /* unverified readings that were asked */
};

struct qpp_answer {
	qpp_py py;
	enum qpp_entity entity;
	const struct qpp_submission *submission;
	struct qpp_scored *scored;
	size_t n_scored;
	struct qpp_str file;                     /* of the submission; the caller's to tell */
	struct qpp_str level_says;               /* which of several levels counts; empty when only one was looked at */
	struct qpp_str rules_hash;
};

/* QPP_NO_RULE, QPP_ARITHMETIC, QPP_USAGE (a program that does not exist that year). */
QPP_MUST_USE enum qpp_code qpp_answer_submission(const struct qpp_answer_request *r, struct qpp_answer *out,
                                                 struct qpp_err *err);

/*
 * The year and participation that hold, option over facts over file; a
 * contradiction between facts and file is a finding. `option` 0: none. The
 * submission is changed to what holds. QPP_DATA when no year is known at all.
 */
QPP_MUST_USE enum qpp_code qpp_answer_reconcile(struct qpp_submission *s, const struct qpp_facts *facts, qpp_py option,
                                                struct qpp_findings *findings, struct qpp_err *err);

/* Resolves the measures of the facts' claims lists in the catalog; findings for those it does not know. */
void qpp_answer_check_facts(struct qpp_facts *facts, const struct qpp_catalog *catalog, struct qpp_findings *findings);

/*
 * Completes the facts by where an individual practices: in a county under the automatic policy for extreme and
 * uncontrollable circumstances every category is reweighted, as if the facts had said so; data submitted undo it
 * there as everywhere. What remains open, and what the facts themselves contradict, is a finding (automaticEuc,
 * locationUndecided, locationContradiction). Facts without a location stay as they are. QPP_NO_RULE as qpp_euc_at().
 */
QPP_MUST_USE enum qpp_code qpp_answer_locate(const struct qpp_request *q, const struct qpp_submission *s,
                                             struct qpp_facts *facts, struct qpp_err *err);

#endif
