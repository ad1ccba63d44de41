/*
 * Coming together: a group is begun, practices are asked by TIN, and each
 * answers through its own Security Official. Who accepts is in this group for
 * the year and in no other.
 */
#include "app/vgroup_int.h"

#include "qpp/buf.h"

/* ---- claims ---- */

/* QPP_DUPLICATE names no other group: whose it is, is not for the caller to know. */
static enum qpp_code claim(struct qpp_tx *tx, struct vgroup_work *w, qpp_py py, struct qpp_str org_id, struct qpp_str group_id,
                           struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	struct qpp_str holder;
	enum qpp_code code = qpp_store_vgroup_claim(tx, py, org_id, group_id, &holder, err);
	bool taken = code == QPP_DUPLICATE;
	if (code == QPP_OK)
		code = qpp_store_membership_of_org(tx, py, org_id, QPP_LIT(""), &rows, err);
	for (size_t i = 0; code == QPP_OK && !taken && i < rows.n; i++) {
		struct qpp_org org;
		struct qpp_vgroup_row own;
		code = qpp_store_org_get(tx, rows.v[i].group_id, &org, err);
		if (code == QPP_OK && org.kind == QPP_ORG_VIRTUAL_GROUP && !rows.v[i].npi.n)
			taken = qpp_store_vgroup_get(tx, group_id, &own, err) != QPP_OK || !qpp_str_eq(own.group_org_id, org.id);
	}
	(void)w;
	if (!taken)
		return code;
	(void)qpp_fail(err, QPP_DUPLICATE, "this practice is in another virtual group of the year already", (char *)NULL);
	qpp_err_hint(err, "a practice is in one virtual group a year: it can leave the other one before that is filed", (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1315(a)(1)"));
	return QPP_DUPLICATE;
}

/* ---- beginning ---- */

struct start {
	const struct qpp_call *call;
	struct qpp_str org_id, name, renews, id;
	qpp_py py;
};

static enum qpp_code ask(struct qpp_tx *tx, const struct qpp_vgroup_row *row, struct qpp_str org_id, struct qpp_str from, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	const struct qpp_vgroup_party p = { .group_id = row->id, .org_id = org_id, .py = row->py, .state = QPP_LIT("invited"),
		                                .invited = qpp_tx_now(tx) };
	const struct qpp_str says[] = {
		qpp_str_cat(a, vgroup_c(a, from), " asks your practice to be in the virtual group \"", vgroup_c(a, row->name),
		            "\" for the performance year ", qpp_i64_text(a, row->py.v).p, ".", (char *)NULL),
		QPP_LIT("Nobody can enroll your practice: only one of its own Security Officials can accept, decline, or leave again "
		        "before the election is filed. Sign in and open \"Virtual groups\" to see who asks and what it means."),
	};
	enum qpp_code code = qpp_store_vgroup_party_put(tx, &p, err);
	return code == QPP_OK ? vgroup_tell_org(tx, org_id, "Your practice is invited to a virtual group", says, 2, err) : code;
}

/* Last year's other members are asked anew; that the practice was one of them is looked at. */
static enum qpp_code ask_renewal(struct qpp_tx *tx, struct start *s, const struct qpp_vgroup_row *row, struct qpp_str from, struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	bool was_in = false;
	const qpp_py before = { s->py.v - 1 };
	enum qpp_code code = qpp_store_membership_of_group(tx, before, s->renews, (struct qpp_slice){ 0 }, &rows, err);
	for (size_t i = 0; i < rows.n; i++)
		was_in = was_in || qpp_str_eq(rows.v[i].org_id, s->org_id);
	if (code == QPP_OK && !was_in)
		return qpp_not_found(err, "virtual group of the year before");
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		if (!rows.v[i].npi.n && !qpp_str_eq(rows.v[i].org_id, s->org_id))
			code = ask(tx, row, rows.v[i].org_id, from, err);
	return code;
}

/* The representative is, until somebody else is named, the person who began. */
static enum qpp_code propose_rep(struct qpp_tx *tx, struct start *s, struct qpp_vgroup_row *row, const struct qpp_org *org, struct qpp_err *err)
{
	struct qpp_account account;
	struct qpp_arena *a = qpp_tx_arena(tx);
	enum qpp_code code = qpp_store_account_get(tx, s->call->actor->account_id, &account, err);
	if (code != QPP_OK)
		return code;
	row->account_id = account.id;
	row->rep_name = account.name;
	row->rep_email = account.email;
	if (org->address1.n)
		row->rep_address = qpp_str_cat(a, vgroup_c(a, org->address1), ", ", vgroup_c(a, org->city), ", ", vgroup_c(a, org->state), " ",
		                               vgroup_c(a, org->zip), (char *)NULL);
	return QPP_OK;
}

static enum qpp_code start(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct start *s = request;
	struct vgroup_work w = { .tx = tx, .call = s->call };
	struct qpp_org org;
	struct qpp_vgroup_row row = { .py = s->py, .name = s->name, .state = QPP_LIT("draft"), .origin = QPP_LIT("portal"), .org_id = s->org_id };
	enum qpp_code code = qpp_store_org_get(tx, s->org_id, &org, err);
	if (code == QPP_OK)
		code = propose_rep(tx, s, &row, &org, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_put(tx, &row, err);
	const struct qpp_vgroup_party own = { .group_id = row.id, .org_id = s->org_id, .py = s->py, .state = QPP_LIT("accepted"),
		.by_id = s->call->actor->account_id, .invited = qpp_tx_now(tx), .answered = qpp_tx_now(tx) };
	if (code == QPP_OK)
		code = claim(tx, &w, s->py, s->org_id, row.id, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_party_put(tx, &own, err);
	if (code == QPP_OK)
		code = vgroup_event(tx, s->call, row.id, s->org_id, "began", QPP_LIT(""), err);
	if (code == QPP_OK && s->renews.n)
		code = ask_renewal(tx, s, &row, org.name, err);
	s->id = row.id;
	return code;
}

static enum qpp_code check_name(struct qpp_str name, struct qpp_err *err)
{
	if (!name.n)
		return qpp_fail(err, QPP_DATA, "the virtual group needs a name", (char *)NULL);
	if (name.n > VGROUP_NAME_MOST)
		return qpp_fail(err, QPP_DATA, "the name is too long", (char *)NULL);
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f)
			return qpp_fail(err, QPP_DATA, "the name holds a character that cannot be printed", (char *)NULL);
	return vgroup_has_tin(name) ? qpp_fail(err, QPP_DATA, "the name holds what may be a TIN", (char *)NULL) : QPP_OK;
}

enum qpp_code qpp_vgroup_start(const struct qpp_call *call, struct qpp_str org_id, qpp_py py, struct qpp_str name, struct qpp_str renews,
                               struct qpp_str *id, struct qpp_err *err)
{
	struct start s = { .call = call, .org_id = org_id, .py = py, .name = qpp_str_trim(name), .renews = renews };
	struct qpp_vgroup_window w = qpp_vgroup_window_at(call->service, py, qpp_now(call->service->clock));
	if (call->actor->view_only || !vgroup_official(call->actor, org_id)) {
		(void)qpp_fail(err, QPP_FORBIDDEN, "only a Security Official of a practice can begin a virtual group for it", (char *)NULL);
		return QPP_FORBIDDEN;
	}
	if (!w.known)
		return qpp_fail(err, QPP_NO_RULE, "there are no rules on virtual groups for that year", (char *)NULL);
	if (w.over)
		return qpp_fail(err, QPP_CONFLICT, "the time to elect a virtual group for that year is over", (char *)NULL);
	enum qpp_code code = check_name(s.name, err);
	if (code == QPP_OK)
		code = qpp_store_write(call->service->store, call->arena, start, &s, err);
	*id = s.id;
	return code;
}

/* ---- inviting ---- */

struct tins {
	const struct qpp_str *v;
	size_t n;
};

static enum qpp_code bad_tin(struct qpp_arena *a, size_t i, struct qpp_str tin, const char *says, const char *hint, struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_DATA, says, (char *)NULL);
	qpp_err_detail(err, "number ", qpp_i64_text(a, (int64_t)i + 1).p, " of the list, ",
	               tin.n == VGROUP_TIN ? vgroup_masked(a, tin).p : vgroup_c(a, qpp_shown(a, tin)), (char *)NULL);
	qpp_err_hint(err, hint, (char *)NULL);
	return QPP_DATA;
}

static enum qpp_code invite_one(struct vgroup_change *c, size_t i, struct qpp_str tin, const struct qpp_org *from, struct qpp_err *err)
{
	struct qpp_arena *a = c->w.arena;
	struct qpp_org org;
	uint64_t digits;
	if (tin.n != VGROUP_TIN || !qpp_str_u64(tin, UINT64_MAX, &digits))
		return bad_tin(a, i, tin, "a TIN has nine digits", "type it without a dash", err);
	enum qpp_code code = qpp_store_org_by_tin(c->w.tx, tin, &org, err);
	if (code == QPP_NOT_FOUND)
		return bad_tin(a, i, tin, "no practice is known by this TIN", "look for a mistyped digit", err);
	if (code != QPP_OK)
		return code;
	const struct qpp_vgroup_member *m = vgroup_member(&c->g, org.id);
	if (m && (vgroup_is_in(m) || m->state == QPP_PARTY_INVITED))
		return bad_tin(a, i, tin, "this practice is asked already, or in", "each practice stands in a virtual group once", err);
	code = ask(c->w.tx, &c->g.row, org.id, from->name, err);
	return code == QPP_OK ? vgroup_event(c->w.tx, c->w.call, c->g.row.id, org.id, "invited", QPP_LIT(""), err) : code;
}

static enum qpp_code invite(struct vgroup_change *c, struct qpp_err *err)
{
	const struct tins *tins = c->with;
	struct qpp_org from;
	enum qpp_code code = vgroup_may_edit(c, err);
	if (code == QPP_OK && !tins->n)
		return qpp_fail(err, QPP_DATA, "type at least one TIN", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_store_org_get(c->w.tx, c->g.row.org_id, &from, err);
	for (size_t i = 0; code == QPP_OK && i < tins->n; i++) {
		for (size_t k = 0; k < i; k++)
			if (qpp_str_eq(tins->v[k], tins->v[i]))
				return bad_tin(c->w.arena, i, tins->v[i], "this TIN stands twice", "each practice stands in a virtual group once", err);
		code = invite_one(c, i, tins->v[i], &from, err);
	}
	return code;
}

enum qpp_code qpp_vgroup_invite(const struct qpp_call *call, struct qpp_str id, const struct qpp_str *tins, size_t n, struct qpp_err *err)
{
	struct tins all = { tins, n };
	return vgroup_change(call, id, qpp_now(call->service->clock), invite, &all, err);
}

/* ---- answering ---- */

struct answering {
	struct qpp_str org_id;
	enum qpp_vgroup_act act;
};

static const struct {
	const char *event;
	enum qpp_party_state to;
} acts[] = {
	[QPP_VGROUP_ACCEPT] = { "accepted", QPP_PARTY_ACCEPTED }, [QPP_VGROUP_DECLINE] = { "declined", QPP_PARTY_DECLINED },
	[QPP_VGROUP_LEAVE] = { "left", QPP_PARTY_LEFT }, [QPP_VGROUP_UNINVITE] = { "uninvited", QPP_PARTY_UNINVITED },
};

/* Whose act it is, and whether it is the moment for it. */
static enum qpp_code may_answer(const struct vgroup_change *c, const struct qpp_vgroup_member *m, enum qpp_vgroup_act act, struct qpp_err *err)
{
	bool own = act != QPP_VGROUP_UNINVITE;
	if (own ? !m->own_official : !c->g.caller_began && !c->g.caller_represents)
		return qpp_fail(err, QPP_FORBIDDEN, own ? "only a Security Official of the practice itself can answer for it"
		                                        : "only those who began the group can take an invitation back", (char *)NULL);
	if (c->g.window.over || !c->g.may_edit)
		return qpp_fail(err, QPP_CONFLICT, c->g.window.over ? "the time to elect a virtual group for this year is over"
		                                                    : "this election is filed and stands as it is", (char *)NULL);
	if (act == QPP_VGROUP_LEAVE ? !vgroup_is_in(m) : m->state != QPP_PARTY_INVITED)
		return qpp_fail(err, QPP_CONFLICT, act == QPP_VGROUP_LEAVE ? "the practice is not in this virtual group"
		                                                           : "this invitation is not open any more", (char *)NULL);
	return QPP_OK;
}

/* What stands filed keeps its practices until it is filed anew. */
static enum qpp_code move_claim(struct vgroup_change *c, const struct qpp_vgroup_member *m, enum qpp_vgroup_act act, struct qpp_err *err)
{
	if (act == QPP_VGROUP_ACCEPT)
		return claim(c->w.tx, &c->w, c->g.row.py, m->row.org_id, c->g.row.id, err);
	if (act == QPP_VGROUP_LEAVE && !m->row.elected)
		return qpp_store_vgroup_release(c->w.tx, c->g.row.id, m->row.org_id, err);
	return QPP_OK;
}

static enum qpp_code tell_answer(struct vgroup_change *c, const struct qpp_vgroup_member *m, enum qpp_vgroup_act act, struct qpp_err *err)
{
	struct qpp_arena *a = c->w.arena;
	const char *word = acts[act].event;
	const struct qpp_str says[] = {
		qpp_str_cat(a, act == QPP_VGROUP_UNINVITE ? "The invitation of your practice" : "A practice that you asked", " to the virtual group \"",
		            vgroup_c(a, c->g.row.name), "\" for ", qpp_i64_text(a, c->g.row.py.v).p,
		            act == QPP_VGROUP_UNINVITE ? " was taken back" : " has ", act == QPP_VGROUP_UNINVITE ? "" : word, ".", (char *)NULL),
		QPP_LIT("Sign in and open \"Virtual groups\" to see where the group stands."),
	};
	return vgroup_tell_org(c->w.tx, act == QPP_VGROUP_UNINVITE ? m->row.org_id : c->g.row.org_id,
	                       act == QPP_VGROUP_UNINVITE ? "An invitation to a virtual group was taken back" : "News of your virtual group", says, 2, err);
}

static enum qpp_code answer(struct vgroup_change *c, struct qpp_err *err)
{
	const struct answering *x = c->with;
	struct qpp_vgroup_member *m = vgroup_member(&c->g, x->org_id);
	if (!m)
		return qpp_not_found(err, "practice in this virtual group");
	enum qpp_code code = may_answer(c, m, x->act, err);
	if (code == QPP_OK)
		code = move_claim(c, m, x->act, err);
	if (code != QPP_OK)
		return code;
	m->row.state = qpp_str_of(qpp_party_state_name(acts[x->act].to));
	m->row.by_id = c->w.call->actor->account_id;
	m->row.answered = qpp_tx_now(c->w.tx);
	code = qpp_store_vgroup_party_put(c->w.tx, &m->row, err);
	if (code == QPP_OK)
		code = vgroup_event(c->w.tx, c->w.call, c->g.row.id, m->row.org_id, acts[x->act].event, QPP_LIT(""), err);
	return code == QPP_OK ? tell_answer(c, m, x->act, err) : code;
}

enum qpp_code qpp_vgroup_answer(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id, enum qpp_vgroup_act act,
                                struct qpp_err *err)
{
	struct answering x = { org_id, act };
	return vgroup_change(call, id, qpp_now(call->service->clock), answer, &x, err);
}
