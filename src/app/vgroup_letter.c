/*
 * An election that came by mail: what it says is held against what the store
 * knows, judged by the same core, and filed when nothing is wrong. What it says
 * of eligibility counts only where the store knows nothing.
 */
#include "app/vgroup_int.h"
#include "app/vgroup_take.h"

#include "qpp/buf.h"

struct letter {
	struct vgroup_work w;
	struct qpp_vgroup g;
	const struct qpp_vgroup_letter *l;
	struct qpp_findings *findings;
	size_t findings_before;
	struct qpp_vgroup_answered *out;
	struct qpp_once *once;
	struct qpp_election *election;
};

/* ---- TINs out of findings ---- */

static void mask_findings(struct letter *x)
{
	for (size_t i = x->findings_before; i < x->findings->list.n; i++) {
		struct qpp_finding *f = &x->findings->list.v[i];
		f->subject = vgroup_mask_tins(x->w.arena, f->subject);
		f->message = vgroup_mask_tins(x->w.arena, f->message);
		f->value = vgroup_mask_tins(x->w.arena, f->value);
	}
}

/* ---- what the store knows ---- */

/* The earlier letter of the same representative that has the practice: this one replaces it. */
static enum qpp_code find_earlier(struct letter *x, const struct qpp_org *org, struct qpp_err *err)
{
	struct qpp_str holder;
	struct qpp_vgroup_row own = { 0 };
	enum qpp_code code = qpp_vgroup_holder(x->w.tx, x->election->py, org->id, x->l->account_id, x->election->representative.email, &holder, &own, err);
	if (code == QPP_OK && own.version)
		x->g.row = own;
	return code;
}

static enum qpp_code find_orgs(struct letter *x, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	x->g.members = QPP_NEW_ARRAY(x->w.arena, x->election->n_practices + 1, struct qpp_vgroup_member);
	x->g.n_members = x->election->n_practices;
	for (size_t i = 0; code == QPP_OK && i < x->g.n_members; i++) {
		struct qpp_vgroup_member *m = &x->g.members[i];
		struct qpp_str tin = x->election->practices[i].tin;
		code = tin.n == VGROUP_TIN ? qpp_store_org_by_tin(x->w.tx, tin, &m->org, err) : QPP_NOT_FOUND;
		if (code == QPP_OK)
			code = find_earlier(x, &m->org, err);
		m->row.org_id = m->org.id;
		m->state = QPP_PARTY_NAMED;
		code = code == QPP_NOT_FOUND ? QPP_OK : code;
	}
	return code;
}

static void overrule(const struct qpp_vgroup_member *m, struct qpp_election_practice *p)
{
	struct qpp_election_clinician *v = (struct qpp_election_clinician *)(uintptr_t)p->clinicians;
	if (m->in_store)
		p->billing_npis = (struct qpp_count){ .given = true, .v = m->in_store };
	if (m->exceeds_known)
		p->low_volume_criteria_exceeded = (struct qpp_count){ .given = true, .v = m->exceeds };
	if (m->holder.n || p->in_other_virtual_group != QPP_YES)
		p->in_other_virtual_group = m->holder.n ? QPP_YES : QPP_NO;
	for (size_t i = 0; i < p->n_clinicians && i < m->n_people; i++) {
		if (m->people[i].eligible != QPP_UNKNOWN)
			v[i].mips_eligible = m->people[i].eligible;
		if (m->people[i].newly_enrolled != QPP_UNKNOWN)
			v[i].newly_enrolled = m->people[i].newly_enrolled;
		if (m->people[i].qp != QPP_ELECTION_QP_UNKNOWN)
			v[i].qp = m->people[i].qp;
	}
}

static enum qpp_code look_up(struct letter *x, struct qpp_election_practice *p, struct qpp_vgroup_member *m, struct qpp_err *err)
{
	struct qpp_vgroup_npi_rows list = { 0 };
	struct qpp_vgroup_npi *v = QPP_NEW_ARRAY(x->w.arena, p->n_clinicians + 1, struct qpp_vgroup_npi);
	struct qpp_election_clinician *own = QPP_NEW_ARRAY(x->w.arena, p->n_clinicians + 1, struct qpp_election_clinician);
	for (size_t i = 0; i < p->n_clinicians; i++) {
		v[list.n++] = (struct qpp_vgroup_npi){ .org_id = m->row.org_id, .npi = p->clinicians[i].npi };
		own[i] = p->clinicians[i];
	}
	p->clinicians = own;
	if (!m->row.org_id.n) {
		/* Nobody here knows the practice: no other group can have it. */
		if (p->in_other_virtual_group == QPP_UNKNOWN)
			p->in_other_virtual_group = QPP_NO;
		return QPP_OK;
	}
	list.v = v;
	enum qpp_code code = vgroup_people(&x->w, &x->g, &list, m, err);
	if (code == QPP_OK)
		overrule(m, p);
	return code;
}

