/* The agency's pages of targeted review as models: the queue, the workbench, windows that an operator moves. */
#include "adapt/portal/making_review.h"

#include <jansson.h>
#include <stdlib.h>

#include "adapt/html/words.h"
#include "adapt/json/write_facts.h"
#include "app/guard.h"
#include "app/review_evidence.h"

enum { PAGE = 50, MOST_KNOWN = 24 };

static void offer(struct qpp_option_text *v, size_t *n, struct qpp_str value, struct qpp_str words)
{
	v[(*n)++] = (struct qpp_option_text){ value, words };
}

/* ---- the queue ---- */

static enum qpp_code count(struct qpp_reviewing *r, struct qpp_review_filter f, int64_t *total, struct qpp_err *err)
{
	struct qpp_review_line *lines;
	size_t n;
	f.slice = (struct qpp_slice){ .most = 1 };
	return qpp_review_queue(r, &f, &lines, &n, total, err);
}

static enum qpp_code put_counts(struct qpp_reviewing *r, struct qpp_tr_queue *m, struct qpp_err *err)
{
	const struct {
		const char *words;
		struct qpp_review_filter f;
	} kinds[] = {
		{ "Open", { .open = true } }, { "Unassigned", { .open = true, .unassigned = true } },
		{ "Yours", { .open = true, .assignee_id = r->call.actor->account_id } }, { "For the second person", { .state = QPP_REVIEW_RECOMMENDED } },
		{ "Answers overdue", { .overdue = true } }, { "Duplicates", { .open = true, .duplicates = true } },
	};
	enum { KINDS = sizeof kinds / sizeof *kinds };
	struct qpp_option_text *v = QPP_NEW_ARRAY(r->call.arena, KINDS, struct qpp_option_text);
	enum qpp_code code = QPP_OK;
	size_t n = 0;
	for (size_t i = 0; code == QPP_OK && i < KINDS; i++) {
		int64_t total = 0;
		code = count(r, kinds[i].f, &total, err);
		offer(v, &n, qpp_str_of(kinds[i].words), qpp_i64_text(r->call.arena, total));
	}
	m->counts.v = v;
	m->counts.n = n;
	return code;
}

static bool has(const struct qpp_option_text *v, size_t n, struct qpp_str value)
{
	for (size_t i = 0; i < n; i++)
		if (qpp_str_eq(v[i].value, value))
			return true;
	return false;
}

