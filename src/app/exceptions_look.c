/* What one sees of exceptions: the year, one's own applications, the agency's queue, and what holds without asking. */
#include "app/exceptions_int.h"
#include "app/provider.h"
#include "qpp/eligibility.h"

enum { MOST_FAULTS = 50 };

enum qpp_code qpp_exception_year_get(struct qpp_excepting *x, qpp_py py, struct qpp_exception_year *out, struct qpp_err *err)
{
	struct qpp_request rules;
	*out = (struct qpp_exception_year){ .py = py };
	enum qpp_code code = exception_rules(x, py, &rules, err);
	if (code == QPP_OK)
		code = qpp_exception_window(&rules, NULL, qpp_time_instant(x->at), &out->window, err);
	if (code == QPP_OK && x->call.service->window_open)
		out->window.state = QPP_APPLY_NOW;
	for (enum qpp_exception_kind k = QPP_EXCEPTION_EUC; code == QPP_OK && k < QPP_EXCEPTION_KINDS; k++) {
		code = qpp_exception_events(&rules, k, &out->events[k], &out->n_events[k], err);
		for (int l = QPP_ENTITY_NONE + 1; code == QPP_OK && l < QPP_ENTITIES; l++)
			code = qpp_exception_level(&rules, k, (enum qpp_entity)l, &out->may[k][l], &out->all[k][l], err);
	}
	return code;
}

/* ---- lines ---- */

static enum qpp_code line_of(struct qpp_excepting *x, struct qpp_tx *tx, const struct qpp_exception_row *row, struct qpp_exception_line *out,
                             struct qpp_err *err)
{
	struct qpp_exception_event event;
	struct qpp_request rules;
	bool found;
	struct exception_reader reader = exception_reader_of(x, row);
	bool draft = qpp_str_is(row->state, "draft"), waits = qpp_str_is(row->state, "submitted"), writes = !x->call.actor->view_only;
	*out = (struct qpp_exception_line){ .row = *row };
	out->row.body = QPP_LIT("");
	enum qpp_code code = qpp_store_org_get(tx, row->who.org_id, &out->org, err);
	if (code == QPP_OK)
		code = exception_rules(x, row->who.py, &rules, err);
	if (code == QPP_OK)
		code = qpp_exception_event_find(&rules, qpp_exception_kind_of(row->kind), row->event, &event, &found, err);
	if (code != QPP_OK)
		return code;
	out->says = event.says;
	out->may_file = reader.files && draft && writes;
	out->may_withdraw = reader.files && (draft || waits) && writes;
	out->may_decide = waits && writes && !reader.partial && exception_reviewer(x->call.actor);
	return QPP_OK;
}

/* ---- one application ---- */

static enum qpp_code detail(struct qpp_excepting *x, struct qpp_tx *tx, struct qpp_str id, struct qpp_exception_detail *out, struct qpp_err *err)
{
	struct qpp_exception_row row;
	struct exception_body body;
	struct qpp_exception_event event;
	enum qpp_code code = qpp_store_exception_get(tx, id, &row, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && !exception_reader_of(x, &row).sees))
		return qpp_not_found(err, "application");
	if (code == QPP_OK)
		code = line_of(x, tx, &row, &out->line, err);
	if (code == QPP_OK)
		code = exception_body_read(x->call.arena, &row, &body, err);
	if (code != QPP_OK)
		return code;
	out->form = body.form;
	out->applicant = body.name;
	out->margin = body.margin;
	out->decision = body.decided ? body.reason : QPP_LIT("");
	out->decided_by = exception_agency(x->call.actor) ? body.by_name : QPP_LIT("");
	qpp_findings_init(&out->faults, x->call.arena, MOST_FAULTS);
	if (qpp_str_is(row.state, "draft"))
		code = exception_check(x, tx, &out->form, QPP_ERROR, &out->faults, &out->knows_members, err);
	if (code == QPP_OK)
		code = exception_window(x, &out->form, x->at, &event, &out->window, err);
	out->has_receipt = code == QPP_OK && row.sequence > 0;
	return out->has_receipt ? qpp_store_ledger_receipt(tx, row.sequence, &out->receipt, err) : code;
}

enum qpp_code qpp_exception_get(struct qpp_excepting *x, struct qpp_str id, struct qpp_exception_detail *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_exception_detail){ 0 };
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = detail(x, tx, id, out, err);
	qpp_store_end(tx);
	return code;
}

/* ---- lists ---- */

struct listing {
	struct qpp_excepting *x;
	QPP_VEC(struct qpp_exception_line) list;
};

