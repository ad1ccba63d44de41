/*
 * What one sees of requests: one's own list, the agency's queue, a request with
 * its timeline. What is somebody else's answers as what does not exist, and a
 * third party sees nothing that the store knows beyond what it gave itself.
 */
#include <stdlib.h>
#include <string.h>

#include "app/review_int.h"

enum { MOST_MINE = 500, MOST_PRECEDENTS = 20 };

typedef enum qpp_code looking(struct qpp_tx *tx, void *request, struct qpp_err *err);

static enum qpp_code look(struct qpp_reviewing *r, looking *at, void *request, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(r->reviews->service->store, r->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = at(tx, request, err);
	qpp_store_end(tx);
	return code;
}

static struct qpp_str name_of(struct qpp_tx *tx, struct qpp_str account_id)
{
	struct qpp_account account = { 0 };
	struct qpp_err ignored;
	if (!account_id.n || qpp_store_account_get(tx, account_id, &account, &ignored) != QPP_OK)
		return QPP_LIT("");
	return account.name;
}

/* --- a line --- */

/* Whether the reader has the request from a registry's side alone. */
static bool third_party(const struct qpp_review_row *row, const struct review_reader *reader)
{
	return !reader->agency && !reader->of_subject && row->acting_id.n && !qpp_str_eq(row->acting_id, row->who.org_id);
}

static struct qpp_str action_of(struct qpp_reviewing *r, const struct qpp_review_row *row, const struct review_reader *reader)
{
	const struct qpp_actor *actor = r->call.actor;
	enum qpp_review_state s = qpp_review_state_of(row->state);
	if (reader->files)
		return s == QPP_REVIEW_DRAFT ? QPP_LIT("file") : s == QPP_REVIEW_ASKED ? QPP_LIT("answer") : QPP_LIT("");
	if (reader->partial)
		return QPP_LIT("");
	if (review_has_post(actor, QPP_POST_SECOND_REVIEWER) && s == QPP_REVIEW_RECOMMENDED)
		return QPP_LIT("confirm");
	if (!review_has_post(actor, QPP_POST_REVIEWER))
		return QPP_LIT("");
	if (s == QPP_REVIEW_SUBMITTED)
		return QPP_LIT("assign");
	bool mine = qpp_str_eq(row->assignee_id, actor->account_id);
	return mine && (s == QPP_REVIEW_IN_REVIEW || s == QPP_REVIEW_ANSWERED) ? QPP_LIT("decide") : QPP_LIT("");
}

static enum qpp_code line_of(struct qpp_tx *tx, struct qpp_reviewing *r, const struct qpp_review_row *row,
                             const struct review_reader *reader, struct qpp_review_line *out, struct qpp_err *err)
{
	struct qpp_review_reason reason = { 0 };
	*out = (struct qpp_review_line){ .row = *row, .action = action_of(r, row, reader) };
	out->row.body = QPP_LIT("");
	enum qpp_code code = qpp_store_org_get(tx, row->who.org_id, &out->org, err);
	if (code == QPP_OK && row->reason.n)
		code = review_reason(r, tx, row->who.py, row->reason, &reason, err);
	if (code != QPP_OK && code != QPP_NOT_FOUND)
		return code;
	out->reason_says = reason.says;
	if (reader->agency)
		out->assignee_name = name_of(tx, row->assignee_id);
	else
		out->row.assignee_id = QPP_LIT("");
	if (third_party(row, reader))
		out->org = (struct qpp_org){ .id = out->org.id, .kind = out->org.kind, .number = out->org.number, .tin_masked = out->org.tin_masked };
	return QPP_OK;
}

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
			code = line_of(tx, m->r, &rows.v[i], &reader, QPP_PUSH(m->r->call.arena, &m->lines), err);
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
	enum qpp_code code = look(r, look_mine, &m, err);
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
		.no_drafts = true, .open = f->open, .unassigned = f->unassigned, .duplicates = f->duplicates,
		.due_before = f->overdue ? q->r->at : (qpp_time){ 0 }
	};
	slice.count = true;
	enum qpp_code code = qpp_store_review_list(tx, &query, slice, &rows, err);
	q->lines = QPP_NEW_ARRAY(q->r->call.arena, rows.n + 1, struct qpp_review_line);
	q->total = rows.total;
	for (; code == QPP_OK && q->n < rows.n; q->n++) {
		struct review_reader reader = review_reader_of(q->r, tx, &rows.v[q->n]);
		code = line_of(tx, q->r, &rows.v[q->n], &reader, &q->lines[q->n], err);
	}
	return code;
}

enum qpp_code qpp_review_queue(struct qpp_reviewing *r, const struct qpp_review_filter *f, struct qpp_review_line **out, size_t *n,
                               int64_t *total, struct qpp_err *err)
{
	struct queue q = { .r = r, .f = f };
	enum qpp_code code = needs_agency(r, err);
	if (code == QPP_OK)
		code = look(r, look_queue, &q, err);
	*out = q.lines;
	*n = q.n;
	*total = q.total;
	return code;
}

