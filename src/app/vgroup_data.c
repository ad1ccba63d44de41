/*
 * What a virtual group reports of its year (42 CFR 414.1315(d)): it adds the data
 * of its practices up itself, as they stand filed, and is told who is missing.
 */
#include "app/vgroup_int.h"

#include "app/aggregate.h"
#include "qpp/check.h"

enum { MOST_FINDINGS = 400 };

static enum qpp_code add_up(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_submission **filed, size_t n, struct qpp_vgroup_data *out,
                            struct qpp_err *err)
{
	const struct qpp_years *years = w->call->service->years;
	struct qpp_aggregate sum = { 0 };
	struct qpp_request q = { .arena = w->arena, .rules = qpp_years_bound(years, g->row.py), .findings = &out->findings };
	enum qpp_code code = qpp_years_need(years, w->arena, g->row.py, &q.catalog, err);
	const struct qpp_aggregate_call call = { .request = &q, .election = g->election, .submissions = filed, .n_submissions = n, .id = g->row.identifier };
	if (code == QPP_OK)
		code = qpp_aggregate(&call, &sum, err);
	out->submission = sum.submission;
	return code;
}

static enum qpp_code collect(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_vgroup_data *out, struct qpp_err *err)
{
	struct qpp_submission **filed = QPP_NEW_ARRAY(w->arena, g->n_in + 1, struct qpp_submission *);
	enum qpp_code code = QPP_OK;
	out->reporting = QPP_NEW_ARRAY(w->arena, g->n_in + 1, const struct qpp_vgroup_member *);
	out->missing = QPP_NEW_ARRAY(w->arena, g->n_in + 1, const struct qpp_vgroup_member *);
	for (size_t i = 0; code == QPP_OK && i < g->n_members; i++) {
		const struct qpp_vgroup_member *m = &g->members[i];
		struct qpp_submission *one = NULL;
		if (!vgroup_is_in(m))
			continue;
		code = vgroup_filed(w, g->row.py, m, &one, err);
		if (one) {
			filed[out->n_reporting] = one;
			out->reporting[out->n_reporting++] = m;
		} else {
			out->missing[out->n_missing++] = m;
		}
	}
	if (code == QPP_OK && out->n_reporting)
		code = add_up(w, g, filed, out->n_reporting, out, err);
	return code;
}

/* Who is missing is a list of its own; what is left is masked. */
static void tidy(struct qpp_arena *a, struct qpp_findings *f)
{
	size_t n = 0;
	for (size_t i = 0; i < f->list.n; i++) {
		struct qpp_finding *x = &f->list.v[i];
		if (qpp_str_is(x->code, "practiceMissing"))
			continue;
		x->subject = vgroup_mask_tins(a, x->subject);
		x->message = vgroup_mask_tins(a, x->message);
		x->value = vgroup_mask_tins(a, x->value);
		f->list.v[n++] = *x;
	}
	f->list.n = n;
}

enum qpp_code qpp_vgroup_data_of(const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup *g, struct qpp_vgroup_data *out,
                                 struct qpp_err *err)
{
	struct vgroup_work w = { .call = call, .arena = call->arena, .at = qpp_now(call->service->clock) };
	*out = (struct qpp_vgroup_data){ 0 };
	qpp_findings_init(&out->findings, call->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &w.tx, err);
	if (code != QPP_OK)
		return code;
	code = vgroup_load(&w, id, g, err);
	if (code == QPP_OK && !w.as_filed)
		code = qpp_fail(err, QPP_CONFLICT, "nothing stands filed for this group: it has no data of its own", (char *)NULL);
	if (code == QPP_OK)
		code = collect(&w, g, out, err);
	qpp_store_end(w.tx);
	tidy(call->arena, &out->findings);
	return code;
}
