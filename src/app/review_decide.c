/*
 * The second person decides or gives back; silence lapses; what was decided
 * reaches scoring. Two people make a decision, neither of them concerned, and
 * nothing changes it afterwards (414.1385(a)(7)).
 */
#include "app/review_int.h"

/* --- the second person --- */

static enum qpp_code other_person(const struct review_step *s, struct qpp_err *err)
{
	if (!qpp_str_eq(s->body.opinion.by_id, s->r->call.actor->account_id))
		return QPP_OK;
	(void)qpp_fail(err, QPP_FORBIDDEN, "whoever recommended a decision does not confirm it", (char *)NULL);
	qpp_err_hint(err, "another second reviewer looks at it", (char *)NULL);
	return QPP_FORBIDDEN;
}

struct decision {
	struct review_step s;
	struct qpp_str id;
};

/* The request may have been approved or denied by the recommendation: which step it is is known when it is read. */
static enum qpp_code open_decision(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err)
{
	s->act = QPP_REVIEW_APPROVE;
	enum qpp_code code = review_open(tx, s, err);
	if (code == QPP_OK && !s->body.recommended)
		code = qpp_fail(err, QPP_BUG, "a request was recommended without a recommendation", (char *)NULL);
	if (code != QPP_OK || s->body.opinion.approved)
		return code;
	s->act = QPP_REVIEW_DENY;
	return qpp_review_step(&s->rules, s->was, s->act, &s->becomes, err);
}

static enum qpp_code decide(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct decision *x = request;
	struct review_step *s = &x->s;
	struct qpp_receipt receipt;
	enum qpp_code code = open_decision(tx, s, err);
	if (code == QPP_OK)
		code = other_person(s, err);
	if (code != QPP_OK)
		return code;
	struct qpp_review_decided *d = &s->body.opinion;
	d->confirmed_by_id = s->r->call.actor->account_id;
	d->confirmed_by_name = review_name_of(tx, d->confirmed_by_id);
	s->note = d->reasons;
	s->row.to_apply = d->approved && d->n_overrides > 0;
	struct qpp_decision row = { .request_id = s->row.id, .account_id = d->confirmed_by_id,
		.outcome = qpp_str_of(qpp_review_state_name(s->becomes)), .body = review_opinion_text(qpp_tx_arena(tx), d) };
	code = review_record(tx, s->r, s->row.id, "decision", row.body, &receipt, err);
	row.sequence = code == QPP_OK ? receipt.sequence : 0;
	if (code == QPP_OK)
		code = qpp_store_decision_add(tx, &row, err);
	x->id = row.id;
	return code == QPP_OK ? review_done(tx, s, err) : code;
}

/* --- to scoring --- */

static enum qpp_code applied(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct qpp_review_row *was = request;
	struct qpp_review_row row;
	enum qpp_code code = qpp_store_review_get(tx, was->id, &row, err);
	row.to_apply = false;
	return code == QPP_OK ? qpp_store_review_put(tx, &row, err) : code;
}

static enum qpp_code hand_over(struct qpp_reviewing *r, struct qpp_review_row *row, const struct qpp_review_override *v, size_t n,
                               struct qpp_str decision_id, struct qpp_err *err)
{
	const struct qpp_decision_port *port = r->reviews->decisions;
	enum qpp_code code = QPP_OK;
	if (!port)
		return QPP_OK;
	for (size_t t = 0; code == QPP_OK && t < QPP_REVIEW_TOPICS; t++) {
		struct qpp_str facts = qpp_review_facts(r->call.arena, v, n, review_topics[t]);
		if (facts.n)
			code = port->apply(port, r->call.arena, row, review_topics[t], facts, decision_id, err);
	}
	return code == QPP_OK ? qpp_store_write(r->reviews->service->store, r->call.arena, applied, row, err) : code;
}

