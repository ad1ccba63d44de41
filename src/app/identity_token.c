/*
 * Tokens for programs: a registry's Security Official makes one for a year and
 * hands it to the software that files. It is shown once; the store has its hash.
 */
#include "app/identity_int.h"
#include "app/identity_own.h"

enum { NAME_MOST = 80 };

struct tokening {
	struct qpp_asking q;
	struct qpp_api_token row;
	struct qpp_str id;
};

static enum qpp_code not_theirs(struct qpp_err *err)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such thing, or it is not yours", (char *)NULL);
}

/* An active Security Official of the registry, as the store has it now. */
static enum qpp_code official_of_registry(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_str org_id, struct qpp_err *err)
{
	struct qpp_org org;
	enum qpp_code code = qpp_store_org_get(tx, org_id, &org, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && org.kind != QPP_ORG_REGISTRY))
		return not_theirs(err);
	return code == QPP_OK ? qpp_must_be_official(tx, account_id, org_id, err) : code;
}

static enum qpp_code make(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct tokening *t = request;
	enum qpp_code code = official_of_registry(tx, t->q.who->account_id, t->row.org_id, err);
	if (code != QPP_OK)
		return code;
	t->row.id = QPP_LIT("");
	t->row.version = 0;
	t->row.created = qpp_tx_now(tx);
	code = qpp_store_api_token_put(tx, &t->row, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &t->q, "token.make", QPP_LIT(""), t->row.org_id, t->row.id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_token_make(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                             const struct qpp_person *who, struct qpp_str org_id, qpp_py py, struct qpp_str name,
                             qpp_time ends, struct qpp_str *token, struct qpp_api_token *out, struct qpp_err *err)
{
	struct tokening t = { .q = { identity, arena, from, who } };
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "token.make", err);
	if (code != QPP_OK)
		return code;
	if (name.n == 0 || name.n > NAME_MOST)
		return qpp_fail(err, QPP_USAGE, "a token has a name of 1 to 80 characters", (char *)NULL);
	*token = qpp_store_new_token(identity->c.store, arena, QPP_KEY_BYTES);
	t.row = (struct qpp_api_token){
		.token_hash = qpp_store_token_hash(identity->c.store, arena, *token), .org_id = org_id, .py = py, .name = name,
		.by_id = who->account_id, .ends = ends,
	};
	code = qpp_store_write(identity->c.store, arena, make, &t, err);
	if (code == QPP_NOT_FOUND)
		return qpp_refused(&t.q, "token.make", org_id, QPP_LIT(""), code, err);
	*out = t.row;
	return code;
}

static enum qpp_code revoke(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct tokening *t = request;
	struct qpp_api_token row;
	enum qpp_code code = qpp_store_api_token_get(tx, t->id, &row, err);
	if (code == QPP_NOT_FOUND)
		return not_theirs(err);
	if (code == QPP_OK)
		code = official_of_registry(tx, t->q.who->account_id, row.org_id, err);
	if (code != QPP_OK || row.revoked.us != 0)
		return code;
	row.revoked = qpp_tx_now(tx);
	code = qpp_store_api_token_put(tx, &row, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &t->q, "token.revoke", QPP_LIT(""), row.org_id, row.id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_token_revoke(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                               const struct qpp_person *who, struct qpp_str token_id, struct qpp_err *err)
{
	struct tokening t = { .q = { identity, arena, from, who }, .id = token_id };
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "token.revoke", err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_write(identity->c.store, arena, revoke, &t, err);
	if (code == QPP_NOT_FOUND)
		return qpp_refused(&t.q, "token.revoke", QPP_LIT(""), token_id, code, err);
	return code;
}

enum qpp_code qpp_token_org(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str token,
                            struct qpp_api_token *out, struct qpp_org *org, struct qpp_err *err)
{
	struct qpp_tx *tx;
	qpp_time now = qpp_now(identity->c.clock);
	enum qpp_code code = QPP_NOT_FOUND;
	if (token.n == 2 * QPP_KEY_BYTES) {
		struct qpp_str hash = qpp_store_token_hash(identity->c.store, arena, token);
		code = qpp_store_begin(identity->c.store, arena, &tx, err);
		if (code != QPP_OK)
			return code;
		code = qpp_store_api_token_by_hash(tx, hash, out, err);
		if (code == QPP_OK)
			code = qpp_store_org_get(tx, out->org_id, org, err);
		qpp_store_end(tx);
	}
	if (code == QPP_OK && out->revoked.us == 0 && (out->ends.us == 0 || now.us < out->ends.us))
		return QPP_OK;
	if (code != QPP_OK && code != QPP_NOT_FOUND)
		return code;
	return qpp_fail(err, QPP_SIGNED_OUT, "the token is not known, has ended or was revoked", (char *)NULL);
}

/* --- what there is --- */

static enum qpp_code name_maker(struct qpp_tx *tx, struct qpp_token_shown *out, struct qpp_err *err)
{
	struct qpp_account a;
	enum qpp_code code = qpp_store_account_get(tx, out->row.by_id, &a, err);
	out->by = code == QPP_OK ? (a.name.n > 0 ? a.name : a.subject) : QPP_LIT("");
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

enum qpp_code qpp_tokens_of_org(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                struct qpp_str org_id, struct qpp_tokens_shown *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_api_token_rows rows = { 0 };
	*out = (struct qpp_tokens_shown){ 0 };
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = official_of_registry(tx, qpp_own_account(arena, who), org_id, err);
	if (code == QPP_OK)
		code = qpp_store_api_token_of_org(tx, org_id, &rows, err);
	struct qpp_token_shown *v = QPP_NEW_ARRAY(arena, rows.n + 1, struct qpp_token_shown);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		v[i].row = rows.v[i];
		code = name_maker(tx, &v[i], err);
	}
	qpp_store_end(tx);
	if (code == QPP_OK)
		*out = (struct qpp_tokens_shown){ v, rows.n };
	return code;
}
