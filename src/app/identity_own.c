/*
 * The own account: another authenticator app in place of the present one, and
 * where one is signed in.
 *
 * The key of a new app is not kept before it is confirmed. It is a keyed hash of
 * the session and the present key: the same while the page is looked at, another
 * one in every session and after every change, and not to be had from the store.
 */
#include <sodium.h>

#include "app/identity_int.h"
#include "app/identity_own.h"
#include "app/notices.h"

/* --- the second factor --- */

static enum qpp_code read_account(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str id, struct qpp_account *out,
                                  struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_account_get(tx, id, out, err);
	qpp_store_end(tx);
	return code;
}

enum qpp_code qpp_factors_of(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                             struct qpp_factors *out, struct qpp_err *err)
{
	struct qpp_account a;
	enum qpp_code code = read_account(identity, arena, who->account_id, &a, err);
	if (code != QPP_OK)
		return code;
	bool local = qpp_str_is(a.provider, "local");
	*out = (struct qpp_factors){ .local = local, .totp = local && qpp_totp_enrolled(&a),
		                         .mail = local && identity->c.mail_codes && qpp_mail_address(a.email) };
	return QPP_OK;
}

/* The next key of the account, as this session sees it. */
static struct qpp_str next_secret(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                  const struct qpp_account *a)
{
	enum { HEX = 2 };
	size_t n = a->totp_secret.n * HEX + 1, got = 0;
	char *present = qpp_arena_alloc(arena, n);
	sodium_bin2hex(present, n, (const unsigned char *)a->totp_secret.p, a->totp_secret.n);
	struct qpp_str text = qpp_str_cat(arena, "next factor ", qpp_str_dup(arena, who->binding).p, " ", present, (char *)NULL);
	struct qpp_str hash = qpp_store_token_hash(identity->c.store, arena, text);
	unsigned char *bytes = qpp_arena_alloc(arena, QPP_TOTP_BYTES);
	if (hash.n < QPP_TOTP_BYTES * HEX || sodium_hex2bin(bytes, QPP_TOTP_BYTES, hash.p, QPP_TOTP_BYTES * HEX, NULL, &got, NULL) != 0)
		got = 0;
	return (struct qpp_str){ (const char *)bytes, got };
}

static enum qpp_code not_ours(struct qpp_err *err)
{
	qpp_fail(err, QPP_USAGE, "the second factor of this account is kept by its identity provider", (char *)NULL);
	qpp_err_hint(err, "Change it there.", (char *)NULL);
	return QPP_USAGE;
}

enum qpp_code qpp_factor_offer(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                               struct qpp_totp_offer *out, struct qpp_err *err)
{
	struct qpp_account a;
	if (!qpp_str_is(who->provider, "local"))
		return not_ours(err);
	enum qpp_code code = read_account(identity, arena, who->account_id, &a, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str secret = next_secret(identity, arena, who, &a);
	if (secret.n != QPP_TOTP_BYTES)
		return qpp_fail(err, QPP_BUG, "no key could be made", (char *)NULL);
	return qpp_totp_show(identity, arena, secret, a.subject, out, err);
}

struct renewing {
	struct qpp_asking q;
	struct qpp_str verified, typed;
	bool right;
	enum qpp_code outcome;
};

/* A wrong password counts as at the door. */
static enum qpp_code wrong_password(struct qpp_tx *tx, struct renewing *w, struct qpp_account *a, struct qpp_err *err)
{
	bool locked = qpp_account_failed(qpp_tx_arena(tx), a, qpp_tx_now(tx), w->q.identity->c.account_failures);
	w->outcome = QPP_SIGNED_OUT;
	enum qpp_code code = qpp_store_account_put(tx, a, err);
	return code == QPP_OK && locked ? qpp_store_session_delete_of(tx, a->id, err) : code;
}

static enum qpp_code take_factor(struct qpp_tx *tx, struct renewing *w, struct qpp_account *a, struct qpp_err *err)
{
	struct qpp_arena *arena = qpp_tx_arena(tx);
	struct qpp_str secret = next_secret(w->q.identity, arena, w->q.who, a);
	int64_t step = qpp_totp_step(secret, w->typed, qpp_tx_now(tx), 0);
	w->outcome = step < 0 ? QPP_DATA : QPP_OK;
	if (step < 0)
		return QPP_OK;
	a->totp_secret = secret;
	a->totp_step = step;
	enum qpp_code code = qpp_store_account_put(tx, a, err);
	if (code == QPP_OK)
		code = qpp_session_keep_only(tx, w->q.who, err);
	if (code == QPP_OK)
		code = qpp_notify(tx, qpp_notice_factor(arena, a->name, qpp_identity_time(w->q.identity, arena, qpp_tx_now(tx))), a->email, err);
	return code;
}

static enum qpp_code renew(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct renewing *w = request;
	struct qpp_account a;
	w->outcome = QPP_SIGNED_OUT;
	enum qpp_code code = qpp_store_account_get(tx, w->q.who->account_id, &a, err);
	if (code != QPP_OK)
		return code;
	/* Locked, or the password was changed meanwhile: as a wrong one, not counted. */
	if (qpp_tx_now(tx).us >= a.locked_until.us && qpp_str_eq(a.password, w->verified))
		code = w->right ? take_factor(tx, w, &a, err) : wrong_password(tx, w, &a, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &w->q, "account.factor", QPP_LIT(""), QPP_LIT(""), a.id, w->outcome, err);
	return code;
}

enum qpp_code qpp_factor_renew(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                               const struct qpp_person *who, struct qpp_str password, struct qpp_str code_typed, struct qpp_err *err)
{
	struct renewing w = { .q = { identity, arena, from, who }, .typed = code_typed };
	struct qpp_account a;
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "account.factor", err);
	if (code == QPP_OK && !qpp_str_is(who->provider, "local"))
		code = not_ours(err);
	if (code == QPP_OK)
		code = read_account(identity, arena, who->account_id, &a, err);
	if (code != QPP_OK)
		return code;
	if (password.n > QPP_PASSWORD_BYTES)
		password.n = 0;
	w.verified = qpp_str_dup(arena, a.password);
	code = qpp_hasher_verify(identity->hasher, w.verified.n > 0 ? w.verified.p : identity->nobody, password, &w.right, err);
	if (code == QPP_OK)
		code = qpp_store_write(identity->c.store, arena, renew, &w, err);
	if (code != QPP_OK || w.outcome == QPP_OK)
		return code;
	if (w.outcome == QPP_SIGNED_OUT) {
		qpp_address_failed(identity, from->peer, qpp_now(identity->c.clock));
		return qpp_fail(err, QPP_SIGNED_OUT, "the password is not right", (char *)NULL);
	}
	qpp_fail(err, QPP_DATA, "that is not the code of the new key", (char *)NULL);
	qpp_err_hint(err, "Look whether the app has the key shown here, wait for its next code and type that.", (char *)NULL);
	return QPP_DATA;
}

