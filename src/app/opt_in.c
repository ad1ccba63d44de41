/*
 * The election itself: the subject is judged anew in the transaction that keeps
 * it, so that of two who choose at once one is first. The facts of eligibility
 * then say what was chosen, and every standing follows.
 */
#include "app/opt_in.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/eastern.h"
#include "app/exceptions_int.h"
#include "app/notices.h"
#include "app/provider.h"
#include "qpp/window.h"

static const char *const names[QPP_CHOICES] = { "", "optIn", "voluntary" };

const char *qpp_choice_name(enum qpp_opt_choice c)
{
	return names[c < QPP_CHOICES ? c : QPP_CHOICE_NONE];
}

const char *qpp_choice_title(enum qpp_opt_choice c)
{
	static const char *const titles[QPP_CHOICES] = { "Nothing", "Opt in", "Report voluntarily" };
	return titles[c < QPP_CHOICES ? c : QPP_CHOICE_NONE];
}

const char *qpp_choice_typed(enum qpp_opt_choice c)
{
	static const char *const typed[QPP_CHOICES] = { "", "opt in", "report voluntarily" };
	return typed[c < QPP_CHOICES ? c : QPP_CHOICE_NONE];
}

enum qpp_opt_choice qpp_choice_of(struct qpp_str name)
{
	for (enum qpp_opt_choice c = QPP_CHOICE_OPT_IN; c < QPP_CHOICES; c++)
		if (qpp_str_is(name, names[c]))
			return c;
	return QPP_CHOICE_NONE;
}

bool qpp_choice_confirmed(enum qpp_opt_choice c, struct qpp_str typed)
{
	struct qpp_str want = qpp_str_of(qpp_choice_typed(c)), got = qpp_str_trim(typed);
	if (!want.n || got.n != want.n)
		return false;
	for (size_t i = 0; i < got.n; i++) {
		char ch = got.p[i];
		if (ch >= 'A' && ch <= 'Z')
			ch = (char)(ch - 'A' + 'a');
		if (ch != want.p[i])
			return false;
	}
	return true;
}

/* ---- how it stands ---- */

/* The facts of eligibility of a subject; empty: none. */
static enum qpp_code facts_of(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_relation relation = { 0 };
	struct qpp_fact_row fact = { 0 };
	enum qpp_code code = who->entity == QPP_INDIVIDUAL ? qpp_store_relation_get(tx, who->py, who->org_id, who->npi, &relation, err)
	                                                   : qpp_store_fact_get(tx, who, QPP_LIT("eligibility"), &fact, err);
	*out = who->entity == QPP_INDIVIDUAL ? relation.facts : fact.body;
	if (code == QPP_NOT_FOUND && who->entity == QPP_INDIVIDUAL)
		return qpp_not_found(err, "clinician");
	if (code == QPP_NOT_FOUND)
		*out = QPP_LIT("");
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

static enum qpp_opt_choice told(const struct qpp_eligibility_facts *f)
{
	if (!f)
		return QPP_CHOICE_NONE;
	return f->opt_in == QPP_OPT_IN_ELECTED ? QPP_CHOICE_OPT_IN : f->opt_in == QPP_OPT_IN_VOLUNTARY ? QPP_CHOICE_VOLUNTARY : QPP_CHOICE_NONE;
}

/* The election that was made here; facts that were loaded may tell of one that was made elsewhere. */
static enum qpp_code made_here(struct qpp_tx *tx, struct qpp_choosing *c, struct qpp_err *err)
{
	enum { MOST = 1000 };
	struct qpp_election_row_rows rows = { 0 };
	enum qpp_code code = QPP_OK;
	for (enum qpp_opt_choice k = QPP_CHOICE_OPT_IN; code == QPP_OK && k < QPP_CHOICES; k++) {
		code = qpp_store_election_list(tx, c->who.py, qpp_str_of(names[k]), c->who.org_id, QPP_LIT(""), (struct qpp_slice){ .most = MOST },
		                               &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
			if (!qpp_str_eq(rows.v[i].npi, c->who.npi) || (!qpp_str_is(rows.v[i].state, "filed") && !qpp_str_is(rows.v[i].state, "approved")))
				continue;
			json_t *o = json_loadb(rows.v[i].body.p, rows.v[i].body.n, 0, NULL);
			int64_t sequence = json_integer_value(json_object_get(o, "sequence"));
			c->chosen = k;
			c->at = (qpp_time){ json_integer_value(json_object_get(o, "at")) };
			c->by = qpp_str_dup(qpp_tx_arena(tx), qpp_str_of(json_is_string(json_object_get(o, "by")) ? json_string_value(json_object_get(o, "by")) : ""));
			json_decref(o);
			c->has_receipt = sequence > 0;
			if (c->has_receipt)
				code = qpp_store_ledger_receipt(tx, sequence, &c->receipt, err);
		}
	}
	return code;
}

/* The period, unless the reading says at any time or the operator takes filings at any time. */
static bool in_time(const struct qpp_excepting *x, qpp_py py, bool timed, struct qpp_str *says)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_str first, last;
	qpp_instant at;
	if (!timed || x->call.service->window_open)
		return true;
	enum qpp_window w = qpp_window_at(qpp_years_rules(x->call.service->years), py, qpp_time_instant(x->at), &first, &last);
	if (w == QPP_WINDOW_OPEN || w == QPP_WINDOW_UNKNOWN)
		return true;
	if (qpp_instant_parse(w == QPP_WINDOW_OVER ? last : first, &at, NULL))
		*says = qpp_str_cat(a, w == QPP_WINDOW_OVER ? "The period in which this was chosen ended on " : "This is chosen from ",
		                    qpp_eastern(a, x->zone, qpp_time_of_instant(at)).p, w == QPP_WINDOW_OVER ? "." : " on.", (char *)NULL);
	return false;
}

