/*
 * The agency's side: elections as they stand filed, what the rules say of them,
 * where two groups want the same practice, and the decision, which is a record
 * of the ledger. An approved one gets an identifier and becomes an organization
 * whose Security Official is its representative.
 */
#include "app/vgroup_int.h"

#include <stdio.h>

#include "qpp/buf.h"

/* ---- the list ---- */

static enum qpp_code name_holder(struct vgroup_work *w, struct qpp_str holder, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_vgroup_row row;
	struct qpp_org org;
	enum qpp_code code = qpp_store_vgroup_get(w->tx, holder, &row, err);
	*out = row.name;
	if (code == QPP_NOT_FOUND) {
		code = qpp_store_org_get(w->tx, holder, &org, err);
		*out = org.name;
	}
	return code;
}

static enum qpp_code line_of(struct vgroup_work *w, const struct qpp_vgroup_row *row, struct qpp_vgroup_line *x, struct qpp_err *err)
{
	struct qpp_vgroup g;
	enum qpp_code code = vgroup_load(w, row->id, &g, err);
	*x = (struct qpp_vgroup_line){ .row = *row, .state = qpp_vgroup_state_of(row->state) };
	if (code != QPP_OK)
		return code;
	x->practices = (int64_t)g.n_in;
	x->clinicians = (int64_t)g.answer.clinicians;
	for (size_t i = 0; i < g.n_checks; i++) {
		x->errors += g.checks[i].finding->severity == QPP_ERROR;
		x->warnings += g.checks[i].finding->severity == QPP_WARNING;
	}
	for (size_t i = 0; code == QPP_OK && i < g.n_members && !x->conflict.n; i++)
		if (vgroup_is_in(&g.members[i]) && g.members[i].holder.n)
			code = name_holder(w, g.members[i].holder, &x->conflict, err);
	return code;
}

static enum qpp_code lines(struct vgroup_work *w, const struct qpp_vgroup_ask *ask, struct qpp_slice slice, struct qpp_vgroup_lines *out,
                           struct qpp_err *err)
{
	struct qpp_vgroup_query q = { .py = ask->py, .origin = ask->origin, .filed = true };
	struct qpp_vgroup_row_rows rows = { 0 };
	enum qpp_code code = QPP_OK;
	for (int s = QPP_VGROUP_RECEIVED; code == QPP_OK && s < QPP_VGROUP_STATES; s++) {
		q.state = qpp_str_of(qpp_vgroup_state_name((enum qpp_vgroup_state)s));
		code = qpp_store_vgroup_count(w->tx, &q, &out->counts[s], err);
	}
	q.state = ask->state ? qpp_str_of(qpp_vgroup_state_name(ask->state)) : QPP_LIT("");
	q.name = ask->name;
	slice.count = true;
	if (code == QPP_OK)
		code = qpp_store_vgroup_list(w->tx, &q, slice, &rows, err);
	out->total = rows.total;
	out->v = QPP_NEW_ARRAY(w->arena, rows.n + 1, struct qpp_vgroup_line);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		w->as_filed = true;
		code = line_of(w, &rows.v[i], &out->v[out->n++], err);
	}
	return code;
}

enum qpp_code qpp_vgroup_lines_of(const struct qpp_call *call, const struct qpp_vgroup_ask *ask, struct qpp_slice slice,
                                  struct qpp_vgroup_lines *out, struct qpp_err *err)
{
	struct vgroup_work w = { .call = call, .arena = call->arena, .at = qpp_now(call->service->clock) };
	*out = (struct qpp_vgroup_lines){ 0 };
	if (!vgroup_agency(call->actor, QPP_POST_NONE))
		return qpp_fail(err, QPP_FORBIDDEN, "only the agency's side sees all elections", (char *)NULL);
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &w.tx, err);
	if (code != QPP_OK)
		return code;
	code = lines(&w, ask, slice, out, err);
	qpp_store_end(w.tx);
	return code;
}

/* ---- what came by mail ---- */

enum qpp_code qpp_vgroup_letters_of(const struct qpp_call *call, struct qpp_str outcome, struct qpp_slice slice,
                                    struct qpp_intake_row_rows *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_intake_row_rows){ 0 };
	if (!vgroup_agency(call->actor, QPP_POST_NONE))
		return qpp_fail(err, QPP_FORBIDDEN, "only the agency's side sees what came by mail", (char *)NULL);
	slice.count = true;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_intake_list(tx, outcome, slice, out, err);
	qpp_store_end(tx);
	return code;
}

/* ---- the decision ---- */

struct deciding {
	int64_t version;
	enum qpp_vgroup_verdict verdict;
	struct qpp_str reasons, identifier;
};

