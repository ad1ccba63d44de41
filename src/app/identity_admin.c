/*
 * Administration without a session: accounts and roles as whoever may start the
 * program sets them up, and what is to be done from time to time. `qppd account`
 * and the synthetic state stand on this.
 */
#include <string.h>

#include "app/identity_int.h"
#include "app/notices.h"

struct admin {
	struct qpp_asking q;
	const struct qpp_account_new *new;
	struct qpp_str provider, subject, org_id;
	enum qpp_post post;
	enum qpp_admin_act act;
	const char *hash;
	bool privileged;
	struct qpp_account account;
	qpp_time now;
	bool done;
};

static enum qpp_code no_account(struct qpp_err *err)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such account", (char *)NULL);
}

static enum qpp_code grant(struct qpp_tx *tx, const struct admin *m, struct qpp_str account_id, struct qpp_str org_id,
                           enum qpp_post post, struct qpp_err *err)
{
	struct qpp_org org;
	enum qpp_code code = qpp_store_org_get(tx, org_id, &org, err);
	if (code == QPP_NOT_FOUND)
		return qpp_fail(err, QPP_NOT_FOUND, "there is no such organization", (char *)NULL);
	if (code != QPP_OK)
		return code;
	if (qpp_role_bits(org.kind, post) == 0)
		return qpp_fail(err, QPP_USAGE, "an organization of that kind has no such role", (char *)NULL);
	struct qpp_role_row r = {
		.id = QPP_LIT(""), .account_id = account_id, .org_id = org_id, .post = post, .state = QPP_POST_ACTIVE,
		.by_id = QPP_LIT(""), .note = QPP_LIT("by administration"), .created = qpp_tx_now(tx), .changed = qpp_tx_now(tx),
	};
	code = qpp_store_role_put(tx, &r, err);
	if (code == QPP_DUPLICATE)
		return qpp_fail(err, QPP_DUPLICATE, "the account has this role already, or has asked for it", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &m->q, "role.grant", QPP_LIT(""), org_id, r.id, QPP_OK, err);
	return code;
}

static enum qpp_code add(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct admin *m = request;
	const struct qpp_account_new *n = m->new;
	m->account = (struct qpp_account){
		.id = QPP_LIT(""), .provider = QPP_LIT("local"), .subject = m->subject, .name = n->person, .email = n->email,
		.state = QPP_LIT("active"), .password = qpp_str_of(m->hash), .totp_secret = n->totp_secret,
		.created = qpp_tx_now(tx), .body = QPP_LIT("{}"),
	};
	enum qpp_code code = qpp_store_account_put(tx, &m->account, err);
	if (code == QPP_DUPLICATE)
		return qpp_fail(err, QPP_DUPLICATE, "there is an account of that name already", (char *)NULL);
	if (code == QPP_OK && n->post != QPP_POST_NONE)
		code = grant(tx, m, m->account.id, n->org_id, n->post, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &m->q, "account.add", QPP_LIT(""), QPP_LIT(""), m->account.id, QPP_OK, err);
	return code;
}

static enum qpp_code check_new(struct admin *m, struct qpp_err *err)
{
	const struct qpp_account_new *n = m->new;
	bool agency = n->privileged || n->post >= QPP_POST_REVIEWER;
	if (!qpp_user_name(m->q.arena, n->name, &m->subject)) {
		qpp_fail(err, QPP_USAGE, "that is no user name", (char *)NULL);
		qpp_err_hint(err, "A user name has 5 to 64 letters, digits and . _ - @", (char *)NULL);
		return QPP_USAGE;
	}
	if (n->email.n > 0 && !qpp_mail_address(n->email))
		return qpp_fail(err, QPP_USAGE, "that is no address mail can be sent to", (char *)NULL);
	return n->password.n > 0 ? qpp_password_check(n->password, m->subject, agency, err) : QPP_OK;
}

enum qpp_code qpp_admin_account_add(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_account_new *n,
                                    struct qpp_account *out, struct qpp_err *err)
{
	char hash[QPP_HASH_TEXT] = "";
	struct admin m = { .q = { identity, arena, NULL, NULL }, .new = n, .hash = hash };
	enum qpp_code code = check_new(&m, err);
	if (code == QPP_OK && n->password.n > 0)
		code = qpp_hasher_make(identity->hasher, n->password, hash, err);
	if (code == QPP_OK)
		code = qpp_store_write(identity->c.store, arena, add, &m, err);
	if (code != QPP_OK)
		return code;
	*out = m.account;
	out->password = QPP_LIT("");
	return QPP_OK;
}

