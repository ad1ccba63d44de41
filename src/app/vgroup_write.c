/*
 * What the parties write: who bills under their TIN, the representative, the
 * clauses of the agreement, and their signatures. What they typed is kept as it
 * is; what is wrong with it is a check of the group, not a reason to lose it.
 */
#include "app/vgroup_int.h"

#include "qpp/buf.h"

/* ---- NPIs ---- */

struct listing {
	struct qpp_str org_id;
	const struct qpp_str *v;
	size_t n;
};

static enum qpp_code list_npis(struct vgroup_change *c, struct qpp_err *err)
{
	const struct listing *x = c->with;
	const struct qpp_vgroup_member *m = vgroup_member(&c->g, x->org_id);
	if (!m || !m->own)
		return qpp_not_found(err, "practice in this virtual group");
	if (!m->own_official)
		return qpp_fail(err, QPP_FORBIDDEN, "only a Security Official of the practice can change the list of its clinicians", (char *)NULL);
	enum qpp_code code = vgroup_may_edit(c, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_npis_put(c->w.tx, c->g.row.id, QPP_LIT("list"), x->org_id, x->v, x->n, err);
	return code == QPP_OK ? vgroup_event(c->w.tx, c->w.call, c->g.row.id, x->org_id, "listed", QPP_LIT(""), err) : code;
}

enum qpp_code qpp_vgroup_list_npis(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id, const struct qpp_str *npis,
                                   size_t n, struct qpp_err *err)
{
	enum { NPI_MOST = 20 };
	struct listing x = { org_id, npis, n };
	if (n > VGROUP_LIST_MOST)
		return qpp_fail(err, QPP_DATA, "the list is too long", (char *)NULL);
	for (size_t i = 0; i < n; i++)
		if (npis[i].n > NPI_MOST || vgroup_has_tin(npis[i])) {
			(void)qpp_fail(err, QPP_DATA, "what stands in the list is no NPI", (char *)NULL);
			qpp_err_detail(err, "number ", qpp_i64_text(call->arena, (int64_t)i + 1).p, " of the list", (char *)NULL);
			qpp_err_hint(err, "an NPI has ten digits; write no TIN here", (char *)NULL);
			return QPP_DATA;
		}
	return vgroup_change(call, id, qpp_now(call->service->clock), list_npis, &x, err);
}

/* ---- the representative ---- */

struct representing {
	const struct qpp_vgroup_rep *rep;
	bool self;
};

static enum qpp_code represent(struct vgroup_change *c, struct qpp_err *err)
{
	const struct representing *x = c->with;
	struct qpp_vgroup_row *row = &c->g.row;
	enum qpp_code code = vgroup_may_edit(c, err);
	if (code != QPP_OK)
		return code;
	row->rep_name = x->rep->name;
	row->rep_title = x->rep->title;
	row->rep_email = x->rep->email;
	row->rep_phone = x->rep->phone;
	row->rep_address = x->rep->address;
	row->account_id = x->self ? c->w.call->actor->account_id : QPP_LIT("");
	code = vgroup_put(c, err);
	return code == QPP_OK ? vgroup_event(c->w.tx, c->w.call, row->id, QPP_LIT(""), "represented", QPP_LIT(""), err) : code;
}

enum qpp_code qpp_vgroup_represent(const struct qpp_call *call, struct qpp_str id, const struct qpp_vgroup_rep *rep, bool self,
                                   struct qpp_err *err)
{
	enum { FIELD_MOST = 300 };
	struct representing x = { rep, self };
	const struct qpp_str all[] = { rep->name, rep->title, rep->email, rep->phone, rep->address };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].n > FIELD_MOST)
			return qpp_fail(err, QPP_DATA, "one of the fields is too long", (char *)NULL);
	return vgroup_change(call, id, qpp_now(call->service->clock), represent, &x, err);
}

/* ---- clauses ---- */