/* --- one request --- */

struct one {
	struct qpp_reviewing *r;
	struct qpp_str id;
	struct qpp_review_detail *out;
};

static bool of_agency_act(struct qpp_str act)
{
	enum qpp_review_act x = qpp_review_act_of(act);
	return x == QPP_REVIEW_ASSIGN || x >= QPP_REVIEW_ASK;
}

/* What is inside the agency stays there, names included. */
static enum qpp_code put_events(struct qpp_tx *tx, struct one *o, const struct review_reader *reader, struct qpp_err *err)
{
	struct qpp_review_event_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_review_event_of(tx, o->id, &rows, err);
	size_t n = 0;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_review_event_row e = rows.v[i];
		bool theirs = of_agency_act(e.act);
		if (!reader->agency && e.inside)
			continue;
		if (!e.account_id.n)
			e.actor_name = QPP_LIT("OpenQPP");
		else if (!reader->agency && theirs)
			e.actor_name = QPP_LIT("The agency");
		else
			e.actor_name = name_of(tx, e.account_id);
		if (!reader->agency && theirs)
			e.account_id = QPP_LIT("");
		rows.v[n++] = e;
	}
	o->out->events = rows.v;
	o->out->n_events = n;
	return code;
}

static enum qpp_code put_duplicates(struct qpp_tx *tx, struct one *o, const struct qpp_review_row *row, const struct review_reader *reader,
                                    struct qpp_err *err)
{
	struct qpp_review_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_review_same(tx, &row->who, row->reason, &rows, err);
	struct qpp_review_line *v = QPP_NEW_ARRAY(o->r->call.arena, rows.n + 1, struct qpp_review_line);
	(void)reader;
	for (size_t i = 0; code == QPP_OK && row->reason.n && i < rows.n; i++) {
		struct review_reader of_it = review_reader_of(o->r, tx, &rows.v[i]);
		if (of_it.sees && !qpp_str_eq(rows.v[i].id, row->id))
			code = line_of(tx, o->r, &rows.v[i], &of_it, &v[o->out->n_duplicates++], err);
	}
	o->out->duplicates = v;
	return code;
}

/* Reviewers have names inside the agency; a third party has no figures of a correction. */
static struct qpp_review_decided shown(struct qpp_review_decided d, const struct review_reader *reader, bool sees_score)
{
	if (!reader->agency)
		d.by_id = d.by_name = d.confirmed_by_id = d.confirmed_by_name = QPP_LIT("");
	if (!sees_score)
		d.n_overrides = 0;
	return d;
}

static enum qpp_code put_decision(struct qpp_tx *tx, struct one *o, const struct review_reader *reader, struct qpp_err *err)
{
	struct qpp_decision_rows rows = { 0 };
	struct qpp_review_detail *x = o->out;
	enum qpp_code code = qpp_store_decision_of(tx, o->id, &rows, err);
	if (code != QPP_OK || !rows.n)
		return code;
	code = review_opinion_read(o->r->call.arena, rows.v[0].body, &x->decision, err);
	x->decided = true;
	x->decision = shown(x->decision, reader, x->sees_score);
	x->decision.id = rows.v[0].id;
	x->decision.made = rows.v[0].made;
	x->decision.sequence = rows.v[0].sequence;
	return code;
}

static bool has_right(const struct qpp_reviewing *r, const struct qpp_review_detail *x, const struct review_body *body,
                      const struct review_reader *reader, enum qpp_review_act act)
{
	const struct qpp_actor *actor = r->call.actor;
	bool reviewer = review_has_post(actor, QPP_POST_REVIEWER) && !reader->partial;
	bool second = review_has_post(actor, QPP_POST_SECOND_REVIEWER) && !reader->partial &&
	              !qpp_str_eq(body->opinion.by_id, actor->account_id);
	switch (act) {
	case QPP_REVIEW_EDIT:
	case QPP_REVIEW_ATTACH:
	case QPP_REVIEW_WITHDRAW:
		return reader->files;
	case QPP_REVIEW_FILE:
		return reader->files && x->window.state == QPP_WINDOW_OPEN;
	case QPP_REVIEW_ANSWER:
		return reader->files && qpp_time_instant(r->at).v <= qpp_time_instant(x->line.row.due).v;
	case QPP_REVIEW_ASSIGN:
	case QPP_REVIEW_ASK:
	case QPP_REVIEW_RECOMMEND:
		return reviewer;
	case QPP_REVIEW_CLOSE:
		return reviewer && x->line.row.lapsed;
	case QPP_REVIEW_RETURN:
		return second;
	case QPP_REVIEW_APPROVE:
		return second && body->opinion.approved;
	case QPP_REVIEW_DENY:
		return second && !body->opinion.approved;
	default:
		return false;
	}
}

