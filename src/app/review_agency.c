/*
 * The reviewer's side: take a request, ask, recommend. What a recommendation
 * needs is looked at here, because the decision that follows it is final.
 */
#include "app/review_int.h"

enum { LONGEST_VALUE = 20000, MOST_OVERRIDES = 50 };

/* --- assignment, questions --- */

struct assignment {
	struct review_step s;
	struct qpp_str to;
};

static enum qpp_code is_reviewer(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_err *err)
{
	struct qpp_role_row_rows roles = { 0 };
	enum qpp_code code = qpp_store_role_of_account(tx, account_id, QPP_POST_ACTIVE, &roles, err);
	for (size_t i = 0; code == QPP_OK && i < roles.n; i++)
		if (roles.v[i].post == QPP_POST_REVIEWER)
			return QPP_OK;
	return code == QPP_OK ? qpp_fail(err, QPP_NOT_FOUND, "there is no such reviewer", (char *)NULL) : code;
}

static enum qpp_code assign(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct assignment *x = request;
	struct qpp_str self = x->s.r->call.actor->account_id;
	enum qpp_code code = review_open(tx, &x->s, err);
	if (code == QPP_OK && x->to.n && !qpp_str_eq(x->to, self))
		code = is_reviewer(tx, x->to, err);
	if (code != QPP_OK)
		return code;
	x->s.row.assignee_id = x->to.n ? x->to : self;
	if (qpp_str_eq(x->s.row.assignee_id, x->s.row.account_id))
		return qpp_fail(err, QPP_FORBIDDEN, "nobody handles the own request", (char *)NULL);
	return review_done(tx, &x->s, err);
}

enum qpp_code qpp_review_assign(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str assignee_id, struct qpp_err *err)
{
	struct assignment x = { { .r = r, .act = QPP_REVIEW_ASSIGN, .id = id, .version = version }, assignee_id };
	return review_write_as(r, QPP_POST_REVIEWER, assign, &x, err);
}

/* R-414.1385(a)(5): due so many days behind the day it was asked. */
static enum qpp_code ask(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct review_step *s = request;
	struct qpp_review_due due;
	enum qpp_code code = review_open(tx, s, err);
	if (code == QPP_OK)
		code = qpp_review_due(&s->rules, s->r->reviews->eastern, qpp_time_instant(s->r->at), &due, err);
	if (code != QPP_OK)
		return code;
	s->row.asked = s->r->at;
	s->row.due = qpp_time_of_instant(due.due);
	s->row.lapsed = false;
	s->body.question = s->note;
	return review_done(tx, s, err);
}

enum qpp_code qpp_review_ask(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str question, struct qpp_err *err)
{
	struct review_step s = { .r = r, .act = QPP_REVIEW_ASK, .id = id, .version = version, .note = question };
	enum qpp_code code = review_needs_post(r, QPP_POST_REVIEWER, err);
	if (code != QPP_OK)
		return code;
	review_check_text(r, "question", question);
	code = review_refuse(r, err);
	return code == QPP_OK ? review_write_as(r, QPP_POST_REVIEWER, ask, &s, err) : code;
}

/* --- recommendation --- */

struct opinion {
	struct review_step s;
	const struct qpp_review_opinion *is;
	struct qpp_findings before;      /* as they were: the store may run a change again */
};

static bool is_override(const struct qpp_review_override *x)
{
	bool topic = !x->topic.n;
	for (size_t t = 0; t < QPP_REVIEW_TOPICS; t++)
		topic |= qpp_str_eq(x->topic, review_topics[t]);
	return topic && review_is_word(x->fact) && x->value.n <= LONGEST_VALUE && review_is_json(x->value);
}

static void check_overrides(struct qpp_reviewing *r, const struct qpp_review_opinion *o)
{
	if (o->n_overrides > MOST_OVERRIDES)
		review_fault(r, QPP_ERROR, "tooMany", "overrides", "there are more corrections than any real decision has", "at most 50");
	if (!o->approve && o->n_overrides)
		review_fault(r, QPP_ERROR, "valueUnknown", "overrides", "a denial corrects nothing", "none");
	if (o->approve && o->score_change && !o->n_overrides)
		review_fault(r, QPP_ERROR, "memberMissing", "overrides", "it is not said what is to be corrected", "a fact and its right value");
	if (o->approve && !o->score_change && o->n_overrides)
		review_fault(r, QPP_ERROR, "valueUnknown", "overrides", "an approval without a change of the score corrects nothing", "none");
	for (size_t i = 0; i < o->n_overrides && i < MOST_OVERRIDES; i++)
		if (!is_override(&o->overrides[i]))
			review_fault(r, QPP_ERROR, "valueUnknown", "overrides", "a correction is no fact with a value",
			             "the name of a fact and a JSON value");
}

