/*
 * The store: score runs over everybody, the versions they make, their releases,
 * and the facts that decisions put over those of the store. Included by store.h,
 * which says what holds for all of it. Nothing here is ever changed but the
 * progress of a run that is not done.
 */
#include "app/store.h"

#ifndef QPP_APP_STORE_RUNS_H
#define QPP_APP_STORE_RUNS_H

#include "app/store_filings.h"

/* A run over the store, or over a few subjects (`scope`); app/runs.h has the words. */
struct qpp_scoring {
	struct qpp_str id;
	qpp_py py;
	struct qpp_str phase, state, scope;          /* preparing, running, done, dropped; all, some */
	struct qpp_str base_id;                      /* the run it is compared with and freezes scaling from; empty: none */
	struct qpp_str name, reason;                 /* of a correction, or the number of a request; why the run was made */
	struct qpp_str account_id;                   /* who made it */
	struct qpp_str scaling, scaling_factor, additional_scaling;    /* the choice, and the figures used; empty: those of the rules */
	struct qpp_str rules_hash, version, overlay; /* rule set and program; text of a rules overlay, empty without one */
	struct qpp_str step, cursor;                 /* how far it is */
	struct qpp_str digest;                       /* hash chain over what was written, the same for the same inputs */
	int64_t levels, pairs, scored, paid, up, down;       /* rows of each kind; with a score; that pay; pairs that moved */
	int64_t losses, gains;                       /* for budget neutrality: dollars times a ten-thousandth of a percent */
	int64_t told;                                /* accounts that were written to */
	qpp_time created, finished;
	int64_t sequence;                            /* of the ledger record, 0 until done */
	int64_t number;                              /* version of the row */
};
QPP_ROWS(qpp_scoring);

/* New (no id, number 0), or anew under `number`: QPP_STALE when another process has gone on with it. */
QPP_MUST_USE enum qpp_code qpp_store_scoring_put(struct qpp_tx *tx, struct qpp_scoring *s, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_scoring_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_scoring *out,
                                                 struct qpp_err *err);
/* `scope` empty: any. Newest first. */
QPP_MUST_USE enum qpp_code qpp_store_scoring_list(struct qpp_tx *tx, qpp_py py, struct qpp_str scope, struct qpp_slice slice,
                                                  struct qpp_scoring_rows *out, struct qpp_err *err);

/* Rows of one run: those of an organization by level, then NPI; all, in order of id from behind `after`. */
QPP_MUST_USE enum qpp_code qpp_store_run_of_org(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_str org_id,
                                                struct qpp_slice slice, struct qpp_run_rows *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_run_of_scoring(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_str kind,
                                                    struct qpp_str after, int64_t most, struct qpp_run_rows *out,
                                                    struct qpp_err *err);
/*
 * The versions of a subject that were released by `at` (at.us < 0: ever), newest release first; `kind` empty: any. The
 * newest of any, released or not, has the greatest number: qpp_store_run_number().
 */
QPP_MUST_USE enum qpp_code qpp_store_run_released(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str kind, qpp_time at,
                                                  struct qpp_slice slice, struct qpp_run_rows *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_run_number(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str kind, int64_t *out,
                                                struct qpp_err *err);

/* From `at` on what a run made is seen; with `factors` also what it pays. Several for one run: scores first, factors later. */
struct qpp_release {
	struct qpp_str id;
	qpp_py py;
	struct qpp_str phase, scoring_id;
	qpp_time at;
	bool factors;
	struct qpp_str reason, account_id;
	struct qpp_str scope;                        /* of the run */
	qpp_time made;
	int64_t sequence;
};
QPP_ROWS(qpp_release);

QPP_MUST_USE enum qpp_code qpp_store_release_add(struct qpp_tx *tx, struct qpp_release *r, struct qpp_err *err);
/* Of one run; of a year (runs over everybody only), by instant. */
QPP_MUST_USE enum qpp_code qpp_store_release_of(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_release_rows *out,
                                                struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_release_list(struct qpp_tx *tx, qpp_py py, struct qpp_slice slice,
                                                  struct qpp_release_rows *out, struct qpp_err *err);

/* Facts put over those of the store by a decision or a correction. */
struct qpp_override {
	struct qpp_str id;
	struct qpp_who who;
	struct qpp_str topic;                        /* "scoring" or "eligibility": the text it goes over */
	struct qpp_str body;                         /* JSON: members of that text */
	struct qpp_str decision_id, reason;          /* reason: request number or correction */
	struct qpp_str scoring_id;                   /* holds in that run, and for all once it is released; empty: from `made` on */
	struct qpp_str account_id;
	qpp_time made;
};
QPP_ROWS(qpp_override);

QPP_MUST_USE enum qpp_code qpp_store_override_add(struct qpp_tx *tx, struct qpp_override *o, struct qpp_err *err);
/*
 * Those that hold, oldest first: of decisions made by `at` (us < 0: ever), of the run itself (empty: none), and of runs whose
 * release was ordered by `at`.
 */
QPP_MUST_USE enum qpp_code qpp_store_override_of(struct qpp_tx *tx, const struct qpp_who *who, qpp_time at, struct qpp_str scoring_id,
                                                 struct qpp_override_rows *out, struct qpp_err *err);

/* The subjects of a correction, in order of organization, level and NPI from behind the one given (NULL: the first). */
QPP_MUST_USE enum qpp_code qpp_store_override_subjects(struct qpp_tx *tx, struct qpp_str scoring_id, const struct qpp_override *after,
                                                       int64_t most, struct qpp_override_rows *out, struct qpp_err *err);

/* An account is told of a run once; `*first` says whether this was the first time. */
QPP_MUST_USE enum qpp_code qpp_store_told(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_str account_id, bool *first,
                                          struct qpp_err *err);

/* Organizations of a kind in the order of their ids, from behind `after`: for walks over everybody. */
QPP_MUST_USE enum qpp_code qpp_store_org_walk(struct qpp_tx *tx, enum qpp_org_kind kind, struct qpp_str after, int64_t most,
                                              struct qpp_org_rows *out, struct qpp_err *err);

/* Accounts that an organization's people or a clinician's own page belong to are found by qpp_store_role_of_org(). */

#endif
