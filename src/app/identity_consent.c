/*
 * Consents: which registries may file for an organization, year by year. The
 * agency lets every registry file for every practice; here the organization's
 * Security Official lets it in, and shuts it out again at once (filing_who.c asks
 * at every filing).
 */
#include "app/identity_int.h"
#include "app/identity_own.h"
#include "app/notices.h"

static enum qpp_code not_theirs(struct qpp_err *err)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such thing, or it is not yours", (char *)NULL);
}

/* --- what there is --- */

static enum qpp_code show(struct qpp_tx *tx, const struct qpp_consent *row, struct qpp_consent_shown *out, struct qpp_err *err)
{
	struct qpp_org registry = { 0 };
	struct qpp_account a = { 0 };
	*out = (struct qpp_consent_shown){ .row = *row };
	enum qpp_code code = qpp_store_org_get(tx, row->registry_id, &registry, err);
	if (code == QPP_OK && row->by_id.n > 0)
		code = qpp_store_account_get(tx, row->by_id, &a, err);
	out->registry = registry.name;
	out->number = registry.number;
	out->by = a.name.n > 0 ? a.name : a.subject;
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

/* Those that hold (or have ended) of one year, after those that are there. */
static enum qpp_code add_year(struct qpp_tx *tx, const struct qpp_consent_rows *rows, bool ended, struct qpp_consent_shown *v, size_t *n,
                              struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < rows->n; i++)
		if ((rows->v[i].revoked.us != 0) == ended)
			code = show(tx, &rows->v[i], &v[(*n)++], err);
	return code;
}

static enum qpp_code list_years(struct qpp_tx *tx, struct qpp_str org_id, const int64_t *years, size_t n,
                                struct qpp_consents_shown *out, struct qpp_err *err)
{
	struct qpp_arena *arena = qpp_tx_arena(tx);
	struct qpp_consent_rows *rows = QPP_NEW_ARRAY(arena, n + 1, struct qpp_consent_rows);
	enum qpp_code code = QPP_OK;
	size_t all = 0, at = 0;
	for (size_t i = 0; code == QPP_OK && i < n; i++) {
		code = qpp_store_consent_list(tx, (qpp_py){ (int)years[i] }, org_id, QPP_LIT(""), (struct qpp_slice){ 0 }, &rows[i], err);
		all += rows[i].n;
	}
	struct qpp_consent_shown *v = QPP_NEW_ARRAY(arena, all + 1, struct qpp_consent_shown);
	for (size_t i = 0; code == QPP_OK && i < n; i++) {
		code = add_year(tx, &rows[i], false, v, &at, err);
		if (code == QPP_OK)
			code = add_year(tx, &rows[i], true, v, &at, err);
	}
	*out = (struct qpp_consents_shown){ v, at };
	return code;
}

enum qpp_code qpp_consents_of_org(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                  struct qpp_str org_id, const int64_t *years, size_t n, struct qpp_consents_shown *out,
                                  struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_consents_shown){ 0 };
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_must_be_official(tx, qpp_own_account(arena, who), org_id, err);
	if (code == QPP_OK)
		code = list_years(tx, org_id, years, n, out, err);
	qpp_store_end(tx);
	return code;
}

/* --- registries --- */

enum qpp_code qpp_registries_find(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                  struct qpp_str text, struct qpp_registries_found *out, struct qpp_err *err)
{
	enum { MOST = 25 };
	struct qpp_tx *tx;
	struct qpp_org_rows rows = { 0 };
	struct qpp_org one;
	*out = (struct qpp_registries_found){ 0 };
	if (who->stage != QPP_STAGE_FULL)
		return qpp_fail(err, QPP_SIGNED_OUT, "sign-in is not complete", (char *)NULL);
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = text.n > 0 ? qpp_store_org_by_number(tx, QPP_ORG_REGISTRY, text, &one, err) : QPP_NOT_FOUND;
	if (code == QPP_OK) {
		struct qpp_org *v = QPP_NEW(arena, struct qpp_org);
		*v = one;
		*out = (struct qpp_registries_found){ v, 1, 1 };
	} else if (code == QPP_NOT_FOUND) {
		code = qpp_store_org_list(tx, QPP_ORG_REGISTRY, text, (struct qpp_slice){ .most = MOST, .count = true }, &rows, err);
		*out = (struct qpp_registries_found){ rows.v, rows.n, rows.total };
	}
	qpp_store_end(tx);
	return code;
}

