/* One clinician's places in a year, in one look at the store. */
#include "app/standing.h"

static enum qpp_code groups_of(struct qpp_tx *tx, struct qpp_arena *a, struct qpp_standing_place *x, struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	enum qpp_code code = qpp_store_membership_of_org(tx, x->relation.py, x->org.id, x->relation.npi, &rows, err);
	x->groups = QPP_NEW_ARRAY(a, rows.n + 1, struct qpp_standing_group);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_standing_group *g = &x->groups[x->n_groups++];
		g->body = rows.v[i].body;
		code = qpp_store_org_get(tx, rows.v[i].group_id, &g->org, err);
	}
	return code;
}

static enum qpp_code place(struct qpp_tx *tx, struct qpp_arena *a, struct qpp_standing_place *x, struct qpp_err *err)
{
	struct qpp_fact_row facts;
	struct qpp_who who = { .py = x->relation.py, .entity = QPP_GROUP, .org_id = x->relation.org_id };
	enum qpp_code code = qpp_store_org_get(tx, x->relation.org_id, &x->org, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_fact_get(tx, &who, QPP_LIT("eligibility"), &facts, err);
	if (code == QPP_OK)
		x->group_facts = facts.body;
	else if (code != QPP_NOT_FOUND)
		return code;
	return groups_of(tx, a, x, err);
}

static enum qpp_code look(struct qpp_tx *tx, struct qpp_arena *a, struct qpp_str npi, qpp_py py, struct qpp_standing *out,
                          struct qpp_err *err)
{
	struct qpp_relation_rows rows = { 0 };
	*out = (struct qpp_standing){ 0 };
	enum qpp_code code = qpp_store_clinician_get(tx, npi, &out->clinician, err);
	if (code == QPP_OK)
		code = qpp_store_relation_of_npi(tx, py, npi, &rows, err);
	out->places = QPP_NEW_ARRAY(a, rows.n + 1, struct qpp_standing_place);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		out->places[i].relation = rows.v[i];
		code = place(tx, a, &out->places[i], err);
		out->n++;
	}
	return code;
}

enum qpp_code qpp_standing_of(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str npi, qpp_py py,
                              struct qpp_standing *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = look(tx, a, npi, py, out, err);
	qpp_store_end(tx);
	return code;
}
