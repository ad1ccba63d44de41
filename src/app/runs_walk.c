/*
 * The way of a run: every level of every organization, then (for budget
 * neutrality) the sums over the TIN/NPIs, then their rows. A piece of it is what
 * one transaction writes; where it ended is kept with it.
 *
 *   cursor   KIND ORGANIZATION OFFSET   gone through as far as this many of its clinicians
 *            KIND ORGANIZATION -        gone through
 */
#include "app/runs_int.h"

#include "qpp/buf.h"

enum { PIECE_ROWS = 400, SLICE_PEOPLE = 200, ORGS_AT_ONCE = 32 };

static const enum qpp_org_kind kinds[] = { QPP_ORG_VIRTUAL_GROUP, QPP_ORG_APM_ENTITY, QPP_ORG_SUBGROUP, QPP_ORG_PRACTICE };
enum { KINDS = sizeof kinds / sizeof *kinds };

struct place {
	size_t kind;
	struct qpp_str org_id;           /* empty: ahead of the first */
	int64_t offset;                  /* -1: done with it */
};

static struct place place_of(struct qpp_str cursor)
{
	struct place at = { .offset = -1 };
	struct qpp_str word;
	uint64_t v;
	if (qpp_str_word(&cursor, &word) && qpp_str_u64(word, KINDS, &v))
		at.kind = (size_t)v;
	if (qpp_str_word(&cursor, &word))
		at.org_id = word;
	if (qpp_str_word(&cursor, &word) && qpp_str_u64(word, INT64_MAX, &v))
		at.offset = (int64_t)v;
	return at;
}

static struct qpp_str cursor_of(struct qpp_arena *a, const struct place *at)
{
	return qpp_str_cat(a, qpp_i64_text(a, (int64_t)at->kind).p, " ", qpp_str_dup(a, at->org_id).p, " ",
	                   at->offset < 0 ? "-" : qpp_i64_text(a, at->offset).p, (char *)NULL);
}

static enum qpp_entity level_of(enum qpp_org_kind kind)
{
	static const enum qpp_entity levels[QPP_ORG_KINDS] = {
		[QPP_ORG_VIRTUAL_GROUP] = QPP_VIRTUAL_GROUP, [QPP_ORG_APM_ENTITY] = QPP_APM_ENTITY, [QPP_ORG_SUBGROUP] = QPP_SUBGROUP,
		[QPP_ORG_PRACTICE] = QPP_GROUP,
	};
	return levels[kind];
}

/* ---- clinicians of a practice ---- */

static enum qpp_code level_of_each(struct qpp_piece *p, const struct qpp_relation_rows *people, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < people->n; i++) {
		const struct qpp_who who = { .py = p->r->row.py, .entity = QPP_INDIVIDUAL, .org_id = people->v[i].org_id, .npi = people->v[i].npi };
		code = qpp_piece_level(p, &who, err);
	}
	return code;
}

static enum qpp_code pair_of_each(struct qpp_piece *p, struct qpp_str org_id, const struct qpp_relation_rows *people, bool sums,
                                  struct qpp_err *err)
{
	struct qpp_pair_practice at;
	enum qpp_code code = qpp_pair_practice(p, org_id, &at, err);
	for (size_t i = 0; code == QPP_OK && i < people->n; i++) {
		struct qpp_tin_npi pair;
		code = qpp_pair_judge(p, &at, &people->v[i], &pair, err);
		if (code == QPP_OK)
			code = sums ? qpp_piece_sum(p, &pair, err) : qpp_piece_pair(p, &pair, err);
	}
	return code;
}

static bool step_is(const struct qpp_piece *p, const char *step)
{
	return qpp_str_is(p->r->row.step, step);
}

/* A slice of the people of a practice; `*last`: there are no more. */
static enum qpp_code people(struct qpp_piece *p, struct qpp_str org_id, int64_t start, bool *last, size_t *work, struct qpp_err *err)
{
	struct qpp_relation_rows rows = { 0 };
	enum qpp_code code = qpp_store_relation_of_org(p->tx, p->r->row.py, org_id, (struct qpp_slice){ .start = start, .most = SLICE_PEOPLE },
	                                               &rows, err);
	*last = rows.n < SLICE_PEOPLE;
	*work += rows.n;
	if (code != QPP_OK || !rows.n)
		return code;
	return step_is(p, "levels") ? level_of_each(p, &rows, err) : pair_of_each(p, org_id, &rows, step_is(p, "sums"), err);
}

/* ---- organizations ---- */