static enum qpp_code judge(struct letter *x, struct qpp_err *err)
{
	struct qpp_request q = { .arena = x->w.arena, .findings = x->findings };
	struct qpp_election *e = x->election;
	struct qpp_vgroup_window w = qpp_vgroup_window_at(x->w.call->service, e->py, x->l->at);
	qpp_time at = x->l->at;
	if (x->w.call->service->window_open && w.known && (at.us < w.opens.us || at.us >= w.closes.us))
		at.us = w.closes.us - 1;
	e->has_submitted_at = true;
	e->submitted_at = qpp_time_instant(at);
	e->submitted_offset = w.closes_offset;
	enum qpp_code code = vgroup_rules(x->w.arena, x->w.call->service, e->py, &q.rules, err);
	return code == QPP_OK ? qpp_election_check(&q, e, &x->g.answer, err) : code;
}

/* ---- filing ---- */

static enum qpp_code file(struct letter *x, struct qpp_err *err)
{
	struct qpp_vgroup_row *row = &x->g.row;
	if (!row->id.n)
		row->id = qpp_store_new_id(x->w.call->service->store, x->w.arena);
	const struct qpp_ledger_new n = { .at = x->l->at, .kind = QPP_LIT("election"), .body = x->l->bytes, .keep = true,
		.subject = qpp_str_cat(x->w.arena, "virtual-group/", vgroup_c(x->w.arena, row->id), (char *)NULL) };
	enum qpp_code code = qpp_store_ledger_append(x->w.tx, &n, &x->out->receipt, err);
	if (code != QPP_OK)
		return code;
	row->sequence = x->out->receipt.sequence;
	row->account_id = x->l->account_id;
	row->rep_title = x->l->rep_title;
	row->filed = x->l->at;
	row->name = x->l->name;
	code = qpp_vgroup_take(x->w.tx, row, x->election, err);
	x->out->id = row->id;
	x->out->accepted = true;
	return code;
}

static enum qpp_code receive(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct letter *x = request;
	struct qpp_election *e = QPP_NEW(x->w.arena, struct qpp_election);
	struct qpp_election_practice *v = QPP_NEW_ARRAY(x->w.arena, x->l->election->n_practices + 1, struct qpp_election_practice);
	/* It may run again: everything begins anew. */
	x->w.tx = tx;
	x->g = (struct qpp_vgroup){ 0 };
	*x->out = (struct qpp_vgroup_answered){ 0 };
	*e = *x->l->election;
	for (size_t i = 0; i < e->n_practices; i++)
		v[i] = e->practices[i];
	e->practices = v;
	x->election = e;
	x->g.row.py = e->py;
	enum qpp_code code = find_orgs(x, err);
	for (size_t i = 0; code == QPP_OK && i < e->n_practices; i++)
		code = look_up(x, &v[i], &x->g.members[i], err);
	if (code == QPP_OK)
		code = judge(x, err);
	mask_findings(x);
	/* Nothing is kept of what is refused, so that the same message may be judged again. */
	if (code == QPP_OK && x->findings->errors)
		return qpp_fail(err, QPP_DATA, "the election is not complete", (char *)NULL);
	if (code == QPP_OK)
		code = file(x, err);
	if (x->once)
		x->once->response = qpp_str_cat(x->w.arena, vgroup_c(x->w.arena, x->out->id), " ", qpp_i64_text(x->w.arena, x->out->receipt.sequence).p,
		                                (char *)NULL);
	return code;
}

/* The answer of the first time. */
static enum qpp_code replay(struct letter *x, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_str rest = x->once->response, id;
	uint64_t sequence;
	x->out->replayed = true;
	if (!qpp_str_cut(&rest, ' ', &id) || !rest.p)
		return QPP_OK;
	if (!qpp_str_u64(rest, INT64_MAX, &sequence))
		return qpp_fail(err, QPP_BUG, "a kept answer cannot be read", (char *)NULL);
	enum qpp_code code = qpp_store_begin(x->w.call->service->store, x->w.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_ledger_receipt(tx, (int64_t)sequence, &x->out->receipt, err);
	qpp_store_end(tx);
	x->out->id = id;
	x->out->accepted = true;
	return code;
}

enum qpp_code qpp_vgroup_receive(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_vgroup_letter *l,
                                 struct qpp_findings *findings, struct qpp_vgroup_answered *out, struct qpp_err *err)
{
	static const struct qpp_actor nobody;
	struct qpp_call call = { .service = service, .arena = a, .actor = &nobody };
	struct qpp_once once = { .scope = QPP_LIT("election by mail"), .key = l->key, .request_hash = qpp_store_token_hash(service->store, a, l->bytes) };
	struct letter x = { .w = { .call = &call, .arena = a, .at = l->at }, .l = l, .findings = findings, .findings_before = findings->list.n,
		                .out = out, .once = l->key.n ? &once : NULL };
	*out = (struct qpp_vgroup_answered){ 0 };
	enum qpp_code code = l->key.n ? qpp_store_write_once(service->store, a, &once, receive, &x, err) : qpp_store_write(service->store, a, receive, &x, err);
	if (code == QPP_DATA && findings->errors)
		return QPP_OK;
	return code == QPP_OK && l->key.n && once.replayed ? replay(&x, err) : code;
}