static enum qpp_code grant_to(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct admin *m = request;
	struct qpp_account a;
	enum qpp_code code = qpp_store_account_by_subject(tx, m->provider, m->subject, &a, err);
	/* A feed names people before they sign in for the first time. */
	if (code == QPP_NOT_FOUND && !qpp_str_is(m->provider, "local")) {
		a = (struct qpp_account){
			.id = QPP_LIT(""), .provider = m->provider, .subject = m->subject, .name = QPP_LIT(""), .email = QPP_LIT(""),
			.state = QPP_LIT("active"), .password = QPP_LIT(""), .totp_secret = QPP_LIT(""),
			.created = qpp_tx_now(tx), .body = QPP_LIT("{}"),
		};
		code = qpp_store_account_put(tx, &a, err);
	}
	if (code == QPP_NOT_FOUND)
		return no_account(err);
	return code == QPP_OK ? grant(tx, m, a.id, m->org_id, m->post, err) : code;
}

enum qpp_code qpp_admin_role_grant(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str provider,
                                   struct qpp_str subject, struct qpp_str org_id, enum qpp_post post, struct qpp_err *err)
{
	struct admin m = {
		.q = { identity, arena, NULL, NULL }, .provider = provider, .subject = subject, .org_id = org_id, .post = post,
	};
	if (qpp_str_is(provider, "local") && !qpp_user_name(arena, subject, &m.subject))
		return no_account(err);
	return qpp_store_write(identity->c.store, arena, grant_to, &m, err);
}

/* --- passwords --- */