static enum qpp_code judge(struct qpp_excepting *x, struct qpp_choosing *c, struct qpp_str facts, struct qpp_err *err)
{
	struct qpp_standing s;
	struct qpp_request rules;
	bool level = false, timed = true;
	enum qpp_code code = exception_rules(x, c->who.py, &rules, err);
	if (code == QPP_OK)
		code = qpp_opt_in_level(&rules, c->who.entity, &level, &timed, err);
	if (code == QPP_OK)
		code = qpp_standing_read(&x->call, c->who.py, facts, c->who.entity, &s, err);
	if (code != QPP_OK)
		return code;
	c->status = s.decided ? s.decided->status : QPP_ELIGIBILITY_UNDECIDED;
	if (s.decided)
		c->why = s.decided->why;
	if (!c->chosen)
		c->chosen = told(s.facts);
	c->may = level && !c->chosen && c->status == QPP_OPT_IN_ELIGIBLE;
	if (c->chosen)
		c->says = QPP_LIT("The choice for this year is made, and cannot be taken back.");
	else if (!level)
		c->says = QPP_LIT("At this level nobody chooses: the election of a virtual group opts its members in, that of an APM entity is made elsewhere.");
	else if (!c->may)
		c->says = s.decided && c->status != QPP_ELIGIBILITY_UNDECIDED
		              ? QPP_LIT("There is nothing to choose: only who exceeds some figures of the low-volume threshold, but not all, may opt in.")
		              : QPP_LIT("Whether there is a choice is not known: facts are missing.");
	c->open = c->may && in_time(x, c->who.py, timed, &c->says);
	return QPP_OK;
}

static enum qpp_code look(struct qpp_excepting *x, struct qpp_tx *tx, const struct qpp_who *who, struct qpp_choosing *c, struct qpp_str *facts,
                          struct qpp_err *err)
{
	*c = (struct qpp_choosing){ .who = *who, .official = exception_official(x->call.actor, who->org_id) && !x->call.actor->view_only };
	enum qpp_code code = qpp_store_org_get(tx, who->org_id, &c->org, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "organization");
	if (code == QPP_OK)
		code = facts_of(tx, who, facts, err);
	if (code == QPP_OK && who->entity == QPP_INDIVIDUAL) {
		code = qpp_store_clinician_get(tx, who->npi, &c->clinician, err);
		if (code == QPP_NOT_FOUND) {
			c->clinician.npi = who->npi;
			code = QPP_OK;
		}
	}
	if (code == QPP_OK)
		code = made_here(tx, c, err);
	return code == QPP_OK ? judge(x, c, *facts, err) : code;
}

static bool is_own(const struct qpp_actor *actor, const struct qpp_who *who)
{
	return qpp_actor_reach(actor, who, QPP_LIT("")) != QPP_REACH_NONE;
}

enum qpp_code qpp_opt_in_get(struct qpp_excepting *x, const struct qpp_who *who, struct qpp_choosing *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_str facts;
	if (!is_own(x->call.actor, who))
		return qpp_not_found(err, "organization");
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = look(x, tx, who, out, &facts, err);
	qpp_store_end(tx);
	return code;
}