static const struct {
	const char *outcome, *state, *subject;
} verdicts[] = {
	[QPP_VERDICT_APPROVE] = { "approved", "approved", "Your virtual group is approved" },
	[QPP_VERDICT_RETURN] = { "returned", "returned", "Your virtual group's election was returned" },
	[QPP_VERDICT_DENY] = { "denied", "denied", "Your virtual group's election was denied" },
};

/* The next identifier of the year that no organization has: VG2025001. */
static enum qpp_code next_identifier(struct vgroup_change *c, struct qpp_str *out, struct qpp_err *err)
{
	enum { MOST = 100000 };
	const struct qpp_vgroup_query q = { .py = c->g.row.py, .state = QPP_LIT("approved") };
	int64_t n = 0;
	enum qpp_code code = qpp_store_vgroup_count(c->w.tx, &q, &n, err);
	for (int64_t end = n + MOST; code == QPP_OK && n < end;) {
		char text[40];
		struct qpp_org org;
		(void)snprintf(text, sizeof text, "VG%d%03lld", c->g.row.py.v, (long long)++n);
		*out = qpp_str_dup(c->w.arena, qpp_str_of(text));
		code = qpp_store_org_by_number(c->w.tx, QPP_ORG_VIRTUAL_GROUP, *out, &org, err);
	}
	return code == QPP_NOT_FOUND ? QPP_OK : code == QPP_OK ? qpp_fail(err, QPP_BUG, "no identifier is left", (char *)NULL) : code;
}

static enum qpp_code give_role(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_role_row role = { .account_id = c->g.row.account_id, .org_id = c->g.row.group_org_id, .post = QPP_POST_OFFICIAL,
		.state = QPP_POST_ACTIVE, .by_id = c->w.call->actor->account_id };
	if (!c->g.row.account_id.n)
		return QPP_OK;
	enum qpp_code code = qpp_store_role_put(c->w.tx, &role, err);
	return code == QPP_DUPLICATE ? QPP_OK : code;
}

/* The organization of the group, its members for the year, and the role of its representative. */
static enum qpp_code found(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_vgroup_row *row = &c->g.row;
	struct qpp_org org = { .kind = QPP_ORG_VIRTUAL_GROUP, .name = row->name, .body = QPP_LIT("{}") };
	enum qpp_code code = row->identifier.n ? QPP_OK : next_identifier(c, &row->identifier, err);
	org.number = row->identifier;
	if (code == QPP_OK && !row->group_org_id.n) {
		code = qpp_store_org_put(c->w.tx, &org, QPP_LIT(""), err);
		row->group_org_id = org.id;
	}
	for (size_t i = 0; code == QPP_OK && i < c->g.n_members; i++) {
		const struct qpp_membership m = { .py = row->py, .group_id = row->group_org_id, .org_id = c->g.members[i].row.org_id,
			                              .npi = QPP_LIT(""), .body = QPP_LIT("{}") };
		if (vgroup_is_in(&c->g.members[i]))
			code = qpp_store_membership_put(c->w.tx, &m, err);
	}
	return code == QPP_OK ? give_role(c, err) : code;
}

static enum qpp_code may_decide(struct vgroup_change *c, const struct deciding *d, struct qpp_err *err)
{
	if (!c->g.caller_reviews)
		return qpp_fail(err, QPP_FORBIDDEN, "only a reviewer decides elections", (char *)NULL);
	if (c->g.caller_in || c->g.caller_represents)
		return qpp_fail(err, QPP_FORBIDDEN, "nobody decides an election of their own", (char *)NULL);
	if (d->version != c->g.row.version) {
		(void)qpp_fail(err, QPP_STALE, "the election has changed, or was decided, since you looked at it", (char *)NULL);
		return QPP_STALE;
	}
	if (c->g.state != QPP_VGROUP_RECEIVED || (c->g.row.revising && !c->g.window.over))
		return qpp_fail(err, QPP_CONFLICT, c->g.row.revising ? "its representative is changing this election" : "this election does not wait for a decision",
		                (char *)NULL);
	if (d->verdict != QPP_VERDICT_APPROVE && !d->reasons.n)
		return qpp_fail(err, QPP_DATA, "say why: the reasons go to the representative", (char *)NULL);
	if (vgroup_has_tin(d->reasons))
		return qpp_fail(err, QPP_DATA, "the reasons hold what may be a TIN: write its last four digits only", (char *)NULL);
	for (size_t i = 0; d->verdict == QPP_VERDICT_APPROVE && i < c->g.n_members; i++)
		if (vgroup_is_in(&c->g.members[i]) && c->g.members[i].holder.n)
			return qpp_fail(err, QPP_DATA, "a practice of it is in another virtual group: return or deny one of them", (char *)NULL);
	return QPP_OK;
}