static enum qpp_code agency_account(struct qpp_tx *tx, struct qpp_str account_id, bool *out, struct qpp_err *err)
{
	struct qpp_role_row_rows rows;
	*out = false;
	enum qpp_code code = qpp_store_role_of_account(tx, account_id, QPP_POST_ACTIVE, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		*out = *out || rows.v[i].post >= QPP_POST_REVIEWER;
	return code;
}

static enum qpp_code set_password(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct admin *m = request;
	struct qpp_account a;
	enum qpp_code code = qpp_store_account_by_subject(tx, QPP_LIT("local"), m->subject, &a, err);
	if (code == QPP_NOT_FOUND)
		return no_account(err);
	if (code != QPP_OK)
		return code;
	a.password = qpp_str_of(m->hash);
	qpp_account_forgive(qpp_tx_arena(tx), &a);
	code = qpp_store_account_put(tx, &a, err);
	if (code == QPP_OK)
		code = qpp_store_session_delete_of(tx, a.id, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &m->q, "account.setPassword", QPP_LIT(""), QPP_LIT(""), a.id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_admin_password(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str name,
                                 struct qpp_str password, struct qpp_err *err)
{
	char hash[QPP_HASH_TEXT] = "";
	struct admin m = { .q = { identity, arena, NULL, NULL }, .hash = hash };
	struct qpp_tx *tx;
	struct qpp_account a;
	if (!qpp_user_name(arena, name, &m.subject))
		return no_account(err);
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_account_by_subject(tx, QPP_LIT("local"), m.subject, &a, err);
	if (code == QPP_OK)
		code = agency_account(tx, a.id, &m.privileged, err);
	qpp_store_end(tx);
	if (code == QPP_NOT_FOUND)
		return no_account(err);
	if (code == QPP_OK)
		code = qpp_password_check(password, m.subject, m.privileged, err);
	if (code == QPP_OK)
		code = qpp_hasher_make(identity->hasher, password, hash, err);
	return code == QPP_OK ? qpp_store_write(identity->c.store, arena, set_password, &m, err) : code;
}

/* --- the state of an account --- */

static enum qpp_code change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	static const char *const names[] = {
		[QPP_ADMIN_ENABLE] = "account.enable", [QPP_ADMIN_DISABLE] = "account.disable",
		[QPP_ADMIN_UNLOCK] = "account.unlock", [QPP_ADMIN_FORGET_TOTP] = "account.forgetFactor",
	};
	struct admin *m = request;
	struct qpp_account a;
	enum qpp_code code = qpp_store_account_by_subject(tx, m->provider, m->subject, &a, err);
	if (code == QPP_NOT_FOUND)
		return no_account(err);
	if (code != QPP_OK)
		return code;
	switch (m->act) {
	case QPP_ADMIN_ENABLE:
		a.state = QPP_LIT("active");
		/* Its days without use begin anew. */
		a.signed_in = qpp_tx_now(tx);
		break;
	case QPP_ADMIN_DISABLE: a.state = QPP_LIT("disabled"); break;
	case QPP_ADMIN_UNLOCK: qpp_account_forgive(qpp_tx_arena(tx), &a); break;
	case QPP_ADMIN_FORGET_TOTP:
		a.totp_secret = QPP_LIT("");
		a.totp_step = 0;
		break;
	}
	code = qpp_store_account_put(tx, &a, err);
	if (code == QPP_OK && m->act != QPP_ADMIN_UNLOCK)
		code = qpp_store_session_delete_of(tx, a.id, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &m->q, names[m->act], QPP_LIT(""), QPP_LIT(""), a.id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_admin_account(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str provider,
                                struct qpp_str subject, enum qpp_admin_act act, struct qpp_err *err)
{
	struct admin m = { .q = { identity, arena, NULL, NULL }, .provider = provider, .subject = subject, .act = act };
	if (act < QPP_ADMIN_ENABLE || act > QPP_ADMIN_FORGET_TOTP)
		return qpp_fail(err, QPP_USAGE, "that is nothing to do with an account", (char *)NULL);
	if (qpp_str_is(provider, "local") && !qpp_user_name(arena, subject, &m.subject))
		return no_account(err);
	return qpp_store_write(identity->c.store, arena, change, &m, err);
}

/* --- from time to time --- */

static enum qpp_code disable_unused(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct admin *m = request;
	struct qpp_account a;
	m->done = false;
	enum qpp_code code = qpp_store_account_get(tx, m->subject, &a, err);
	/* Somebody may have signed in since it was read. */
	if (code != QPP_OK || !qpp_str_is(a.state, "active") || !qpp_account_unused(&a, m->now))
		return code;
	a.state = QPP_LIT("disabled");
	m->done = true;
	code = qpp_store_account_put(tx, &a, err);
	if (code == QPP_OK)
		code = qpp_store_session_delete_of(tx, a.id, err);
	if (code == QPP_OK)
		code = qpp_notify(tx, qpp_notice_disabled(qpp_tx_arena(tx), a.name), a.email, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &m->q, "account.disable", QPP_LIT(""), QPP_LIT(""), a.id, QPP_OK, err);
	return code;
}

static enum qpp_code purge(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct admin *m = request;
	int64_t n;
	return qpp_store_session_purge(tx, qpp_later(m->now, -QPP_IDLE), m->now, &n, err);
}

/* The accounts of one part of the list that nobody used. */
static enum qpp_code sweep_part(struct admin *m, struct qpp_slice slice, size_t *n, int64_t *disabled, struct qpp_err *err)
{
	struct qpp_store *store = m->q.identity->c.store;
	struct qpp_tx *tx;
	struct qpp_account_rows rows;
	*n = 0;
	enum qpp_code code = qpp_store_begin(store, m->q.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_account_list(tx, slice, &rows, err);
	qpp_store_end(tx);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		if (!qpp_str_is(rows.v[i].state, "active") || !qpp_account_unused(&rows.v[i], m->now))
			continue;
		m->subject = rows.v[i].id;
		code = qpp_store_write(store, m->q.arena, disable_unused, m, err);
		*disabled += code == QPP_OK && m->done;
	}
	if (code == QPP_OK)
		*n = rows.n;
	return code;
}

enum qpp_code qpp_identity_sweep(struct qpp_identity *identity, struct qpp_arena *arena, int64_t *disabled,
                                 struct qpp_err *err)
{
	enum { PART = 500 };
	struct admin m = { .q = { identity, arena, NULL, NULL }, .now = qpp_now(identity->c.clock) };
	size_t n = PART;
	*disabled = 0;
	enum qpp_code code = qpp_seen_flush(identity, err);
	for (int64_t start = 0; code == QPP_OK && n == PART; start += PART) {
		struct qpp_mark mark = qpp_arena_mark(arena);
		code = sweep_part(&m, (struct qpp_slice){ .start = start, .most = PART }, &n, disabled, err);
		qpp_arena_reset(arena, mark);
	}
	return code == QPP_OK ? qpp_store_write(identity->c.store, arena, purge, &m, err) : code;
}
