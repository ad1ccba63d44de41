/* Of operators: /operator/radar. What was found is kept with the run; the requests are grouped as they stand now. */
#include "adapt/portal/pages.h"

#include "app/radar.h"
#include "qpp/buf.h"

enum { RUNS_MOST = 100 };

static enum qpp_code newest_run(struct qpp_portal *p, struct qpp_arena *a, qpp_py py, struct qpp_scoring *out, struct qpp_err *err)
{
	struct qpp_scoring_rows rows = { 0 };
	struct qpp_tx *tx;
	*out = (struct qpp_scoring){ 0 };
	enum qpp_code code = qpp_store_begin(p->service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_scoring_list(tx, py, QPP_LIT("all"), (struct qpp_slice){ .most = RUNS_MOST }, &rows, err);
	qpp_store_end(tx);
	for (size_t i = 0; code == QPP_OK && i < rows.n && !out->id.n; i++)
		if (qpp_str_is(rows.v[i].state, "done"))
			*out = rows.v[i];
	return code;
}

static struct qpp_str who_text(struct qpp_tx *tx, const struct qpp_who *who)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_org org;
	struct qpp_err err;
	struct qpp_str name = QPP_LIT("An organization that is gone");
	if (qpp_store_org_get(tx, who->org_id, &org, &err) == QPP_OK)
		name = org.name.n ? org.name : portal_number(a, org.kind, org.number, org.tin_masked);
	return CAT(a, C(a, name), who->npi.n ? ", NPI " : "", C(a, who->npi));
}

static enum qpp_code lines(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_radar *radar, struct qpp_operator_radar *m, struct qpp_err *err)
{
	struct qpp_radar_line *v = QPP_NEW_ARRAY(a, radar->n + 1, struct qpp_radar_line);
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(p->service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < radar->n; i++) {
		const struct qpp_radar_finding *f = &radar->v[i];
		const struct qpp_radar_about *about = qpp_radar_about(f->check);
		struct qpp_str *examples = QPP_NEW_ARRAY(a, f->n_examples + 1, struct qpp_str);
		for (size_t k = 0; k < f->n_examples; k++)
			examples[k] = who_text(tx, &f->example[k]);
		v[i] = (struct qpp_radar_line){ .says = portal_capital(a, qpp_str_of(about->title)), .step = portal_capital(a, f->step), .kind = f->kind, .rule = f->rule,
			.size = f->size, .next = portal_capital(a, qpp_str_of(about->next)), .touched = f->touched, .of = f->of, .examples = { examples, f->n_examples } };
	}
	qpp_store_end(tx);
	m->v.v = v;
	m->v.n = radar->n;
	m->levels = radar->levels, m->clinicians = radar->pairs, m->questions = radar->observations;
	return QPP_OK;
}

static void groups(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_radar_groups *g, struct qpp_operator_radar *m)
{
	struct qpp_request_group *v = QPP_NEW_ARRAY(a, g->n + 1, struct qpp_request_group);
	for (size_t i = 0; i < g->n; i++) {
		const struct qpp_radar_group *x = &g->v[i];
		v[i] = (struct qpp_request_group){ .says = x->says, .rule = x->rule, .requests = x->requests, .subjects = x->subjects,
			.about = CAT(a, C(a, x->category), x->measure.n ? ", measure " : "", C(a, x->measure)), .first = qpp_eastern_day(a, p->zone, x->first),
			.last = qpp_eastern_day(a, p->zone, x->last) };
		if (x->cause)
			v[i].cause = CAT(a, C(a, x->cause->step), ": ", qpp_radar_about(x->cause->check)->title);
	}
	m->groups.v = v;
	m->groups.n = g->n;
	m->requests = g->requests;
}

static enum qpp_code make(struct qpp_portal *p, struct qpp_arena *a, struct qpp_operator_radar *m, struct qpp_err *err)
{
	const qpp_py py = { (int)m->year };
	struct qpp_radar radar = { 0 };
	struct qpp_radar_groups g;
	struct qpp_scoring run;
	enum qpp_code code = newest_run(p, a, py, &run, err);
	m->has_run = run.id.n > 0;
	m->run = (struct qpp_run_line){ .id = run.id, .name = run.name, .phase = run.phase, .begun = m->has_run ? qpp_eastern(a, p->zone, run.created) : QPP_LIT("") };
	if (code == QPP_OK && m->has_run)
		code = qpp_radar_kept(p->service, a, &run, &radar, &m->looked, err);
	/* Kept by another program: it is looked at anew. */
	if (code == QPP_DATA)
		code = QPP_OK;
	if (code == QPP_OK && m->looked)
		code = lines(p, a, &radar, m, err);
	if (code == QPP_OK)
		code = qpp_radar_requests(p->service, a, py, m->looked ? &radar : NULL, &g, err);
	if (code == QPP_OK)
		groups(p, a, &g, m);
	return code;
}

static enum qpp_code radar_page(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_operator_radar m = { 0 };
	struct qpp_scoring newest;
	m.years.n = portal_years(p, r->arena, &m.years.v);
	/* Of any year: where something was scored last. */
	enum qpp_code code = newest_run(p, r->arena, (qpp_py){ 0 }, &newest, err);
	m.year = newest.id.n ? newest.py.v : m.years.n ? m.years.v[0] : 0;
	if (code == QPP_OK)
		code = qpp_query_number(r, "year", 2017, 9999, &m.year, err);
	if (code == QPP_OK)
		code = make(p, r->arena, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_OPERATOR_RADAR, operator_radar, &m, NULL);
	return code;
}

static const struct qpp_param_doc year_params[] = { { QPP_IN_QUERY, "year", "integer", false, "performance year" }, { 0 } };
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/operator/radar", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = radar_page,
	  .summary = "What scoring may have got wrong for many, and what open requests have in common", .params = year_params },
};
const struct qpp_page_table portal_radar_pages = QPP_PAGE_TABLE("portal: radar", pages);
