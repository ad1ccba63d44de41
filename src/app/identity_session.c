/*
 * Sessions: an opaque token whose hash the store knows. A session ends when it
 * was idle for 30 minutes (15 on the agency's side), 12 hours after sign-in, or
 * when somebody ends it; what it may do is looked up anew at every request, so
 * that a role that was removed is gone at once.
 *
 * When a session was last used is kept in memory and written every half minute:
 * no page waits for the disk because somebody looked at it. A crash may thus end
 * a session that much earlier, never later.
 */
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/identity_int.h"

/* --- the body --- */

static enum qpp_stage stage_of(const char *name)
{
	for (int s = QPP_STAGE_NONE; s <= QPP_STAGE_FULL; s++)
		if (name != NULL && strcmp(name, qpp_stage_name((enum qpp_stage)s)) == 0)
			return (enum qpp_stage)s;
	return QPP_STAGE_NONE;
}

void qpp_session_body_read(struct qpp_arena *a, struct qpp_str body, struct qpp_session_body *out)
{
	json_t *j = json_loadb(body.n > 0 ? body.p : "", body.n, 0, NULL);
	out->stage = stage_of(json_string_value(json_object_get(j, "stage")));
	out->mail_hash = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(j, "mail"))));
	out->mail_until = json_integer_value(json_object_get(j, "mailUntil"));
	out->place = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(j, "place"))));
	json_decref(j);
}

/* An address in digits, which needs no escaping; anything else is not kept. */
static bool plain_address(struct qpp_str s)
{
	static const char plain[] = "0123456789abcdefABCDEF.:";
	for (size_t i = 0; i < s.n; i++)
		if (!memchr(plain, s.p[i], sizeof plain - 1))
			return false;
	return s.n > 0 && s.n < 64;
}

struct qpp_str qpp_session_body_text(struct qpp_arena *a, const struct qpp_session_body *b)
{
	struct qpp_buf text;
	qpp_buf_init(&text, a, 512);
	qpp_buf_cat(&text, "{\"stage\":\"", qpp_stage_name(b->stage), "\"", (char *)NULL);
	if (b->mail_hash.n > 0) {
		/* The hash is hexadecimal: nothing in it needs escaping. */
		qpp_buf_cat(&text, ",\"mail\":\"", (char *)NULL);
		qpp_buf_str(&text, b->mail_hash);
		qpp_buf_cat(&text, "\",\"mailUntil\":", (char *)NULL);
		qpp_buf_i64(&text, b->mail_until);
	}
	if (plain_address(b->place)) {
		qpp_buf_cat(&text, ",\"place\":\"", (char *)NULL);
		qpp_buf_str(&text, b->place);
		qpp_buf_char(&text, '"');
	}
	qpp_buf_char(&text, '}');
	return qpp_buf_done(&text);
}

/* --- when it was last used --- */

static struct qpp_seen *seen_set(struct qpp_identity *identity, struct qpp_str hash)
{
	uint64_t key;
	crypto_shorthash((unsigned char *)&key, (const unsigned char *)hash.p, hash.n, identity->key);
	return &identity->seen[(key % QPP_SEEN_SETS) * QPP_SEEN_WAYS];
}

static int64_t last_seen(struct qpp_identity *identity, struct qpp_str hash, int64_t stored)
{
	pthread_mutex_lock(&identity->lock);
	struct qpp_seen *set = seen_set(identity, hash);
	for (int i = 0; i < QPP_SEEN_WAYS; i++)
		if (qpp_str_is(hash, set[i].hash) && set[i].us > stored)
			stored = set[i].us;
	pthread_mutex_unlock(&identity->lock);
	return stored;
}

qpp_time qpp_session_last_used(struct qpp_identity *identity, const struct qpp_session *s)
{
	return (qpp_time){ last_seen(identity, s->token_hash, s->seen.us) };
}