/* Years, and every reason that some year has. */
static enum qpp_code put_choices(struct qpp_reviewing *r, struct qpp_tr_queue *m, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_year *years;
	size_t n, most = 1, n_years = 0, n_reasons = 0, n_states = 0;
	enum qpp_code code = qpp_review_years(r, &years, &n, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		most += years[i].n_reasons;
	struct qpp_option_text *y = QPP_NEW_ARRAY(a, n + 1, struct qpp_option_text), *x = QPP_NEW_ARRAY(a, most, struct qpp_option_text),
	                       *s = QPP_NEW_ARRAY(a, QPP_REVIEW_STATES, struct qpp_option_text);
	offer(y, &n_years, QPP_LIT(""), QPP_LIT("All years"));
	offer(x, &n_reasons, QPP_LIT(""), QPP_LIT("All reasons"));
	offer(s, &n_states, QPP_LIT(""), QPP_LIT("All states"));
	for (size_t i = 0; i < n; i++) {
		struct qpp_str year = qpp_i64_text(a, years[i].py.v);
		offer(y, &n_years, year, year);
		for (size_t k = 0; k < years[i].n_reasons; k++)
			if (!has(x, n_reasons, years[i].reasons[k].name))
				offer(x, &n_reasons, years[i].reasons[k].name, years[i].reasons[k].says);
	}
	for (enum qpp_review_state state = QPP_REVIEW_SUBMITTED; state < QPP_REVIEW_STATES; state++)
		offer(s, &n_states, qpp_str_of(qpp_review_state_name(state)), qpp_str_of(qpp_review_state_title(state)));
	m->years = (qpp_tr_options){ y, n_years };
	m->reasons = (qpp_tr_options){ x, n_reasons };
	m->states = (qpp_tr_options){ s, n_states };
	return QPP_OK;
}

static struct qpp_str more_of(struct qpp_arena *a, const struct making_tr_filter *f)
{
	return CAT(a, "year=", C(a, f->year), "&state=", C(a, f->state), "&reason=", C(a, f->reason), f->open ? "&open=yes" : "",
	           f->mine ? "&mine=yes" : "", f->unassigned ? "&unassigned=yes" : "", f->overdue ? "&overdue=yes" : "",
	           f->duplicates ? "&duplicates=yes" : "", "&start=");
}

enum qpp_code making_tr_queue(struct qpp_portal *p, struct qpp_reviewing *r, const struct making_tr_filter *f, struct qpp_tr_queue *m,
                              struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_line *lines;
	size_t n = 0;
	uint64_t year = 0;
	*m = (struct qpp_tr_queue){ .year = f->year, .state = f->state, .reason = f->reason, .open = f->open, .mine = f->mine,
		.unassigned = f->unassigned, .overdue = f->overdue, .duplicates = f->duplicates, .start = f->start, .page = PAGE };
	(void)qpp_str_u64(f->year, 9999, &year);
	const struct qpp_review_filter filter = { .py = { (int)year }, .state = qpp_review_state_of(f->state), .open = f->open, .reason = f->reason,
		.assignee_id = f->mine ? r->call.actor->account_id : QPP_LIT(""), .unassigned = f->unassigned, .duplicates = f->duplicates,
		.overdue = f->overdue, .slice = { .start = f->start, .most = PAGE } };
	enum qpp_code code = qpp_review_queue(r, &filter, &lines, &n, &m->total, err);
	if (code == QPP_OK)
		code = put_choices(r, m, err);
	if (code == QPP_OK)
		code = put_counts(r, m, err);
	if (code != QPP_OK)
		return code;
	m->lines = making_tr_lines(p, a, TR_AGENCY, lines, n);
	m->more = more_of(a, f);
	return QPP_OK;
}

/* ---- corrections ---- */

static void put_reweight(json_t *o, const struct qpp_tr_bench *m)
{
	struct qpp_str rest = m->reweight, word;
	json_t *list = NULL;
	while (qpp_str_word(&rest, &word)) {
		json_t *x = json_object();
		if (!list)
			list = json_array();
		json_object_set_new(x, "category", json_stringn(word.p, word.n));
		json_object_set_new(x, "reason", json_stringn(m->reweight_reason.p, m->reweight_reason.n));
		json_array_append_new(list, x);
	}
	if (list)
		json_object_set_new(o, "reweight", list);
}

static struct qpp_str dumped(struct qpp_arena *a, json_t *j, size_t flags)
{
	char *text = json_dumps(j, flags);
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text ? text : ""));
	free(text);
	return s;
}

struct qpp_str making_tr_over(struct qpp_arena *a, const struct qpp_tr_bench *m, struct portal_errors *errors)
{
	struct qpp_str typed = qpp_str_trim(m->facts_tried);
	json_error_t where;
	json_t *o = typed.n ? json_loadb(typed.p, typed.n, JSON_REJECT_DUPLICATES, &where) : json_object();
	if (!json_is_object(o)) {
		json_decref(o);
		portal_wrong(errors, "facts", QPP_LIT("This is no JSON object of facts, like {\"smallPractice\": true}"));
		return QPP_LIT("");
	}
	put_reweight(o, m);
	if (qpp_str_is(m->small, "yes") || qpp_str_is(m->small, "no"))
		json_object_set_new(o, "smallPractice", json_boolean(qpp_str_is(m->small, "yes")));
	struct qpp_str out = json_object_size(o) ? dumped(a, o, JSON_COMPACT | JSON_SORT_KEYS) : QPP_LIT("");
	json_decref(o);
	return out;
}

struct qpp_review_override *making_tr_overrides(struct qpp_arena *a, struct qpp_str over, struct qpp_str topic, size_t *n)
{
	json_t *o = over.n ? json_loadb(over.p, over.n, JSON_REJECT_DUPLICATES, NULL) : NULL, *x;
	struct qpp_review_override *v = QPP_NEW_ARRAY(a, json_object_size(o) + 2, struct qpp_review_override);
	const char *name;
	*n = 0;
	json_object_foreach(o, name, x)
		v[(*n)++] = (struct qpp_review_override){ .fact = qpp_str_dup(a, qpp_str_of(name)),
			.value = dumped(a, x, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY), .topic = topic };
	/* What is no object is told by the use case as what it is: no fact with a value. */
	if (over.n && !o)
		v[(*n)++] = (struct qpp_review_override){ .fact = QPP_LIT("?"), .value = over, .topic = topic };
	json_decref(o);
	return v;
}

