/*
 * Sign-in by password, and by what an identity provider vouches for.
 *
 * Nothing tells a wrong name from a wrong password or a lock: the answer is one
 * sentence, a name that does not exist costs the same hash, and every try is one
 * write of the store. The count of wrong tries is taken in that write, one after
 * the other: of a hundred guesses at once, five are looked at.
 */
#include <string.h>

#include "app/identity_int.h"
#include "app/notices.h"

struct trying {
	struct qpp_asking q;
	struct qpp_str provider, name;
	struct qpp_str token, token_hash;
	const struct qpp_vouched *vouched;       /* NULL: by password */
	struct qpp_str verified;         /* the hash that the password was held against */
	bool right;
	/* What came of it. */
	enum qpp_code outcome;
	bool locked;
	struct qpp_signed_in in;
};

bool qpp_user_name(struct qpp_arena *a, struct qpp_str name, struct qpp_str *out)
{
	enum { LEAST = 5, MOST = 64 };
	char *p = qpp_arena_alloc(a, MOST + 1);
	if (name.n < LEAST || name.n > MOST)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && strchr("._-@", c) == NULL)
			return false;
		p[i] = (char)(letter ? c | 0x20 : c);
	}
	*out = (struct qpp_str){ p, name.n };
	return true;
}

bool qpp_totp_enrolled(const struct qpp_account *a)
{
	return a->totp_secret.n > 0 && a->totp_step >= 0;
}

/* The factors the account can be asked for. */
static void list_factors(const struct trying *t, const struct qpp_account *a, struct qpp_signed_in *in)
{
	struct qpp_str *v = QPP_NEW_ARRAY(t->q.arena, 2, struct qpp_str);
	in->n_factors = 0;
	if (qpp_totp_enrolled(a))
		v[in->n_factors++] = QPP_LIT("totp");
	if (t->q.identity->c.mail_codes && qpp_mail_address(a->email))
		v[in->n_factors++] = QPP_LIT("email");
	in->factors = v;
}

/* An account that can no longer be used; it is marked so. */
static enum qpp_code note_disabled(struct qpp_tx *tx, struct trying *t, struct qpp_account *a, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	t->outcome = QPP_FORBIDDEN;
	if (!qpp_str_is(a->state, "disabled")) {
		a->state = QPP_LIT("disabled");
		code = qpp_store_account_put(tx, a, err);
	}
	return code;
}

static enum qpp_code open_session(struct qpp_tx *tx, struct trying *t, struct qpp_account *a, struct qpp_err *err)
{
	struct qpp_session s;
	if (t->vouched == NULL)
		list_factors(t, a, &t->in);
	if (t->vouched != NULL || (t->in.n_factors == 0 && t->q.identity->c.password_alone)) {
		t->in.stage = QPP_STAGE_FULL;
		a->signed_in = qpp_tx_now(tx);
		enum qpp_code code = qpp_store_account_put(tx, a, err);
		if (code != QPP_OK)
			return code;
	} else {
		t->in.stage = t->in.n_factors > 0 ? QPP_STAGE_CODE : QPP_STAGE_ENROLL;
	}
	enum qpp_code code = qpp_session_make(tx, &t->q, t->token_hash, a->id, t->in.stage, &s, err);
	t->in.token = t->token;
	t->in.account_id = qpp_str_dup(t->q.arena, a->id);
	t->in.ends = s.ends;
	t->outcome = QPP_OK;
	return code;
}

static enum qpp_code wrong_password(struct qpp_tx *tx, struct trying *t, struct qpp_account *a, struct qpp_err *err)
{
	struct qpp_arena *arena = qpp_tx_arena(tx);
	t->locked = qpp_account_failed(arena, a, qpp_tx_now(tx), t->q.identity->c.account_failures);
	enum qpp_code code = qpp_store_account_put(tx, a, err);
	if (code == QPP_OK && t->locked)
		code = qpp_note_act(tx, &t->q, "account.lock", a->id, QPP_LIT(""), a->id, QPP_FORBIDDEN, err);
	if (code == QPP_OK && t->locked)
		code = qpp_notify(tx, qpp_notice_locked(arena, a->name, qpp_identity_time(t->q.identity, arena, a->locked_until)), a->email, err);
	return code;
}

/* The whole try, in one write: nothing has been disclosed before it. */
static enum qpp_code try_password(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct trying *t = request;
	struct qpp_account a = { 0 };
	qpp_time now = qpp_tx_now(tx);
	t->outcome = QPP_SIGNED_OUT;
	t->locked = false;
	enum qpp_code code = qpp_store_account_by_subject(tx, t->provider, t->name, &a, err);
	if (code == QPP_NOT_FOUND)
		a = (struct qpp_account){ 0 };
	else if (code != QPP_OK)
		return code;
	code = QPP_OK;
	/* A password that was changed meanwhile was held against another hash. */
	if (a.id.n == 0 || now.us < a.locked_until.us || !qpp_str_eq(a.password, t->verified))
		t->outcome = QPP_SIGNED_OUT;
	else if (!t->right)
		code = wrong_password(tx, t, &a, err);
	else if (qpp_str_is(a.state, "disabled") || qpp_account_unused(&a, now))
		code = note_disabled(tx, t, &a, err);
	else
		code = open_session(tx, t, &a, err);
	if (code != QPP_OK)
		return code;
	return qpp_note_act(tx, &t->q, "account.signIn", a.id, QPP_LIT(""), a.id, t->outcome, err);
}