static enum qpp_code record(struct vgroup_change *c, const struct deciding *d, struct qpp_err *err)
{
	struct qpp_arena *a = c->w.arena;
	struct qpp_receipt receipt;
	struct qpp_str body = qpp_str_cat(a, "virtual group ", vgroup_c(a, c->g.row.id), " ", verdicts[d->verdict].outcome, " ",
	                                  vgroup_c(a, c->g.row.identifier), "\n", vgroup_c(a, d->reasons), "\n", (char *)NULL);
	const struct qpp_ledger_new n = { .at = qpp_tx_now(c->w.tx), .kind = QPP_LIT("decision"), .body = body, .keep = true,
		.subject = qpp_str_cat(a, "virtual-group/", vgroup_c(a, c->g.row.id), (char *)NULL) };
	enum qpp_code code = qpp_store_ledger_append(c->w.tx, &n, &receipt, err);
	struct qpp_decision decision = { .request_id = c->g.row.id, .account_id = c->w.call->actor->account_id,
		.outcome = qpp_str_of(verdicts[d->verdict].outcome), .body = d->reasons, .sequence = receipt.sequence };
	return code == QPP_OK ? qpp_store_decision_add(c->w.tx, &decision, err) : code;
}

static enum qpp_code tell(struct vgroup_change *c, const struct deciding *d, struct qpp_err *err)
{
	struct qpp_arena *a = c->w.arena;
	bool yes = d->verdict == QPP_VERDICT_APPROVE;
	struct qpp_str says[3];
	says[0] = qpp_str_cat(a, "The election of the virtual group \"", vgroup_c(a, c->g.row.name), "\" for ", qpp_i64_text(a, c->g.row.py.v).p,
	                      " was ", verdicts[d->verdict].outcome, yes ? ". Its identifier is " : ".", yes ? vgroup_c(a, c->g.row.identifier) : "",
	                      yes ? "." : "", (char *)NULL);
	says[1] = d->reasons.n ? qpp_str_cat(a, yes ? "Remarks: " : "Reasons: ", vgroup_c(a, d->reasons), (char *)NULL)
	                       : QPP_LIT("Use the identifier wherever data of the group are submitted.");
	says[2] = d->verdict == QPP_VERDICT_RETURN ? QPP_LIT("Mend what is named there and file it again while the time to elect lasts.")
	          : yes ? QPP_LIT("Tell the agency of every change of the information in it during the year, at the latest before data are submitted.")
	                : QPP_LIT("The practices of the group report as they would without it.");
	return vgroup_tell_all(c->w.tx, &c->g, verdicts[d->verdict].subject, says, 3, err);
}

static enum qpp_code decide(struct vgroup_change *c, struct qpp_err *err)
{
	struct deciding *d = c->with;
	enum qpp_code code = may_decide(c, d, err);
	if (code == QPP_OK && d->verdict == QPP_VERDICT_APPROVE)
		code = found(c, err);
	if (code == QPP_OK && d->verdict != QPP_VERDICT_APPROVE)
		code = d->verdict == QPP_VERDICT_DENY ? qpp_store_vgroup_release(c->w.tx, c->g.row.id, QPP_LIT(""), err) : QPP_OK;
	if (code != QPP_OK)
		return code;
	c->g.row.state = qpp_str_of(verdicts[d->verdict].state);
	c->g.row.note = d->reasons;
	d->identifier = c->g.row.identifier;
	code = vgroup_put(c, err);
	if (code == QPP_OK)
		code = record(c, d, err);
	if (code == QPP_OK)
		code = vgroup_event(c->w.tx, c->w.call, c->g.row.id, QPP_LIT(""), verdicts[d->verdict].outcome, d->reasons, err);
	return code == QPP_OK ? tell(c, d, err) : code;
}

enum qpp_code qpp_vgroup_decide(const struct qpp_call *call, struct qpp_str id, int64_t version, enum qpp_vgroup_verdict verdict,
                                struct qpp_str reasons, struct qpp_str *identifier, struct qpp_err *err)
{
	struct deciding d = { .version = version, .verdict = verdict, .reasons = qpp_str_trim(reasons) };
	if (d.reasons.n > VGROUP_TEXT_MOST)
		return qpp_fail(err, QPP_DATA, "the reasons are too long", (char *)NULL);
	enum qpp_code code = vgroup_change(call, id, qpp_now(call->service->clock), decide, &d, err);
	*identifier = d.identifier;
	return code;
}
