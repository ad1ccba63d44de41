/*
 * The second factor: a time-based code (RFC 6238, SHA-1, six digits, 30 seconds,
 * one step of drift either way), or where it is allowed a code by mail. A time
 * step is taken once. A wrong code counts as a wrong try like a wrong password.
 */
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/identity_int.h"
#include "app/notices.h"

enum { MAIL_MINUTES = 10, CODES = 1000000 };

struct proving {
	struct qpp_asking q;
	struct qpp_str token_hash, new_token, new_hash;
	struct qpp_str factor, code;
	const char *action;
	struct qpp_str secret;           /* to be offered */
	bool confirm;
	/* What came of it. */
	enum qpp_code outcome;
	bool locked;
	struct qpp_signed_in in;
	struct qpp_str subject;
};

/* The code as typed: spaces left out. False unless it is six digits. */
static bool six_digits(struct qpp_str typed, char out[QPP_CODE_DIGITS + 1])
{
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		if (typed.p[i] == ' ')
			continue;
		if (n == QPP_CODE_DIGITS || typed.p[i] < '0' || typed.p[i] > '9')
			return false;
		out[n++] = typed.p[i];
	}
	out[n] = '\0';
	return n == QPP_CODE_DIGITS;
}

/* The time step whose code this is, or -1; steps up to `taken` are no longer good. */
static int64_t step_of(struct qpp_str secret, const char *code, qpp_time now, int64_t taken)
{
	int64_t at = now.us / QPP_MICROS_A_SECOND / QPP_TOTP_SECONDS, found = -1;
	for (int64_t step = at - 1; step <= at + 1; step++) {
		char right[QPP_CODE_DIGITS + 1] = "";
		if (oath_totp_generate(secret.p, secret.n, (time_t)(step * QPP_TOTP_SECONDS), QPP_TOTP_SECONDS, 0,
		                       QPP_CODE_DIGITS, right) != OATH_OK)
			return -1;
		if (sodium_memcmp(right, code, QPP_CODE_DIGITS) == 0 && step > taken)
			found = step;
	}
	return found;
}

int64_t qpp_totp_step(struct qpp_str secret, struct qpp_str typed, qpp_time now, int64_t taken)
{
	char code[QPP_CODE_DIGITS + 1];
	return six_digits(typed, code) && secret.n > 0 ? step_of(secret, code, now, taken) : -1;
}

/* The hash under which a mailed code stands in the session it was made for. */
static struct qpp_str mail_hash(const struct proving *p, const char *code)
{
	struct qpp_str hash = p->token_hash;
	struct qpp_buf text;
	qpp_buf_init(&text, p->q.arena, 256);
	qpp_buf_str(&text, hash);
	qpp_buf_cat(&text, " mail ", code, (char *)NULL);
	return qpp_store_token_hash(p->q.identity->c.store, p->q.arena, qpp_buf_done(&text));
}

/* Whether the code is right; it is used up. */
static bool take_code(const struct proving *p, struct qpp_account *a, const struct qpp_session_body *body, qpp_time now)
{
	char code[QPP_CODE_DIGITS + 1];
	if (!six_digits(p->code, code))
		return false;
	if (qpp_str_is(p->factor, "email")) {
		struct qpp_str hash = mail_hash(p, code);
		return body->mail_hash.n == hash.n && hash.n > 0 && now.us < body->mail_until &&
		       sodium_memcmp(hash.p, body->mail_hash.p, hash.n) == 0;
	}
	if (!qpp_str_is(p->factor, "totp") || a->totp_secret.n == 0 || (a->totp_step < 0) != p->confirm)
		return false;
	int64_t step = step_of(a->totp_secret, code, now, a->totp_step);
	if (step >= 0)
		a->totp_step = step;
	return step >= 0;
}

