/*
 * The store: applications for exceptions. Included by app/exceptions.h, which
 * says what the words mean. What people write is kept encrypted.
 */
#ifndef QPP_APP_STORE_EXCEPTIONS_H
#define QPP_APP_STORE_EXCEPTIONS_H

#include "app/store.h"

struct qpp_exception_row {
	struct qpp_str id;
	struct qpp_who who;
	struct qpp_str kind, event, categories;      /* words of rules/exceptions.md */
	struct qpp_str account_id;                   /* who applied last */
	struct qpp_str state;                        /* draft submitted approved denied withdrawn */
	struct qpp_str number;                       /* of the receipt; empty: a draft */
	struct qpp_str body;                         /* JSON: the form, the decision */
	qpp_time created, changed, filed, decided;
	int64_t sequence;                            /* of the ledger record of the filing */
	int64_t version;
};
QPP_ROWS(qpp_exception_row);

/* New (no id, version 0), or anew by id under `version`. QPP_NOT_FOUND, QPP_STALE. */
QPP_MUST_USE enum qpp_code qpp_store_exception_put(struct qpp_tx *tx, struct qpp_exception_row *r, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_exception_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_exception_row *out,
                                                   struct qpp_err *err);

/* Empty and 0: any; `filed`: no drafts. What was filed first stands first. */
struct qpp_exception_query {
	qpp_py py;
	struct qpp_str org_id, npi, state, kind;
	bool filed;
};
QPP_MUST_USE enum qpp_code qpp_store_exception_list(struct qpp_tx *tx, const struct qpp_exception_query *q, struct qpp_slice slice,
                                                    struct qpp_exception_row_rows *out, struct qpp_err *err);
/* Of one subject. */
QPP_MUST_USE enum qpp_code qpp_store_exception_of(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_exception_row_rows *out,
                                                  struct qpp_err *err);

#endif