static void count(struct qpp_identity *identity, const struct trying *t)
{
	pthread_mutex_lock(&identity->lock);
	if (t->outcome == QPP_OK)
		identity->figures.sign_ins++;
	else if (t->outcome == QPP_BUSY)
		identity->figures.busy++;
	else
		identity->figures.refused++;
	if (t->locked)
		identity->figures.locked++;
	pthread_mutex_unlock(&identity->lock);
}

static enum qpp_code disabled(struct qpp_err *err)
{
	qpp_fail(err, QPP_FORBIDDEN, "this account is disabled", (char *)NULL);
	qpp_err_detail(err, "An account that nobody has used for 60 days is disabled.", (char *)NULL);
	qpp_err_hint(err, "Ask the service center to enable it again.", (char *)NULL);
	return QPP_FORBIDDEN;
}

static enum qpp_code answer(struct qpp_identity *identity, struct trying *t, struct qpp_signed_in *out, struct qpp_err *err)
{
	count(identity, t);
	if (t->outcome == QPP_FORBIDDEN)
		return disabled(err);
	if (t->outcome != QPP_OK)
		return qpp_sign_in_refused(err);
	*out = t->in;
	return QPP_OK;
}

/* The hash to hold the password against: that of nobody where there is no account, or none with a password. */
static enum qpp_code look_up(struct trying *t, const char **hash, struct qpp_err *err)
{
	struct qpp_identity *identity = t->q.identity;
	struct qpp_tx *tx;
	struct qpp_account a;
	*hash = identity->nobody;
	enum qpp_code code = qpp_store_begin(identity->c.store, t->q.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_account_by_subject(tx, t->provider, t->name, &a, err);
	if (code == QPP_OK && a.password.n > 0) {
		t->verified = qpp_str_dup(t->q.arena, a.password);
		*hash = t->verified.p;
	}
	qpp_store_end(tx);
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

static void new_token(struct trying *t)
{
	struct qpp_store *store = t->q.identity->c.store;
	t->token = qpp_store_new_token(store, t->q.arena, QPP_KEY_BYTES);
	t->token_hash = qpp_store_token_hash(store, t->q.arena, t->token);
}

enum qpp_code qpp_sign_in(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                          struct qpp_str name, struct qpp_str password, struct qpp_signed_in *out, struct qpp_err *err)
{
	struct trying t = { .q = { identity, arena, from, NULL }, .provider = QPP_LIT("local"), .name = QPP_LIT("") };
	const char *hash;
	*out = (struct qpp_signed_in){ 0 };
	qpp_time now = qpp_now(identity->c.clock);
	if (qpp_address_locked(identity, from->peer, now)) {
		/* No hash: that is what the lock is there to spare. */
		t.outcome = QPP_SIGNED_OUT;
		count(identity, &t);
		return qpp_refused(&t.q, "account.signIn", QPP_LIT(""), QPP_LIT("address"), qpp_sign_in_refused(err), err);
	}
	struct qpp_str plain = QPP_LIT("");
	if (qpp_user_name(arena, name, &plain))
		t.name = plain;
	enum qpp_code code = look_up(&t, &hash, err);
	if (code != QPP_OK)
		return code;
	if (password.n > QPP_PASSWORD_BYTES)
		password.n = 0;
	code = qpp_hasher_verify(identity->hasher, hash, password, &t.right, err);
	if (code != QPP_OK) {
		t.outcome = code;
		count(identity, &t);
		return code;
	}
	t.right = t.right && t.verified.n > 0;
	new_token(&t);
	code = qpp_store_write(identity->c.store, arena, try_password, &t, err);
	if (code != QPP_OK)
		return code;
	if (t.outcome == QPP_SIGNED_OUT)
		qpp_address_failed(identity, from->peer, now);
	return answer(identity, &t, out, err);
}

/* --- vouched for --- */

static enum qpp_code take_vouched(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct trying *t = request;
	struct qpp_account a;
	qpp_time now = qpp_tx_now(tx);
	enum qpp_code code = qpp_store_account_by_subject(tx, t->provider, t->name, &a, err);
	if (code == QPP_NOT_FOUND) {
		a = (struct qpp_account){
			.id = QPP_LIT(""), .provider = t->provider, .subject = t->name, .state = QPP_LIT("active"),
			.password = QPP_LIT(""), .totp_secret = QPP_LIT(""), .body = QPP_LIT("{}"), .created = now,
			.name = QPP_LIT(""), .email = QPP_LIT(""),
		};
		code = QPP_OK;
	}
	if (code != QPP_OK)
		return code;
	if (t->vouched->name.n > 0)
		a.name = t->vouched->name;
	if (qpp_mail_address(t->vouched->email))
		a.email = t->vouched->email;
	if (qpp_str_is(a.state, "disabled") || (a.id.n > 0 && qpp_account_unused(&a, now)))
		code = note_disabled(tx, t, &a, err);
	else
		code = open_session(tx, t, &a, err);
	if (code != QPP_OK)
		return code;
	return qpp_note_act(tx, &t->q, "account.signIn", a.id, QPP_LIT(""), a.id, t->outcome, err);
}

enum qpp_code qpp_sign_in_vouched(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                  const struct qpp_vouched *who, struct qpp_signed_in *out, struct qpp_err *err)
{
	struct trying t = {
		.q = { identity, arena, from, NULL }, .provider = who->provider, .name = who->subject, .vouched = who,
	};
	*out = (struct qpp_signed_in){ 0 };
	/* Local accounts are not for providers to vouch for. */
	if (who->provider.n == 0 || who->subject.n == 0 || qpp_str_is(who->provider, "local"))
		return qpp_sign_in_refused(err);
	new_token(&t);
	enum qpp_code code = qpp_store_write(identity->c.store, arena, take_vouched, &t, err);
	return code == QPP_OK ? answer(identity, &t, out, err) : code;
}
