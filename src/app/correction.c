/*
 * Corrections at large: beginning one with its cohort, and what it does, read
 * off the versions it made against those that are released. correction.h is the
 * manual; correction_notices.c writes to people.
 */
#include "app/correction.h"

#include <stdlib.h>

#include "app/known.h"
#include "app/provider.h"
#include "qpp/buf.h"

enum { BATCH = 500, MOST_FINDINGS = 50, COHORT_MOST = 100000, SLICE = 1000, PLACES = 2 };

/* ---- beginning ---- */

struct cohort_batch {
	const struct qpp_correction *c;
	const struct qpp_scoring *run;
	size_t from, to;
};

static enum qpp_code add_overrides(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct cohort_batch *b = request;
	enum qpp_code code = QPP_OK;
	for (size_t i = b->from; code == QPP_OK && i < b->to; i++) {
		struct qpp_override o = { .who = b->c->cohort[i], .topic = QPP_LIT("scoring"), .body = b->c->facts, .decision_id = b->run->id,
			                      .reason = b->run->name, .scoring_id = b->run->id, .account_id = b->c->order.account_id };
		code = qpp_store_override_add(tx, &o, err);
	}
	return code;
}

/* They must hold in their own run, which looks at what was made by the moment it began. */
static enum qpp_code keep_cohort(const struct qpp_service *service, const struct qpp_correction *c, const struct qpp_scoring *run,
                                 struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < c->n_cohort; i += BATCH) {
		struct qpp_arena a = QPP_ARENA_INIT;
		struct cohort_batch b = { c, run, i, i + BATCH < c->n_cohort ? i + BATCH : c->n_cohort };
		code = qpp_store_write(service->store, &a, add_overrides, &b, err);
		qpp_arena_close(&a);
	}
	return code;
}

static enum qpp_code prepared(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct qpp_scoring *run = request;
	run->state = QPP_LIT("running");
	return qpp_store_scoring_put(tx, run, err);
}

enum qpp_code qpp_correction_begin(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_correction *c,
                                   struct qpp_scoring *out, struct qpp_err *err)
{
	struct qpp_run_order order = c->order;
	struct qpp_findings f;
	qpp_findings_init(&f, a, MOST_FINDINGS);
	order.phase = QPP_PHASE_CORRECTED;
	/* Whoever goes on with runs must not begin before the last of the facts is there. */
	order.prepares = c->facts.n > 0;
	if (!order.overlay.n && !c->facts.n)
		return qpp_fail(err, QPP_USAGE, "a correction is of rules, of facts, or of both", (char *)NULL);
	if (c->facts.n && !c->n_cohort)
		return qpp_fail(err, QPP_USAGE, "facts that are corrected are those of somebody: the cohort is empty", (char *)NULL);
	if (c->facts.n && (!qpp_facts_doc_read(a, c->facts, &f) || f.errors)) {
		(void)qpp_fail(err, QPP_DATA, "the facts of the correction cannot be read", (char *)NULL);
		if (f.list.n)
			qpp_err_detail(err, qpp_str_dup(a, f.list.v[0].message).p, (char *)NULL);
		return QPP_DATA;
	}
	enum qpp_code code = qpp_run_begin(service, a, &order, out, err);
	if (code == QPP_OK && c->facts.n)
		code = keep_cohort(service, c, out, err);
	if (code == QPP_OK && c->facts.n)
		code = qpp_store_write(service->store, a, prepared, out, err);
	return code;
}

/* ---- cohorts ---- */

struct finding {
	const struct qpp_cohort *c;
	struct qpp_arena *keep;
	struct qpp_arena *scratch;
	struct qpp_tx *tx;
	QPP_VEC(struct qpp_who) found;
};

static bool has_word(struct qpp_str words, struct qpp_str word)
{
	struct qpp_str part;
	while (qpp_str_word(&words, &part))
		if (qpp_str_eq(part, word))
			return true;
	return false;
}

static void take(struct finding *g, struct qpp_str org_id, struct qpp_str npi)
{
	*QPP_PUSH(g->keep, &g->found) = (struct qpp_who){ .py = g->c->py, .entity = g->c->level, .org_id = qpp_str_dup(g->keep, org_id),
		                                              .npi = npi.n ? qpp_str_dup(g->keep, npi) : QPP_LIT("") };
}

