/*
 * The store: what is filed, what is made of it, and the ledger of both. Included
 * by store.h, which says what holds for all of it.
 */
#include "app/store.h"

#ifndef QPP_APP_STORE_FILINGS_H
#define QPP_APP_STORE_FILINGS_H

#include "app/store_people.h"

/* --- submissions and measurement sets: the present state of what was filed --- */

struct qpp_submission_row {
	struct qpp_str id;
	struct qpp_who who;          /* at most one submission of each that is not deleted */
	struct qpp_str body;         /* JSON: what the submission says of itself; without TIN */
	qpp_time created, changed;   /* changed: also by its sets */
	int64_t version;             /* counts its sets' changes too */
};
QPP_ROWS(qpp_submission_row);

/*
 * The submission of `s->who`; made when there is none (`*created` true, body and id of `s` are used). Any number of
 * callers at once get the same one. `s` is filled in.
 */
QPP_MUST_USE enum qpp_code qpp_store_submission_find_or_create(struct qpp_tx *tx, struct qpp_submission_row *s,
                                                               bool *created, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_submission_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_submission_row *out,
                                                    struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_submission_find(struct qpp_tx *tx, const struct qpp_who *who,
                                                     struct qpp_submission_row *out, struct qpp_err *err);
/* A new body under `version`. QPP_NOT_FOUND, QPP_STALE. */
QPP_MUST_USE enum qpp_code qpp_store_submission_replace(struct qpp_tx *tx, struct qpp_submission_row *s, struct qpp_err *err);
/* With its sets. What was filed stays in the ledger. `version` 0: whatever it is. */
QPP_MUST_USE enum qpp_code qpp_store_submission_delete(struct qpp_tx *tx, struct qpp_str id, int64_t version,
                                                       struct qpp_err *err);

/* What is asked for; empty or 0: any. In the order of creation, then id. */
struct qpp_submission_query {
	qpp_py py;
	enum qpp_entity entity;
	struct qpp_str org_id, npi;
	struct qpp_str submitter_id;     /* with at least one set of this submitter */
};
QPP_MUST_USE enum qpp_code qpp_store_submission_list(struct qpp_tx *tx, const struct qpp_submission_query *q,
                                                     struct qpp_slice slice, struct qpp_submission_row_rows *out,
                                                     struct qpp_err *err);

struct qpp_set_row {
	struct qpp_str id, submission_id;
	/* Of these together there is at most one set that is not deleted. */
	struct qpp_str submitter_id;     /* organization; empty: the practice's own people */
	struct qpp_str category, method, program, practice_id;
	struct qpp_str body;             /* JSON: the set with its measurements */
	qpp_time created, changed;
	int64_t version;
};
QPP_ROWS(qpp_set_row);

/* The set of this key; made when there is none (`*created`), otherwise all of its body replaced. `s` is filled in. */
QPP_MUST_USE enum qpp_code qpp_store_set_put(struct qpp_tx *tx, struct qpp_set_row *s, bool *created, struct qpp_err *err);
/* A new set; QPP_DUPLICATE with `s->id` set to the one that is there. */
QPP_MUST_USE enum qpp_code qpp_store_set_create(struct qpp_tx *tx, struct qpp_set_row *s, struct qpp_err *err);
/* All of it anew by id; its key may change. `version` 0: whatever it is. QPP_NOT_FOUND, QPP_STALE, QPP_DUPLICATE. */
QPP_MUST_USE enum qpp_code qpp_store_set_replace(struct qpp_tx *tx, struct qpp_set_row *s, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_set_delete(struct qpp_tx *tx, struct qpp_str id, int64_t version, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_set_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_set_row *out,
                                             struct qpp_err *err);
/* Of one submission; `submitter_id` with p == NULL: of every submitter. In the order of creation, then id. */
QPP_MUST_USE enum qpp_code qpp_store_set_of_submission(struct qpp_tx *tx, struct qpp_str submission_id,
                                                       struct qpp_str submitter_id, struct qpp_set_row_rows *out,
                                                       struct qpp_err *err);
/* All sets of one submitter in a year (0: any). */
QPP_MUST_USE enum qpp_code qpp_store_set_of_submitter(struct qpp_tx *tx, struct qpp_str submitter_id, qpp_py py,
                                                      struct qpp_slice slice, struct qpp_set_row_rows *out,
                                                      struct qpp_err *err);

/* --- score runs: made, never changed --- */

struct qpp_run {
	struct qpp_str id;
	struct qpp_who who;
	struct qpp_str submission_id;                /* empty when nothing was submitted */
	struct qpp_str program;
	struct qpp_str inputs_hash, rules_hash, version;   /* submission and facts; rule set; program */
	struct qpp_str headline;                     /* JSON: headline facts */
	struct qpp_str final_score, factor;          /* decimal text, as published */
	struct qpp_str reason;                       /* why it was made: "submission", "annual", "review", ... */
	bool counts;                                 /* level: there is a score; pair: one of the scores pays */
	qpp_time made;
	int64_t sequence;                            /* of the ledger record, 0 without one */
	/* Of a run over everybody (store_runs.h, app/runs.h); empty and 0 otherwise. */
	struct qpp_str scoring_id, phase;
	struct qpp_str kind;                         /* level: a score; pair: which score of a TIN/NPI counts, and what it pays */
	int64_t number;                              /* versions of one subject and kind are counted from 1 */
	struct qpp_str exact;                        /* the score before rounding, "n/d" */
	enum qpp_entity paid_level;                  /* of a pair: whose score counts */
	struct qpp_str paid_org_id;
	struct qpp_str old_score, old_factor;        /* of the version that was released when this one was made */
};
QPP_ROWS(qpp_run);

QPP_MUST_USE enum qpp_code qpp_store_run_add(struct qpp_tx *tx, struct qpp_run *r, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_run_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_run *out, struct qpp_err *err);
/* Newest first. */
QPP_MUST_USE enum qpp_code qpp_store_run_list(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_slice slice,
                                              struct qpp_run_rows *out, struct qpp_err *err);

/* --- elections, requests and decisions --- */

/* An election of an organization for a year: virtual group, opt-in, MVP registration (`kind`). */
struct qpp_election_row {
	struct qpp_str id, kind;
	qpp_py py;
	struct qpp_str org_id, npi;
	struct qpp_str state;            /* the use case's words: draft, filed, approved, denied, withdrawn */
	struct qpp_str body;
	qpp_time created, changed;
	int64_t version;
};
QPP_ROWS(qpp_election_row);

/* New, or anew by id under `version`. QPP_NOT_FOUND, QPP_STALE. */
QPP_MUST_USE enum qpp_code qpp_store_election_put(struct qpp_tx *tx, struct qpp_election_row *e, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_election_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_election_row *out,
                                                  struct qpp_err *err);
/* Empty and 0: any. Newest first. */
QPP_MUST_USE enum qpp_code qpp_store_election_list(struct qpp_tx *tx, qpp_py py, struct qpp_str kind, struct qpp_str org_id,
                                                   struct qpp_str state, struct qpp_slice slice,
                                                   struct qpp_election_row_rows *out, struct qpp_err *err);

/* Something asked that somebody decides: an exception, a first Security Official (`kind`). Reviews: store_review.h. */
struct qpp_request_row {
	struct qpp_str id, kind;
	qpp_py py;
	struct qpp_str org_id, npi, account_id;      /* about whom; who asks */
	struct qpp_str state;                        /* the use case's words */
	struct qpp_str body;
	qpp_time created, changed;
	int64_t version;
};
QPP_ROWS(qpp_request_row);

QPP_MUST_USE enum qpp_code qpp_store_request_put(struct qpp_tx *tx, struct qpp_request_row *r, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_request_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_request_row *out,
                                                 struct qpp_err *err);
/* Empty and 0: any. Oldest first. */
struct qpp_request_query {
	qpp_py py;
	struct qpp_str kind, org_id, account_id, state;
};
QPP_MUST_USE enum qpp_code qpp_store_request_list(struct qpp_tx *tx, const struct qpp_request_query *q,
                                                  struct qpp_slice slice, struct qpp_request_row_rows *out,
                                                  struct qpp_err *err);

/* Made, never changed. */
struct qpp_decision {
	struct qpp_str id, request_id;               /* a request or an election */
	struct qpp_str account_id;                   /* who decided */
	struct qpp_str outcome, body;
	qpp_time made;
	int64_t sequence;                            /* of the ledger record */
};
QPP_ROWS(qpp_decision);

QPP_MUST_USE enum qpp_code qpp_store_decision_add(struct qpp_tx *tx, struct qpp_decision *d, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_decision_of(struct qpp_tx *tx, struct qpp_str request_id, struct qpp_decision_rows *out,
                                                 struct qpp_err *err);

/* --- the ledger: every filing, decision, run and release, in one chain --- */

/*
 * Appends a record in the same transaction as the change it is of. `at` is the instant of the last byte of what was
 * filed, taken before anything was done with it, and is recorded as it is. `kind` and `subject` are words and paths
 * without spaces or control characters ("filing", "measurement-set/ID"), at most 40 and 200 bytes; others are QPP_BUG.
 * The bytes of `body` are kept encrypted beside the record when `keep` is true; their SHA-256 always.
 */
struct qpp_ledger_new {
	qpp_time at;
	struct qpp_str kind, subject, body;
	bool keep;
};

/* What the filer gets; app/receipt.h prints, reads and explains it. All of it lives in the transaction's arena. */
struct qpp_receipt;
QPP_MUST_USE enum qpp_code qpp_store_ledger_append(struct qpp_tx *tx, const struct qpp_ledger_new *n,
                                                   struct qpp_receipt *out, struct qpp_err *err);
/* The receipt of a record, the same bytes again. QPP_NOT_FOUND. */
QPP_MUST_USE enum qpp_code qpp_store_ledger_receipt(struct qpp_tx *tx, int64_t sequence, struct qpp_receipt *out,
                                                    struct qpp_err *err);
/* What was filed under it. QPP_NOT_FOUND when it was not kept. */
QPP_MUST_USE enum qpp_code qpp_store_ledger_body(struct qpp_tx *tx, int64_t sequence, struct qpp_str *out,
                                                 struct qpp_err *err);
/* The records of a subject, oldest first: numbers only. */
struct qpp_ledger_number {
	int64_t sequence;
	qpp_time at;
	struct qpp_str kind;
};
QPP_ROWS(qpp_ledger_number);
QPP_MUST_USE enum qpp_code qpp_store_ledger_of(struct qpp_tx *tx, struct qpp_str subject, struct qpp_slice slice,
                                               struct qpp_ledger_number_rows *out, struct qpp_err *err);

/* Signs the head as it stands; for every few seconds and before the end. Nothing is written when it is signed already. */
QPP_MUST_USE enum qpp_code qpp_store_ledger_seal(struct qpp_tx *tx, struct qpp_err *err);

/*
 * The ledger as text, one line a record, the last signed head at the end (app/receipt.h has the grammar): `write` is
 * called with piece after piece and stops the export by returning false (QPP_IO). Records behind the last signed head
 * are not in it. QPP_NOT_FOUND when no head was ever signed.
 */
QPP_MUST_USE enum qpp_code qpp_store_ledger_export(struct qpp_store *store, bool (*write)(void *to, struct qpp_str piece),
                                                   void *to, struct qpp_err *err);

/* Recomputes the chain from the store's own records, and the hashes of the bodies kept. QPP_DATA names the first record that does not hold. */
QPP_MUST_USE enum qpp_code qpp_store_ledger_check(struct qpp_store *store, int64_t *records, struct qpp_err *err);

/* The public key that verifies this store's receipts, 64 hexadecimal digits. */
struct qpp_str qpp_store_public_key(struct qpp_store *store, struct qpp_arena *arena);

#endif
