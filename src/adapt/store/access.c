/* Accounts, roles, sessions, API tokens and consents. */
#include "adapt/store/store_int.h"

#define ACCOUNT(X)                                                                                                         \
	X(TEXT, id, id) X(TEXT, provider, provider) X(TEXT, subject, subject) X(TEXT, name, name) X(TEXT, email, email)       \
	X(TEXT, state, state) X(TEXT, password, password) X(TEXT, totp_secret, totp_secret) X(NUMBER, totp_step, totp_step)   \
	X(NUMBER, failed, failed) X(TIME, failed_since, failed_since) X(TIME, locked_until, locked_until)                     \
	X(TIME, signed_in, signed_in) X(TIME, created, created) X(TEXT, body, body) X(NUMBER, version, version)
#define account_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_account, kind, member)
TABLE(account_table, ACCOUNT, struct qpp_account, -1);

#define ROLE(X)                                                                                                \
	X(TEXT, id, id) X(TEXT, account_id, account_id) X(TEXT, org_id, org_id) X(POST, post, post)                 \
	X(ROLE_STATE, state, state) X(TEXT, by_id, by_id) X(TEXT, note, note) X(TIME, created, created)             \
	X(NUMBER, version, version)
#define role_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_role_row, kind, member)
TABLE(role_table, ROLE, struct qpp_role_row, offsetof(struct qpp_role_row, changed));

#define SESSION(X)                                                                                     \
	X(TEXT, token_hash, token_hash) X(TEXT, account_id, account_id) X(TIME, created, created)           \
	X(TIME, seen, seen) X(TIME, ends, ends) X(TEXT, view_as, view_as) X(TEXT, body, body)
#define session_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_session, kind, member)
TABLE(session_table, SESSION, struct qpp_session, -1);

#define TOKEN(X)                                                                                                \
	X(TEXT, id, id) X(TEXT, token_hash, token_hash) X(TEXT, org_id, org_id) X(YEAR, py, py) X(TEXT, name, name) \
	X(TEXT, by_id, by_id) X(TIME, created, created) X(TIME, ends, ends) X(TIME, revoked, revoked)               \
	X(NUMBER, version, version)
#define token_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_api_token, kind, member)
TABLE(token_table, TOKEN, struct qpp_api_token, -1);

#define CONSENT(X)                                                                                    \
	X(YEAR, py, py) X(TEXT, org_id, org_id) X(TEXT, registry_id, registry_id) X(TEXT, by_id, by_id)    \
	X(TIME, given, given) X(TIME, revoked, revoked)
#define consent_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_consent, kind, member)
TABLE(consent_table, CONSENT, struct qpp_consent, -1);

/* --- accounts: the TOTP secret is encrypted on its way in and out --- */

static enum qpp_code open_account(struct qpp_tx *tx, enum qpp_code code, struct qpp_account *a, struct qpp_err *err)
{
	return code == QPP_OK ? crypt_open(&tx->store->crypt, tx->arena, "totp", a->totp_secret, &a->totp_secret, err) : code;
}

/* Another account of the same name: looked for first, since a violated key would end a transaction of PostgreSQL. */
static enum qpp_code check_subject(struct qpp_tx *tx, const struct qpp_account *a, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT id FROM account WHERE provider = ? AND subject = ? AND id <> ?"),
	                             VALUES(V_TEXT(a->provider), V_TEXT(a->subject), V_TEXT(a->id)), &rows, err);
	return code == QPP_OK && rows.n ? duplicate(err, "an account") : code;
}

