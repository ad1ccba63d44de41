/*
 * What the files of score runs share: a runner (rules, catalog and plan of one
 * run), the rows it makes, and a piece of the way, which is one transaction.
 */
#ifndef QPP_APP_RUNS_INT_H
#define QPP_APP_RUNS_INT_H

#include "app/known.h"
#include "app/payment.h"
#include "app/runs.h"

struct qpp_eligibility_facts;

/* Of one run. Lives in the arena it was made in, and is not changed while it works but for `row`. */
struct qpp_runner {
	const struct qpp_service *service;
	struct qpp_scoring row;                  /* as it stands */
	struct qpp_scoring base;                 /* id empty: none */
	const struct qpp_ruleset *ruleset;
	const struct qpp_rules *rules;
	const struct qpp_catalog *catalog;
	const struct qpp_plan *plan;
	struct qpp_known_how how;
	struct qpp_number scaling, additional;
	bool factors;                            /* what it makes has factors */
	bool only_moved;                         /* nothing is written where all is as it was released */
	bool all_levels;                         /* but levels are: the scaling may move what they pay */
	bool all;                                /* over everybody: what a level has not in this run, it has not at all */
};

QPP_MUST_USE enum qpp_code qpp_runner_make(struct qpp_arena *a, const struct qpp_service *service, struct qpp_tx *tx,
                                           const struct qpp_scoring *row, struct qpp_runner *out, struct qpp_err *err);
/* The figures of the row into the runner, after they were set or computed. */
void qpp_runner_scaling(struct qpp_runner *r);

/* One piece: rows in the order they are written, and how the run stands after them. */
struct qpp_piece {
	const struct qpp_runner *r;
	struct qpp_arena *arena;
	struct qpp_tx *tx;
	struct qpp_scoring next;
	QPP_VEC(struct qpp_run) rows;
	/* Levels that were looked up, of whatever organization; `has` false: there is no score. */
	QPP_VEC(struct qpp_level_found) found;
};
struct qpp_level_found {
	struct qpp_who who;
	bool has;
	struct qpp_run row;
};

/* Scores a level, and adds its row where there is anything to be scored and something moved. */
QPP_MUST_USE enum qpp_code qpp_piece_level(struct qpp_piece *p, const struct qpp_who *who, struct qpp_err *err);

/* What qpp_piece_level() asks of somebody who was gathered: is there anything to be scored, and the best of the scores. */
QPP_MUST_USE enum qpp_code qpp_piece_has_anything(struct qpp_piece *p, const struct qpp_known *x, bool *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_piece_score(struct qpp_piece *p, struct qpp_known *x, struct qpp_score *out, bool *has,
                                           struct qpp_err *err);

/* The level's row of this run; where the run has none and is not over everybody, the one that is released. NULL: none. */
QPP_MUST_USE enum qpp_code qpp_piece_find(struct qpp_piece *p, const struct qpp_who *who, const struct qpp_run **out,
                                          struct qpp_err *err);

/* A practice while its TIN/NPIs are gone through: what is the same for all of them. */
struct qpp_pair_practice {
	struct qpp_str org_id;
	const struct qpp_eligibility_facts *group_facts;     /* NULL: none */
	bool has_group;
	enum qpp_eligibility_status group_status;
	struct qpp_membership_rows members;
	struct qpp_org *groups;                              /* of each membership */
};
QPP_MUST_USE enum qpp_code qpp_pair_practice(struct qpp_piece *p, struct qpp_str org_id, struct qpp_pair_practice *out,
                                             struct qpp_err *err);

/* A TIN/NPI judged: which of its scores counts. `from[payment.score]` is the row of the score that pays. */
struct qpp_tin_npi {
	struct qpp_who who;
	struct qpp_payment_facts facts;
	const struct qpp_run **from;
	struct qpp_payment payment;
	struct qpp_adjustment adjustment;                    /* under the scaling of the run */
	int64_t dollars;                                     /* allowed charges, the greater segment */
};
QPP_MUST_USE enum qpp_code qpp_pair_judge(struct qpp_piece *p, const struct qpp_pair_practice *at, const struct qpp_relation *relation,
                                          struct qpp_tin_npi *out, struct qpp_err *err);
/* The same over candidates that the caller has: `scores` in `out->facts`, `from` may be NULL. */
QPP_MUST_USE enum qpp_code qpp_pair_decide(const struct qpp_runner *r, struct qpp_arena *a, struct qpp_tin_npi *out, struct qpp_err *err);
/* Adds its row; adds it to the sums. */
QPP_MUST_USE enum qpp_code qpp_piece_pair(struct qpp_piece *p, const struct qpp_tin_npi *pair, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_piece_sum(struct qpp_piece *p, const struct qpp_tin_npi *pair, struct qpp_err *err);

/* Eligibility as it is decided at a level with the overrides of that topic; false: not known, or not decided. */
QPP_MUST_USE enum qpp_code qpp_pair_status(struct qpp_piece *p, const struct qpp_who *who, struct qpp_str facts, enum qpp_entity level,
                                           const struct qpp_eligibility_facts **read, bool *has, enum qpp_eligibility_status *out,
                                           struct qpp_err *err);

/* A row that is ready but for what is counted: takes number, old figures, digest, and is kept or left out. */
QPP_MUST_USE enum qpp_code qpp_piece_add(struct qpp_piece *p, struct qpp_run *row, struct qpp_err *err);

/* The next piece of the way of a run over everybody, from `r->row.cursor` on; and of a few subjects. */
QPP_MUST_USE enum qpp_code qpp_piece_next(struct qpp_piece *p, struct qpp_err *err);
/* Everybody whose counting score can be the subject's: its pairs. */
QPP_MUST_USE enum qpp_code qpp_piece_touched(struct qpp_piece *p, const struct qpp_who *who, struct qpp_err *err);
enum { QPP_TOUCHED_MOST = 5000 };

/* The adjustment of an exact score under the run's scaling. */
QPP_MUST_USE enum qpp_code qpp_runner_adjust(const struct qpp_runner *r, struct qpp_arena *a, qpp_dec exact, struct qpp_adjustment *out,
                                             struct qpp_err *err);

/* "n/d", exact; false for anything else. */
bool qpp_exact_parse(struct qpp_str s, qpp_dec *out);
struct qpp_str qpp_exact_text(struct qpp_arena *a, qpp_dec v);

/* The run over everybody that people see: released last by now, else the one that will be; `out->id` empty: none. */
QPP_MUST_USE enum qpp_code qpp_run_current(struct qpp_tx *tx, qpp_py py, qpp_time now, struct qpp_scoring *out, struct qpp_err *err);

/* The record of a run in the ledger, and its end. */
QPP_MUST_USE enum qpp_code qpp_run_finish(struct qpp_tx *tx, struct qpp_scoring *s, struct qpp_err *err);

/* A JSON string, quoted. */
struct qpp_buf;
void qpp_runs_quote(struct qpp_buf *b, struct qpp_str s);

#endif
