/* What one sees of registrations: the year, one of them, those of one's organizations, and where the survey of an MVP stands. */
#include "app/registration_int.h"

enum qpp_code qpp_registration_year_get(struct qpp_excepting *x, qpp_py py, struct qpp_registration_year *out, struct qpp_err *err)
{
	struct qpp_request rules;
	*out = (struct qpp_registration_year){ .catalog = qpp_years_catalog(x->call.service->years, py),
		.population_health = qpp_str_is(qpp_years_param(x->call.service->years, "population_health_chosen", py), "yes") };
	enum qpp_code code = exception_rules(x, py, &rules, err);
	for (enum qpp_register k = QPP_REGISTER_MVP; code == QPP_OK && k < QPP_REGISTERS; k++) {
		code = registration_window(x, py, k, &out->window[k], err);
		for (int l = QPP_ENTITY_NONE + 1; code == QPP_OK && l < QPP_ENTITIES; l++)
			code = qpp_registration_level(&rules, k, (enum qpp_entity)l, &out->may[k][l], err);
	}
	return code;
}

/* 414.1365(b)(1): the survey counts where it is registered itself by the end of its window. */
enum qpp_code registration_cahps(struct qpp_excepting *x, struct qpp_tx *tx, struct qpp_str id, const struct qpp_registration_form *f,
                                 enum qpp_cahps *out, struct qpp_exception_window *w, struct qpp_err *err)
{
	struct qpp_election_row_rows rows = { 0 };
	struct registration_body b;
	*out = QPP_CAHPS_NONE;
	enum qpp_code code = registration_window(x, f->py, QPP_REGISTER_CAHPS, w, err);
	if (code != QPP_OK || f->kind != QPP_REGISTER_MVP || !f->cahps)
		return code;
	*out = w->state == QPP_APPLY_OVER ? QPP_CAHPS_LAPSED : QPP_CAHPS_DUE;
	code = registration_standing(tx, f->py, QPP_REGISTER_CAHPS, f->org_id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		code = registration_read(qpp_tx_arena(tx), &rows.v[i], &b, err);
		if (code == QPP_OK && b.form.level == f->level && (f->level != QPP_SUBGROUP || qpp_str_eq(b.form.of, id)))
			*out = QPP_CAHPS_REGISTERED;
	}
	return code;
}

static enum qpp_code look(struct qpp_excepting *x, struct qpp_tx *tx, struct qpp_str id, struct qpp_registered *out, struct qpp_err *err)
{
	struct qpp_election_row row;
	struct registration_body body;
	struct qpp_exception_window cahps;
	enum qpp_code code = registration_open(tx, x, id, &row, &body, err);
	if (code != QPP_OK)
		return code;
	*out = (struct qpp_registered){ .id = row.id, .version = row.version, .stands = qpp_str_is(row.state, "filed"), .form = body.form, .by = body.by,
		.at = body.at };
	code = qpp_store_org_get(tx, row.org_id, &out->org, err);
	if (code == QPP_OK)
		code = registration_window(x, row.py, body.form.kind, &out->window, err);
	if (code == QPP_OK)
		code = registration_cahps(x, tx, row.id, &body.form, &out->cahps, &cahps, err);
	if (code != QPP_OK)
		return code;
	if (!out->stands)
		out->cahps = QPP_CAHPS_NONE;
	out->cahps_by = cahps.closes;
	out->may_change = out->stands && out->window.state == QPP_APPLY_NOW && !x->call.actor->view_only && exception_official(x->call.actor, row.org_id);
	return body.sequence ? qpp_store_ledger_receipt(tx, body.sequence, &out->receipt, err) : QPP_OK;
}

enum qpp_code qpp_registration_get(struct qpp_excepting *x, struct qpp_str id, struct qpp_registered *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_registered){ 0 };
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = look(x, tx, id, out, err);
	qpp_store_end(tx);
	return code;
}

struct listing {
	struct qpp_excepting *x;
	QPP_VEC(struct qpp_registered) list;
};

static enum qpp_code add_of(struct listing *g, struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (enum qpp_register k = QPP_REGISTER_MVP; code == QPP_OK && k < QPP_REGISTERS; k++) {
		struct qpp_election_row_rows rows = { 0 };
		code = qpp_store_election_list(tx, py, registration_kind(k), org_id, QPP_LIT(""), (struct qpp_slice){ 0 }, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
			code = look(g->x, tx, rows.v[i].id, QPP_PUSH(g->x->call.arena, &g->list), err);
	}
	return code;
}

enum qpp_code qpp_registrations_mine(struct qpp_excepting *x, qpp_py py, struct qpp_registered **out, size_t *n, struct qpp_err *err)
{
	const struct qpp_actor *actor = x->call.actor;
	struct listing g = { .x = x };
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; code == QPP_OK && i < actor->n; i++) {
		const struct qpp_actor_role *r = &actor->roles[i];
		bool again = false, registers = r->kind == QPP_ORG_PRACTICE || r->kind == QPP_ORG_VIRTUAL_GROUP || r->kind == QPP_ORG_APM_ENTITY;
		for (size_t k = 0; k < i; k++)
			again |= qpp_str_eq(actor->roles[k].org_id, r->org_id);
		if (registers && !again && (r->post == QPP_POST_OFFICIAL || r->post == QPP_POST_STAFF))
			code = add_of(&g, tx, py, r->org_id, err);
	}
	qpp_store_end(tx);
	*out = g.list.v;
	*n = g.list.n;
	return code;
}