enum qpp_code qpp_store_account_put(struct qpp_tx *tx, struct qpp_account *a, struct qpp_err *err)
{
	static const struct versioned how = { &account_table, DB_SQL(INSERT(ACCOUNT, "account") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(ACCOUNT, "account") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM account WHERE id = ?"),
		"account" };
	struct qpp_str secret = a->totp_secret;
	enum qpp_code code = check_subject(tx, a, err);
	if (code != QPP_OK)
		return code;
	if (!a->version)
		a->created = tx->now;
	a->totp_secret = crypt_seal(&tx->store->crypt, tx->arena, "totp", secret);
	code = row_put(tx, &how, a, &a->id, &a->version, err);
	a->totp_secret = secret;
	return code;
}

enum qpp_code qpp_store_account_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_account *out, struct qpp_err *err)
{
	return open_account(tx, row_get(tx, &account_table, DB_SQL(SELECT(ACCOUNT, "account") "WHERE id = ?"), VALUES(V_TEXT(id)), out,
	                                "account", err), out, err);
}

enum qpp_code qpp_store_account_by_subject(struct qpp_tx *tx, struct qpp_str provider, struct qpp_str subject,
                                           struct qpp_account *out, struct qpp_err *err)
{
	return open_account(tx, row_get(tx, &account_table, DB_SQL(SELECT(ACCOUNT, "account") "WHERE provider = ? AND subject = ?"),
	                                VALUES(V_TEXT(provider), V_TEXT(subject)), out, "account", err), out, err);
}

enum qpp_code qpp_store_account_list(struct qpp_tx *tx, struct qpp_slice slice, struct qpp_account_rows *out,
                                     struct qpp_err *err)
{
	*out = (struct qpp_account_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM account"), NULL, 0, &out->total, err);
	if (code == QPP_OK)
		code = row_list(tx, &account_table, DB_SQL(SELECT(ACCOUNT, "account") "ORDER BY provider, subject LIMIT ? OFFSET ?"),
		                VALUES(V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v, &out->n, err);
	for (size_t i = 0; i < out->n && code == QPP_OK; i++)
		code = open_account(tx, code, &out->v[i], err);
	return code;
}

enum qpp_code qpp_store_account_shut(struct qpp_tx *tx, qpp_time now, struct qpp_slice slice, struct qpp_account_rows *out,
                                     struct qpp_err *err)
{
	const struct db_value values[] = { V_TIME(now), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_account_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM account WHERE locked_until > ? OR state = 'disabled'"),
	                                 values, 1, &out->total, err);
	if (code == QPP_OK)
		code = row_list(tx, &account_table,
		                DB_SQL(SELECT(ACCOUNT, "account") "WHERE locked_until > ? OR state = 'disabled' "
		                       "ORDER BY provider, subject LIMIT ? OFFSET ?"), values, 3, (void **)&out->v, &out->n, err);
	for (size_t i = 0; i < out->n && code == QPP_OK; i++)
		code = open_account(tx, code, &out->v[i], err);
	return code;
}

/* --- roles --- */

static enum qpp_code check_open(struct qpp_tx *tx, const struct qpp_role_row *r, struct qpp_err *err)
{
	struct db_rows rows;
	if (r->state != QPP_POST_REQUESTED && r->state != QPP_POST_ACTIVE)
		return QPP_OK;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT id FROM role WHERE account_id = ? AND org_id = ? AND post = ? AND id <> ? AND "
	                                        "state IN ('requested', 'active')"),
	                             VALUES(V_TEXT(r->account_id), V_TEXT(r->org_id), V_TEXT(qpp_str_of(qpp_post_name(r->post))),
	                                    V_TEXT(r->id)), &rows, err);
	return code == QPP_OK && rows.n ? duplicate(err, "a role") : code;
}

