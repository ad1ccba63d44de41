/*
 * What one sees of a request: its timeline, documents and decision. What is
 * somebody else's answers as what does not exist, and a third party sees nothing
 * that the store knows beyond what it gave itself.
 */
#include "app/review_int.h"

enum qpp_code review_look(struct qpp_reviewing *r, review_looking *at, void *request, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(r->reviews->service->store, r->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = at(tx, request, err);
	qpp_store_end(tx);
	return code;
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

enum qpp_code review_line(struct qpp_tx *tx, struct qpp_reviewing *r, const struct qpp_review_row *row,
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
		out->assignee_name = review_name_of(tx, row->assignee_id);
	else
		out->row.assignee_id = QPP_LIT("");
	if (third_party(row, reader))
		out->org = (struct qpp_org){ .id = out->org.id, .kind = out->org.kind, .number = out->org.number, .tin_masked = out->org.tin_masked };
	return QPP_OK;
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
			e.actor_name = review_name_of(tx, e.account_id);
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
			code = review_line(tx, o->r, &rows.v[i], &of_it, &v[o->out->n_duplicates++], err);
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
		code = review_line(tx, o->r, row, reader, &x->line, err);
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

enum qpp_code review_detail(struct qpp_tx *tx, struct qpp_reviewing *r, const struct qpp_review_row *row,
                            const struct review_reader *reader, struct qpp_review_detail *out, struct qpp_err *err)
{
	struct one o = { r, row->id, out };
	return detail(tx, &o, row, reader, err);
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
	return review_look(r, look_one, &o, err);
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
	return review_look(r, look_paper, &p, err);
}