/* ---- list ---- */

struct listing {
	struct qpp_excepting *x;
	QPP_VEC(struct qpp_choosing) list;
	int64_t total;
};

static enum qpp_code add(struct listing *g, struct qpp_tx *tx, const struct qpp_who *who, bool always, struct qpp_err *err)
{
	struct qpp_choosing c;
	struct qpp_str facts;
	enum qpp_code code = look(g->x, tx, who, &c, &facts, err);
	if (code != QPP_OK || !(always || c.may || c.chosen))
		return code;
	if (++g->total <= QPP_CHOOSING_MOST)
		*QPP_PUSH(g->x->call.arena, &g->list) = c;
	return QPP_OK;
}

static enum qpp_code add_role(struct listing *g, struct qpp_tx *tx, qpp_py py, const struct qpp_actor_role *r, struct qpp_err *err)
{
	enum { PAGE = 1000 };
	struct qpp_relation_rows rows = { 0 };
	struct qpp_who who = { .py = py, .entity = QPP_GROUP, .org_id = r->org_id };
	enum qpp_code code = QPP_OK;
	if (r->kind == QPP_ORG_PRACTICE) {
		code = add(g, tx, &who, true, err);
		if (code == QPP_OK)
			code = qpp_store_relation_of_org(tx, py, r->org_id, (struct qpp_slice){ .most = PAGE }, &rows, err);
	} else if (r->kind == QPP_ORG_CLINICIAN) {
		code = qpp_store_relation_of_npi(tx, py, r->number, &rows, err);
	}
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		who = (struct qpp_who){ .py = py, .entity = QPP_INDIVIDUAL, .org_id = rows.v[i].org_id, .npi = rows.v[i].npi };
		code = add(g, tx, &who, false, err);
	}
	return code;
}

enum qpp_code qpp_opt_in_list(struct qpp_excepting *x, qpp_py py, struct qpp_choosing **out, size_t *n, int64_t *total, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct listing g = { .x = x };
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; code == QPP_OK && i < x->call.actor->n; i++)
		code = add_role(&g, tx, py, &x->call.actor->roles[i], err);
	qpp_store_end(tx);
	*out = g.list.v;
	*n = g.list.n;
	*total = g.total;
	return code;
}

/* ---- electing ---- */

struct electing {
	struct qpp_excepting *x;
	struct qpp_choice_made *made;
};

/* The facts with the election in them. */
static enum qpp_code tell_facts(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str facts, enum qpp_opt_choice choice, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	json_t *o = json_loadb(facts.n ? facts.p : "{}", facts.n ? facts.n : 2, 0, NULL);
	if (!o)
		return qpp_fail(err, QPP_BUG, "facts of the store cannot be read", (char *)NULL);
	json_object_set_new(o, "optIn", json_string(names[choice]));
	char *text = json_dumps(o, JSON_COMPACT);
	struct qpp_str body = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(o);
	if (who->entity != QPP_INDIVIDUAL) {
		struct qpp_fact_row row = { .who = *who, .topic = QPP_LIT("eligibility"), .body = body };
		return qpp_store_fact_put(tx, &row, err);
	}
	struct qpp_relation relation;
	enum qpp_code code = qpp_store_relation_get(tx, who->py, who->org_id, who->npi, &relation, err);
	relation.facts = body;
	return code == QPP_OK ? qpp_store_relation_put(tx, &relation, err) : code;
}

static struct qpp_str body_of(struct qpp_arena *a, const struct electing *g, struct qpp_str by, int64_t sequence)
{
	const struct qpp_who *who = &g->made->who;
	json_t *o = json_pack("{s:s, s:i, s:s, s:s%, s:s%, s:s%, s:I}", "choice", qpp_choice_name(g->made->choice), "py", who->py.v, "level",
	                      qpp_entity_name(who->entity), "organization", who->org_id.p, who->org_id.n, "npi", who->npi.n ? who->npi.p : "", who->npi.n,
	                      "by", by.n ? by.p : "", by.n, "at", (json_int_t)g->x->at.us);
	if (sequence)
		json_object_set_new(o, "sequence", json_integer(sequence));
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(o);
	return s;
}

