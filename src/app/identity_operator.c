/* What operators decide about access; identity_operator.h is the manual. */
#include "app/identity_int.h"
#include "app/identity_operator.h"
#include "app/notices.h"

static enum qpp_code no_operator(struct qpp_err *err)
{
	return qpp_fail(err, QPP_FORBIDDEN, "this is for operators", (char *)NULL);
}

/* As the store has it now. */
static enum qpp_code must_operate(struct qpp_tx *tx, const struct qpp_person *who, struct qpp_err *err)
{
	struct qpp_role_row_rows rows = { 0 };
	enum qpp_code code = who->viewing == QPP_VIEW_NONE && who->stage == QPP_STAGE_FULL
	                             ? qpp_store_role_of_account(tx, who->account_id, QPP_POST_ACTIVE, &rows, err) : QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_org org;
		if (rows.v[i].post != QPP_POST_OPERATOR)
			continue;
		code = qpp_store_org_get(tx, rows.v[i].org_id, &org, err);
		if (code == QPP_OK && org.kind == QPP_ORG_AGENCY)
			return QPP_OK;
	}
	return code == QPP_OK ? no_operator(err) : code;
}

static enum qpp_code fill_asker(struct qpp_tx *tx, const struct qpp_person *who, const struct qpp_role_row *r, struct qpp_role_held *out,
                                struct qpp_err *err)
{
	struct qpp_account a;
	enum qpp_code code = qpp_role_fill(tx, r, out, err);
	if (code == QPP_OK)
		code = qpp_store_account_get(tx, r->account_id, &a, err);
	if (code != QPP_OK)
		return code;
	out->account_name = a.name.n > 0 ? a.name : a.subject;
	out->account_email = a.email;
	out->own = qpp_str_eq(r->account_id, who->account_id);
	return QPP_OK;
}

enum qpp_code qpp_roles_waiting(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                struct qpp_slice slice, struct qpp_roles_held *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_role_row_rows rows = { 0 };
	*out = (struct qpp_roles_held){ 0 };
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = must_operate(tx, who, err);
	if (code == QPP_OK)
		code = qpp_store_role_waiting(tx, slice, &rows, err);
	struct qpp_role_held *v = QPP_NEW_ARRAY(arena, rows.n + 1, struct qpp_role_held);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		code = fill_asker(tx, who, &rows.v[i], &v[i], err);
	qpp_store_end(tx);
	if (code == QPP_OK)
		*out = (struct qpp_roles_held){ v, rows.n, rows.total };
	return code;
}

/* --- accounts that are shut --- */

static struct qpp_account_shut shown(const struct qpp_account *a, qpp_time now)
{
	return (struct qpp_account_shut){ .id = a->id, .provider = a->provider, .subject = a->subject, .name = a->name, .email = a->email,
		.locked_until = now.us < a->locked_until.us ? a->locked_until : (qpp_time){ 0 }, .signed_in = a->signed_in,
		.disabled = qpp_str_is(a->state, "disabled") };
}

static bool is_shut(const struct qpp_account_shut *x)
{
	return x->disabled || x->locked_until.us != 0;
}

enum qpp_code qpp_accounts_shut(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                struct qpp_slice slice, struct qpp_accounts_shut *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_account_rows rows = { 0 };
	qpp_time now = qpp_now(identity->c.clock);
	*out = (struct qpp_accounts_shut){ 0 };
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = must_operate(tx, who, err);
	if (code == QPP_OK)
		code = qpp_store_account_shut(tx, now, slice, &rows, err);
	qpp_store_end(tx);
	if (code != QPP_OK)
		return code;
	struct qpp_account_shut *v = QPP_NEW_ARRAY(arena, rows.n + 1, struct qpp_account_shut);
	for (size_t i = 0; i < rows.n; i++)
		v[i] = shown(&rows.v[i], now);
	*out = (struct qpp_accounts_shut){ v, rows.n, rows.total };
	return QPP_OK;
}

static enum qpp_code no_account(struct qpp_err *err)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such account, or it is open", (char *)NULL);
}

enum qpp_code qpp_account_shut_get(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                   struct qpp_str account_id, struct qpp_account_shut *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_account a;
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = must_operate(tx, who, err);
	if (code == QPP_OK)
		code = qpp_store_account_get(tx, account_id, &a, err);
	qpp_store_end(tx);
	if (code == QPP_OK)
		*out = shown(&a, qpp_now(identity->c.clock));
	return code == QPP_NOT_FOUND || (code == QPP_OK && !is_shut(out)) ? no_account(err) : code;
}

struct opening {
	struct qpp_asking q;
	struct qpp_str id;
};

static enum qpp_code open_account(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct opening *o = request;
	struct qpp_arena *arena = qpp_tx_arena(tx);
	struct qpp_account a;
	enum qpp_code code = must_operate(tx, o->q.who, err);
	if (code == QPP_OK)
		code = qpp_store_account_get(tx, o->id, &a, err);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? no_account(err) : code;
	if (qpp_str_eq(a.id, o->q.who->account_id))
		return qpp_fail(err, QPP_FORBIDDEN, "nobody opens the own account", (char *)NULL);
	struct qpp_account_shut was = shown(&a, qpp_tx_now(tx));
	if (!is_shut(&was))
		return qpp_fail(err, QPP_CONFLICT, "the account is open", (char *)NULL);
	qpp_account_forgive(arena, &a);
	if (was.disabled) {
		a.state = QPP_LIT("active");
		/* Its days without use begin anew. */
		a.signed_in = qpp_tx_now(tx);
	}
	code = qpp_store_account_put(tx, &a, err);
	if (code == QPP_OK)
		code = qpp_notify(tx, qpp_notice_opened(arena, a.name, was.disabled), a.email, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &o->q, was.disabled ? "account.enable" : "account.unlock", QPP_LIT(""), QPP_LIT(""), a.id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_account_open(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                               const struct qpp_person *who, struct qpp_str account_id, struct qpp_err *err)
{
	struct opening o = { { identity, arena, from, who }, account_id };
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "account.unlock", err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_write(identity->c.store, arena, open_account, &o, err);
	if (code == QPP_FORBIDDEN || code == QPP_NOT_FOUND)
		return qpp_refused(&o.q, "account.unlock", QPP_LIT(""), account_id, code, err);
	return code;
}
