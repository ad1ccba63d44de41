/*
 * What if: somebody's score and factor as they are, and as they would be with
 * other facts; and what a difference of two scores is made of, fact by fact.
 * Nothing is written. For the reviewer's workbench and for whoever asks.
 */
#ifndef QPP_APP_RUNS_WHATIF_H
#define QPP_APP_RUNS_WHATIF_H

#include "app/known.h"
#include "app/payment.h"

/* A fact that is not the same in two traces. */
struct qpp_changed {
	struct qpp_str path;             /* subject and name: "quality/110/registry points"; "final score" */
	const char *says;                /* what the fact is (facts.def) */
	struct qpp_str old, now;         /* as its unit is printed; empty: it is not in that trace, or not known there */
	struct qpp_str rule;             /* paragraph */
	struct qpp_str note;             /* why it is so now, a sentence; may be empty */
	bool cause;                      /* nothing that it is made of changed: it is why the others did */
	uint32_t old_fact, now_fact;     /* numbers in the traces, 0: none */
};
struct qpp_changes {
	struct qpp_changed *v;           /* causes first, then what follows from them, in the order it is computed */
	size_t n;
};
/* Of two scores with their traces; either may be NULL: a score that was not made. */
struct qpp_changes qpp_score_changes(struct qpp_arena *a, const struct qpp_scored *old, const struct qpp_scored *now);

/* One way it comes out. Texts as published: two decimals. */
struct qpp_outcome {
	bool scored;
	struct qpp_str final_score, factor;      /* empty: none; `why` says why */
	enum qpp_band band;                      /* with a factor */
	enum qpp_entity level;                   /* whose score counts, and of which organization */
	struct qpp_str org_id;
	struct qpp_str why;                      /* why it counts, or why there is none */
	const struct qpp_answer *answer;         /* of the score that counts, with its trace; NULL: none */
	const struct qpp_scored *scored_as;      /* of it the program that counts */
	struct qpp_payment payment;              /* of a TIN/NPI: all scores against each other */
};

struct qpp_whatif {
	struct qpp_outcome before, after;
	struct qpp_changes changes;
};

/*
 * `who` an individual: the TIN/NPI, with the scores of its group, subgroup, entity and virtual group against its own; any
 * other: that level's score, and what it would pay. `over`: JSON of facts (docs/cli.md) put over those of `over_who` (NULL:
 * of `who`). Facts with errors are QPP_DATA, and `f` says which. Who may ask is for the caller: it is the agency's tool.
 */
QPP_MUST_USE enum qpp_code qpp_what_if(const struct qpp_call *call, const struct qpp_who *who, const struct qpp_who *over_who,
                                       struct qpp_str over, struct qpp_findings *f, struct qpp_whatif *out, struct qpp_err *err);

/* As it comes out now, with what `how` says. */
QPP_MUST_USE enum qpp_code qpp_outcome_of(const struct qpp_call *call, const struct qpp_who *who, const struct qpp_known_how *how,
                                          const struct qpp_ruleset *rules, struct qpp_number scaling, struct qpp_number additional,
                                          bool trace, struct qpp_outcome *out, struct qpp_err *err);

#endif