static enum qpp_code wrong_code(struct qpp_tx *tx, struct proving *p, struct qpp_account *a, struct qpp_err *err)
{
	p->outcome = QPP_DATA;
	p->locked = qpp_account_failed(qpp_tx_arena(tx), a, qpp_tx_now(tx), p->q.identity->c.account_failures);
	enum qpp_code code = qpp_store_account_put(tx, a, err);
	if (code != QPP_OK || !p->locked)
		return code;
	p->outcome = QPP_SIGNED_OUT;
	code = qpp_store_session_delete(tx, p->token_hash, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &p->q, "account.lock", a->id, QPP_LIT(""), a->id, QPP_FORBIDDEN, err);
	if (code == QPP_OK)
		code = qpp_notify(tx, qpp_notice_locked(qpp_tx_arena(tx), a->name, qpp_identity_time(p->q.identity, qpp_tx_arena(tx), a->locked_until)), a->email, err);
	return code;
}

static enum qpp_code right_code(struct qpp_tx *tx, struct proving *p, struct qpp_account *a, struct qpp_err *err)
{
	struct qpp_session s;
	qpp_account_forgive(qpp_tx_arena(tx), a);
	a->signed_in = qpp_tx_now(tx);
	enum qpp_code code = qpp_store_account_put(tx, a, err);
	if (code == QPP_OK)
		code = qpp_store_session_delete(tx, p->token_hash, err);
	if (code == QPP_OK)
		code = qpp_session_make(tx, &p->q, p->new_hash, a->id, QPP_STAGE_FULL, &s, err);
	p->outcome = QPP_OK;
	p->in = (struct qpp_signed_in){
		.stage = QPP_STAGE_FULL, .token = p->new_token, .account_id = qpp_str_dup(p->q.arena, a->id), .ends = s.ends,
	};
	return code;
}

/* The session at the stage, and its account; `outcome` SIGNED_OUT when there is none. */
static enum qpp_code held_at(struct qpp_tx *tx, struct proving *p, enum qpp_stage stage, struct qpp_session *s,
                             struct qpp_session_body *body, struct qpp_account *a, struct qpp_err *err)
{
	p->outcome = QPP_SIGNED_OUT;
	p->locked = false;
	enum qpp_code code = qpp_session_held(p->q.identity, tx, p->token_hash, s, body, err);
	if (code == QPP_SIGNED_OUT || (code == QPP_OK && body->stage != stage))
		return QPP_SIGNED_OUT;
	if (code == QPP_OK)
		code = qpp_store_account_get(tx, s->account_id, a, err);
	if (code == QPP_NOT_FOUND ||
	    (code == QPP_OK && (qpp_tx_now(tx).us < a->locked_until.us || qpp_str_is(a->state, "disabled"))))
		return QPP_SIGNED_OUT;
	return code;
}

static enum qpp_code try_code(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct proving *p = request;
	struct qpp_session s;
	struct qpp_session_body body;
	struct qpp_account a;
	enum qpp_code code = held_at(tx, p, p->confirm ? QPP_STAGE_ENROLL : QPP_STAGE_CODE, &s, &body, &a, err);
	if (code == QPP_SIGNED_OUT)
		return qpp_note_act(tx, &p->q, p->action, QPP_LIT(""), QPP_LIT(""), QPP_LIT(""), p->outcome, err);
	if (code != QPP_OK)
		return code;
	if (take_code(p, &a, &body, qpp_tx_now(tx)))
		code = right_code(tx, p, &a, err);
	else
		code = wrong_code(tx, p, &a, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &p->q, p->action, a.id, QPP_LIT(""), a.id, p->outcome, err);
	return code;
}

static struct proving begin(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                            struct qpp_str token, const char *action)
{
	struct proving p = { .q = { identity, arena, from, NULL }, .action = action };
	p.token_hash = qpp_store_token_hash(identity->c.store, arena, token);
	return p;
}

static enum qpp_code session_over(struct qpp_err *err)
{
	qpp_fail(err, QPP_SIGNED_OUT, "the sign-in has expired, or is locked", (char *)NULL);
	qpp_err_hint(err, "Begin again with user name and password.", (char *)NULL);
	return QPP_SIGNED_OUT;
}

