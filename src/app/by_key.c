/* Once by its key: by_key.h is the manual. */
#include "app/by_key.h"

enum { LONGEST_KEY = 200 };

static const char *text(struct qpp_arena *a, struct qpp_str s)
{
	return s.n ? qpp_str_dup(a, s).p : "";
}

enum qpp_code qpp_write_by_key(struct qpp_store *store, struct qpp_arena *a, const struct qpp_keyed *k, struct qpp_once *once,
                               qpp_change *change, void *request, struct qpp_err *err)
{
	*once = (struct qpp_once){ 0 };
	if (!k->key.n)
		return qpp_store_write(store, a, change, request, err);
	if (k->key.n > LONGEST_KEY)
		return qpp_fail(err, QPP_USAGE, "the idempotency key is too long", (char *)NULL);
	once->key = k->key;
	once->scope = qpp_str_cat(a, text(a, k->account_id), " ", k->act, (char *)NULL);
	once->request_hash = qpp_store_token_hash(store, a, k->content);
	return qpp_store_write_once(store, a, once, change, request, err);
}
