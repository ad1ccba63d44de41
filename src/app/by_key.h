/*
 * Writes that a form or a program may send twice: once by its idempotency key. A double click, a page that is loaded again
 * and a connection that broke come to the answer of the first time.
 */
#ifndef QPP_APP_BY_KEY_H
#define QPP_APP_BY_KEY_H

#include "app/service.h"

/* What is written, by whom: the same key for another act, by somebody else or for another content, is another write. */
struct qpp_keyed {
	struct qpp_str key;              /* empty: the write is not kept */
	struct qpp_str account_id;
	const char *act;                 /* "review.file" */
	struct qpp_str content;          /* all that another use of the key must share, or is QPP_KEY_REUSED */
};

/*
 * Runs `change`; with a key it fills `once->response`, which is kept, and `once->replayed` afterwards says that this is the first
 * time's. QPP_USAGE: a key of more than 200 bytes; what qpp_store_write_once() answers.
 */
QPP_MUST_USE enum qpp_code qpp_write_by_key(struct qpp_store *store, struct qpp_arena *a, const struct qpp_keyed *k, struct qpp_once *once,
                                            qpp_change *change, void *request, struct qpp_err *err);

#endif