static enum qpp_code put_rights(struct one *o, const struct review_body *body, const struct review_reader *reader, struct qpp_err *err)
{
	struct qpp_request rules;
	struct qpp_review_detail *x = o->out;
	enum qpp_review_state state = qpp_review_state_of(x->line.row.state), to;
	enum qpp_code code = review_rules(o->r, x->line.row.who.py, &rules, err);
	for (enum qpp_review_act act = QPP_REVIEW_EDIT; code == QPP_OK && act < QPP_REVIEW_ACTS; act++) {
		code = qpp_review_step(&rules, state, act, &to, err);
		x->can[act] = to && !o->r->call.actor->view_only && has_right(o->r, x, body, reader, act);
	}
	if (code == QPP_OK) {
		code = qpp_review_keep_until(&rules, &x->keep_until, err);
		x->keeps = code == QPP_OK;
		code = code == QPP_NO_RULE ? QPP_OK : code;
	}
	return code;
}

static enum qpp_code put_rest(struct qpp_tx *tx, struct one *o, const struct qpp_review_row *row, const struct review_reader *reader,
                              struct qpp_err *err)
{
	struct qpp_review_detail *x = o->out;
	struct qpp_review_document_row_rows papers = { 0 };
	enum qpp_code code = put_events(tx, o, reader, err);
	if (code == QPP_OK)
		code = qpp_store_review_document_of(tx, row->id, &papers, err);
	x->documents = papers.v;
	x->n_documents = papers.n;
	if (code == QPP_OK)
		code = put_duplicates(tx, o, row, reader, err);
	if (code == QPP_OK && row->sequence) {
		code = qpp_store_ledger_receipt(tx, row->sequence, &x->receipt, err);
		x->has_receipt = code == QPP_OK;
	}
	return code == QPP_OK ? put_decision(tx, o, reader, err) : code;
}

static enum qpp_code detail(struct qpp_tx *tx, struct one *o, const struct qpp_review_row *row, const struct review_reader *reader,
                            struct qpp_err *err)
{
	struct review_body body;
	struct qpp_review_detail *x = o->out;
	*x = (struct qpp_review_detail){ .margin = row->margin, .sees_score = !third_party(row, reader) };
	enum qpp_code code = review_body_read(o->r->call.arena, row->body, &body, err);
	if (code == QPP_OK)
		code = line_of(tx, o->r, row, reader, &x->line, err);
	if (code == QPP_OK && row->reason.n)
		code = review_reason(o->r, tx, row->who.py, row->reason, &x->reason, err);
	if (code == QPP_NOT_FOUND)
		code = QPP_OK;
	if (code == QPP_OK)
		code = review_window(o->r, tx, row->who.py, row->reason, o->r->at, &x->window, err);
	if (code != QPP_OK)
		return code;
	x->form = body.form;
	x->form.org_id = row->who.org_id;
	x->question = body.question;
	x->has_recommendation = body.recommended && reader->agency;
	if (x->has_recommendation)
		x->recommendation = body.opinion;
	code = put_rest(tx, o, row, reader, err);
	return code == QPP_OK ? put_rights(o, &body, reader, err) : code;
}

static enum qpp_code look_one(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct one *o = request;
	struct qpp_review_row row;
	enum qpp_code code = qpp_store_review_get(tx, o->id, &row, err);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? qpp_not_found(err, "request") : code;
	struct review_reader reader = review_reader_of(o->r, tx, &row);
	return reader.sees ? detail(tx, o, &row, &reader, err) : qpp_not_found(err, "request");
}

enum qpp_code qpp_review_get(struct qpp_reviewing *r, struct qpp_str id, struct qpp_review_detail *out, struct qpp_err *err)
{
	struct one o = { r, id, out };
	return look(r, look_one, &o, err);
}

/* --- a document --- */

struct paper {
	struct qpp_reviewing *r;
	struct qpp_str review_id, id;
	struct qpp_review_document_row *out;
};

static enum qpp_code look_paper(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct paper *p = request;
	struct qpp_review_row row;
	enum qpp_code code = qpp_store_review_get(tx, p->review_id, &row, err);
	if (code == QPP_OK && !review_reader_of(p->r, tx, &row).sees)
		code = QPP_NOT_FOUND;
	if (code == QPP_OK)
		code = qpp_store_review_document_get(tx, p->review_id, p->id, p->out, err);
	return code == QPP_NOT_FOUND ? qpp_not_found(err, "document") : code;
}

enum qpp_code qpp_review_document(struct qpp_reviewing *r, struct qpp_str review_id, struct qpp_str document_id,
                                  struct qpp_review_document_row *out, struct qpp_err *err)
{
	struct paper p = { r, review_id, document_id, out };
	return look(r, look_paper, &p, err);
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
		struct one o = { p->r, rows.v[i].id, &p->v[p->n++] };
		code = detail(tx, &o, &rows.v[i], &reader, err);
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
		code = look(r, look_precedents, &p, err);
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