static enum qpp_code waiting(struct qpp_reviewing *r, struct qpp_review_row_rows *rows, struct qpp_decision_rows **decisions,
                             struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_review_query q = { .to_apply = true };
	enum qpp_code code = qpp_store_begin(r->reviews->service->store, r->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_review_list(tx, &q, (struct qpp_slice){ 0 }, rows, err);
	*decisions = QPP_NEW_ARRAY(r->call.arena, rows->n + 1, struct qpp_decision_rows);
	for (size_t i = 0; code == QPP_OK && i < rows->n; i++)
		code = qpp_store_decision_of(tx, rows->v[i].id, &(*decisions)[i], err);
	qpp_store_end(tx);
	return code;
}

/* One that fails does not keep the others waiting; the first failure is told. */
enum qpp_code qpp_review_apply_due(struct qpp_reviewing *r, int64_t *n, struct qpp_err *err)
{
	struct qpp_review_row_rows rows = { 0 };
	struct qpp_decision_rows *decisions;
	*n = 0;
	if (!r->reviews->decisions)
		return QPP_OK;
	enum qpp_code first = waiting(r, &rows, &decisions, err);
	if (first != QPP_OK)
		return first;
	for (size_t i = 0; i < rows.n; i++) {
		struct qpp_review_decided d;
		struct qpp_err own;
		enum qpp_code code = QPP_BUG;
		if (decisions[i].n)
			code = review_opinion_read(r->call.arena, decisions[i].v[0].body, &d, &own);
		else
			(void)qpp_fail(&own, QPP_BUG, "an approved request has no decision", (char *)NULL);
		if (code == QPP_OK)
			code = hand_over(r, &rows.v[i], d.overrides, d.n_overrides, decisions[i].v[0].id, &own);
		*n += code == QPP_OK;
		if (code != QPP_OK && first == QPP_OK) {
			first = code;
			*err = own;
		}
	}
	return first;
}

enum qpp_code qpp_review_confirm(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str *decision_id,
                                 struct qpp_err *err)
{
	struct decision x = { .s = { .r = r, .id = id, .version = version } };
	enum qpp_code code = review_write_as(r, QPP_POST_SECOND_REVIEWER, decide, &x, err);
	if (decision_id)
		*decision_id = x.id;
	/* The decision stands; what cannot be applied now is by qpp_review_apply_due(). */
	if (code == QPP_OK && x.s.row.to_apply)
		(void)hand_over(r, &x.s.row, x.s.body.opinion.overrides, x.s.body.opinion.n_overrides, x.id, &(struct qpp_err){ 0 });
	return code;
}

static enum qpp_code give_back(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct review_step *s = request;
	enum qpp_code code = review_open(tx, s, err);
	if (code == QPP_OK)
		code = other_person(s, err);
	s->body.recommended = false;
	return code == QPP_OK ? review_done(tx, s, err) : code;
}

enum qpp_code qpp_review_return(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str note, struct qpp_err *err)
{
	struct review_step s = { .r = r, .act = QPP_REVIEW_RETURN, .id = id, .version = version, .note = note, .inside = true };
	enum qpp_code code = review_needs_post(r, QPP_POST_SECOND_REVIEWER, err);
	if (code != QPP_OK)
		return code;
	review_check_text(r, "note", note);
	code = review_refuse(r, err);
	return code == QPP_OK ? review_write_as(r, QPP_POST_SECOND_REVIEWER, give_back, &s, err) : code;
}

/* R-414.1385(a)(3) of the first text: silence may close a request. */
static enum qpp_code close_it(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct review_step *s = request;
	enum qpp_code code = review_open(tx, s, err);
	if (code == QPP_OK && !s->row.lapsed)
		return qpp_fail(err, QPP_CONFLICT, "only a request whose question nobody answered in time is closed", (char *)NULL);
	return code == QPP_OK ? review_done(tx, s, err) : code;
}

enum qpp_code qpp_review_close(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str note, struct qpp_err *err)
{
	struct review_step s = { .r = r, .act = QPP_REVIEW_CLOSE, .id = id, .version = version, .note = note };
	enum qpp_code code = review_needs_post(r, QPP_POST_REVIEWER, err);
	if (code != QPP_OK)
		return code;
	review_check_text(r, "note", note);
	code = review_refuse(r, err);
	return code == QPP_OK ? review_write_as(r, QPP_POST_REVIEWER, close_it, &s, err) : code;
}

/* --- silence --- */

struct silence {
	struct qpp_reviewing *r;
	int64_t n;
};

static enum qpp_code lapse_one(struct qpp_tx *tx, struct qpp_reviewing *r, struct qpp_str id, struct qpp_err *err)
{
	struct review_step s = { .r = r, .act = QPP_REVIEW_LAPSE, .id = id };
	enum qpp_code code = review_open(tx, &s, err);
	if (code != QPP_OK)
		return code;
	s.row.lapsed = true;
	s.body.question = QPP_LIT("");
	s.note = QPP_LIT("no answer arrived in time: decide on available information");
	return review_done(tx, &s, err);
}

static enum qpp_code lapse(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct silence *x = request;
	struct qpp_review_row_rows rows = { 0 };
	/* The whole of its last second is in time. */
	struct qpp_review_query q = { .due_before = { x->r->at.us - QPP_MICROS_A_SECOND + 1 } };
	enum qpp_code code = qpp_store_review_list(tx, &q, (struct qpp_slice){ 0 }, &rows, err);
	for (x->n = 0; code == QPP_OK && (size_t)x->n < rows.n; x->n++)
		code = lapse_one(tx, x->r, rows.v[x->n].id, err);
	return code;
}

enum qpp_code qpp_review_lapse_due(struct qpp_reviewing *r, int64_t *n, struct qpp_err *err)
{
	static const struct qpp_actor nobody;
	struct qpp_reviewing job = *r;
	job.call.actor = &nobody;
	struct silence x = { .r = &job };
	enum qpp_code code = qpp_store_write(r->reviews->service->store, r->call.arena, lapse, &x, err);
	*n = code == QPP_OK ? x.n : 0;
	return code;
}
