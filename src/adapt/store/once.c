/* Once and no twice: writes under the idempotency keys of their senders. */
#include "adapt/store/store_int.h"

/* Keys being worked on, so that the same one at the same time is refused instead of waiting. */
struct flight {
	struct qpp_str scope, key;
	struct flight *next;
};

struct once_request {
	struct qpp_once *once;
	qpp_change *change;
	void *request;
};

static enum qpp_code once_change(struct qpp_tx *tx, void *arg, struct qpp_err *err)
{
	struct once_request *r = arg;
	struct qpp_once *o = r->once;
	struct db_rows rows;
	o->replayed = false;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT request_hash, status, response FROM once WHERE scope = ? AND key_text = ?"),
	                             VALUES(V_TEXT(o->scope), V_TEXT(o->key)), &rows, err);
	if (code != QPP_OK)
		return code;
	if (rows.n && !qpp_str_eq(rows.cells[0].s, o->request_hash)) {
		(void)qpp_fail(err, QPP_KEY_REUSED, "this idempotency key was used for another request", (char *)NULL);
		qpp_err_hint(err, "send a new key with a new request", (char *)NULL);
		return QPP_KEY_REUSED;
	}
	if (rows.n) {
		o->replayed = true;
		o->status = (int)rows.cells[1].i;
		o->response = rows.cells[2].s;
		return QPP_OK;
	}
	code = r->change(tx, r->request, err);
	if (code != QPP_OK)
		return code;
	code = tx_change(tx, DB_SQL("INSERT INTO once (changed, scope, key_text, request_hash, status, response) "
	                            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"),
	                 VALUES(V_TIME(tx->now), V_TEXT(o->scope), V_TEXT(o->key), V_TEXT(o->request_hash), V_NUMBER(o->status),
	                        V_TEXT(o->response)), &rows, err);
	if (code == QPP_OK && !rows.changes)
		code = qpp_fail(err, QPP_CONFLICT, "the same request is being worked on", (char *)NULL);
	return code;
}

/* False when the key is in the air already. */
static bool take_off(struct qpp_store *s, struct flight *f)
{
	bool free_key = true;
	pthread_mutex_lock(&s->lock);
	for (struct flight *o = s->flights; o && free_key; o = o->next)
		free_key = !(qpp_str_eq(o->key, f->key) && qpp_str_eq(o->scope, f->scope));
	if (free_key) {
		f->next = s->flights;
		s->flights = f;
	}
	pthread_mutex_unlock(&s->lock);
	return free_key;
}

static void land(struct qpp_store *s, struct flight *f)
{
	pthread_mutex_lock(&s->lock);
	struct flight **at = &s->flights;
	while (*at != f)
		at = &(*at)->next;
	*at = f->next;
	pthread_mutex_unlock(&s->lock);
}

enum qpp_code qpp_store_write_once(struct qpp_store *s, struct qpp_arena *arena, struct qpp_once *once, qpp_change *change,
                                   void *request, struct qpp_err *err)
{
	struct flight f = { .scope = once->scope, .key = once->key };
	struct once_request r = { once, change, request };
	if (!take_off(s, &f)) {
		(void)qpp_fail(err, QPP_CONFLICT, "the same request is being worked on", (char *)NULL);
		qpp_err_hint(err, "wait a moment and send it again: the answer will be that of the first", (char *)NULL);
		return QPP_CONFLICT;
	}
	enum qpp_code code = qpp_store_write(s, arena, once_change, &r, err);
	land(s, &f);
	return code;
}

enum qpp_code qpp_store_once_purge(struct qpp_tx *tx, qpp_time before, int64_t most, int64_t *n, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("DELETE FROM once WHERE (scope, key_text) IN (SELECT scope, key_text FROM once "
	                                          "WHERE changed < ? ORDER BY changed LIMIT ?)"),
	                               VALUES(V_TIME(before), V_NUMBER(most)), &rows, err);
	*n = code == QPP_OK ? rows.changes : 0;
	return code;
}
