/* Open requests for review, grouped by what they are about, and what the radar found that may be the cause of a group. */
#include <stdlib.h>
#include <string.h>

#include "app/radar.h"
#include "app/review_int.h"

enum { SLICE = 500, REQUESTS_MOST = 10000 };

struct cause {
	const char *reason;
	enum qpp_radar_check check;
	const char *word;
};
static const struct cause causes[] = {
#define CAUSE(reason, NAME, word) { reason, QPP_RADAR_##NAME, word },
#include "app/radar.def"
};

struct group {
	struct qpp_radar_group is;
	QPP_VEC(struct qpp_who) subjects;
};

struct grouping {
	struct qpp_arena *arena;
	const struct qpp_service *service;
	qpp_py py;
	QPP_VEC(struct group) groups;
	int64_t requests;
};

static bool same_who(const struct qpp_who *a, const struct qpp_who *b)
{
	return a->entity == b->entity && qpp_str_eq(a->org_id, b->org_id) && qpp_str_eq(a->npi, b->npi);
}

static struct group *group_of(struct grouping *g, struct qpp_str reason, struct qpp_str categories, struct qpp_str measure)
{
	for (size_t i = 0; i < g->groups.n; i++) {
		const struct qpp_radar_group *x = &g->groups.v[i].is;
		if (qpp_str_eq(x->reason, reason) && qpp_str_eq(x->category, categories) && qpp_str_eq(x->measure, measure))
			return &g->groups.v[i];
	}
	struct group *new = QPP_PUSH(g->arena, &g->groups);
	*new = (struct group){ .is = { .reason = qpp_str_dup(g->arena, reason), .category = qpp_str_dup(g->arena, categories),
		                           .measure = qpp_str_dup(g->arena, measure) } };
	return new;
}

static void add_to(struct grouping *g, struct group *to, const struct qpp_review_row *row)
{
	struct qpp_radar_group *x = &to->is;
	bool again = false;
	x->requests++;
	if (!x->first.us || row->filed.us < x->first.us)
		x->first = row->filed;
	if (row->filed.us > x->last.us)
		x->last = row->filed;
	if (x->n_numbers < QPP_RADAR_EXAMPLES)
		x->number[x->n_numbers++] = qpp_str_dup(g->arena, row->number);
	for (size_t i = 0; i < to->subjects.n; i++)
		again |= same_who(&to->subjects.v[i], &row->who);
	if (again)
		return;
	struct qpp_who *who = QPP_PUSH(g->arena, &to->subjects);
	*who = row->who;
	who->org_id = qpp_str_dup(g->arena, row->who.org_id);
	who->npi = qpp_str_dup(g->arena, row->who.npi);
	x->subjects = (int64_t)to->subjects.n;
}

/* A request about several measures is one of each. */
static enum qpp_code add(struct grouping *g, struct qpp_arena *scratch, const struct qpp_review_row *row, struct qpp_err *err)
{
	struct review_body body;
	struct qpp_str measure, rest;
	size_t n = 0;
	enum qpp_code code = review_body_read(scratch, row->body, &body, err);
	if (code != QPP_OK)
		return code;
	g->requests++;
	rest = body.form.measures;
	for (; qpp_str_word(&rest, &measure); n++)
		add_to(g, group_of(g, row->reason, body.form.categories, measure), row);
	if (!n)
		add_to(g, group_of(g, row->reason, body.form.categories, QPP_LIT("")), row);
	return QPP_OK;
}

