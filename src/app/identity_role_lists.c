/*
 * Roles as pages show them: one's own, those that wait for one's decision, the
 * people of an organization. Who may see them is decided here, anew from the
 * store: a session may be older than the removal of a role.
 */
#include "app/identity_int.h"

static enum qpp_code not_theirs(struct qpp_err *err)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such thing, or it is not yours", (char *)NULL);
}

/* Role of the permission matrix by kind of organization and post. */
uint32_t qpp_role_bits(enum qpp_org_kind kind, enum qpp_post post)
{
	static const uint32_t official[QPP_ORG_KINDS] = {
		[QPP_ORG_PRACTICE] = QPP_BY(PRACTICE_OFFICIAL), [QPP_ORG_VIRTUAL_GROUP] = QPP_BY(GROUP_OFFICIAL),
		[QPP_ORG_SUBGROUP] = QPP_BY(PRACTICE_OFFICIAL), [QPP_ORG_APM_ENTITY] = QPP_BY(ENTITY_OFFICIAL),
		[QPP_ORG_REGISTRY] = QPP_BY(REGISTRY_OFFICIAL),
	};
	static const uint32_t staff[QPP_ORG_KINDS] = {
		[QPP_ORG_PRACTICE] = QPP_BY(PRACTICE_STAFF), [QPP_ORG_VIRTUAL_GROUP] = QPP_BY(GROUP_STAFF),
		[QPP_ORG_SUBGROUP] = QPP_BY(PRACTICE_STAFF), [QPP_ORG_APM_ENTITY] = QPP_BY(ENTITY_STAFF),
		[QPP_ORG_REGISTRY] = QPP_BY(REGISTRY_STAFF),
	};
	static const uint32_t agency[QPP_POSTS] = {
		[QPP_POST_REVIEWER] = QPP_BY(REVIEWER), [QPP_POST_SECOND_REVIEWER] = QPP_BY(SECOND_REVIEWER),
		[QPP_POST_OPERATOR] = QPP_BY(OPERATOR), [QPP_POST_AGENT] = QPP_BY(AGENT), [QPP_POST_AUDITOR] = QPP_BY(AUDITOR),
	};
	if (kind >= QPP_ORG_KINDS || post >= QPP_POSTS)
		return 0;
	if (kind == QPP_ORG_AGENCY)
		return agency[post];
	if (kind == QPP_ORG_CLINICIAN)
		return post == QPP_POST_CLINICIAN ? QPP_BY(CLINICIAN) : 0;
	return post == QPP_POST_OFFICIAL ? official[kind] : post == QPP_POST_STAFF ? staff[kind] : 0;
}

enum qpp_code qpp_role_fill(struct qpp_tx *tx, const struct qpp_role_row *r, struct qpp_role_held *out, struct qpp_err *err)
{
	struct qpp_org org;
	enum qpp_code code = qpp_store_org_get(tx, r->org_id, &org, err);
	if (code != QPP_OK)
		return code;
	*out = (struct qpp_role_held){
		.role_id = r->id, .org_id = r->org_id, .kind = org.kind, .org_name = org.name, .org_number = org.number,
		.tin_masked = org.tin_masked, .post = r->post, .state = r->state, .account_id = r->account_id,
		.account_name = QPP_LIT(""), .account_email = QPP_LIT(""), .note = r->note,
		.created = r->created, .changed = r->changed, .version = r->version,
	};
	return QPP_OK;
}

enum qpp_code qpp_role_governs(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_str org_id, bool *out,
                               struct qpp_err *err)
{
	struct qpp_role_row_rows rows;
	*out = false;
	enum qpp_code code = qpp_store_role_of_account(tx, account_id, QPP_POST_ACTIVE, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n && !*out; i++) {
		struct qpp_org org;
		if (rows.v[i].post == QPP_POST_OFFICIAL && qpp_str_eq(rows.v[i].org_id, org_id)) {
			*out = true;
		} else if (rows.v[i].post == QPP_POST_OPERATOR) {
			code = qpp_store_org_get(tx, rows.v[i].org_id, &org, err);
			*out = code == QPP_OK && org.kind == QPP_ORG_AGENCY;
		}
	}
	return code;
}

enum qpp_code qpp_must_be_official(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_str org_id, struct qpp_err *err)
{
	struct qpp_role_row_rows rows = { 0 };
	enum qpp_code code = account_id.n > 0 ? qpp_store_role_of_account(tx, account_id, QPP_POST_ACTIVE, &rows, err) : QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		if (rows.v[i].post == QPP_POST_OFFICIAL && qpp_str_eq(rows.v[i].org_id, org_id))
			return QPP_OK;
	return code == QPP_OK ? not_theirs(err) : code;
}

/* What the people of an organization see of each other. */
static enum qpp_code fill_person_of(struct qpp_tx *tx, const struct qpp_person *who, const struct qpp_role_row *r,
                                    struct qpp_role_held *out, struct qpp_err *err)
{
	struct qpp_account a;
	int64_t officials = 0;
	enum qpp_code code = qpp_role_fill(tx, r, out, err);
	if (code == QPP_OK)
		code = qpp_store_account_get(tx, r->account_id, &a, err);
	if (code == QPP_OK && r->post == QPP_POST_OFFICIAL && r->state == QPP_POST_ACTIVE)
		code = qpp_store_role_count(tx, r->org_id, QPP_POST_OFFICIAL, QPP_POST_ACTIVE, &officials, err);
	if (code != QPP_OK)
		return code;
	out->account_name = a.name.n > 0 ? a.name : a.subject;
	out->account_email = a.email;
	out->last_official = officials == 1;
	out->own = qpp_str_eq(r->account_id, who->account_id);
	return QPP_OK;
}

