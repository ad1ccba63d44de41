/* Lists of requests: one's own, the agency's queue, what was decided before, and what decisions corrected. */
#include <stdlib.h>

#include "app/review_int.h"

enum { MOST_MINE = 500, MOST_PRECEDENTS = 20 };

/* --- one's own --- */

struct mine {
	struct qpp_reviewing *r;
	qpp_py py;
	QPP_VEC(struct qpp_review_line) lines;
};

static bool is_there(const struct mine *m, struct qpp_str id)
{
	for (size_t i = 0; i < m->lines.n; i++)
		if (qpp_str_eq(m->lines.v[i].row.id, id))
			return true;
	return false;
}

static enum qpp_code add(struct qpp_tx *tx, struct mine *m, const struct qpp_review_query *q, struct qpp_err *err)
{
	struct qpp_review_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_review_list(tx, q, (struct qpp_slice){ .most = MOST_MINE }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct review_reader reader = review_reader_of(m->r, tx, &rows.v[i]);
		if (reader.sees && !is_there(m, rows.v[i].id))
			code = review_line(tx, m->r, &rows.v[i], &reader, QPP_PUSH(m->r->call.arena, &m->lines), err);
	}
	return code;
}

static int by_change(const void *a, const void *b)
{
	const struct qpp_review_line *x = a, *y = b;
	if (x->row.changed.us != y->row.changed.us)
		return x->row.changed.us < y->row.changed.us ? 1 : -1;
	return qpp_str_cmp(x->row.id, y->row.id);
}

static enum qpp_code look_mine(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct mine *m = request;
	const struct qpp_actor *actor = m->r->call.actor;
	enum qpp_code code = QPP_OK;
	if (actor->account_id.n)
		code = add(tx, m, &(struct qpp_review_query){ .py = m->py, .account_id = actor->account_id }, err);
	for (size_t i = 0; code == QPP_OK && i < actor->n; i++) {
		const struct qpp_actor_role *x = &actor->roles[i];
		if (x->kind == QPP_ORG_AGENCY)
			continue;
		if (x->kind == QPP_ORG_CLINICIAN) {
			code = add(tx, m, &(struct qpp_review_query){ .py = m->py, .npi = x->number, .no_drafts = true }, err);
			continue;
		}
		code = add(tx, m, &(struct qpp_review_query){ .py = m->py, .acting_id = x->org_id }, err);
		if (code == QPP_OK)
			code = add(tx, m, &(struct qpp_review_query){ .py = m->py, .org_id = x->org_id, .no_drafts = true }, err);
	}
	return code;
}

enum qpp_code qpp_review_mine(struct qpp_reviewing *r, qpp_py py, struct qpp_review_line **out, size_t *n, struct qpp_err *err)
{
	struct mine m = { .r = r, .py = py };
	enum qpp_code code = review_look(r, look_mine, &m, err);
	if (m.lines.n)
		qsort(m.lines.v, m.lines.n, sizeof *m.lines.v, by_change);
	*out = m.lines.v;
	*n = m.lines.n;
	return code;
}

/* --- the queue --- */

struct queue {
	struct qpp_reviewing *r;
	const struct qpp_review_filter *f;
	struct qpp_review_line *lines;
	size_t n;
	int64_t total;
};

static enum qpp_code needs_agency(const struct qpp_reviewing *r, struct qpp_err *err)
{
	if (review_of_agency(r->call.actor))
		return QPP_OK;
	return qpp_fail(err, QPP_FORBIDDEN, "this is for the agency's side", (char *)NULL);
}

static enum qpp_code look_queue(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct queue *q = request;
	struct qpp_review_row_rows rows = { 0 };
	const struct qpp_review_filter *f = q->f;
	struct qpp_slice slice = f->slice;
	struct qpp_review_query query = {
		.py = f->py, .state = qpp_str_of(qpp_review_state_name(f->state)), .reason = f->reason, .assignee_id = f->assignee_id,
		.no_drafts = true, .open = f->open || f->overdue, .unassigned = f->unassigned, .duplicates = f->duplicates,
		.overdue_at = f->overdue ? q->r->at : (qpp_time){ 0 }
	};
	slice.count = true;
	enum qpp_code code = qpp_store_review_list(tx, &query, slice, &rows, err);
	q->lines = QPP_NEW_ARRAY(q->r->call.arena, rows.n + 1, struct qpp_review_line);
	q->total = rows.total;
	for (; code == QPP_OK && q->n < rows.n; q->n++) {
		struct review_reader reader = review_reader_of(q->r, tx, &rows.v[q->n]);
		code = review_line(tx, q->r, &rows.v[q->n], &reader, &q->lines[q->n], err);
	}
	return code;
}