/* --- sessions --- */

/* A name for a session that does not lead to it. */
static struct qpp_str shown_id(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str token_hash)
{
	enum { SHOWN = 32 };
	struct qpp_str text = qpp_str_cat(arena, "shown ", qpp_str_dup(arena, token_hash).p, (char *)NULL);
	struct qpp_str hash = qpp_store_token_hash(identity->c.store, arena, text);
	hash.n = hash.n < SHOWN ? hash.n : SHOWN;
	return hash;
}

enum qpp_code qpp_sessions_mine(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                struct qpp_sessions_shown *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_session_rows rows = { 0 };
	*out = (struct qpp_sessions_shown){ 0 };
	if (who->viewing != QPP_VIEW_NONE)
		return qpp_fail(err, QPP_FORBIDDEN, "sessions are shown to the person alone", (char *)NULL);
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_session_of(tx, who->account_id, &rows, err);
	struct qpp_session_shown *v = QPP_NEW_ARRAY(arena, rows.n + 1, struct qpp_session_shown);
	size_t n = 0;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_session s;
		struct qpp_session_body body;
		code = qpp_session_held(identity, tx, rows.v[i].token_hash, &s, &body, err);
		if (code == QPP_OK && body.stage == QPP_STAGE_FULL)
			v[n++] = (struct qpp_session_shown){ .id = shown_id(identity, arena, s.token_hash), .place = body.place,
				.created = s.created, .used = s.seen, .ends = s.ends, .here = qpp_str_eq(s.token_hash, who->binding) };
		if (code == QPP_SIGNED_OUT)
			code = QPP_OK;
	}
	qpp_store_end(tx);
	if (code == QPP_OK)
		*out = (struct qpp_sessions_shown){ v, n };
	return code;
}

struct leaving {
	struct qpp_asking q;
	struct qpp_str id;
};

static enum qpp_code leave(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct leaving *l = request;
	struct qpp_session_rows rows = { 0 };
	bool found = l->id.n == 0;
	enum qpp_code code = found ? qpp_session_keep_only(tx, l->q.who, err) : qpp_store_session_of(tx, l->q.who->account_id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n && !found; i++) {
		found = qpp_str_eq(shown_id(l->q.identity, qpp_tx_arena(tx), rows.v[i].token_hash), l->id);
		if (found)
			code = qpp_store_session_delete(tx, rows.v[i].token_hash, err);
	}
	if (code == QPP_OK && !found)
		return qpp_fail(err, QPP_NOT_FOUND, "this session has ended already", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &l->q, l->id.n ? "session.end" : "session.endOthers", QPP_LIT(""), QPP_LIT(""), l->q.who->account_id,
		                    QPP_OK, err);
	return code;
}

enum qpp_code qpp_session_end(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                              const struct qpp_person *who, struct qpp_str id, struct qpp_err *err)
{
	struct leaving l = { { identity, arena, from, who }, id };
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "session.end", err);
	return code == QPP_OK ? qpp_store_write(identity->c.store, arena, leave, &l, err) : code;
}
