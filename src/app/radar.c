/*
 * One look over everybody of a run, organization by organization: what was
 * gathered for one is gone before the next. radar.h is the manual.
 */
#include "app/radar_int.h"

enum { ORGS_AT_ONCE = 32, SLICE = 500 };

static const enum qpp_org_kind kinds[] = { QPP_ORG_VIRTUAL_GROUP, QPP_ORG_APM_ENTITY, QPP_ORG_SUBGROUP, QPP_ORG_PRACTICE };
static const enum qpp_entity levels[] = { QPP_VIRTUAL_GROUP, QPP_APM_ENTITY, QPP_SUBGROUP, QPP_GROUP };
enum { KINDS = sizeof kinds / sizeof *kinds };

struct looking {
	const struct qpp_service *service;
	const struct qpp_radar_order *order;
	const struct qpp_runner *runner;
	struct radar_cells cells;
	struct qpp_radar *out;
	bool ends;
};

/* ---- a level ---- */

/* Once more with a trace, which shows each step. */
static enum qpp_code look_closely(struct looking *l, struct radar_level *x, struct qpp_err *err)
{
	struct qpp_score again;
	struct qpp_trace *trace = QPP_NEW(x->p->arena, struct qpp_trace);
	qpp_trace_init(trace, x->p->arena);
	const struct qpp_request q = { .arena = x->p->arena, .rules = l->runner->rules, .catalog = l->runner->catalog, .plan = l->runner->plan, .trace = trace };
	enum qpp_code code = qpp_score_submission(&q, &x->known->submission, x->known->facts, x->score->program, &again, err);
	if (code != QPP_OK)
		return code;
	x->score = &again;
	x->trace = trace;
	x->kinds = (struct radar_kinds){ again.program, x->org->state };
	radar_lists(x);
	return radar_score(x, err);
}

static enum qpp_code level(struct looking *l, struct qpp_piece *p, const struct qpp_org *org, const struct qpp_run_rows *rows,
                           const struct qpp_who *who, const struct qpp_relation *relation, struct qpp_err *err)
{
	struct qpp_known known;
	struct qpp_score score;
	bool any, has;
	enum qpp_code code = qpp_known_gather(l->service, p->tx, who, &p->r->how, &known, err);
	if (code == QPP_OK)
		code = qpp_piece_has_anything(p, &known, &any, err);
	if (code != QPP_OK || !any)
		return code;
	code = qpp_piece_score(p, &known, &score, &has, err);
	if (code != QPP_OK)
		return code;
	l->out->levels++;
	radar_reproduce(&l->cells, &known, has ? qpp_exact_text(p->arena, score.final_exact.v) : QPP_LIT(""), rows);
	struct radar_level x = { .cells = &l->cells, .p = p, .org = org, .relation = relation, .known = &known, .score = &score };
	return has ? look_closely(l, &x, err) : QPP_OK;
}

/* ---- an organization ---- */

static enum qpp_code rows_of(struct looking *l, struct qpp_piece *p, struct qpp_str org_id, struct qpp_run_rows *out, struct qpp_err *err)
{
	QPP_VEC(struct qpp_run) all = { 0 };
	struct qpp_run_rows rows = { 0 };
	struct qpp_slice slice = { .most = SLICE };
	enum qpp_code code;
	do {
		code = qpp_store_run_of_org(p->tx, l->runner->row.id, org_id, slice, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
			*QPP_PUSH(p->arena, &all) = rows.v[i];
		slice.start += SLICE;
	} while (code == QPP_OK && rows.n == SLICE);
	*out = (struct qpp_run_rows){ .v = all.v, .n = all.n };
	return code;
}

static enum qpp_code people(struct looking *l, struct qpp_piece *p, const struct qpp_org *org, const struct qpp_run_rows *rows,
                            struct qpp_err *err)
{
	struct qpp_relation_rows slice_rows = { 0 };
	struct qpp_slice slice = { .most = SLICE };
	struct radar_practice practice = { .cells = &l->cells, .p = p, .org = org, .rows = rows };
	enum qpp_code code;
	do {
		code = qpp_store_relation_of_org(p->tx, l->order->py, org->id, slice, &slice_rows, err);
		for (size_t i = 0; code == QPP_OK && i < slice_rows.n; i++)
			code = level(l, p, org, rows, &(struct qpp_who){ .py = l->order->py, .entity = QPP_INDIVIDUAL, .org_id = org->id, .npi = slice_rows.v[i].npi }, &slice_rows.v[i], err);
		if (code == QPP_OK)
			code = radar_pairs(&practice, &slice_rows, err);
		slice.start += SLICE;
	} while (code == QPP_OK && slice_rows.n == SLICE);
	l->out->pairs += practice.pairs;
	return code;
}

static enum qpp_code organization(struct looking *l, size_t kind, struct qpp_str id, struct qpp_err *err)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_piece p = { .r = l->runner, .arena = &a };
	struct qpp_run_rows rows;
	struct qpp_org org;
	enum qpp_code code = qpp_store_begin(l->service->store, &a, &p.tx, err);
	if (code == QPP_OK) {
		code = qpp_store_org_get(p.tx, id, &org, err);
		if (code == QPP_OK)
			code = rows_of(l, &p, id, &rows, err);
		if (code == QPP_OK)
			code = level(l, &p, &org, &rows, &(struct qpp_who){ .py = l->order->py, .entity = levels[kind], .org_id = id }, NULL, err);
		if (code == QPP_OK && kinds[kind] == QPP_ORG_PRACTICE)
			code = people(l, &p, &org, &rows, err);
		qpp_store_end(p.tx);
	}
	qpp_arena_close(&a);
	return code;
}