static enum qpp_code read_slice(struct grouping *g, int64_t start, size_t *n, struct qpp_err *err)
{
	struct qpp_arena scratch = QPP_ARENA_INIT;
	const struct qpp_review_query query = { .py = g->py, .no_drafts = true, .open = true };
	struct qpp_review_row_rows rows = { 0 };
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(g->service->store, &scratch, &tx, err);
	if (code == QPP_OK) {
		code = qpp_store_review_list(tx, &query, (struct qpp_slice){ .start = start, .most = SLICE }, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
			code = add(g, &scratch, &rows.v[i], err);
		qpp_store_end(tx);
	}
	*n = rows.n;
	qpp_arena_close(&scratch);
	return code;
}

/* ---- causes ---- */

static bool contains(struct qpp_str s, struct qpp_str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (qpp_str_eq((struct qpp_str){ s.p + i, word.n }, word))
			return true;
	return false;
}

/* "quality/479" and "quality/128/registry" are of the measures 479 and 128. */
static bool of_measure(struct qpp_str step, struct qpp_str measure)
{
	struct qpp_str part;
	while (qpp_str_cut(&step, '/', &part))
		if (measure.n && qpp_str_eq(part, measure))
			return true;
	return false;
}

static bool explains(const struct group *g, const struct qpp_radar_finding *f)
{
	for (size_t i = 0; i < f->n_examples; i++)
		for (size_t k = 0; k < g->subjects.n; k++)
			if (same_who(&f->example[i], &g->subjects.v[k]))
				return true;
	if (of_measure(f->step, g->is.measure))
		return true;
	for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
		if (f->check == causes[i].check && qpp_str_is(g->is.reason, causes[i].reason) && contains(f->step, qpp_str_of(causes[i].word)))
			return true;
	return false;
}

static void explain(struct group *g, const struct qpp_radar *radar)
{
	for (size_t i = 0; radar && !g->is.cause && i < radar->n; i++)
		if (explains(g, &radar->v[i]))
			g->is.cause = &radar->v[i];
}

/* A reason of a campaign has no row in the rules: it is told by its name. */
static void name_reason(struct grouping *g, struct qpp_radar_group *x)
{
	struct qpp_review_reason reason;
	struct qpp_err err;
	struct qpp_request q = { .arena = g->arena, .rules = qpp_years_bound(g->service->years, g->py) };
	x->says = x->reason;
	/* A year without a catalog has rules of review all the same. */
	if (!q.rules && qpp_rules_bind(g->arena, qpp_years_rules(g->service->years), g->py, NULL, 0, &q.rules, &err) != QPP_OK)
		return;
	if (!q.rules || qpp_review_reason_find(&q, x->reason, &reason, &err) != QPP_OK)
		return;
	x->says = reason.says;
	x->rule = reason.cite;
}

static int by_requests(const void *a, const void *b)
{
	const struct qpp_radar_group *x = a, *y = b;
	if (x->requests != y->requests)
		return (x->requests < y->requests) - (x->requests > y->requests);
	int reason = qpp_str_cmp(x->reason, y->reason);
	if (!reason)
		reason = qpp_str_cmp(x->category, y->category);
	return reason ? reason : qpp_str_cmp(x->measure, y->measure);
}

enum qpp_code qpp_radar_requests(const struct qpp_service *service, struct qpp_arena *a, qpp_py py, const struct qpp_radar *radar,
                                 struct qpp_radar_groups *out, struct qpp_err *err)
{
	struct grouping g = { .arena = a, .service = service, .py = py };
	size_t n = SLICE;
	enum qpp_code code = QPP_OK;
	*out = (struct qpp_radar_groups){ 0 };
	for (int64_t start = 0; code == QPP_OK && n == SLICE; start += SLICE) {
		code = read_slice(&g, start, &n, err);
		if (code == QPP_OK && g.requests > REQUESTS_MOST)
			code = qpp_fail(err, QPP_LIMIT, "there are more open requests than can be grouped at once", (char *)NULL);
	}
	out->v = QPP_NEW_ARRAY(a, g.groups.n + 1, struct qpp_radar_group);
	for (size_t i = 0; code == QPP_OK && i < g.groups.n; i++) {
		explain(&g.groups.v[i], radar);
		name_reason(&g, &g.groups.v[i].is);
		out->v[out->n++] = g.groups.v[i].is;
	}
	qsort(out->v, out->n, sizeof *out->v, by_requests);
	out->requests = g.requests;
	return code;
}