/* What scoring could not read would stand in a final decision: it is asked before. */
static enum qpp_code check_facts(struct qpp_reviewing *r, const struct qpp_review_opinion *o, struct qpp_err *err)
{
	const struct qpp_decision_port *port = r->reviews->decisions;
	for (size_t t = 0; port && t < QPP_REVIEW_TOPICS; t++) {
		struct qpp_str facts = qpp_review_facts(r->call.arena, o->overrides, o->n_overrides, review_topics[t]);
		enum qpp_code code = facts.n ? port->check(port, r->call.arena, review_topics[t], facts, err) : QPP_OK;
		if (code != QPP_OK)
			return code;
	}
	return QPP_OK;
}

static enum qpp_code check_denial(const struct opinion *x, struct qpp_err *err)
{
	bool may = false;
	enum qpp_code code = qpp_review_may_deny(&x->s.rules, x->is->ground, &may, err);
	if (code == QPP_OK && !may)
		review_fault(x->s.r, QPP_ERROR, "valueUnknown", "ground", "the year's rules know no such ground to deny a request",
		             "duplicate, untimely, outOfScope or notWarranted (414.1385(a)(3)-(4))");
	if (code == QPP_OK && may && qpp_str_is(x->is->ground, "duplicate") && !x->s.row.first_id.n)
		review_fault(x->s.r, QPP_ERROR, "valueUnknown", "ground", "there is no earlier request on the same matter", "another ground");
	return code;
}

/* What nobody reviews can be asked for and cannot be approved (414.1385(b), 414.1455(a)). */
static enum qpp_code check_scope(struct qpp_tx *tx, const struct opinion *x, struct qpp_err *err)
{
	struct qpp_review_reason reason;
	enum qpp_code code = review_reason(x->s.r, tx, x->s.row.who.py, x->s.row.reason, &reason, err);
	if (code != QPP_OK || reason.scope != QPP_REVIEW_OF_NOTHING)
		return code;
	(void)qpp_fail(err, QPP_CONFLICT, "what this request is about is out of scope and cannot be approved", (char *)NULL);
	qpp_err_detail(err, qpp_str_dup(qpp_tx_arena(tx), reason.says).p, (char *)NULL);
	qpp_err_hint(err, "recommend a denial as out of scope", (char *)NULL);
	qpp_err_cite(err, reason.cite);
	return QPP_CONFLICT;
}

static enum qpp_code recommend(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct opinion *x = request;
	struct review_step *s = &x->s;
	*s->r->findings = x->before;
	enum qpp_code code = review_open(tx, s, err);
	if (code == QPP_OK)
		code = x->is->approve ? check_scope(tx, x, err) : check_denial(x, err);
	if (code == QPP_OK)
		code = review_refuse(s->r, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str self = s->r->call.actor->account_id;
	s->body.recommended = true;
	s->body.opinion = (struct qpp_review_decided){
		.by_id = self, .by_name = review_name_of(tx, self), .approved = x->is->approve, .score_change = x->is->approve && x->is->score_change,
		.ground = x->is->approve ? QPP_LIT("") : x->is->ground, .reasons = x->is->reasons, .overrides = x->is->overrides,
		.n_overrides = x->is->n_overrides
	};
	s->note = x->is->reasons;
	return review_done(tx, s, err);
}

enum qpp_code qpp_review_recommend(struct qpp_reviewing *r, struct qpp_str id, int64_t version, const struct qpp_review_opinion *o,
                                   struct qpp_err *err)
{
	struct opinion x = { { .r = r, .act = QPP_REVIEW_RECOMMEND, .id = id, .version = version, .inside = true }, o, *r->findings };
	enum qpp_code code = review_needs_post(r, QPP_POST_REVIEWER, err);
	if (code != QPP_OK)
		return code;
	review_check_text(r, "reasons", o->reasons);
	check_overrides(r, o);
	code = review_refuse(r, err);
	if (code == QPP_OK)
		code = check_facts(r, o, err);
	if (code != QPP_OK)
		return code;
	x.before = *r->findings;
	return review_write_as(r, QPP_POST_REVIEWER, recommend, &x, err);
}