enum qpp_code qpp_registry_get(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str id, struct qpp_org *out,
                               struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_org_get(tx, id, out, err);
	qpp_store_end(tx);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && out->kind != QPP_ORG_REGISTRY))
		return qpp_fail(err, QPP_NOT_FOUND, "there is no such registry", (char *)NULL);
	return code;
}

/* --- giving and ending --- */

struct consenting {
	struct qpp_asking q;
	struct qpp_str org_id, registry_id;
	qpp_py py;
	bool give;
};

static bool can_give(enum qpp_org_kind kind)
{
	return kind == QPP_ORG_PRACTICE || kind == QPP_ORG_VIRTUAL_GROUP || kind == QPP_ORG_SUBGROUP || kind == QPP_ORG_APM_ENTITY;
}

static enum qpp_code tell_registry(struct qpp_tx *tx, const struct consenting *k, const struct qpp_org *org, struct qpp_err *err)
{
	enum { TOLD_MOST = 20 };
	struct qpp_role_row_rows rows = { 0 };
	int told = 0;
	enum qpp_code code = qpp_store_role_of_org(tx, k->registry_id, QPP_POST_ACTIVE, (struct qpp_slice){ 0 }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n && told < TOLD_MOST; i++) {
		struct qpp_account a;
		if (rows.v[i].post != QPP_POST_OFFICIAL)
			continue;
		code = qpp_store_account_get(tx, rows.v[i].account_id, &a, err);
		if (code == QPP_OK)
			code = qpp_notify(tx, qpp_notice_consent(qpp_tx_arena(tx), a.name, org->name, k->py.v, k->give), a.email, err);
		told++;
	}
	return code;
}

/* Both sides as the store has them now. */
static enum qpp_code sides(struct qpp_tx *tx, const struct consenting *k, struct qpp_org *org, struct qpp_err *err)
{
	struct qpp_org registry;
	enum qpp_code code = qpp_must_be_official(tx, k->q.who->account_id, k->org_id, err);
	if (code == QPP_OK)
		code = qpp_store_org_get(tx, k->org_id, org, err);
	if (code == QPP_OK && !can_give(org->kind))
		return qpp_fail(err, QPP_USAGE, "registries file for practices, virtual groups and APM entities only", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_store_org_get(tx, k->registry_id, &registry, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && registry.kind != QPP_ORG_REGISTRY))
		return not_theirs(err);
	return code;
}

static enum qpp_code set(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct consenting *k = request;
	struct qpp_org org;
	struct qpp_consent row = { 0 };
	enum qpp_code code = sides(tx, k, &org, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_consent_get(tx, k->py, k->org_id, k->registry_id, &row, err);
	if (code == QPP_OK && k->give)
		return qpp_fail(err, QPP_DUPLICATE, "this registry may file for that year already", (char *)NULL);
	if (code == QPP_NOT_FOUND && !k->give)
		return qpp_fail(err, QPP_CONFLICT, "this registry may not file for that year as it is", (char *)NULL);
	if (code != QPP_OK && code != QPP_NOT_FOUND)
		return code;
	if (k->give)
		row = (struct qpp_consent){ .py = k->py, .org_id = k->org_id, .registry_id = k->registry_id, .given = qpp_tx_now(tx) };
	else
		row.revoked = qpp_tx_now(tx);
	row.by_id = k->q.who->account_id;
	code = qpp_store_consent_put(tx, &row, err);
	if (code == QPP_OK)
		code = tell_registry(tx, k, &org, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &k->q, k->give ? "consent.give" : "consent.end", QPP_LIT(""), k->org_id, k->registry_id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_consent_set(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                              const struct qpp_person *who, struct qpp_str org_id, struct qpp_str registry_id, qpp_py py, bool give,
                              struct qpp_err *err)
{
	struct consenting k = { { identity, arena, from, who }, org_id, registry_id, py, give };
	const char *action = give ? "consent.give" : "consent.end";
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, action, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_write(identity->c.store, arena, set, &k, err);
	if (code == QPP_NOT_FOUND)
		return qpp_refused(&k.q, action, org_id, registry_id, code, err);
	return code;
}