/* ---- evidence ---- */

struct known_lines {
	struct qpp_known_line v[MOST_KNOWN];
	size_t n;
};

static void know(struct known_lines *k, const char *what, struct qpp_str says)
{
	if (says.n && k->n < MOST_KNOWN)
		k->v[k->n++] = (struct qpp_known_line){ what, says };
}

static struct qpp_str tri_words(enum qpp_tri x)
{
	return x == QPP_YES ? QPP_LIT("Yes") : x == QPP_NO ? QPP_LIT("No") : QPP_LIT("Not known");
}

static struct qpp_str statuses_of(struct qpp_arena *a, const struct qpp_facts *f)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 200);
	for (uint32_t bit = QPP_RURAL; bit <= QPP_FACILITY_BASED; bit <<= 1)
		if (f->statuses & bit)
			qpp_buf_cat(&b, b.n ? ", " : "", qpp_status_name((enum qpp_status)bit), (char *)NULL);
	if (!b.n)
		return f->has_statuses ? QPP_LIT("None") : QPP_LIT("Not known");
	return qpp_buf_done(&b);
}

static struct qpp_str exceptions_of(struct qpp_arena *a, const struct qpp_facts *f)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 200);
	for (size_t i = 0; i < f->n_reweight; i++)
		qpp_buf_cat(&b, b.n ? ", " : "", qpp_category_title(f->reweight[i].category), " (",
		            qpp_reweight_words(qpp_str_of(qpp_reweight_reason_name(f->reweight[i].reason))).p, ")", (char *)NULL);
	if (!b.n)
		return f->has_reweight ? QPP_LIT("None") : QPP_LIT("None known");
	return qpp_buf_done(&b);
}

/* A group is where its address is, and the policy of that county is for its clinicians alone. */
static struct qpp_str place_of(struct qpp_arena *a, const struct qpp_review_evidence *e)
{
	const struct qpp_location *x = &e->place;
	const char *policy = "";
	if (!x->given)
		return QPP_LIT("Not known");
	if (e->policy == QPP_EUC_YES)
		policy = e->known.who.entity == QPP_INDIVIDUAL ? ": under the automatic policy of that year"
		                                               : ": under the automatic policy of that year, which is for individuals; others apply for an exception";
	else if (e->policy == QPP_EUC_NO)
		policy = ": not under the automatic policy of that year";
	return CAT(a, C(a, x->county), x->county.n ? ", " : "", C(a, x->state), " ", C(a, x->zip), policy);
}

/* Where the weight of a category went, in the score as it comes out now: the automatic policy of a county is among it. */
static struct qpp_str applied_of(struct qpp_arena *a, const struct qpp_outcome *now)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 200);
	for (int c = 0; now->scored_as && c < QPP_CATEGORIES; c++) {
		const struct qpp_category_score *x = &now->scored_as->score.category[c];
		if (x->reweighted.n)
			qpp_buf_cat(&b, b.n ? ", " : "", qpp_category_title((enum qpp_category)c), ": ", C(a, qpp_reweight_words(x->reweighted)), (char *)NULL);
	}
	return b.n ? qpp_buf_done(&b) : QPP_LIT("None");
}

static void put_known(struct qpp_arena *a, const struct qpp_review_evidence *e, struct qpp_tr_bench *m)
{
	struct known_lines *k = QPP_NEW(a, struct known_lines);
	const struct qpp_facts *f = e->known.facts;
	struct qpp_buf b;
	know(k, "Exceptions that are known", exceptions_of(a, f));
	know(k, "Reweighting that the score applied", applied_of(a, &e->now));
	know(k, "Where it practices", place_of(a, e));
	know(k, "Small practice", tri_words(f->small_practice));
	know(k, "Special statuses", statuses_of(a, f));
	know(k, "APM participant", tri_words(f->apm_participant));
	know(k, "Level whose score counts", e->now.scored ? qpp_str_of(qpp_entity_title(e->now.level)) : QPP_LIT("None"));
	know(k, "Why", portal_capital(a, e->now.why));
	m->known.v = k->v;
	m->known.n = k->n;
	qpp_buf_init(&b, a, 2000);
	qpp_json_write_facts(&b, f);
	m->facts = qpp_buf_done(&b);
}

