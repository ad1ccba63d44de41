/*
 * The filer's side of a targeted review: drafts and filing. review.h is the manual.
 */
#include "app/review.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/by_key.h"
#include "app/eastern.h"
#include "app/review_int.h"

/* --- drafts --- */

struct saving {
	struct qpp_reviewing *r;
	const struct qpp_review_form *form;
	struct qpp_str *id;
	int64_t *version;
	struct qpp_findings before;      /* as they were: the store may run a change again */
};

static enum qpp_code new_draft(struct qpp_tx *tx, struct saving *g, const struct qpp_who *who, struct qpp_str acting,
                               struct qpp_err *err)
{
	struct review_step s = { .r = g->r, .act = QPP_REVIEW_EDIT, .becomes = QPP_REVIEW_DRAFT };
	s.body.form = *g->form;
	s.row = (struct qpp_review_row){ .who = *who, .account_id = g->r->call.actor->account_id, .acting_id = acting,
		                             .reason = g->form->reason };
	enum qpp_code code = review_done(tx, &s, err);
	*g->id = s.row.id;
	*g->version = s.row.version;
	return code;
}

static enum qpp_code old_draft(struct qpp_tx *tx, struct saving *g, const struct qpp_who *who, struct qpp_str acting,
                               struct qpp_err *err)
{
	struct review_step s = { .r = g->r, .act = QPP_REVIEW_EDIT, .id = *g->id, .version = *g->version };
	enum qpp_code code = review_open(tx, &s, err);
	if (code != QPP_OK)
		return code;
	s.body.form = *g->form;
	s.row.who = *who;
	s.row.acting_id = acting;
	s.row.account_id = g->r->call.actor->account_id;
	s.row.reason = g->form->reason;
	/* A save is no event of its own: the draft is what it is. */
	s.row.body = review_body_text(qpp_tx_arena(tx), &s.body);
	code = qpp_store_review_put(tx, &s.row, err);
	*g->version = s.row.version;
	return code;
}

static enum qpp_code save(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct saving *g = request;
	struct qpp_who who;
	struct qpp_str acting;
	*g->r->findings = g->before;
	enum qpp_code code = review_subject(g->r, tx, g->form, &who, err);
	if (code == QPP_OK)
		code = review_may_file(g->r, tx, g->form, &who, &acting, err);
	if (code == QPP_OK)
		code = review_check(g->r, tx, g->form, QPP_WARNING, err);
	if (code != QPP_OK)
		return code;
	return g->id->n ? old_draft(tx, g, &who, acting, err) : new_draft(tx, g, &who, acting, err);
}

enum qpp_code qpp_review_save(struct qpp_reviewing *r, const struct qpp_review_form *form, struct qpp_str *id, int64_t *version,
                              struct qpp_err *err)
{
	struct qpp_str new_id = *id;
	int64_t new_version = *version;
	struct saving g = { r, form, &new_id, &new_version, *r->findings };
	enum qpp_code code = review_write(r, save, &g, err);
	if (code == QPP_OK) {
		*id = new_id;
		*version = new_version;
	}
	return code;
}

/* --- filing --- */

struct filing {
	struct qpp_reviewing *r;
	struct qpp_review_filing *f;
	struct qpp_once *once;
	struct qpp_findings before;
};

static enum qpp_code untimely(struct qpp_reviewing *r, const struct qpp_review_window *w, struct qpp_err *err)
{
	bool over = w->state == QPP_WINDOW_OVER;
	(void)qpp_fail(err, QPP_CONFLICT, over ? "the time to ask for a review is over" : "reviews cannot be asked for yet", (char *)NULL);
	if (w->closes.has)
		qpp_err_detail(err, "requests were taken ", review_until(r, w).p, "; this one came ",
		               qpp_eastern_exact(r->call.arena, r->reviews->eastern, r->at).p, (char *)NULL);
	else
		qpp_err_detail(err, "the window opens with the release of the ",
		               qpp_str_is(w->opens_with, "scores") ? "final scores" : "adjustment factors", (char *)NULL);
	qpp_err_hint(err, over ? "the draft is kept; it can be filed if the agency extends the window" : "the draft is kept", (char *)NULL);
	qpp_err_cite(err, w->cite);
	return QPP_CONFLICT;
}

/*
 * The window, and the earlier request on the same matter. Behind the window a matter that was decided answers that it
 * is final: being late is then not the point.
 */
static enum qpp_code timely(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err)
{
	struct qpp_review_window w;
	struct qpp_review_row_rows same = { 0 };
	const struct qpp_review_row *decided = NULL;
	enum qpp_code code = review_window(s->r, tx, s->row.who.py, s->body.form.reason, s->r->at, &w, err);
	if (code == QPP_OK)
		code = qpp_store_review_same(tx, &s->row.who, s->row.reason, &same, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < same.n; i++) {
		enum qpp_review_state state = qpp_review_state_of(same.v[i].state);
		if (qpp_review_decided(state))
			decided = &same.v[i];
		if (!s->row.first_id.n && state != QPP_REVIEW_WITHDRAWN && state != QPP_REVIEW_CLOSED)
			s->row.first_id = same.v[i].id;
	}
	if (w.state != QPP_WINDOW_OPEN)
		return decided ? review_final(err, qpp_tx_arena(tx), decided) : untimely(s->r, &w, err);
	s->row.margin = w.closes.has ? w.margin : 0;
	return QPP_OK;
}