static enum qpp_code write_clause(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_vgroup_clause *x = c->with;
	bool known = false;
	enum qpp_code code = vgroup_may_edit(c, err);
	for (size_t i = 0; i < c->g.n_clauses; i++) {
		known = known || qpp_str_eq(c->g.clauses[i].provision.name, x->provision);
		/* The template in the template's words is no change. */
		if (qpp_str_eq(c->g.clauses[i].provision.name, x->provision) && qpp_str_eq(c->g.clauses[i].standard, x->body))
			x->body = QPP_LIT("");
	}
	if (code == QPP_OK && !known)
		return qpp_not_found(err, "clause");
	x->group_id = c->g.row.id;
	x->account_id = c->w.call->actor->account_id;
	if (code == QPP_OK)
		code = qpp_store_vgroup_clause_put(c->w.tx, x, err);
	return code == QPP_OK ? vgroup_event(c->w.tx, c->w.call, c->g.row.id, QPP_LIT(""), "clause", x->provision, err) : code;
}

/* Line ends as the browser sends them become one character, so that a hash does not hang on them. */
static struct qpp_str plain_lines(struct qpp_arena *a, struct qpp_str s)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r' && (s.p[i] == '\n' || s.p[i] == '\t' || (unsigned char)s.p[i] >= ' '))
			qpp_buf_char(&b, s.p[i]);
	return qpp_str_trim(qpp_buf_done(&b));
}

enum qpp_code qpp_vgroup_write_clause(const struct qpp_call *call, struct qpp_str id, struct qpp_str provision, struct qpp_str body,
                                      struct qpp_err *err)
{
	struct qpp_vgroup_clause x = { .provision = provision, .body = plain_lines(call->arena, body) };
	if (x.body.n > VGROUP_TEXT_MOST)
		return qpp_fail(err, QPP_DATA, "the clause is too long", (char *)NULL);
	if (vgroup_has_tin(x.body)) {
		(void)qpp_fail(err, QPP_DATA, "the clause holds what may be a TIN", (char *)NULL);
		qpp_err_hint(err, "the TINs of the parties stand in front of the clauses; leave them out here", (char *)NULL);
		return QPP_DATA;
	}
	return vgroup_change(call, id, qpp_now(call->service->clock), write_clause, &x, err);
}

/* ---- signing ---- */

static enum qpp_code sign(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_vgroup_signature *x = c->with;
	const struct qpp_vgroup_member *m = vgroup_member(&c->g, x->org_id);
	if (!m || !m->own || !vgroup_is_in(m))
		return qpp_not_found(err, "practice in this virtual group");
	if (!m->own_official)
		return qpp_fail(err, QPP_FORBIDDEN, "only a Security Official of the practice can sign for it", (char *)NULL);
	enum qpp_code code = vgroup_may_edit(c, err);
	if (code == QPP_OK && !c->g.agreed)
		return qpp_fail(err, QPP_CONFLICT, "the agreement can be signed when all practices that were asked have answered", (char *)NULL);
	if (code != QPP_OK)
		return code;
	if (!qpp_str_eq(x->hash, c->g.hash)) {
		(void)qpp_fail(err, QPP_STALE, "the agreement has changed since you read it", (char *)NULL);
		qpp_err_hint(err, "read the text as it stands now, then sign", (char *)NULL);
		return QPP_STALE;
	}
	x->group_id = c->g.row.id;
	x->account_id = c->w.call->actor->account_id;
	x->at = qpp_tx_now(c->w.tx);
	code = qpp_store_vgroup_agreement_keep(c->w.tx, x->group_id, x->hash, c->g.agreement, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_sign(c->w.tx, x, err);
	return code == QPP_OK ? vgroup_event(c->w.tx, c->w.call, x->group_id, x->org_id, "signed", QPP_LIT(""), err) : code;
}

enum qpp_code qpp_vgroup_sign(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id, struct qpp_str name,
                              struct qpp_str title, struct qpp_str hash, struct qpp_err *err)
{
	struct qpp_vgroup_signature x = { .org_id = org_id, .name = qpp_str_trim(name), .title = qpp_str_trim(title), .hash = hash };
	if (!x.name.n || x.name.n > VGROUP_NAME_MOST || x.title.n > VGROUP_NAME_MOST)
		return qpp_fail(err, QPP_DATA, x.name.n ? "the name or title is too long" : "type your name: that is the signature", (char *)NULL);
	return vgroup_change(call, id, qpp_now(call->service->clock), sign, &x, err);
}
