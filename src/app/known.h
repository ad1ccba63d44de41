/*
 * What is known of somebody in a year, gathered from the store in one look, and
 * scored: everything that was filed, the facts for scoring with what decisions
 * put over them, where they practice. Every score of the service is made here,
 * whoever asks for it: the running score, what a filing would change, a run over
 * everybody, feedback, and what if.
 */
#ifndef QPP_APP_KNOWN_H
#define QPP_APP_KNOWN_H

#include "app/answer.h"
#include "app/submissions.h"

/* Which overrides hold, and what is put over everything else for a "what if". */
struct qpp_known_how {
	qpp_time at;                     /* overrides made by then; us < 0: all */
	struct qpp_str scoring_id;       /* and those of this run; empty: none */
	const struct qpp_who *over_who;  /* a what-if: for whom, and JSON text of facts; NULL: none */
	struct qpp_str over;
	const struct qpp_rules *rules;   /* of the year, as a run has changed them: by these a place is under the automatic policy; NULL: as they stand */
	bool filed_only;                 /* submission-time: without what the agency computes (cost, claims, bonuses) */
};

struct qpp_known {
	struct qpp_who who;
	struct qpp_submission_row row;           /* id empty: nothing was filed */
	struct qpp_submission submission;        /* all sets as one, resolved */
	struct qpp_facts *facts;                 /* never NULL; all unknown when nothing is known */
	bool has_facts;                          /* the store has some */
	const struct qpp_override *overrides;
	size_t n_overrides;
	struct qpp_str inputs_hash;              /* over the texts of all of it */
};

/* In a transaction that reads. QPP_NO_RULE: a year without rules; QPP_BUG: a text of the store that cannot be read. */
QPP_MUST_USE enum qpp_code qpp_known_gather(const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_who *who,
                                            const struct qpp_known_how *how, struct qpp_known *out, struct qpp_err *err);

/* Only the facts, with the overrides; for callers that have the sets already. */
QPP_MUST_USE enum qpp_code qpp_known_facts(const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_who *who,
                                           const struct qpp_known_how *how, struct qpp_known *out, struct qpp_err *err);

/* Sets of one filer as one submission. */
struct qpp_submission qpp_known_together(struct qpp_arena *a, const struct qpp_who *who, const struct qpp_filed_set *sets, size_t n);

/*
 * Scores a submission under facts, with reasons, what is missing and readings: qpp_answer_submission() with the facts
 * resolved and located. `rules` NULL: those of the service.
 */
struct qpp_known_ask {
	const struct qpp_ruleset *rules;
	struct qpp_str program;          /* empty: all */
	bool trace;
	bool plain;                      /* scores alone: not what absent facts and other readings would make of them */
};
QPP_MUST_USE enum qpp_code qpp_known_answer(const struct qpp_service *service, struct qpp_arena *a, struct qpp_submission *s,
                                            struct qpp_facts *facts, const struct qpp_known_ask *ask, const struct qpp_answer **out,
                                            struct qpp_err *err);

/* Facts put over others: what the upper one says holds; reasons for reweighting are added, by category. */
struct qpp_facts *qpp_facts_over(struct qpp_arena *a, const struct qpp_facts *below, const struct qpp_facts *above);

#endif