/* Notes it; false when there is no room, and it must be written at once. */
static bool note_seen(struct qpp_identity *identity, struct qpp_str hash, int64_t us)
{
	struct qpp_seen *place = NULL;
	pthread_mutex_lock(&identity->lock);
	struct qpp_seen *set = seen_set(identity, hash);
	for (int i = 0; i < QPP_SEEN_WAYS; i++) {
		if (qpp_str_is(hash, set[i].hash)) {
			place = &set[i];
			break;
		}
		if (!set[i].dirty && (place == NULL || set[i].us < place->us))
			place = &set[i];
	}
	if (place != NULL && hash.n < sizeof place->hash) {
		memcpy(place->hash, hash.p, hash.n);
		place->hash[hash.n] = '\0';
		if (us > place->us || !place->dirty)
			place->us = us;
		place->dirty = true;
	} else {
		place = NULL;
	}
	pthread_mutex_unlock(&identity->lock);
	return place != NULL;
}

enum { FLUSH_MOST = 256 };
struct flush {
	struct qpp_seen v[FLUSH_MOST];
	size_t n;
};

static enum qpp_code write_seen(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct flush *f = request;
	for (size_t i = 0; i < f->n; i++) {
		struct qpp_session s;
		enum qpp_code code = qpp_store_session_get(tx, qpp_str_of(f->v[i].hash), &s, err);
		if (code == QPP_NOT_FOUND)
			continue;
		if (code == QPP_OK && s.seen.us < f->v[i].us) {
			s.seen.us = f->v[i].us;
			code = qpp_store_session_put(tx, &s, err);
		}
		if (code != QPP_OK)
			return code;
	}
	return QPP_OK;
}

enum qpp_code qpp_seen_flush(struct qpp_identity *identity, struct qpp_err *err)
{
	const size_t all = (size_t)QPP_SEEN_SETS * QPP_SEEN_WAYS;
	enum qpp_code code = QPP_OK;
	struct flush *f = malloc(sizeof *f);
	if (f == NULL)
		return qpp_fail(err, QPP_IO, "there is no memory to write sessions", (char *)NULL);
	struct qpp_arena arena = QPP_ARENA_INIT;
	for (size_t at = 0; at < all && code == QPP_OK;) {
		f->n = 0;
		pthread_mutex_lock(&identity->lock);
		for (; at < all && f->n < FLUSH_MOST; at++)
			if (identity->seen[at].dirty)
				f->v[f->n++] = identity->seen[at];
		pthread_mutex_unlock(&identity->lock);
		if (f->n == 0)
			break;
		code = qpp_store_write(identity->c.store, &arena, write_seen, f, err);
		if (code != QPP_OK)
			break;
		pthread_mutex_lock(&identity->lock);
		for (size_t i = 0; i < f->n; i++) {
			struct qpp_seen *set = seen_set(identity, qpp_str_of(f->v[i].hash));
			for (int w = 0; w < QPP_SEEN_WAYS; w++)
				if (strcmp(set[w].hash, f->v[i].hash) == 0 && set[w].us == f->v[i].us)
					set[w].dirty = false;
		}
		pthread_mutex_unlock(&identity->lock);
	}
	qpp_arena_close(&arena);
	free(f);
	return code;
}

/* --- holding one --- */

static enum qpp_code over(struct qpp_err *err)
{
	qpp_fail(err, QPP_SIGNED_OUT, "nobody is signed in, or the session has ended", (char *)NULL);
	qpp_err_hint(err, "Sign in again.", (char *)NULL);
	return QPP_SIGNED_OUT;
}

enum qpp_code qpp_session_held(struct qpp_identity *identity, struct qpp_tx *tx, struct qpp_str token_hash,
                               struct qpp_session *out, struct qpp_session_body *body, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_session_get(tx, token_hash, out, err);
	if (code == QPP_NOT_FOUND)
		return over(err);
	if (code != QPP_OK)
		return code;
	int64_t now = qpp_now(identity->c.clock).us;
	out->seen.us = last_seen(identity, token_hash, out->seen.us);
	qpp_session_body_read(qpp_tx_arena(tx), out->body, body);
	if (body->stage == QPP_STAGE_NONE || now >= out->ends.us || now >= out->seen.us + QPP_IDLE)
		return over(err);
	return QPP_OK;
}