enum qpp_code qpp_store_role_put(struct qpp_tx *tx, struct qpp_role_row *r, struct qpp_err *err)
{
	static const struct versioned how = { &role_table, DB_SQL(INSERT(ROLE, "role") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(ROLE, "role") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM role WHERE id = ?"), "role" };
	enum qpp_code code = check_open(tx, r, err);
	if (!r->version)
		r->created = tx->now;
	return code == QPP_OK ? row_put(tx, &how, r, &r->id, &r->version, err) : code;
}

enum qpp_code qpp_store_role_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_role_row *out, struct qpp_err *err)
{
	return row_get(tx, &role_table, DB_SQL(SELECT(ROLE, "role") "WHERE id = ?"), VALUES(V_TEXT(id)), out, "role", err);
}

#define STATE(state) V_TEXT(qpp_str_of((state) ? qpp_role_state_name(state) : ""))

enum qpp_code qpp_store_role_of_account(struct qpp_tx *tx, struct qpp_str account_id, enum qpp_role_state state,
                                        struct qpp_role_row_rows *out, struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &role_table,
	                DB_SQL(SELECT(ROLE, "role") "WHERE account_id = ? AND (? = '' OR state = ?) ORDER BY created, id"),
	                VALUES(V_TEXT(account_id), STATE(state), STATE(state)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_role_of_org(struct qpp_tx *tx, struct qpp_str org_id, enum qpp_role_state state, struct qpp_slice slice,
                                    struct qpp_role_row_rows *out, struct qpp_err *err)
{
	const struct db_value values[] = { V_TEXT(org_id), STATE(state), STATE(state), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_role_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM role WHERE org_id = ? AND (? = '' OR state = ?)"), values, 3,
	                                 &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &role_table,
	                DB_SQL(SELECT(ROLE, "role") "WHERE org_id = ? AND (? = '' OR state = ?) ORDER BY created, id LIMIT ? OFFSET ?"),
	                values, 5, (void **)&out->v, &out->n, err);
}

#define WAITING_WHERE "WHERE state = 'requested' AND NOT EXISTS (SELECT 1 FROM role o WHERE o.org_id = role.org_id AND " \
                      "o.post = 'official' AND o.state = 'active') "

enum qpp_code qpp_store_role_waiting(struct qpp_tx *tx, struct qpp_slice slice, struct qpp_role_row_rows *out, struct qpp_err *err)
{
	*out = (struct qpp_role_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM role " WAITING_WHERE), NULL, 0, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &role_table, DB_SQL(SELECT(ROLE, "role") WAITING_WHERE "ORDER BY created, id LIMIT ? OFFSET ?"),
	                VALUES(V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_role_count(struct qpp_tx *tx, struct qpp_str org_id, enum qpp_post post, enum qpp_role_state state,
                                   int64_t *out, struct qpp_err *err)
{
	return slice_total(tx, (struct qpp_slice){ .count = true },
	                   DB_SQL("SELECT COUNT(*) FROM role WHERE org_id = ? AND post = ? AND state = ?"),
	                   VALUES(V_TEXT(org_id), V_TEXT(qpp_str_of(qpp_post_name(post))), STATE(state)), out, err);
}

/* --- sessions --- */

enum qpp_code qpp_store_session_put(struct qpp_tx *tx, const struct qpp_session *s, struct qpp_err *err)
{
	return row_write(tx, &session_table, DB_SQL(UPSERT(SESSION, "session", "token_hash")), s, NULL, 0, NULL, err);
}

enum qpp_code qpp_store_session_get(struct qpp_tx *tx, struct qpp_str token_hash, struct qpp_session *out, struct qpp_err *err)
{
	return row_get(tx, &session_table, DB_SQL(SELECT(SESSION, "session") "WHERE token_hash = ?"), VALUES(V_TEXT(token_hash)), out,
	               "session", err);
}

enum qpp_code qpp_store_session_of(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_session_rows *out,
                                   struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &session_table,
	                DB_SQL(SELECT(SESSION, "session") "WHERE account_id = ? ORDER BY created DESC, token_hash"),
	                VALUES(V_TEXT(account_id)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_session_delete(struct qpp_tx *tx, struct qpp_str token_hash, struct qpp_err *err)
{
	struct db_rows rows;
	return tx_change(tx, DB_SQL("DELETE FROM session WHERE token_hash = ?"), VALUES(V_TEXT(token_hash)), &rows, err);
}

enum qpp_code qpp_store_session_delete_of(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_err *err)
{
	struct db_rows rows;
	return tx_change(tx, DB_SQL("DELETE FROM session WHERE account_id = ?"), VALUES(V_TEXT(account_id)), &rows, err);
}

enum qpp_code qpp_store_session_purge(struct qpp_tx *tx, qpp_time idle, qpp_time now, int64_t *n, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("DELETE FROM session WHERE seen < ? OR ends <= ?"), VALUES(V_TIME(idle), V_TIME(now)),
	                               &rows, err);
	*n = code == QPP_OK ? rows.changes : 0;
	return code;
}

/* --- API tokens --- */

enum qpp_code qpp_store_api_token_put(struct qpp_tx *tx, struct qpp_api_token *t, struct qpp_err *err)
{
	static const struct versioned how = { &token_table, DB_SQL(INSERT(TOKEN, "api_token") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(TOKEN, "api_token") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM api_token WHERE id = ?"),
		"token" };
	if (!t->version)
		t->created = tx->now;
	return row_put(tx, &how, t, &t->id, &t->version, err);
}

enum qpp_code qpp_store_api_token_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_api_token *out, struct qpp_err *err)
{
	return row_get(tx, &token_table, DB_SQL(SELECT(TOKEN, "api_token") "WHERE id = ?"), VALUES(V_TEXT(id)), out, "token", err);
}

enum qpp_code qpp_store_api_token_by_hash(struct qpp_tx *tx, struct qpp_str token_hash, struct qpp_api_token *out,
                                          struct qpp_err *err)
{
	return row_get(tx, &token_table, DB_SQL(SELECT(TOKEN, "api_token") "WHERE token_hash = ?"), VALUES(V_TEXT(token_hash)), out,
	               "token", err);
}

enum qpp_code qpp_store_api_token_of_org(struct qpp_tx *tx, struct qpp_str org_id, struct qpp_api_token_rows *out,
                                         struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &token_table, DB_SQL(SELECT(TOKEN, "api_token") "WHERE org_id = ? ORDER BY created, id"),
	                VALUES(V_TEXT(org_id)), (void **)&out->v, &out->n, err);
}

/* --- consents --- */

enum qpp_code qpp_store_consent_put(struct qpp_tx *tx, const struct qpp_consent *c, struct qpp_err *err)
{
	return row_write(tx, &consent_table, DB_SQL(UPSERT(CONSENT, "consent", "org_id, py, registry_id")), c, NULL, 0, NULL, err);
}

enum qpp_code qpp_store_consent_get(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str registry_id,
                                    struct qpp_consent *out, struct qpp_err *err)
{
	return row_get(tx, &consent_table,
	               DB_SQL(SELECT(CONSENT, "consent") "WHERE org_id = ? AND py = ? AND registry_id = ? AND revoked = 0"),
	               VALUES(V_TEXT(org_id), V_NUMBER(py.v), V_TEXT(registry_id)), out, "consent", err);
}

#define CONSENT_WHERE "WHERE py = ? AND (? = '' OR org_id = ?) AND (? = '' OR registry_id = ?) "

enum qpp_code qpp_store_consent_list(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str registry_id,
                                     struct qpp_slice slice, struct qpp_consent_rows *out, struct qpp_err *err)
{
	const struct db_value values[] = { V_NUMBER(py.v), V_TEXT(org_id), V_TEXT(org_id), V_TEXT(registry_id), V_TEXT(registry_id),
		V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_consent_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM consent " CONSENT_WHERE), values, 5, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &consent_table,
	                DB_SQL(SELECT(CONSENT, "consent") CONSENT_WHERE "ORDER BY org_id, registry_id LIMIT ? OFFSET ?"), values, 7,
	                (void **)&out->v, &out->n, err);
}