static enum qpp_code fill_all(struct qpp_tx *tx, const struct qpp_person *who, const struct qpp_role_row_rows *rows,
                              struct qpp_roles_held *out, struct qpp_err *err)
{
	struct qpp_role_held *v = QPP_NEW_ARRAY(qpp_tx_arena(tx), rows->n + 1, struct qpp_role_held);
	for (size_t i = 0; i < rows->n; i++) {
		enum qpp_code code = fill_person_of(tx, who, &rows->v[i], &v[i], err);
		if (code != QPP_OK)
			return code;
	}
	*out = (struct qpp_roles_held){ v, rows->n, rows->total };
	return QPP_OK;
}

static enum qpp_code must_be_full(const struct qpp_person *who, struct qpp_err *err)
{
	if (who->stage == QPP_STAGE_FULL)
		return QPP_OK;
	return qpp_fail(err, QPP_SIGNED_OUT, "sign-in is not complete", (char *)NULL);
}

struct qpp_str qpp_own_account(struct qpp_arena *a, const struct qpp_person *who)
{
	struct qpp_viewed viewed;
	if (who->viewing == QPP_VIEW_ACCOUNT && qpp_viewed_read(a, who->view_as, &viewed))
		return viewed.target;
	return who->viewing == QPP_VIEW_NONE ? who->account_id : QPP_LIT("");
}

enum qpp_code qpp_roles_mine(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                             enum qpp_role_state state, struct qpp_roles_held *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_role_row_rows rows = { 0 };
	struct qpp_str account = qpp_own_account(arena, who);
	*out = (struct qpp_roles_held){ 0 };
	enum qpp_code code = must_be_full(who, err);
	if (code != QPP_OK || account.n == 0)
		return code;
	code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_role_of_account(tx, account, state, &rows, err);
	if (code == QPP_OK)
		code = fill_all(tx, who, &rows, out, err);
	qpp_store_end(tx);
	return code;
}

enum qpp_code qpp_roles_pending(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                struct qpp_roles_held *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_role_row_rows mine = { 0 };
	QPP_VEC(struct qpp_role_held) all = { 0 };
	struct qpp_str account = qpp_own_account(arena, who);
	*out = (struct qpp_roles_held){ 0 };
	enum qpp_code code = must_be_full(who, err);
	if (code != QPP_OK || account.n == 0)
		return code;
	code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_role_of_account(tx, account, QPP_POST_ACTIVE, &mine, err);
	for (size_t i = 0; code == QPP_OK && i < mine.n; i++) {
		struct qpp_role_row_rows rows;
		struct qpp_roles_held part;
		if (mine.v[i].post != QPP_POST_OFFICIAL)
			continue;
		code = qpp_store_role_of_org(tx, mine.v[i].org_id, QPP_POST_REQUESTED, (struct qpp_slice){ 0 }, &rows, err);
		if (code == QPP_OK)
			code = fill_all(tx, who, &rows, &part, err);
		for (size_t k = 0; code == QPP_OK && k < part.n; k++)
			*QPP_PUSH(arena, &all) = part.v[k];
	}
	qpp_store_end(tx);
	*out = (struct qpp_roles_held){ all.v, all.n, (int64_t)all.n };
	return code;
}

enum qpp_code qpp_roles_of_org(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                               struct qpp_str org_id, enum qpp_role_state state, struct qpp_slice slice,
                               struct qpp_roles_held *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_role_row_rows rows;
	bool governs = false;
	struct qpp_str account = qpp_own_account(arena, who);
	*out = (struct qpp_roles_held){ 0 };
	enum qpp_code code = must_be_full(who, err);
	if (code != QPP_OK)
		return code;
	if (account.n == 0)
		return not_theirs(err);
	code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_role_governs(tx, account, org_id, &governs, err);
	if (code == QPP_OK && !governs)
		code = not_theirs(err);
	if (code == QPP_OK)
		code = qpp_store_role_of_org(tx, org_id, state, slice, &rows, err);
	if (code == QPP_OK)
		code = fill_all(tx, who, &rows, out, err);
	qpp_store_end(tx);
	return code;
}

enum qpp_code qpp_role_show(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                            struct qpp_str role_id, struct qpp_role_held *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_role_row row;
	bool governs = false;
	struct qpp_str account = qpp_own_account(arena, who);
	enum qpp_code code = must_be_full(who, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_role_get(tx, role_id, &row, err);
	if (code == QPP_OK && account.n > 0)
		code = qpp_role_governs(tx, account, row.org_id, &governs, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && !governs && !qpp_str_eq(row.account_id, account)))
		code = not_theirs(err);
	if (code == QPP_OK)
		code = fill_person_of(tx, who, &row, out, err);
	qpp_store_end(tx);
	return code;
}