static enum qpp_code prove(struct proving *p, struct qpp_signed_in *out, struct qpp_err *err)
{
	struct qpp_identity *identity = p->q.identity;
	*out = (struct qpp_signed_in){ 0 };
	p->new_token = qpp_store_new_token(identity->c.store, p->q.arena, QPP_KEY_BYTES);
	p->new_hash = qpp_store_token_hash(identity->c.store, p->q.arena, p->new_token);
	enum qpp_code code = qpp_store_write(identity->c.store, p->q.arena, try_code, p, err);
	if (code != QPP_OK)
		return code;
	pthread_mutex_lock(&identity->lock);
	*(p->outcome == QPP_OK ? &identity->figures.sign_ins : &identity->figures.refused) += 1;
	identity->figures.locked += p->locked;
	pthread_mutex_unlock(&identity->lock);
	if (p->outcome == QPP_OK) {
		*out = p->in;
		return QPP_OK;
	}
	if (p->outcome == QPP_SIGNED_OUT)
		return session_over(err);
	qpp_address_failed(identity, p->q.from->peer, qpp_now(identity->c.clock));
	qpp_fail(err, QPP_DATA, "the code is not right, or was used before", (char *)NULL);
	qpp_err_hint(err, "Wait for the next code and type its six digits.", (char *)NULL);
	return QPP_DATA;
}

enum qpp_code qpp_sign_in_verify(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                 struct qpp_str token, struct qpp_str factor, struct qpp_str code,
                                 struct qpp_signed_in *out, struct qpp_err *err)
{
	struct proving p = begin(identity, arena, from, token, "account.code");
	p.factor = factor;
	p.code = code;
	return prove(&p, out, err);
}

/* --- a code by mail --- */

static enum qpp_code put_mail_code(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct proving *p = request;
	struct qpp_session s;
	struct qpp_session_body body;
	struct qpp_account a;
	enum qpp_code code = held_at(tx, p, QPP_STAGE_CODE, &s, &body, &a, err);
	if (code != QPP_OK)
		return code == QPP_SIGNED_OUT ? QPP_OK : code;
	p->outcome = qpp_mail_address(a.email) ? QPP_OK : QPP_USAGE;
	if (p->outcome != QPP_OK)
		return QPP_OK;
	body.mail_hash = mail_hash(p, p->code.p);
	body.mail_until = qpp_tx_now(tx).us + QPP_MINUTES(MAIL_MINUTES);
	s.body = qpp_session_body_text(qpp_tx_arena(tx), &body);
	code = qpp_store_session_put(tx, &s, err);
	if (code == QPP_OK)
		code = qpp_notify(tx, qpp_notice_code(qpp_tx_arena(tx), a.name, p->code, MAIL_MINUTES), a.email, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &p->q, p->action, a.id, QPP_LIT(""), a.id, QPP_OK, err);
	return code;
}

static enum qpp_code no_factor(struct qpp_err *err)
{
	return qpp_fail(err, QPP_USAGE, "the account has no such factor", (char *)NULL);
}

enum qpp_code qpp_sign_in_request_code(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                       struct qpp_str token, struct qpp_str factor, struct qpp_err *err)
{
	struct proving p = begin(identity, arena, from, token, "account.requestCode");
	if (qpp_str_is(factor, "totp"))
		return QPP_OK;
	if (!qpp_str_is(factor, "email") || !identity->c.mail_codes)
		return no_factor(err);
	struct qpp_str digits = qpp_i64_text(arena, CODES + (int64_t)randombytes_uniform(CODES));
	p.code = (struct qpp_str){ digits.p + 1, digits.n - 1 };
	enum qpp_code code = qpp_store_write(identity->c.store, arena, put_mail_code, &p, err);
	if (code != QPP_OK || p.outcome == QPP_OK)
		return code;
	return p.outcome == QPP_USAGE ? no_factor(err) : session_over(err);
}

/* --- enrollment --- */

