/*
 * How a group is changed: loaded in the write, looked at who may, changed, told
 * to those whom it concerns, all in one commit.
 */
#include "app/vgroup_int.h"

#include "app/notices.h"

static enum qpp_code run(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct vgroup_change *c = request;
	c->w.tx = tx;
	enum qpp_code code = vgroup_load(&c->w, c->id, &c->g, err);
	return code == QPP_OK ? c->run(c, err) : code;
}

enum qpp_code vgroup_change(const struct qpp_call *call, struct qpp_str id, qpp_time at,
                            enum qpp_code (*change)(struct vgroup_change *c, struct qpp_err *err), void *with, struct qpp_err *err)
{
	struct vgroup_change c = { .w = { .call = call, .arena = call->arena, .at = at }, .run = change, .id = id, .with = with };
	if (call->actor->view_only)
		return qpp_fail(err, QPP_FORBIDDEN, "whoever looks as somebody else changes nothing", (char *)NULL);
	return qpp_store_write(call->service->store, call->arena, run, &c, err);
}

enum qpp_code vgroup_may_edit(const struct vgroup_change *c, struct qpp_err *err)
{
	if (!c->g.caller_official && !c->g.caller_represents) {
		(void)qpp_fail(err, QPP_FORBIDDEN, "only a Security Official of a member practice can do this", (char *)NULL);
		qpp_err_hint(err, "accept the invitation first, or ask a Security Official of your practice", (char *)NULL);
		return QPP_FORBIDDEN;
	}
	if (c->g.may_edit)
		return QPP_OK;
	if (c->g.window.over)
		(void)qpp_fail(err, QPP_CONFLICT, "the time to elect a virtual group for this year is over; nothing can be changed any more",
		               (char *)NULL);
	else
		(void)qpp_fail(err, QPP_CONFLICT, "this election is filed and stands as it is", (char *)NULL);
	if (!c->g.window.over && c->g.state != QPP_VGROUP_DENIED)
		qpp_err_hint(err, "its representative can open it for changes", (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1315(a)(1)"));
	return QPP_CONFLICT;
}

enum qpp_code vgroup_put(struct vgroup_change *c, struct qpp_err *err)
{
	return qpp_store_vgroup_put(c->w.tx, &c->g.row, err);
}

enum qpp_code vgroup_event(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_str group_id, struct qpp_str org_id, const char *kind,
                           struct qpp_str note, struct qpp_err *err)
{
	struct qpp_vgroup_event e = { .group_id = group_id, .at = qpp_tx_now(tx), .org_id = org_id, .kind = qpp_str_of(kind), .note = note };
	if (call && call->actor)
		e.account_id = call->actor->account_id;
	return qpp_store_vgroup_event_add(tx, &e, err);
}

/* ---- notices ---- */

static enum qpp_code tell(struct qpp_tx *tx, struct qpp_str to, struct qpp_str person, const char *subject, const struct qpp_str *v, size_t n,
                          struct qpp_err *err)
{
	if (!qpp_mail_address(to))
		return QPP_OK;
	struct qpp_mail m = qpp_notice_say(qpp_tx_arena(tx), person, qpp_str_of(subject), v, n);
	m.to = to;
	return qpp_mail_queue(tx, &m, err);
}

enum qpp_code vgroup_tell_org(struct qpp_tx *tx, struct qpp_str org_id, const char *subject, const struct qpp_str *v, size_t n,
                              struct qpp_err *err)
{
	struct qpp_role_row_rows roles = { 0 };
	enum qpp_code code = qpp_store_role_of_org(tx, org_id, QPP_POST_ACTIVE, (struct qpp_slice){ 0 }, &roles, err);
	for (size_t i = 0; code == QPP_OK && i < roles.n; i++) {
		struct qpp_account account;
		if (roles.v[i].post != QPP_POST_OFFICIAL)
			continue;
		code = qpp_store_account_get(tx, roles.v[i].account_id, &account, err);
		if (code == QPP_OK)
			code = tell(tx, account.email, account.name, subject, v, n, err);
	}
	return code;
}

enum qpp_code vgroup_tell_rep(struct qpp_tx *tx, const struct qpp_vgroup_row *row, const char *subject, const struct qpp_str *v, size_t n,
                              struct qpp_err *err)
{
	return tell(tx, row->rep_email, row->rep_name, subject, v, n, err);
}

enum qpp_code vgroup_tell_all(struct qpp_tx *tx, const struct qpp_vgroup *g, const char *subject, const struct qpp_str *v, size_t n,
                              struct qpp_err *err)
{
	enum qpp_code code = vgroup_tell_rep(tx, &g->row, subject, v, n, err);
	for (size_t i = 0; code == QPP_OK && i < g->n_members; i++)
		if (vgroup_is_in(&g->members[i]))
			code = vgroup_tell_org(tx, g->members[i].row.org_id, subject, v, n, err);
	return code;
}