static void put_filed(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_evidence *e, struct qpp_tr_bench *m)
{
	const struct qpp_submission *s = &e->known.submission;
	struct qpp_str *v = QPP_NEW_ARRAY(a, e->receipts.n + s->n_sets + 1, struct qpp_str);
	size_t n = 0;
	for (size_t i = 0; i < s->n_sets; i++)
		v[n++] = CAT(a, qpp_category_title(s->sets[i].category), ", ", qpp_method_title(s->sets[i].method), ": ",
		             C(a, qpp_i64_text(a, (int64_t)s->sets[i].n_measurements)), " measurements");
	for (size_t i = 0; i < e->receipts.n; i++)
		v[n++] = CAT(a, "Receipt ", C(a, qpp_i64_text(a, e->receipts.v[i].sequence)), ": ",
		             qpp_category_title(e->receipts.v[i].set->whole.sets[0].category), ", received ",
		             C(a, qpp_eastern_exact(a, p->zone, e->receipts.v[i].at)));
	m->filed.v = v;
	m->filed.n = n;
	struct qpp_str *o = QPP_NEW_ARRAY(a, e->known.n_overrides + 1, struct qpp_str);
	for (size_t i = 0; i < e->known.n_overrides; i++)
		o[i] = CAT(a, C(a, e->known.overrides[i].reason), ": ", C(a, e->known.overrides[i].body));
	m->overrides.v = o;
	m->overrides.n = e->known.n_overrides;
}

static void put_now(struct qpp_arena *a, const struct qpp_outcome *now, struct qpp_tr_bench *m)
{
	if (!now->scored) {
		m->now.none = CAT(a, "There is no final score: ", C(a, now->why));
		return;
	}
	struct qpp_changes none = { 0 };
	making_tr_outcomes(a, now, now, &none, &m->now);
}

/* ---- the workbench ---- */

static void try_it(struct qpp_reviewing *r, const struct qpp_who *who, struct qpp_tr_bench *m, struct portal_errors *errors)
{
	struct qpp_whatif x;
	struct qpp_err err;
	m->over = making_tr_over(r->call.arena, m, errors);
	if (!m->over.n) {
		if (!errors->list.n)
			portal_wrong(errors, "facts", QPP_LIT("Pick a correction, or write the facts"));
		return;
	}
	enum qpp_code code = qpp_review_try(r, who, m->over, &x, &err);
	if (code == QPP_OK)
		making_tr_outcomes(r->call.arena, &x.before, &x.after, &x.changes, &m->tried);
	else if (code == QPP_DATA && r->findings->list.n)
		portal_wrong(errors, "facts", CAT(errors->arena, C(errors->arena, portal_capital(errors->arena, r->findings->list.v[0].message)),
		                                  r->findings->list.v[0].hint.n ? ". " : "", C(errors->arena, r->findings->list.v[0].hint)));
	else
		(void)portal_wrong_err(errors, "facts", &err);
}

static void put_options(struct qpp_arena *a, struct qpp_tr_bench *m)
{
	static const char *const names[] = { "notWarranted", "duplicate", "untimely", "outOfScope" };
	enum { GROUNDS = sizeof names / sizeof *names };
	struct qpp_option_text *v = QPP_NEW_ARRAY(a, QPP_REWEIGHT_REASONS, struct qpp_option_text);
	struct qpp_option_text *grounds = QPP_NEW_ARRAY(a, GROUNDS, struct qpp_option_text);
	size_t n = 0, n_grounds = 0;
	for (size_t i = 0; i < GROUNDS; i++)
		offer(grounds, &n_grounds, qpp_str_of(names[i]), qpp_review_ground_words(qpp_str_of(names[i])));
	for (int i = 0; i < QPP_REWEIGHT_REASONS; i++) {
		struct qpp_str name = qpp_str_of(qpp_reweight_reason_name((enum qpp_reweight_reason)i));
		offer(v, &n, name, portal_capital(a, qpp_reweight_words(name)));
	}
	m->reweight_reasons = (qpp_tr_options){ v, n };
	m->grounds = (qpp_tr_options){ grounds, n_grounds };
	if (!m->reweight_reason.n)
		m->reweight_reason = v[0].value;
}