/* One organization, or as much of it as goes into this piece. `work` counts what was looked at, written or not. */
static enum qpp_code organization(struct qpp_piece *p, struct place *at, struct qpp_str org_id, size_t *work, struct qpp_err *err)
{
	bool resumed = at->offset >= 0 && qpp_str_eq(at->org_id, org_id), last = true;
	enum qpp_code code = QPP_OK;
	int64_t start = resumed ? at->offset : 0;
	*at = (struct place){ at->kind, org_id, start };
	p->found.n = 0;
	*work += 1;
	if (!resumed && step_is(p, "levels"))
		code = qpp_piece_level(p, &(struct qpp_who){ .py = p->r->row.py, .entity = level_of(kinds[at->kind]), .org_id = org_id }, err);
	if (kinds[at->kind] != QPP_ORG_PRACTICE) {
		at->offset = -1;
		return code;
	}
	do {
		if (code == QPP_OK)
			code = people(p, org_id, at->offset, &last, work, err);
		at->offset += SLICE_PEOPLE;
	} while (code == QPP_OK && !last && *work < PIECE_ROWS && p->rows.n < PIECE_ROWS);
	if (last)
		at->offset = -1;
	return code;
}

static void next_step(struct qpp_piece *p)
{
	bool sums = step_is(p, "levels") && p->r->factors && qpp_str_is(p->r->row.scaling, qpp_scaling_by_name(QPP_SCALING_BY_NEUTRALITY)) &&
	            !p->r->row.scaling_factor.n;
	p->next.cursor = QPP_LIT("");
	if (step_is(p, "levels") && sums)
		p->next.step = QPP_LIT("sums");
	else if (step_is(p, "levels") || step_is(p, "sums"))
		p->next.step = QPP_LIT("pairs");
	else
		p->next.step = QPP_LIT("");
}

enum qpp_code qpp_piece_next(struct qpp_piece *p, struct qpp_err *err)
{
	struct place at = place_of(p->r->row.cursor);
	size_t work = 0;
	enum qpp_code code = QPP_OK;
	p->next = p->r->row;
	/* The others have no TIN/NPIs of their own. */
	if (!step_is(p, "levels") && at.kind + 1 < KINDS)
		at = (struct place){ KINDS - 1, QPP_LIT(""), -1 };
	while (code == QPP_OK && work < PIECE_ROWS && p->rows.n < PIECE_ROWS) {
		struct qpp_org_rows orgs = { 0 };
		struct qpp_org half;
		if (at.offset >= 0) {
			code = qpp_store_org_get(p->tx, at.org_id, &half, err);
			orgs = (struct qpp_org_rows){ .v = &half, .n = 1 };
		} else {
			code = qpp_store_org_walk(p->tx, kinds[at.kind], at.org_id, ORGS_AT_ONCE, &orgs, err);
		}
		for (size_t i = 0; code == QPP_OK && i < orgs.n && work < PIECE_ROWS && p->rows.n < PIECE_ROWS; i++)
			code = organization(p, &at, orgs.v[i].id, &work, err);
		if (code == QPP_OK && !orgs.n) {
			at = (struct place){ at.kind + 1, QPP_LIT(""), -1 };
			if (at.kind == KINDS) {
				next_step(p);
				return QPP_OK;
			}
		}
	}
	p->next.cursor = cursor_of(p->arena, &at);
	return code;
}

/* ---- those whom a subject touches ---- */

static enum qpp_code touch_practice(struct qpp_piece *p, struct qpp_str org_id, struct qpp_str npi, struct qpp_err *err)
{
	struct qpp_pair_practice at;
	struct qpp_relation_rows rows = { 0 };
	struct qpp_slice slice = { .most = SLICE_PEOPLE };
	enum qpp_code code = qpp_pair_practice(p, org_id, &at, err);
	do {
		struct qpp_tin_npi pair;
		rows = (struct qpp_relation_rows){ 0 };
		if (code == QPP_OK)
			code = qpp_store_relation_of_org(p->tx, p->r->row.py, org_id, slice, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
			if (npi.n && !qpp_str_eq(npi, rows.v[i].npi))
				continue;
			code = qpp_pair_judge(p, &at, &rows.v[i], &pair, err);
			if (code == QPP_OK)
				code = qpp_piece_pair(p, &pair, err);
		}
		if (code == QPP_OK && p->rows.n > QPP_TOUCHED_MOST)
			code = qpp_fail(err, QPP_LIMIT, "the decision touches too many clinicians for one: it is a correction at large", (char *)NULL);
		slice.start += SLICE_PEOPLE;
	} while (code == QPP_OK && rows.n == SLICE_PEOPLE);
	return code;
}

enum qpp_code qpp_piece_touched(struct qpp_piece *p, const struct qpp_who *who, struct qpp_err *err)
{
	enum { SLICE = 500 };
	struct qpp_membership_rows members = { 0 };
	struct qpp_slice slice = { .most = SLICE };
	enum qpp_code code = QPP_OK;
	if (who->entity == QPP_INDIVIDUAL || who->entity == QPP_GROUP)
		return touch_practice(p, who->org_id, who->npi, err);
	do {
		code = qpp_store_membership_of_group(p->tx, who->py, who->org_id, slice, &members, err);
		for (size_t i = 0; code == QPP_OK && i < members.n; i++)
			code = touch_practice(p, members.v[i].org_id, members.v[i].npi, err);
		slice.start += SLICE;
	} while (code == QPP_OK && members.n == SLICE);
	return code;
}
