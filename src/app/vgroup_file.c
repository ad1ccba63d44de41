/*
 * Filing: what the parties have agreed becomes an election, within the window
 * and provably: the moment of its last byte, its bytes and their hash are in the
 * ledger, and everybody in it is told.
 */
#include "app/vgroup_int.h"

#include "app/by_key.h"
#include "app/notices.h"
#include "qpp/buf.h"

struct filing {
	struct vgroup_change c;
	struct qpp_once *once;
	struct qpp_receipt *receipt;
};

static enum qpp_code may_file(const struct vgroup_change *c, struct qpp_err *err)
{
	if (!c->g.caller_began && !c->g.caller_represents) {
		(void)qpp_fail(err, QPP_FORBIDDEN, "only the representative, or who began the group, can do this", (char *)NULL);
		return QPP_FORBIDDEN;
	}
	return QPP_OK;
}

static enum qpp_code in_window(const struct vgroup_change *c, struct qpp_err *err)
{
	if (c->g.window.open)
		return QPP_OK;
	struct qpp_str from = qpp_years_param(c->w.call->service->years, "election_opens", c->g.row.py),
	               to = qpp_years_param(c->w.call->service->years, "election_closes", c->g.row.py);
	(void)qpp_fail(err, QPP_CONFLICT, c->g.window.over ? "the time to elect a virtual group for this year is over: nobody can file, change or "
	                                                     "withdraw an election any more"
	                                                   : "the time to elect a virtual group for this year has not come yet", (char *)NULL);
	qpp_err_detail(err, "from ", vgroup_c(c->w.arena, from), " through ", vgroup_c(c->w.arena, to), (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1315(b)"));
	return QPP_CONFLICT;
}

/* ---- what stands filed ---- */

/* The practices and NPIs as they are now become what stands filed; whoever is not in any more is free. */
static enum qpp_code snapshot(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_vgroup *g = &c->g;
	struct qpp_str holder;
	enum qpp_code code = qpp_store_vgroup_npis_put(c->w.tx, g->row.id, QPP_LIT("elected"), QPP_LIT(""), NULL, 0, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_release(c->w.tx, g->row.id, QPP_LIT(""), err);
	for (size_t i = 0; code == QPP_OK && i < g->n_members; i++) {
		struct qpp_vgroup_member *m = &g->members[i];
		struct qpp_str *npis = QPP_NEW_ARRAY(c->w.arena, m->n_people + 1, struct qpp_str);
		for (size_t k = 0; k < m->n_people; k++)
			npis[k] = m->people[k].npi;
		m->row.elected = vgroup_is_in(m);
		code = qpp_store_vgroup_party_put(c->w.tx, &m->row, err);
		if (code == QPP_OK && m->row.elected)
			code = qpp_store_vgroup_npis_put(c->w.tx, g->row.id, QPP_LIT("elected"), m->row.org_id, npis, m->n_people, err);
		if (code == QPP_OK && m->row.elected)
			code = qpp_store_vgroup_claim(c->w.tx, g->row.py, m->row.org_id, g->row.id, &holder, err);
	}
	return code;
}

/* An approved group whose election is replaced or withdrawn has no members until it is approved again. */
static enum qpp_code disband(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	if (!c->g.row.group_org_id.n)
		return QPP_OK;
	enum qpp_code code = qpp_store_membership_of_group(c->w.tx, c->g.row.py, c->g.row.group_org_id, (struct qpp_slice){ 0 }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		code = qpp_store_membership_delete(c->w.tx, &rows.v[i], err);
	return code;
}

static enum qpp_code record(struct vgroup_change *c, const char *kind, struct qpp_str body, struct qpp_receipt *receipt, struct qpp_err *err)
{
	struct qpp_ledger_new n = { .at = c->w.at, .kind = qpp_str_of(kind), .body = body, .keep = true,
		.subject = qpp_str_cat(c->w.arena, "virtual-group/", vgroup_c(c->w.arena, c->g.row.id), (char *)NULL) };
	enum qpp_code code = qpp_store_ledger_append(c->w.tx, &n, receipt, err);
	c->g.row.sequence = receipt->sequence;
	return code;
}

static enum qpp_code tell_filed(struct vgroup_change *c, const struct qpp_receipt *r, struct qpp_err *err)
{
	struct qpp_arena *a = c->w.arena;
	const struct qpp_str says[] = {
		qpp_str_cat(a, "The election of the virtual group \"", vgroup_c(a, c->g.row.name), "\" for ", qpp_i64_text(a, c->g.row.py.v).p,
		            " was received on ", qpp_notice_time(a, r->at).p, ".", (char *)NULL),
		qpp_str_cat(a, "Its receipt has the number ", vgroup_c(a, r->number), "; the SHA-256 hash of what was filed is ",
		            vgroup_c(a, r->sha256), ".", (char *)NULL),
		QPP_LIT("Until the time to elect is over, the representative can change or withdraw it; after that nobody can. The agency "
		        "approves it with an identifier, returns it with reasons, or denies it, and writes to you."),
	};
	return vgroup_tell_all(c->w.tx, &c->g, "Your virtual group's election was received", says, 3, err);
}

/* The day on which the agreement was made is part of what was filed. */
static void keep_day(struct vgroup_change *c)
{
	struct qpp_buf b;
	if (!c->g.election->has_executed_on)
		return;
	qpp_buf_init(&b, c->w.arena, 16);
	qpp_buf_day(&b, c->g.election->executed_on);
	c->g.row.executed_on = qpp_buf_done(&b);
}

static enum qpp_code not_ready(const struct qpp_vgroup *g, struct qpp_arena *a, struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_DATA, "the election is not complete", (char *)NULL);
	for (size_t i = 0; i < g->n_checks; i++)
		if (g->checks[i].finding->severity == QPP_ERROR && !g->checks[i].time_only) {
			qpp_err_detail(err, vgroup_c(a, g->checks[i].finding->message), (char *)NULL);
			qpp_err_cite(err, g->checks[i].finding->cite);
			break;
		}
	return QPP_DATA;
}

static enum qpp_code file(struct vgroup_change *c, struct qpp_err *err)
{
	struct filing *f = c->with;
	enum qpp_code code = may_file(c, err);
	if (code == QPP_OK)
		code = in_window(c, err);
	if (code == QPP_OK && !c->g.may_edit)
		return qpp_fail(err, QPP_CONFLICT, "this election is filed and stands as it is", (char *)NULL);
	if (code == QPP_OK && !c->g.ready)
		return not_ready(&c->g, c->w.arena, err);
	if (code == QPP_OK)
		code = record(c, "election", vgroup_doc(c->w.arena, c->g.election), f->receipt, err);
	if (code == QPP_OK)
		code = snapshot(c, err);
	if (code == QPP_OK)
		code = disband(c, err);
	if (code != QPP_OK)
		return code;
	keep_day(c);
	c->g.row.state = QPP_LIT("received");
	c->g.row.revising = false;
	c->g.row.filed = c->w.at;
	c->g.row.note = QPP_LIT("");
	code = vgroup_put(c, err);
	if (code == QPP_OK)
		code = vgroup_event(c->w.tx, c->w.call, c->g.row.id, QPP_LIT(""), "filed", f->receipt->number, err);
	f->once->response = qpp_i64_text(c->w.arena, f->receipt->sequence);
	return code == QPP_OK ? tell_filed(c, f->receipt, err) : code;
}

static enum qpp_code run(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct filing *f = request;
	f->c.w.tx = tx;
	enum qpp_code code = vgroup_load(&f->c.w, f->c.id, &f->c.g, err);
	return code == QPP_OK ? file(&f->c, err) : code;
}

enum qpp_code qpp_vgroup_file(const struct qpp_call *call, struct qpp_str id, struct qpp_str key, qpp_time at, struct qpp_receipt *receipt,
                              struct qpp_err *err)
{
	const struct qpp_keyed keyed = { .key = key, .account_id = call->actor->account_id, .act = "virtual-group.file", .content = id };
	struct qpp_once once;
	struct filing f = { .c = { .w = { .call = call, .arena = call->arena, .at = at }, .id = id, .with = &f }, .once = &once,
		                .receipt = receipt };
	struct qpp_str body;
	uint64_t sequence;
	if (call->actor->view_only)
		return qpp_fail(err, QPP_FORBIDDEN, "whoever looks as somebody else changes nothing", (char *)NULL);
	enum qpp_code code = qpp_write_by_key(call->service->store, call->arena, &keyed, &once, run, &f, err);
	if (code != QPP_OK || !once.replayed)
		return code;
	if (!qpp_str_u64(once.response, INT64_MAX, &sequence))
		return qpp_fail(err, QPP_BUG, "a kept answer cannot be read", (char *)NULL);
	return qpp_vgroup_receipt(call, id, (int64_t)sequence, receipt, &body, err);
}

/* ---- changing and withdrawing ---- */

static bool is_filed(const struct qpp_vgroup *g)
{
	return g->state == QPP_VGROUP_RECEIVED || g->state == QPP_VGROUP_APPROVED;
}

static enum qpp_code revise(struct vgroup_change *c, struct qpp_err *err)
{
	const bool *begin = c->with;
	enum qpp_code code = may_file(c, err);
	if (code == QPP_OK)
		code = in_window(c, err);
	if (code == QPP_OK && (!is_filed(&c->g) || c->g.row.revising == *begin || qpp_str_is(c->g.row.origin, "mail")))
		return qpp_fail(err, QPP_CONFLICT, "there is nothing filed here that could be changed so", (char *)NULL);
	if (code != QPP_OK)
		return code;
	c->g.row.revising = *begin;
	code = vgroup_put(c, err);
	return code == QPP_OK ? vgroup_event(c->w.tx, c->w.call, c->g.row.id, QPP_LIT(""), *begin ? "revised" : "kept", QPP_LIT(""), err) : code;
}

enum qpp_code qpp_vgroup_revise(const struct qpp_call *call, struct qpp_str id, bool begin, qpp_time at, struct qpp_err *err)
{
	return vgroup_change(call, id, at, revise, &begin, err);
}

static enum qpp_code withdraw(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_arena *a = c->w.arena;
	const struct qpp_str says[] = {
		qpp_str_cat(a, "The virtual group \"", vgroup_c(a, c->g.row.name), "\" for ", qpp_i64_text(a, c->g.row.py.v).p,
		            " was withdrawn by its representative. Nothing stands filed for it, and your practice is free.", (char *)NULL),
	};
	bool filed = is_filed(&c->g) || c->g.state == QPP_VGROUP_RETURNED;
	enum qpp_code code = may_file(c, err);
	if (code == QPP_OK && filed)
		code = in_window(c, err);
	if (code == QPP_OK && !filed && c->g.state != QPP_VGROUP_DRAFT)
		return qpp_fail(err, QPP_CONFLICT, "there is nothing here to withdraw", (char *)NULL);
	if (code == QPP_OK)
		code = record(c, "withdrawal", qpp_str_cat(a, "virtual group ", vgroup_c(a, c->g.row.id), " is withdrawn\n", (char *)NULL), c->with, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_release(c->w.tx, c->g.row.id, QPP_LIT(""), err);
	if (code == QPP_OK)
		code = disband(c, err);
	for (size_t i = 0; code == QPP_OK && i < c->g.n_members; i++) {
		c->g.members[i].row.elected = false;
		code = qpp_store_vgroup_party_put(c->w.tx, &c->g.members[i].row, err);
	}
	if (code == QPP_OK)
		code = qpp_store_vgroup_npis_put(c->w.tx, c->g.row.id, QPP_LIT("elected"), QPP_LIT(""), NULL, 0, err);
	if (code != QPP_OK)
		return code;
	c->g.row.state = QPP_LIT("withdrawn");
	c->g.row.revising = false;
	code = vgroup_put(c, err);
	if (code == QPP_OK)
		code = vgroup_event(c->w.tx, c->w.call, c->g.row.id, QPP_LIT(""), "withdrawn", QPP_LIT(""), err);
	return code == QPP_OK ? vgroup_tell_all(c->w.tx, &c->g, "Your virtual group was withdrawn", says, 1, err) : code;
}

enum qpp_code qpp_vgroup_withdraw(const struct qpp_call *call, struct qpp_str id, qpp_time at, struct qpp_receipt *receipt, struct qpp_err *err)
{
	return vgroup_change(call, id, at, withdraw, receipt, err);
}

/* ---- receipts ---- */

enum qpp_code qpp_vgroup_receipt(const struct qpp_call *call, struct qpp_str id, int64_t sequence, struct qpp_receipt *out,
                                 struct qpp_str *body, struct qpp_err *err)
{
	struct vgroup_work w = { .call = call, .arena = call->arena, .at = qpp_now(call->service->clock) };
	struct qpp_vgroup g;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &w.tx, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str subject = qpp_str_cat(call->arena, "virtual-group/", vgroup_c(call->arena, id), (char *)NULL);
	code = vgroup_load(&w, id, &g, err);
	if (code == QPP_OK)
		code = qpp_store_ledger_receipt(w.tx, sequence, out, err);
	/* What came by mail has a record of its own, and the group its number. */
	if (code == QPP_NOT_FOUND || (code == QPP_OK && !qpp_str_eq(out->subject, subject) && sequence != g.row.sequence))
		code = qpp_not_found(err, "receipt");
	*body = QPP_LIT("");
	if (code == QPP_OK && qpp_store_ledger_body(w.tx, sequence, body, err) != QPP_OK)
		*body = QPP_LIT("");
	qpp_store_end(w.tx);
	return code;
}