static enum qpp_code mail(struct qpp_tx *tx, const struct electing *g, const struct qpp_account *account, const struct qpp_receipt *receipt,
                          struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_str v[3];
	if (!qpp_mail_address(account->email))
		return QPP_OK;
	v[0] = qpp_str_cat(a, "For performance year ", qpp_i64_text(a, g->made->who.py.v).p, " it was chosen to ", qpp_choice_typed(g->made->choice),
	                   g->made->who.entity == QPP_INDIVIDUAL ? " for a clinician of your practice." : " for your group.", (char *)NULL);
	v[1] = qpp_str_cat(a, "Receipt number: ", qpp_str_dup(a, receipt->number).p, "\nSHA-256: ", qpp_str_dup(a, receipt->sha256).p, (char *)NULL);
	v[2] = QPP_LIT("This cannot be taken back for that year.");
	struct qpp_mail m = qpp_notice_say(a, account->name, QPP_LIT("Your election was received"), v, sizeof v / sizeof *v);
	m.to = account->email;
	return qpp_mail_queue(tx, &m, err);
}

static enum qpp_code refuse(const struct qpp_choosing *c, struct qpp_arena *a, struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_CONFLICT, c->chosen ? "the election of this year is made and cannot be changed" : "there is no election to make", (char *)NULL);
	qpp_err_detail(err, qpp_str_dup(a, c->says).p, (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1310(b)(1)(iii)"));
	return QPP_CONFLICT;
}

static enum qpp_code elect(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct electing *g = request;
	struct qpp_choice_made *made = g->made;
	struct qpp_choosing c;
	struct qpp_str facts;
	struct qpp_receipt receipt;
	struct qpp_account account = { 0 };
	struct qpp_arena *a = qpp_tx_arena(tx);
	enum qpp_code code = look(g->x, tx, &made->who, &c, &facts, err);
	if (code != QPP_OK)
		return code;
	/* The same choice twice is one. */
	made->replayed = c.chosen == made->choice && c.has_receipt;
	if (made->replayed) {
		made->number = c.receipt.number;
		made->receipt = qpp_receipt_json(a, &c.receipt);
		return QPP_OK;
	}
	if (!c.open)
		return refuse(&c, a, err);
	code = qpp_store_account_get(tx, g->x->call.actor->account_id, &account, err);
	struct qpp_election_row row = { .kind = qpp_str_of(names[made->choice]), .py = made->who.py, .org_id = made->who.org_id, .npi = made->who.npi,
		.state = QPP_LIT("filed"), .body = body_of(a, g, account.name, 0) };
	if (code == QPP_OK)
		code = qpp_store_election_put(tx, &row, err);
	const struct qpp_ledger_new record = { .at = g->x->at, .kind = QPP_LIT("election"), .keep = true, .body = row.body,
		.subject = qpp_str_cat(a, "election/", qpp_str_dup(a, row.id).p, (char *)NULL) };
	if (code == QPP_OK)
		code = qpp_store_ledger_append(tx, &record, &receipt, err);
	if (code != QPP_OK)
		return code;
	row.body = body_of(a, g, account.name, receipt.sequence);
	code = qpp_store_election_put(tx, &row, err);
	if (code == QPP_OK)
		code = tell_facts(tx, &made->who, facts, made->choice, err);
	made->id = row.id;
	made->number = receipt.number;
	made->receipt = qpp_receipt_json(a, &receipt);
	return code == QPP_OK ? mail(tx, g, &account, &receipt, err) : code;
}

enum qpp_code qpp_opt_in_elect(struct qpp_excepting *x, struct qpp_choice_made *made, struct qpp_err *err)
{
	struct electing g = { x, made };
	enum qpp_code code = exception_writes(x, err);
	if (code != QPP_OK)
		return code;
	if (!is_own(x->call.actor, &made->who))
		return qpp_not_found(err, "organization");
	if (!exception_official(x->call.actor, made->who.org_id))
		return qpp_fail(err, QPP_FORBIDDEN, "a Security Official of the practice elects", (char *)NULL);
	if (made->choice == QPP_CHOICE_NONE)
		return qpp_fail(err, QPP_USAGE, "it is not said what is chosen", (char *)NULL);
	if (!qpp_choice_confirmed(made->choice, made->typed)) {
		exception_fault(x->findings, QPP_ERROR, "memberMissing", "typed", QPP_LIT("the confirmation is not typed"),
		                qpp_str_of(qpp_choice_typed(made->choice)), QPP_LIT("414.1310(b)(1)(iii)"));
		return qpp_fail(err, QPP_DATA, "the confirmation is not typed", (char *)NULL);
	}
	return qpp_store_write(x->call.service->store, x->call.arena, elect, &g, err);
}