static void put_rights(const struct qpp_reviewing *r, const struct qpp_review_detail *x, struct qpp_tr_bench *m)
{
	m->can_assign = x->can[QPP_REVIEW_ASSIGN];
	m->can_ask = x->can[QPP_REVIEW_ASK];
	m->can_recommend = x->can[QPP_REVIEW_RECOMMEND];
	m->can_confirm = x->can[QPP_REVIEW_APPROVE] || x->can[QPP_REVIEW_DENY];
	m->can_return = x->can[QPP_REVIEW_RETURN];
	m->can_close = x->can[QPP_REVIEW_CLOSE];
	/* Who may do nothing with what waits for somebody of that post: it is the own one. */
	for (size_t i = 0; i < r->call.actor->n; i++) {
		bool reviewer = r->call.actor->roles[i].post == QPP_POST_REVIEWER;
		m->own |= reviewer && qpp_review_state_of(x->line.row.state) == QPP_REVIEW_SUBMITTED && !m->can_assign && !r->call.actor->view_only;
	}
}

enum qpp_code making_tr_bench(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_bench *m,
                              struct portal_errors *errors, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	struct qpp_review_detail x, *before;
	struct qpp_review_evidence e;
	size_t n = 0;
	enum qpp_code code = qpp_review_get(r, id, &x, err);
	if (code == QPP_OK)
		code = qpp_review_precedents(r, x.line.row.who.py, x.line.row.reason, &before, &n, err);
	if (code != QPP_OK)
		return code;
	m->id = id;
	m->version = qpp_i64_text(a, x.line.row.version);
	m->request = making_tr_request(a, &x);
	m->documents = making_tr_documents(p, a, TR_AGENCY, &x);
	m->events = making_tr_events(p, a, &x);
	m->duplicates = making_tr_lines(p, a, TR_AGENCY, x.duplicates, x.n_duplicates);
	m->assignee = x.line.assignee_name;
	if (qpp_review_state_of(x.line.row.state) == QPP_REVIEW_ASKED) {
		m->asked = x.question;
		m->due = qpp_eastern_exact(a, p->zone, x.line.row.due);
	}
	struct qpp_tr_line *lines = QPP_NEW_ARRAY(a, n + 1, struct qpp_tr_line);
	for (size_t i = 0; i < n; i++)
		lines[i] = making_tr_line(p, a, TR_AGENCY, &before[i].line);
	m->precedents = (qpp_tr_lines){ lines, n };
	put_rights(r, &x, m);
	put_options(a, m);
	if (x.has_recommendation)
		m->recommendation = making_tr_decision(p, a, &x.recommendation);
	if (x.decided)
		m->decision = making_tr_decision(p, a, &x.decision);
	/* What cannot be scored is no reason to hide the request. */
	struct qpp_err why;
	if (qpp_review_evidence(r, &x.line.row.who, &e, &why) == QPP_OK) {
		put_known(a, &e, m);
		put_filed(p, a, &e, m);
		put_now(a, &e.now, m);
	} else {
		m->now.none = CAT(a, "The score cannot be made: ", why.primary);
	}
	if (m->tries)
		try_it(r, &x.line.row.who, m, errors);
	return QPP_OK;
}

/* ---- the operator's ---- */

enum qpp_code making_tr_operator(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_tr_operator *m, struct qpp_err *err)
{
	struct qpp_arena *a = r->call.arena;
	enum qpp_code code = making_tr_windows(p, r, &m->windows, err);
	if (code != QPP_OK)
		return code;
	struct qpp_option_text *v = QPP_NEW_ARRAY(a, m->windows.n + 1, struct qpp_option_text), *y = QPP_NEW_ARRAY(a, m->windows.n + 1,
	                       struct qpp_option_text);
	size_t n = 0, n_years = 0;
	for (size_t i = 0; i < m->windows.n; i++) {
		const struct qpp_tr_window *w = &m->windows.v[i];
		struct qpp_str year = qpp_i64_text(a, w->year);
		if (!w->campaign.n)
			offer(y, &n_years, year, year);
		offer(v, &n, w->campaign.n ? CAT(a, C(a, year), " ", C(a, w->campaign)) : year,
		      CAT(a, C(a, year), w->campaign.n ? ", " : "", C(a, w->says), ": ", w->over ? "closed " : "closes ", C(a, w->closes)));
	}
	m->ends = (qpp_tr_options){ v, n };
	m->years = (qpp_tr_options){ y, n_years };
	return QPP_OK;
}
