/*
 * The store: messages that came in by e-mail (app/intake.h). Made, never changed;
 * what holds for all of the store stands in store.h.
 */
#ifndef QPP_APP_STORE_INTAKE_H
#define QPP_APP_STORE_INTAKE_H

#include "app/store.h"

struct qpp_intake_row {
	struct qpp_str id, hash;         /* SHA-256 of what the sender wrote: it comes once */
	struct qpp_str message_id, sender, account_id;
	qpp_py py;                       /* 0: not known */
	struct qpp_str outcome, reason;  /* the use case's words */
	struct qpp_str election_id;
	qpp_time received;
	int64_t sequence;                /* of the ledger record, 0 without one */
	bool answered;
	struct qpp_str body;             /* JSON: codes of what was wrong */
};
QPP_ROWS(qpp_intake_row);

/* QPP_DUPLICATE: there is one with this hash. */
QPP_MUST_USE enum qpp_code qpp_store_intake_add(struct qpp_tx *tx, struct qpp_intake_row *r, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_intake_by_hash(struct qpp_tx *tx, struct qpp_str hash, struct qpp_intake_row *out,
                                                    struct qpp_err *err);
/* Newest first; `outcome` empty: any. */
QPP_MUST_USE enum qpp_code qpp_store_intake_list(struct qpp_tx *tx, struct qpp_str outcome, struct qpp_slice slice,
                                                 struct qpp_intake_row_rows *out, struct qpp_err *err);
/* How many messages of a sender were answered that came between two moments. */
QPP_MUST_USE enum qpp_code qpp_store_intake_answers(struct qpp_tx *tx, struct qpp_str sender, qpp_time from, qpp_time to, int64_t *n,
                                                    struct qpp_err *err);
/* Ids of the accounts with an address, without regard to the case of ASCII letters. */
struct qpp_intake_account {
	struct qpp_str id;
};
QPP_ROWS(qpp_intake_account);
QPP_MUST_USE enum qpp_code qpp_store_intake_accounts(struct qpp_tx *tx, struct qpp_str email, struct qpp_intake_account_rows *out,
                                                     struct qpp_err *err);

#endif