static struct qpp_str kept(struct qpp_arena *a, const struct qpp_review_filing *f)
{
	json_t *o = json_object();
	json_object_set_new(o, "number", json_stringn(f->number.p, f->number.n));
	json_object_set_new(o, "receipt", json_stringn(f->receipt.p, f->receipt.n));
	json_object_set_new(o, "at", json_integer(f->at.us));
	json_object_set_new(o, "margin", json_integer(f->margin));
	json_object_set_new(o, "duplicateOf", json_stringn(f->duplicate_of.n ? f->duplicate_of.p : "", f->duplicate_of.n));
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(o);
	return s;
}

static enum qpp_code unkeep(struct qpp_arena *a, struct qpp_str response, struct qpp_review_filing *f, struct qpp_err *err)
{
	json_t *o = json_loadb(response.n ? response.p : "", response.n, 0, NULL);
	if (!o)
		return qpp_fail(err, QPP_BUG, "a kept answer cannot be read", (char *)NULL);
	f->number = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(o, "number"))));
	f->receipt = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(o, "receipt"))));
	f->duplicate_of = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(o, "duplicateOf"))));
	f->at.us = json_integer_value(json_object_get(o, "at"));
	f->margin = json_integer_value(json_object_get(o, "margin"));
	json_decref(o);
	return QPP_OK;
}

/* The request as it is now is what was filed: recorded, numbered, acknowledged. */
static enum qpp_code acknowledge(struct qpp_tx *tx, struct filing *g, struct review_step *s, struct qpp_err *err)
{
	struct qpp_review_document_row_rows documents = { 0 };
	struct qpp_receipt receipt;
	struct qpp_arena *a = qpp_tx_arena(tx);
	enum qpp_code code = qpp_store_review_document_of(tx, s->row.id, &documents, err);
	if (code == QPP_OK)
		code = review_record(tx, g->r, s->row.id, "filing", review_filing_text(a, &s->row, &s->body.form, &documents), &receipt, err);
	if (code != QPP_OK)
		return code;
	s->row.filed = g->r->at;
	s->row.number = receipt.number;
	s->row.sequence = receipt.sequence;
	code = review_done(tx, s, err);
	if (code == QPP_OK)
		code = review_mail_filed(tx, s, &receipt, err);
	g->f->number = receipt.number;
	g->f->receipt = qpp_receipt_json(a, &receipt);
	g->f->at = g->r->at;
	g->f->margin = s->row.margin;
	g->f->duplicate_of = s->row.first_id;
	g->once->response = kept(a, g->f);
	return code;
}

static enum qpp_code file(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct filing *g = request;
	struct review_step s = { .r = g->r, .act = QPP_REVIEW_FILE, .id = g->f->id, .version = g->f->version };
	struct qpp_str acting;
	bool found;
	struct qpp_review_campaign campaign;
	*g->r->findings = g->before;
	enum qpp_code code = review_open(tx, &s, err);
	if (code == QPP_OK)
		code = review_may_file(g->r, tx, &s.body.form, &s.row.who, &acting, err);
	if (code == QPP_OK)
		code = timely(tx, &s, err);
	if (code == QPP_OK && !g->f->certified)
		review_fault(g->r, QPP_ERROR, "memberMissing", "certified", "the certification is missing", "that what is said is true");
	if (code == QPP_OK)
		code = review_check(g->r, tx, &s.body.form, QPP_ERROR, err);
	if (code == QPP_OK)
		code = review_campaign(g->r, tx, s.row.who.py, s.row.reason, &campaign, &found, err);
	if (code != QPP_OK)
		return code;
	s.row.campaign = found ? campaign.name : QPP_LIT("");
	s.row.acting_id = acting;
	s.row.account_id = g->r->call.actor->account_id;
	return acknowledge(tx, g, &s, err);
}

enum qpp_code qpp_review_file(struct qpp_reviewing *r, struct qpp_review_filing *f, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_once once;
	struct filing g = { .r = r, .f = f, .once = &once, .before = *r->findings };
	enum qpp_code code = review_writes(r, err);
	f->replayed = false;
	if (code != QPP_OK)
		return code;
	const struct qpp_keyed key = { .key = f->key, .account_id = r->call.actor->account_id, .act = "review.file",
		.content = qpp_str_cat(a, qpp_str_dup(a, f->id).p, f->certified ? " certified" : "", (char *)NULL) };
	code = qpp_write_by_key(r->reviews->service->store, a, &key, &once, file, &g, err);
	f->replayed = once.replayed;
	return code == QPP_OK && once.replayed ? unkeep(a, once.response, f, err) : code;
}