static enum qpp_code take_people(struct finding *g, struct qpp_str org_id, struct qpp_err *err)
{
	struct qpp_relation_rows rows = { 0 };
	struct qpp_slice slice = { .most = SLICE };
	enum qpp_code code;
	do {
		code = qpp_store_relation_of_org(g->tx, g->c->py, org_id, slice, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
			if (!g->c->special.n || has_word(rows.v[i].statuses, g->c->special))
				take(g, org_id, rows.v[i].npi);
		slice.start += SLICE;
	} while (code == QPP_OK && rows.n == SLICE);
	return code;
}

static enum qpp_org_kind kind_of(enum qpp_entity level)
{
	switch (level) {
	case QPP_VIRTUAL_GROUP:
		return QPP_ORG_VIRTUAL_GROUP;
	case QPP_SUBGROUP:
		return QPP_ORG_SUBGROUP;
	case QPP_APM_ENTITY:
		return QPP_ORG_APM_ENTITY;
	default:
		return QPP_ORG_PRACTICE;
	}
}

static enum qpp_code find_slice(struct finding *g, struct qpp_str *after, size_t *n, struct qpp_err *err)
{
	struct qpp_org_rows rows = { 0 };
	enum qpp_code code = qpp_store_org_walk(g->tx, kind_of(g->c->level), *after, SLICE, &rows, err);
	*n = rows.n;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		const struct qpp_org *org = &rows.v[i];
		if ((g->c->state.n && !qpp_str_eq(g->c->state, org->state)) || (g->c->county.n && !qpp_str_eq(g->c->county, org->county)))
			continue;
		if (g->c->level == QPP_INDIVIDUAL)
			code = take_people(g, org->id, err);
		else
			take(g, org->id, QPP_LIT(""));
		if (code == QPP_OK && g->found.n > COHORT_MOST)
			code = qpp_fail(err, QPP_LIMIT, "the cohort is larger than a correction of facts takes", (char *)NULL);
	}
	if (rows.n)
		*after = qpp_str_dup(g->keep, rows.v[rows.n - 1].id);
	return code;
}

enum qpp_code qpp_cohort_find(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_cohort *c, struct qpp_who **out,
                              size_t *n, struct qpp_err *err)
{
	struct finding g = { .c = c, .keep = a };
	struct qpp_str after = QPP_LIT("");
	size_t more = SLICE;
	enum qpp_code code = QPP_OK;
	if (c->level == QPP_ENTITY_NONE || c->level >= QPP_ENTITIES)
		return qpp_fail(err, QPP_USAGE, "a cohort is of one level", (char *)NULL);
	while (code == QPP_OK && more == SLICE) {
		struct qpp_arena scratch = QPP_ARENA_INIT;
		code = qpp_store_begin(service->store, &scratch, &g.tx, err);
		if (code == QPP_OK) {
			code = find_slice(&g, &after, &more, err);
			qpp_store_end(g.tx);
		}
		qpp_arena_close(&scratch);
	}
	*out = g.found.v;
	*n = g.found.n;
	return code;
}

/* ---- what it does ---- */

struct change {
	bool has_score, has_factor;
	int64_t score, factor;           /* hundredths */
};

static bool hundredths(struct qpp_str s, int64_t *out)
{
	qpp_dec x;
	return qpp_dec_parse(s, &x) && qpp_dec_i64(qpp_dec_mul(x, qpp_dec_of(100)), out);
}

static struct change change_of(const struct qpp_run *row)
{
	struct change x = { 0 };
	int64_t was, is;
	x.has_score = hundredths(row->old_score, &was) && hundredths(row->final_score, &is);
	if (x.has_score)
		x.score = is - was;
	x.has_factor = hundredths(row->old_factor, &was) && hundredths(row->factor, &is);
	if (x.has_factor)
		x.factor = is - was;
	return x;
}

static enum qpp_direction direction_of(const struct qpp_run *row)
{
	struct change x = change_of(row);
	int64_t way = x.factor ? x.factor : x.score;
	if (!way)
		way = (row->final_score.n > 0) - (row->old_score.n > 0);
	return way > 0 ? QPP_UP : way < 0 ? QPP_DOWN : QPP_ANY_WAY;
}

/* All that moved, by how far. Eight bytes each: a nation of them goes into memory. */
struct tally {
	struct qpp_effect *out;
	QPP_VEC(int64_t) scores;
	QPP_VEC(int64_t) factors;
};