static enum qpp_code put_offer(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct proving *p = request;
	struct qpp_session s;
	struct qpp_session_body body;
	struct qpp_account a;
	enum qpp_code code = held_at(tx, p, QPP_STAGE_ENROLL, &s, &body, &a, err);
	if (code != QPP_OK)
		return code == QPP_SIGNED_OUT ? QPP_OK : code;
	/* One that was confirmed at the same time in another window stays. */
	if (qpp_totp_enrolled(&a))
		return QPP_OK;
	a.totp_secret = p->secret;
	a.totp_step = -1;
	p->subject = qpp_str_dup(p->q.arena, a.subject);
	p->outcome = QPP_OK;
	code = qpp_store_account_put(tx, &a, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &p->q, p->action, a.id, QPP_LIT(""), a.id, QPP_OK, err);
	return code;
}

/* A secret as apps read it, and people type it: in groups of four. */
static struct qpp_str grouped(struct qpp_arena *a, const char *base32)
{
	struct qpp_buf text;
	qpp_buf_init(&text, a, 128);
	for (size_t i = 0; base32[i] != '\0'; i++) {
		if (i > 0 && i % 4 == 0)
			qpp_buf_char(&text, ' ');
		qpp_buf_char(&text, base32[i]);
	}
	return qpp_buf_done(&text);
}

/* Percent-encodes what is no letter or digit. */
static void add_encoded(struct qpp_buf *b, struct qpp_str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
			qpp_buf_char(b, (char)c);
		} else {
			qpp_buf_char(b, '%');
			qpp_buf_char(b, hex[c >> 4]);
			qpp_buf_char(b, hex[c & 15]);
		}
	}
}

enum qpp_code qpp_totp_show(const struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str secret,
                            struct qpp_str subject, struct qpp_totp_offer *out, struct qpp_err *err)
{
	char *base32 = NULL;
	size_t n = 0;
	if (oath_base32_encode(secret.p, secret.n, &base32, &n) != OATH_OK)
		return qpp_fail(err, QPP_BUG, "a secret could not be written as text", (char *)NULL);
	struct qpp_buf uri;
	qpp_buf_init(&uri, arena, 512);
	struct qpp_str issuer = qpp_str_of(identity->c.issuer);
	qpp_buf_cat(&uri, "otpauth://totp/", (char *)NULL);
	add_encoded(&uri, issuer);
	qpp_buf_char(&uri, ':');
	add_encoded(&uri, subject);
	qpp_buf_cat(&uri, "?secret=", base32, "&issuer=", (char *)NULL);
	add_encoded(&uri, issuer);
	qpp_buf_cat(&uri, "&algorithm=SHA1&digits=6&period=30", (char *)NULL);
	out->secret = grouped(arena, base32);
	out->uri = qpp_buf_done(&uri);
	free(base32);
	return QPP_OK;
}

/* A new secret, from the randomness of the store. */
static struct qpp_str new_secret(struct qpp_identity *identity, struct qpp_arena *arena)
{
	struct qpp_str hex = qpp_store_new_token(identity->c.store, arena, QPP_TOTP_BYTES);
	unsigned char *bytes = qpp_arena_alloc(arena, QPP_TOTP_BYTES);
	size_t n = 0;
	if (sodium_hex2bin(bytes, QPP_TOTP_BYTES, hex.p, hex.n, NULL, &n, NULL) != 0)
		n = 0;
	return (struct qpp_str){ (const char *)bytes, n };
}

enum qpp_code qpp_totp_offer(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                             struct qpp_str token, struct qpp_totp_offer *out, struct qpp_err *err)
{
	struct proving p = begin(identity, arena, from, token, "account.enroll");
	p.secret = new_secret(identity, arena);
	enum qpp_code code = qpp_store_write(identity->c.store, arena, put_offer, &p, err);
	if (code != QPP_OK)
		return code;
	return p.outcome == QPP_OK ? qpp_totp_show(identity, arena, p.secret, p.subject, out, err) : session_over(err);
}

enum qpp_code qpp_totp_confirm(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                               struct qpp_str token, struct qpp_str code, struct qpp_signed_in *out, struct qpp_err *err)
{
	struct proving p = begin(identity, arena, from, token, "account.enrolled");
	p.factor = QPP_LIT("totp");
	p.code = code;
	p.confirm = true;
	return prove(&p, out, err);
}