enum qpp_code qpp_session_make(struct qpp_tx *tx, const struct qpp_asking *q, struct qpp_str token_hash,
                               struct qpp_str account_id, enum qpp_stage stage, struct qpp_session *out, struct qpp_err *err)
{
	struct qpp_session_body body = { .stage = stage, .place = q->from ? q->from->peer : QPP_LIT("") };
	qpp_time now = qpp_tx_now(tx);
	*out = (struct qpp_session){
		.token_hash = token_hash, .account_id = account_id, .created = now, .seen = now,
		.ends = qpp_later(now, stage == QPP_STAGE_FULL ? QPP_ABSOLUTE : QPP_PENDING),
		.view_as = QPP_LIT(""), .body = qpp_session_body_text(qpp_tx_arena(tx), &body),
	};
	return qpp_store_session_put(tx, out, err);
}

/* --- the person of it --- */

/* A role that exists only in the eyes of the one who looks on. */
static enum qpp_code look_as_org(struct qpp_tx *tx, struct qpp_str org_id, struct qpp_person *p, struct qpp_err *err)
{
	struct qpp_org org;
	enum qpp_code code = qpp_store_org_get(tx, org_id, &org, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code != QPP_OK)
		return code;
	struct qpp_role_held *held = QPP_NEW(qpp_tx_arena(tx), struct qpp_role_held);
	*held = (struct qpp_role_held){
		.org_id = org.id, .kind = org.kind, .org_name = org.name, .org_number = org.number,
		.tin_masked = org.tin_masked,
		.post = org.kind == QPP_ORG_CLINICIAN ? QPP_POST_CLINICIAN : QPP_POST_STAFF, .state = QPP_POST_ACTIVE,
	};
	p->held = held;
	p->n_held = 1;
	p->roles |= qpp_role_bits(held->kind, held->post);
	return QPP_OK;
}

static enum qpp_code roles_of(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_person *p, struct qpp_err *err)
{
	struct qpp_role_row_rows rows;
	enum qpp_code code = qpp_store_role_of_account(tx, account_id, QPP_POST_ACTIVE, &rows, err);
	if (code != QPP_OK)
		return code;
	struct qpp_role_held *held = QPP_NEW_ARRAY(qpp_tx_arena(tx), rows.n + 1, struct qpp_role_held);
	for (size_t i = 0; i < rows.n && code == QPP_OK; i++) {
		code = qpp_role_fill(tx, &rows.v[i], &held[i], err);
		p->roles |= qpp_role_bits(held[i].kind, held[i].post);
	}
	p->held = held;
	p->n_held = rows.n;
	return code;
}

static bool on_agency_side(const struct qpp_person *p)
{
	for (size_t i = 0; i < p->n_held; i++)
		if (p->held[i].kind == QPP_ORG_AGENCY)
			return true;
	return false;
}

static enum qpp_code fill_person(struct qpp_tx *tx, const struct qpp_session *s, const struct qpp_session_body *body,
                                 struct qpp_person *p, struct qpp_err *err)
{
	struct qpp_account a;
	enum qpp_code code = qpp_store_account_get(tx, s->account_id, &a, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && qpp_str_is(a.state, "disabled")))
		return over(err);
	if (code != QPP_OK)
		return code;
	p->account_id = a.id;
	p->provider = a.provider;
	p->subject = a.subject;
	p->name = a.name;
	p->email = a.email;
	p->binding = s->token_hash;
	p->stage = body->stage;
	p->roles = body->stage == QPP_STAGE_FULL ? QPP_BY(SIGNED_IN) : QPP_BY(ANONYMOUS);
	p->ends = s->ends;
	if (p->stage != QPP_STAGE_FULL)
		return QPP_OK;
	code = roles_of(tx, a.id, p, err);
	int64_t idle = on_agency_side(p) ? QPP_IDLE_AGENCY : QPP_IDLE;
	if (code == QPP_OK && p->now.us >= s->seen.us + idle)
		return over(err);
	p->idle_ends.us = idle;
	struct qpp_viewed viewed;
	/* An agent whose role was removed looks at nothing any more. */
	if (code != QPP_OK || (p->roles & QPP_BY(AGENT)) == 0 || !qpp_viewed_read(qpp_tx_arena(tx), s->view_as, &viewed))
		return code;
	p->viewing = viewed.kind;
	p->viewed_id = viewed.shown;
	p->view_as = s->view_as;
	p->roles = QPP_BY(SIGNED_IN);
	p->held = NULL;
	p->n_held = 0;
	return viewed.kind == QPP_VIEW_ACCOUNT ? roles_of(tx, viewed.target, p, err) : look_as_org(tx, viewed.target, p, err);
}