static enum qpp_code add_rows(struct listing *g, struct qpp_tx *tx, const struct qpp_exception_query *q, struct qpp_slice slice, int64_t *total,
                              struct qpp_err *err)
{
	struct qpp_exception_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_exception_list(tx, q, slice, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		bool again = false;
		for (size_t k = 0; k < g->list.n; k++)
			again |= qpp_str_eq(g->list.v[k].row.id, rows.v[i].id);
		if (!again && exception_reader_of(g->x, &rows.v[i]).sees)
			code = line_of(g->x, tx, &rows.v[i], QPP_PUSH(g->x->call.arena, &g->list), err);
	}
	*total = rows.total;
	return code;
}

static enum qpp_code mine(struct listing *g, struct qpp_tx *tx, qpp_py py, struct qpp_err *err)
{
	const struct qpp_actor *actor = g->x->call.actor;
	enum qpp_code code = QPP_OK;
	int64_t total;
	for (size_t i = 0; code == QPP_OK && i < actor->n; i++) {
		const struct qpp_actor_role *r = &actor->roles[i];
		struct qpp_exception_query q = { .py = py, .org_id = r->org_id };
		if (r->kind == QPP_ORG_CLINICIAN)
			q = (struct qpp_exception_query){ .py = py, .npi = r->number };
		if (r->kind != QPP_ORG_AGENCY && r->kind != QPP_ORG_REGISTRY)
			code = add_rows(g, tx, &q, (struct qpp_slice){ 0 }, &total, err);
	}
	return code;
}

enum qpp_code qpp_exceptions_mine(struct qpp_excepting *x, qpp_py py, struct qpp_exception_line **out, size_t *n, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct listing g = { .x = x };
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = mine(&g, tx, py, err);
	qpp_store_end(tx);
	*out = g.list.v;
	*n = g.list.n;
	return code;
}

enum qpp_code qpp_exceptions_queue(struct qpp_excepting *x, qpp_py py, struct qpp_str state, struct qpp_slice slice,
                                   struct qpp_exception_line **out, size_t *n, int64_t *total, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct listing g = { .x = x };
	const struct qpp_exception_query q = { .py = py, .state = state, .filed = true };
	if (!exception_agency(x->call.actor))
		return qpp_fail(err, QPP_FORBIDDEN, "this is for the agency", (char *)NULL);
	slice.count = true;
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = add_rows(&g, tx, &q, slice, total, err);
	qpp_store_end(tx);
	*out = g.list.v;
	*n = g.list.n;
	return code;
}

/* ---- what holds by itself ---- */

struct seeking {
	struct qpp_excepting *x;
	QPP_VEC(struct qpp_exception_automatic) list;
	int64_t total;
};

static enum qpp_code one_relation(struct seeking *g, struct qpp_tx *tx, const struct qpp_relation *relation, struct qpp_err *err)
{
	struct qpp_standing s;
	enum qpp_code code = qpp_standing_read(&g->x->call, relation->py, relation->facts, QPP_INDIVIDUAL, &s, err);
	if (code != QPP_OK || !s.decided || !s.decided->has_euc ||
	    (s.decided->euc.answer != QPP_EUC_YES && s.decided->euc.answer != QPP_EUC_POSSIBLE))
		return code;
	if (++g->total > QPP_AUTOMATIC_MOST)
		return QPP_OK;
	struct qpp_exception_automatic *a = QPP_PUSH(g->x->call.arena, &g->list);
	*a = (struct qpp_exception_automatic){ .answer = s.decided->euc.answer };
	if (s.decided->euc.why.list.n)
		a->why = s.decided->euc.why.list.v[0].text;
	code = qpp_store_org_get(tx, relation->org_id, &a->org, err);
	if (code == QPP_OK)
		code = qpp_store_clinician_get(tx, relation->npi, &a->clinician, err);
	if (code == QPP_NOT_FOUND) {
		a->clinician.npi = relation->npi;
		return QPP_OK;
	}
	return code;
}

static enum qpp_code one_role(struct seeking *g, struct qpp_tx *tx, qpp_py py, const struct qpp_actor_role *r, struct qpp_err *err)
{
	enum { PAGE = 1000 };
	struct qpp_relation_rows rows = { 0 };
	enum qpp_code code = QPP_OK;
	if (r->kind == QPP_ORG_CLINICIAN)
		code = qpp_store_relation_of_npi(tx, py, r->number, &rows, err);
	else if (r->kind == QPP_ORG_PRACTICE)
		code = qpp_store_relation_of_org(tx, py, r->org_id, (struct qpp_slice){ .most = PAGE }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		code = one_relation(g, tx, &rows.v[i], err);
	return code;
}

enum qpp_code qpp_exceptions_automatic(struct qpp_excepting *x, qpp_py py, struct qpp_exception_automatic **out, size_t *n, int64_t *total,
                                       struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct seeking g = { .x = x };
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; code == QPP_OK && i < x->call.actor->n; i++)
		code = one_role(&g, tx, py, &x->call.actor->roles[i], err);
	qpp_store_end(tx);
	*out = g.list.v;
	*n = g.list.n;
	*total = g.total;
	return code;
}
