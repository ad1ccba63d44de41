/*
 * The agency's side: a reviewer takes a request, asks, recommends; a second
 * person decides or gives it back. Two people make a decision, neither of them
 * concerned, and nothing changes it afterwards (414.1385(a)(7)).
 */
#include "app/eastern.h"
#include "app/review_int.h"

enum { LONGEST_FACT = 64, LONGEST_VALUE = 20000, MOST_OVERRIDES = 50, LONGEST_WORD = 40 };

static enum qpp_code write_as(struct qpp_reviewing *r, enum qpp_post post, qpp_change *change, void *request, struct qpp_err *err)
{
	enum qpp_code code = review_needs_post(r, post, err);
	return code == QPP_OK ? qpp_store_write(r->reviews->service->store, r->call.arena, change, request, err) : code;
}

static struct qpp_str name_of(struct qpp_tx *tx, struct qpp_str account_id)
{
	struct qpp_account account = { 0 };
	struct qpp_err ignored;
	return qpp_store_account_get(tx, account_id, &account, &ignored) == QPP_OK ? account.name : QPP_LIT("");
}

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
	return write_as(r, QPP_POST_REVIEWER, assign, &x, err);
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
	return code == QPP_OK ? write_as(r, QPP_POST_REVIEWER, ask, &s, err) : code;
}

/* --- recommendation --- */

struct opinion {
	struct review_step s;
	const struct qpp_review_opinion *is;
	struct qpp_findings before;      /* as they were: the store may run a change again */
};

static bool is_fact_name(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && (i == 0 || (c != '.' && !(c >= '0' && c <= '9'))))
			return false;
	}
	return s.n > 0 && s.n <= LONGEST_FACT;
}

static const struct qpp_str topics[] = { QPP_LIT_INIT("scoring"), QPP_LIT_INIT("eligibility") };