enum qpp_code qpp_session_person(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str token, bool touch,
                                 struct qpp_person *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_session s;
	struct qpp_session_body body;
	*out = (struct qpp_person){ .now = qpp_now(identity->c.clock) };
	if (!(token.n == 2 * QPP_KEY_BYTES))
		return over(err);
	struct qpp_str hash = qpp_store_token_hash(identity->c.store, arena, token);
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_session_held(identity, tx, hash, &s, &body, err);
	if (code == QPP_OK)
		code = fill_person(tx, &s, &body, out, err);
	qpp_store_end(tx);
	if (code != QPP_OK) {
		*out = (struct qpp_person){ 0 };
		return code;
	}
	int64_t idle = out->idle_ends.us > 0 ? out->idle_ends.us : QPP_IDLE;
	if (touch) {
		s.seen = out->now;
		if (!note_seen(identity, hash, s.seen.us)) {
			struct flush *one = QPP_NEW(arena, struct flush);
			memcpy(one->v[0].hash, hash.p, hash.n < QPP_HASH_TEXT ? hash.n : 0);
			one->v[0].us = s.seen.us;
			one->n = 1;
			code = qpp_store_write(identity->c.store, arena, write_seen, one, err);
		}
	}
	out->idle_ends = qpp_later(s.seen, idle);
	if (out->idle_ends.us > s.ends.us)
		out->idle_ends = s.ends;
	out->warn = qpp_later(out->idle_ends, -QPP_WARNING);
	return code;
}

bool qpp_person_has(const struct qpp_person *p, struct qpp_str org_id, enum qpp_post post)
{
	for (size_t i = 0; i < p->n_held; i++)
		if (qpp_str_eq(p->held[i].org_id, org_id) && (post == QPP_POST_NONE || p->held[i].post == post))
			return true;
	return false;
}

/* --- ending them --- */

enum qpp_code qpp_session_keep_only(struct qpp_tx *tx, const struct qpp_person *who, struct qpp_err *err)
{
	struct qpp_session s;
	enum qpp_code code = qpp_store_session_get(tx, who->binding, &s, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_session_delete_of(tx, who->account_id, err);
	return code == QPP_OK ? qpp_store_session_put(tx, &s, err) : code;
}

struct ending {
	struct qpp_asking q;
	struct qpp_str token_hash;
};

static enum qpp_code end_one(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct ending *e = request;
	struct qpp_session s;
	enum qpp_code code = qpp_store_session_get(tx, e->token_hash, &s, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_session_delete(tx, e->token_hash, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &e->q, "account.signOut", s.account_id, QPP_LIT(""), s.account_id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_sign_out(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                           struct qpp_str token, struct qpp_err *err)
{
	struct ending e = { { identity, arena, from, NULL }, qpp_store_token_hash(identity->c.store, arena, token) };
	enum qpp_code code = qpp_store_write(identity->c.store, arena, end_one, &e, err);
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

static enum qpp_code end_all(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct ending *e = request;
	enum qpp_code code = qpp_store_session_delete_of(tx, e->q.who->account_id, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &e->q, "account.signOutEverywhere", QPP_LIT(""), QPP_LIT(""), e->q.who->account_id, QPP_OK,
		                    err);
	return code;
}

enum qpp_code qpp_sign_out_everywhere(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                      const struct qpp_person *who, struct qpp_err *err)
{
	struct ending e = { { identity, arena, from, who }, QPP_LIT("") };
	return qpp_store_write(identity->c.store, arena, end_all, &e, err);
}