/* The ids of the next organizations, in the arena; `*n` 0: there are no more. */
static enum qpp_code next_ids(struct looking *l, size_t kind, struct qpp_str after, struct qpp_arena *a, struct qpp_org_rows *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(l->service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_org_walk(tx, kinds[kind], after, ORGS_AT_ONCE, out, err);
	qpp_store_end(tx);
	return code;
}

static enum qpp_code walk_kind(struct looking *l, size_t kind, struct qpp_err *err)
{
	/* The last id of one look is where the next begins: their arenas take turns. */
	struct qpp_arena turn[2] = { QPP_ARENA_INIT, QPP_ARENA_INIT };
	struct qpp_org_rows orgs = { 0 };
	struct qpp_str after = QPP_LIT("");
	enum qpp_code code = QPP_OK;
	for (int t = 0; code == QPP_OK && !l->ends; t = !t) {
		qpp_arena_close(&turn[t]);
		turn[t] = (struct qpp_arena)QPP_ARENA_INIT;
		code = next_ids(l, kind, after, &turn[t], &orgs, err);
		if (code != QPP_OK || !orgs.n)
			break;
		for (size_t i = 0; code == QPP_OK && i < orgs.n; i++)
			code = organization(l, kind, orgs.v[i].id, err);
		after = orgs.v[orgs.n - 1].id;
		l->ends = l->order->progress && !l->order->progress(l->order->host, l->out->levels);
	}
	qpp_arena_close(&turn[0]);
	qpp_arena_close(&turn[1]);
	return code;
}

/* ---- the run ---- */

static enum qpp_code find_run(struct qpp_tx *tx, const struct qpp_radar_order *o, struct qpp_scoring *out, struct qpp_err *err)
{
	struct qpp_scoring_rows rows = { 0 };
	*out = (struct qpp_scoring){ 0 };
	if (o->scoring_id.n)
		return qpp_store_scoring_get(tx, o->scoring_id, out, err);
	enum qpp_code code = qpp_store_scoring_list(tx, o->py, QPP_LIT("all"), (struct qpp_slice){ 0 }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n && !out->id.n; i++)
		if (qpp_str_is(rows.v[i].state, "done"))
			*out = rows.v[i];
	return code;
}

static enum qpp_code open_run(struct looking *l, struct qpp_arena *a, struct qpp_runner *r, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(l->service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = find_run(tx, l->order, &l->out->run, err);
	if (code == QPP_OK && l->out->run.id.n && !qpp_str_is(l->out->run.state, "done"))
		code = qpp_fail(err, QPP_CONFLICT, "the score run is not done: there is nothing to look at yet", (char *)NULL);
	if (code == QPP_OK && l->out->run.id.n)
		code = qpp_runner_make(a, l->service, tx, &l->out->run, r, err);
	qpp_store_end(tx);
	return code;
}

enum qpp_code qpp_radar_run(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_radar_order *o,
                            struct qpp_radar *out, struct qpp_err *err)
{
	struct qpp_runner runner = { 0 };
	struct looking *l = QPP_NEW(a, struct looking);
	*out = (struct qpp_radar){ .py = o->py };
	*l = (struct looking){ .service = service, .order = o, .runner = &runner, .out = out };
	radar_cells_init(&l->cells, a);
	l->cells.last = &l->cells.first;
	enum qpp_code code = open_run(l, a, &runner, err);
	if (code == QPP_OK && !out->run.id.n)
		return QPP_OK;
	out->py = out->run.py;
	for (size_t k = 0; code == QPP_OK && k < KINDS && !l->ends; k++)
		code = walk_kind(l, k, err);
	out->cut = l->ends;
	if (code == QPP_OK)
		radar_judge(&l->cells, a, out);
	return code;
}