enum qpp_code qpp_review_queue(struct qpp_reviewing *r, const struct qpp_review_filter *f, struct qpp_review_line **out, size_t *n,
                               int64_t *total, struct qpp_err *err)
{
	struct queue q = { .r = r, .f = f };
	enum qpp_code code = needs_agency(r, err);
	if (code == QPP_OK)
		code = review_look(r, look_queue, &q, err);
	*out = q.lines;
	*n = q.n;
	*total = q.total;
	return code;
}

/* --- precedents --- */

struct precedents {
	struct qpp_reviewing *r;
	qpp_py py;
	struct qpp_str reason;
	struct qpp_review_detail *v;
	size_t n;
};

static enum qpp_code add_decided(struct qpp_tx *tx, struct precedents *p, const char *state, struct qpp_err *err)
{
	struct qpp_review_row_rows rows = { .total = 0 };
	struct qpp_review_query q = { .py = p->py, .reason = p->reason, .state = qpp_str_of(state) };
	struct qpp_slice last = { .most = 1, .count = true };
	/* The newest filings stand at the end of the list. */
	enum qpp_code code = qpp_store_review_list(tx, &q, last, &rows, err);
	int64_t start = rows.total > MOST_PRECEDENTS ? rows.total - MOST_PRECEDENTS : 0;
	if (code == QPP_OK)
		code = qpp_store_review_list(tx, &q, (struct qpp_slice){ .start = start, .most = MOST_PRECEDENTS }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct review_reader reader = review_reader_of(p->r, tx, &rows.v[i]);
		code = review_detail(tx, p->r, &rows.v[i], &reader, &p->v[p->n++], err);
	}
	return code;
}

static int by_decision(const void *a, const void *b)
{
	const struct qpp_review_detail *x = a, *y = b;
	return x->decision.made.us < y->decision.made.us ? 1 : x->decision.made.us > y->decision.made.us ? -1 : 0;
}

static enum qpp_code look_precedents(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct precedents *p = request;
	enum qpp_code code = add_decided(tx, p, "approved", err);
	return code == QPP_OK ? add_decided(tx, p, "denied", err) : code;
}

enum qpp_code qpp_review_precedents(struct qpp_reviewing *r, qpp_py py, struct qpp_str reason, struct qpp_review_detail **out, size_t *n,
                                    struct qpp_err *err)
{
	struct precedents p = { .r = r, .py = py, .reason = reason };
	p.v = QPP_NEW_ARRAY(r->call.arena, 2 * MOST_PRECEDENTS + 1, struct qpp_review_detail);
	enum qpp_code code = needs_agency(r, err);
	if (code == QPP_OK)
		code = review_look(r, look_precedents, &p, err);
	qsort(p.v, p.n, sizeof *p.v, by_decision);
	*out = p.v;
	*n = p.n < MOST_PRECEDENTS ? p.n : MOST_PRECEDENTS;
	return code;
}

/* --- what was corrected --- */

enum qpp_code qpp_review_overrides(struct qpp_tx *tx, const struct qpp_who *who, const struct qpp_review_override **out, size_t *n,
                                   struct qpp_err *err)
{
	struct qpp_review_row_rows rows = { 0 };
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct found {
		struct qpp_review_override is;
		int64_t sequence;
	};
	QPP_VEC(struct found) all = { 0 };
	enum qpp_code code = qpp_store_review_same(tx, who, QPP_LIT(""), &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_decision_rows decisions = { 0 };
		struct qpp_review_decided d;
		if (!qpp_str_is(rows.v[i].state, "approved"))
			continue;
		code = qpp_store_decision_of(tx, rows.v[i].id, &decisions, err);
		if (code == QPP_OK && decisions.n)
			code = review_opinion_read(a, decisions.v[0].body, &d, err);
		for (size_t k = 0; code == QPP_OK && decisions.n && k < d.n_overrides; k++) {
			struct found f = { d.overrides[k], decisions.v[0].sequence };
			f.is.decision_id = decisions.v[0].id;
			*QPP_PUSH(a, &all) = f;
		}
	}
	/* In the order of the decisions, a later one over an earlier one; few, so by insertion, which keeps equal ones. */
	for (size_t i = 1; i < all.n; i++)
		for (size_t k = i; k > 0 && all.v[k - 1].sequence > all.v[k].sequence; k--) {
			struct found t = all.v[k];
			all.v[k] = all.v[k - 1];
			all.v[k - 1] = t;
		}
	struct qpp_review_override *v = QPP_NEW_ARRAY(a, all.n + 1, struct qpp_review_override);
	for (size_t i = 0; i < all.n; i++)
		v[i] = all.v[i].is;
	*out = v;
	*n = all.n;
	return code;
}
