/*
 * One step of one request: read it, see who asks and whether the step can be
 * taken, and put it down with its event. What was decided is decided: this is
 * the one place every change passes.
 */
#include "app/review_int.h"

#include "app/eastern.h"

static const char *text(struct qpp_arena *a, struct qpp_str s)
{
	return qpp_str_dup(a, s).p;
}

enum qpp_code review_final(struct qpp_err *err, struct qpp_arena *a, const struct qpp_review_row *row)
{
	enum qpp_review_state s = qpp_review_state_of(row->state);
	if (qpp_review_decided(s))
		(void)qpp_fail(err, QPP_CONFLICT, "the decision is final, no further review", (char *)NULL);
	else
		(void)qpp_fail(err, QPP_CONFLICT, "the request was ", s == QPP_REVIEW_CLOSED ? "closed for no response" : "withdrawn", (char *)NULL);
	qpp_err_detail(err, "request ", text(a, row->number.n ? row->number : row->id), " is ", text(a, row->state), (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1385(a)(7)"));
	return QPP_CONFLICT;
}

/* Who was faster, and what was done. */
static enum qpp_code overtaken(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err)
{
	struct qpp_review_event_row_rows events = { 0 };
	struct qpp_account account = { 0 };
	struct qpp_err ignored;
	struct qpp_arena *a = qpp_tx_arena(tx);
	(void)qpp_fail(err, QPP_STALE, "the request has changed since it was read", (char *)NULL);
	qpp_err_hint(err, "read it again: what you wanted to do may no longer be right", (char *)NULL);
	if (qpp_store_review_event_of(tx, s->row.id, &events, &ignored) != QPP_OK || !events.n)
		return QPP_STALE;
	const struct qpp_review_event_row *last = &events.v[events.n - 1];
	bool named = s->reader.agency && last->account_id.n && qpp_store_account_get(tx, last->account_id, &account, &ignored) == QPP_OK;
	qpp_err_detail(err, named ? text(a, account.name) : "somebody", ": ", text(a, last->act), ", ", qpp_eastern_exact(a, s->r->reviews->eastern, last->at).p,
	               "; it is now ", qpp_review_state_title(s->was), (char *)NULL);
	return QPP_STALE;
}

static enum qpp_code not_now(struct qpp_err *err, const struct review_step *s)
{
	(void)qpp_fail(err, QPP_CONFLICT, "the request is at a step where this cannot be done", (char *)NULL);
	qpp_err_detail(err, "it is: ", qpp_review_state_title(s->was), (char *)NULL);
	return QPP_CONFLICT;
}

/* Acts of the filing side, as opposed to the agency's. */
static bool of_filer(enum qpp_review_act act)
{
	return act == QPP_REVIEW_EDIT || act == QPP_REVIEW_FILE || act == QPP_REVIEW_ATTACH || act == QPP_REVIEW_WITHDRAW ||
	       act == QPP_REVIEW_ANSWER;
}

static enum qpp_code may(const struct review_step *s, struct qpp_err *err)
{
	if (!s->reader.sees)
		return qpp_not_found(err, "request");
	if (of_filer(s->act) && !s->reader.files)
		return qpp_fail(err, QPP_FORBIDDEN, "only the side that filed the request does this", (char *)NULL);
	if (!of_filer(s->act) && s->act != QPP_REVIEW_LAPSE && s->reader.partial) {
		(void)qpp_fail(err, QPP_FORBIDDEN, "nobody handles a request that is the own one, or of an own organization", (char *)NULL);
		qpp_err_hint(err, "another reviewer takes it", (char *)NULL);
		return QPP_FORBIDDEN;
	}
	return QPP_OK;
}

enum qpp_code review_open(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_review_get(tx, s->id, &s->row, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "request");
	if (code == QPP_OK)
		code = review_body_read(qpp_tx_arena(tx), s->row.body, &s->body, err);
	if (code != QPP_OK)
		return code;
	s->was = qpp_review_state_of(s->row.state);
	if (s->act != QPP_REVIEW_LAPSE) {
		s->reader = review_reader_of(s->r, tx, &s->row);
		code = may(s, err);
	}
	if (code == QPP_OK && s->version && s->version != s->row.version)
		return overtaken(tx, s, err);
	if (code == QPP_OK && qpp_review_ended(s->was))
		return review_final(err, qpp_tx_arena(tx), &s->row);
	if (code == QPP_OK)
		code = review_rules(s->r, s->row.who.py, &s->rules, err);
	if (code == QPP_OK)
		code = qpp_review_step(&s->rules, s->was, s->act, &s->becomes, err);
	return code == QPP_OK && !s->becomes ? not_now(err, s) : code;
}

enum qpp_code review_done(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err)
{
	struct qpp_review_event_row event = {
		.account_id = s->r->call.actor ? s->r->call.actor->account_id : QPP_LIT(""), .at = s->r->at, .note = s->note,
		.act = qpp_str_of(qpp_review_act_name(s->act)), .was = qpp_str_of(qpp_review_state_name(s->was)),
		.becomes = qpp_str_of(qpp_review_state_name(s->becomes)), .inside = s->inside
	};
	s->row.state = event.becomes;
	s->row.body = review_body_text(qpp_tx_arena(tx), &s->body);
	enum qpp_code code = qpp_store_review_put(tx, &s->row, err);
	event.review_id = s->row.id;
	if (code == QPP_OK)
		code = qpp_store_review_event_add(tx, &event, err);
	return code == QPP_OK ? review_mail(tx, s, err) : code;
}

enum qpp_code review_record(struct qpp_tx *tx, struct qpp_reviewing *r, struct qpp_str id, const char *kind, struct qpp_str body,
                            struct qpp_receipt *receipt, struct qpp_err *err)
{
	struct qpp_ledger_new record = { .at = r->at, .kind = qpp_str_of(kind), .body = body, .keep = true,
		                             .subject = qpp_str_cat(qpp_tx_arena(tx), "review/", text(qpp_tx_arena(tx), id), (char *)NULL) };
	return qpp_store_ledger_append(tx, &record, receipt, err);
}