static void tell(struct tally *t, struct qpp_arena *a, const struct qpp_run *row)
{
	struct change x = change_of(row);
	bool score = x.has_score && x.score, factor = x.has_factor && x.factor;
	enum qpp_direction way = direction_of(row);
	t->out->moved++;
	t->out->up += way == QPP_UP;
	t->out->down += way == QPP_DOWN;
	t->out->score_moved += score;
	t->out->factor_moved += factor;
	t->out->only_factor += factor && !score;
	t->out->gained += row->final_score.n && !row->old_score.n;
	t->out->lost += !row->final_score.n && row->old_score.n;
	if (x.has_score)
		*QPP_PUSH(a, &t->scores) = x.score;
	if (x.has_factor)
		*QPP_PUSH(a, &t->factors) = x.factor;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Of n in order the ones at 0, a quarter, half, three quarters and the end; between two the lower. */
static void quantiles(struct qpp_arena *a, int64_t *v, size_t n, struct qpp_str out[QPP_QUANTILES])
{
	if (n)
		qsort(v, n, sizeof *v, by_size);
	for (size_t i = 0; i < QPP_QUANTILES; i++)
		out[i] = n ? qpp_dec_text(a, qpp_dec_scaled(v[(n - 1) * i / (QPP_QUANTILES - 1)], PLACES), PLACES) : QPP_LIT("");
}

static enum qpp_code run_done(struct qpp_tx *tx, struct qpp_str id, struct qpp_scoring *run, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_scoring_get(tx, id, run, err);
	if (code == QPP_OK && !qpp_str_is(run->state, "done"))
		return qpp_fail(err, QPP_CONFLICT, "the correction is not scored yet", (char *)NULL);
	return code;
}

static enum qpp_code effect(struct qpp_tx *tx, struct qpp_arena *a, struct qpp_str id, struct tally *t, struct qpp_err *err)
{
	struct qpp_scoring run, base = { 0 };
	struct qpp_run_rows rows = { 0 };
	struct qpp_str after = QPP_LIT("");
	enum qpp_code code = run_done(tx, id, &run, err);
	if (code == QPP_OK && run.base_id.n)
		code = qpp_store_scoring_get(tx, run.base_id, &base, err);
	t->out->scaling_before = base.scaling_factor;
	t->out->scaling_after = run.scaling_factor;
	do {
		if (code == QPP_OK)
			code = qpp_store_run_of_scoring(tx, id, QPP_LIT("pair"), after, SLICE, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
			tell(t, a, &rows.v[i]);
		if (rows.n)
			after = rows.v[rows.n - 1].id;
	} while (code == QPP_OK && rows.n == SLICE);
	t->out->pairs = base.pairs;
	return code;
}

enum qpp_code qpp_correction_effect(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str scoring_id,
                                    struct qpp_effect *out, struct qpp_err *err)
{
	struct tally t = { .out = out };
	struct qpp_tx *tx;
	*out = (struct qpp_effect){ 0 };
	enum qpp_code code = qpp_store_begin(service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = effect(tx, a, scoring_id, &t, err);
	qpp_store_end(tx);
	quantiles(a, t.scores.v, t.scores.n, out->score_quantile);
	quantiles(a, t.factors.v, t.factors.n, out->factor_quantile);
	return code;
}

static enum qpp_code each(struct qpp_tx *tx, struct qpp_arena *a, struct qpp_str id, enum qpp_direction direction, struct qpp_str after,
                          size_t most, struct qpp_moves *out, struct qpp_err *err)
{
	struct qpp_scoring run;
	struct qpp_run_rows rows = { 0 };
	enum qpp_code code = run_done(tx, id, &run, err);
	out->v = QPP_NEW_ARRAY(a, most + 1, struct qpp_moved);
	do {
		if (code == QPP_OK)
			code = qpp_store_run_of_scoring(tx, id, QPP_LIT("pair"), after, SLICE, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n && out->n < most; i++) {
			enum qpp_direction way = direction_of(&rows.v[i]);
			after = rows.v[i].id;
			if (direction == QPP_ANY_WAY || direction == way)
				out->v[out->n++] = (struct qpp_moved){ rows.v[i], way };
		}
	} while (code == QPP_OK && rows.n == SLICE && out->n < most);
	out->next = out->n == most ? after : QPP_LIT("");
	return code;
}

enum qpp_code qpp_correction_each(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str scoring_id,
                                  enum qpp_direction direction, struct qpp_str after, int64_t most, struct qpp_moves *out,
                                  struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_moves){ 0 };
	enum qpp_code code = qpp_store_begin(service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = each(tx, a, scoring_id, direction, after, most > 0 && most < SLICE ? (size_t)most : SLICE, out, err);
	qpp_store_end(tx);
	return code;
}