static bool is_override(const struct qpp_review_override *x)
{
	bool topic = !x->topic.n;
	for (size_t t = 0; t < sizeof topics / sizeof *topics; t++)
		topic |= qpp_str_eq(x->topic, topics[t]);
	return topic && is_fact_name(x->fact) && x->value.n <= LONGEST_VALUE && review_is_json(x->value);
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
	for (size_t t = 0; port && t < sizeof topics / sizeof *topics; t++) {
		struct qpp_str facts = qpp_review_facts(r->call.arena, o->overrides, o->n_overrides, topics[t]);
		enum qpp_code code = facts.n ? port->check(port, r->call.arena, topics[t], facts, err) : QPP_OK;
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
		.by_id = self, .by_name = name_of(tx, self), .approved = x->is->approve, .score_change = x->is->approve && x->is->score_change,
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
	return write_as(r, QPP_POST_REVIEWER, recommend, &x, err);
}

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
	d->confirmed_by_name = name_of(tx, d->confirmed_by_id);
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

/* ---- to scoring ---- */

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
	for (size_t t = 0; code == QPP_OK && t < sizeof topics / sizeof *topics; t++) {
		struct qpp_str facts = qpp_review_facts(r->call.arena, v, n, topics[t]);
		if (facts.n)
			code = port->apply(port, r->call.arena, row, topics[t], facts, decision_id, err);
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
	enum qpp_code code = write_as(r, QPP_POST_SECOND_REVIEWER, decide, &x, err);
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
	return code == QPP_OK ? write_as(r, QPP_POST_SECOND_REVIEWER, give_back, &s, err) : code;
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
	return code == QPP_OK ? write_as(r, QPP_POST_REVIEWER, close_it, &s, err) : code;
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

/* --- the operator --- */

struct moving {
	struct qpp_reviewing *r;
	struct qpp_review_extension_row row;
};

static enum qpp_code put_down(struct qpp_tx *tx, struct moving *m, const char *action, struct qpp_err *err)
{
	struct qpp_receipt receipt;
	struct qpp_arena *a = qpp_tx_arena(tx);
	const char *year = qpp_i64_text(a, m->row.py.v).p;
	struct qpp_str subject = qpp_str_cat(a, "review-window/", year, m->row.campaign.n ? "/" : "", qpp_str_dup(a, m->row.campaign).p, (char *)NULL);
	struct qpp_ledger_new record = { .at = m->r->at, .kind = QPP_LIT("extension"), .body = m->row.reason, .keep = true, .subject = subject };
	struct qpp_audit audit = { .at = m->r->at, .account_id = m->r->call.actor->account_id, .action = qpp_str_of(action),
		                       .subject = subject, .outcome = qpp_code_http(QPP_OK) };
	enum qpp_code code = qpp_store_ledger_append(tx, &record, &receipt, err);
	m->row.account_id = audit.account_id;
	m->row.sequence = code == QPP_OK ? receipt.sequence : 0;
	if (code == QPP_OK)
		code = qpp_store_review_extension_add(tx, &m->row, err);
	return code == QPP_OK ? qpp_store_audit_add(tx, &audit, err) : code;
}

static enum qpp_code extend(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct moving *m = request;
	struct qpp_review_window w;
	struct qpp_review_campaign campaign;
	bool found = true;
	enum qpp_code code = QPP_OK;
	if (m->row.campaign.n)
		code = review_campaign(m->r, tx, m->row.py, m->row.campaign, &campaign, &found, err);
	if (code == QPP_OK && !found)
		return qpp_fail(err, QPP_NOT_FOUND, "the year has no such campaign", (char *)NULL);
	if (code == QPP_OK)
		code = review_window(m->r, tx, m->row.py, m->row.campaign, m->r->at, &w, err);
	if (code != QPP_OK)
		return code;
	if (w.closes.has && qpp_time_instant(m->row.closes).v <= w.closes.at.v) {
		review_fault(m->r, QPP_ERROR, "valueOutOfRange", "closes", "a window is only ever extended: this is not later than its end",
		             qpp_eastern_exact(m->r->call.arena, m->r->reviews->eastern, qpp_time_of_instant(w.closes.at)).p);
		return review_refuse(m->r, err);
	}
	return put_down(tx, m, "review.extend", err);
}

enum qpp_code qpp_review_extend(struct qpp_reviewing *r, qpp_py py, struct qpp_str campaign, qpp_instant closes, struct qpp_str reason,
                                struct qpp_err *err)
{
	struct moving m = { r, { .py = py, .campaign = campaign, .closes = qpp_time_of_instant(closes), .reason = reason } };
	enum qpp_code code = review_needs_post(r, QPP_POST_OPERATOR, err);
	if (code != QPP_OK)
		return code;
	review_check_text(r, "reason", reason);
	code = review_refuse(r, err);
	return code == QPP_OK ? write_as(r, QPP_POST_OPERATOR, extend, &m, err) : code;
}

static enum qpp_code add_campaign(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct moving *m = request;
	struct qpp_review_reason reason;
	/* The name is that of a reason, and must not be another's. */
	enum qpp_code code = review_reason(m->r, tx, m->row.py, m->row.campaign, &reason, err);
	if (code == QPP_OK)
		return qpp_fail(err, QPP_DUPLICATE, "the year has a reason of this name already", (char *)NULL);
	return code == QPP_NOT_FOUND ? put_down(tx, m, "review.campaign", err) : code;
}

static void check_campaign(struct qpp_reviewing *r, const struct qpp_review_campaign *c)
{
	struct qpp_str rest = c->levels, word;
	if (!is_fact_name(c->name) || c->name.n > LONGEST_WORD)
		review_fault(r, QPP_ERROR, "valueUnknown", "name", "a campaign has one word of letters for a name", "at most 40 letters and digits");
	review_check_text(r, "says", c->says);
	if (!c->levels.n)
		review_fault(r, QPP_ERROR, "memberMissing", "levels", "it is not said who may ask", "levels between +");
	while (c->levels.n && qpp_str_cut(&rest, '+', &word))
		if (qpp_entity_of(word) == QPP_ENTITY_NONE)
			review_fault(r, QPP_ERROR, "valueUnknown", "levels", "there is no such level",
			             "individual, group, subgroup, virtualGroup, apmEntity");
	if (!c->closes.has || (c->opens.has && c->opens.at.v > c->closes.at.v))
		review_fault(r, QPP_ERROR, "valueOutOfRange", "closes", "the campaign ends before it begins, or never", "a later instant");
}

enum qpp_code qpp_review_campaign_add(struct qpp_reviewing *r, qpp_py py, const struct qpp_review_campaign *c, struct qpp_str reason,
                                      struct qpp_err *err)
{
	struct moving m = { r, { .py = py, .campaign = c->name, .levels = c->levels, .says = c->says, .reason = reason } };
	enum qpp_code code = review_needs_post(r, QPP_POST_OPERATOR, err);
	if (code != QPP_OK)
		return code;
	check_campaign(r, c);
	review_check_text(r, "reason", reason);
	m.row.opens = c->opens.has ? qpp_time_of_instant(c->opens.at) : (qpp_time){ 0 };
	m.row.closes = c->closes.has ? qpp_time_of_instant(c->closes.at) : (qpp_time){ 0 };
	code = review_refuse(r, err);
	return code == QPP_OK ? write_as(r, QPP_POST_OPERATOR, add_campaign, &m, err) : code;
}
