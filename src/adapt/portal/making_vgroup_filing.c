/* Models of a group's clinicians, representative, agreement, filing and receipts; and of the agency's side. */
#include "adapt/portal/making_vgroup_int.h"

#include "adapt/portal/view.h"

/* ---- clinicians ---- */

static struct qpp_mark_words person_words(const struct qpp_vgroup_person *x)
{
	if (!x->check_digit)
		return (struct qpp_mark_words){ QPP_LIT("No NPI: look for a mistyped digit"), QPP_TONE_BAD };
	if (x->qp == QPP_ELECTION_QP)
		return (struct qpp_mark_words){ QPP_LIT("QP: counts, without adjustment"), QPP_TONE_PLAIN };
	if (x->newly_enrolled == QPP_YES)
		return (struct qpp_mark_words){ QPP_LIT("Newly enrolled: counts, without adjustment"), QPP_TONE_PLAIN };
	if (x->eligible == QPP_YES)
		return (struct qpp_mark_words){ QPP_LIT("MIPS eligible"), QPP_TONE_GOOD };
	if (x->eligible == QPP_NO)
		return (struct qpp_mark_words){ QPP_LIT("Not MIPS eligible"), QPP_TONE_PLAIN };
	return (struct qpp_mark_words){ x->in_store ? QPP_LIT("Eligibility not known") : QPP_LIT("Not known to bill here"), QPP_TONE_WARN };
}

/* With `by_org` the place of the type is taken by the id (agreement) or the name (`org_id` empty: of all) of the practice. */
size_t vg_make_people(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_str org_id, bool by_org, struct qpp_vgroup_person_line **out)
{
	QPP_VEC(struct qpp_vgroup_person_line) all = { 0 };
	for (size_t i = 0; i < g->n_members; i++) {
		const struct qpp_vgroup_member *m = &g->members[i];
		bool in = m->state == QPP_PARTY_ACCEPTED || m->state == QPP_PARTY_NAMED;
		if (!m->people || (org_id.n ? !qpp_str_eq(org_id, m->row.org_id) : !in))
			continue;
		for (size_t k = 0; k < m->n_people; k++) {
			const struct qpp_vgroup_person *x = &m->people[k];
			*QPP_PUSH(a, &all) = (struct qpp_vgroup_person_line){ .npi = x->npi, .name = x->name, .state = person_words(x),
				.type = org_id.n ? x->type : by_org ? m->row.org_id : vg_member_name(a, g, m) };
		}
	}
	*out = all.v;
	return all.n;
}

static const struct qpp_vgroup_member *member_of(const struct qpp_vgroup *g, struct qpp_str org_id)
{
	for (size_t i = 0; i < g->n_members; i++)
		if (qpp_str_eq(g->members[i].row.org_id, org_id))
			return &g->members[i];
	return NULL;
}

static struct qpp_str typed_list(struct qpp_arena *a, const struct qpp_vgroup_member *m)
{
	struct qpp_buf b;
	enum { LINE = 24 };
	qpp_buf_init(&b, a, (m->n_people + 1) * LINE);
	for (size_t i = 0; m->listed_by_hand && i < m->n_people; i++) {
		qpp_buf_str(&b, m->people[i].npi);
		qpp_buf_char(&b, '\n');
	}
	return qpp_buf_done(&b);
}

enum qpp_code making_vgroup_roster(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id,
                                   struct qpp_vgroup_roster *m, struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_arena *a = call->arena;
	struct qpp_vgroup_person_line *people;
	struct qpp_vgroup_check_line *checks;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	const struct qpp_vgroup_member *x = code == QPP_OK ? member_of(&g, org_id) : NULL;
	if (code == QPP_OK && (!x || !x->own))
		return qpp_not_found(err, "practice in this virtual group");
	if (code != QPP_OK)
		return code;
	vg_make_head(p, a, &g, &m->head);
	m->org_id = org_id;
	m->practice = x->org.name;
	m->number = CAT(a, "TIN ", C(a, x->tin));
	m->by_hand = x->listed_by_hand;
	m->may_edit = x->own_official && g.caller_official && g.may_edit;
	m->known = x->in_store ? CAT(a, C(a, qpp_i64_text(a, x->in_store)), x->in_store == 1 ? " NPI is" : " NPIs are", " known to bill under this TIN in ",
	                             C(a, qpp_i64_text(a, x->known_py.v)), ".")
	                       : QPP_LIT("Nobody is known here to bill under this TIN; list the NPIs yourself.");
	m->typed = typed_list(a, x);
	m->people.n = vg_make_people(a, &g, org_id, false, &people);
	m->people.v = people;
	m->checks.n = vg_make_checks(a, &g, org_id, false, &checks);
	m->checks.v = checks;
	return QPP_OK;
}

/* ---- the representative ---- */

enum qpp_code making_vgroup_rep(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_rep_form *m, struct qpp_err *err)
{
	struct qpp_vgroup g;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	if (code != QPP_OK)
		return code;
	vg_make_head(p, call->arena, &g, &m->head);
	m->name = g.row.rep_name;
	m->title = g.row.rep_title;
	m->email = g.row.rep_email;
	m->phone = g.row.rep_phone;
	m->address = g.row.rep_address;
	m->self = g.caller_represents;
	m->may_edit = g.may_edit;
	return QPP_OK;
}

/* ---- the agreement ---- */

const char *making_clause_field(struct qpp_arena *a, struct qpp_str provision)
{
	return CAT(a, "clause-", C(a, provision)).p;
}

static void make_clauses(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_agreement_view *m)
{
	struct qpp_vgroup_clause_line *v = QPP_NEW_ARRAY(a, g->n_clauses + 1, struct qpp_vgroup_clause_line);
	for (size_t i = 0; i < g->n_clauses; i++) {
		const struct qpp_vgroup_text *t = &g->clauses[i];
		v[i] = (struct qpp_vgroup_clause_line){ .provision = t->provision.name, .letter = t->provision.letter, .title = t->title, .body = t->body,
			.says = t->provision.says, .field = making_clause_field(a, t->provision.name), .changed = t->changed };
	}
	m->clauses.v = v;
	m->clauses.n = g->n_clauses;
}

static void make_signatures(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_agreement_view *m)
{
	struct qpp_vgroup_signature_line *v = QPP_NEW_ARRAY(a, g->n_members + 1, struct qpp_vgroup_signature_line);
	struct qpp_vgroup_choice *own = QPP_NEW_ARRAY(a, g->n_members + 1, struct qpp_vgroup_choice);
	for (size_t i = 0; i < g->n_members; i++) {
		const struct qpp_vgroup_member *x = &g->members[i];
		const struct qpp_vgroup_signature *s = x->signature ? x->signature : x->earlier;
		if (x->state != QPP_PARTY_ACCEPTED)
			continue;
		v[m->signatures.n++] = (struct qpp_vgroup_signature_line){ .org_id = x->row.org_id, .practice = vg_member_name(a, g, x), .own = x->own,
			.earlier = s && !x->signature, .name = s ? CAT(a, C(a, s->name), s->title.n ? ", " : "", C(a, s->title)) : QPP_LIT(""),
			.at = s ? qpp_eastern_exact(a, p->zone, s->at) : QPP_LIT("") };
		if (x->own_official && !x->signature)
			own[m->to_sign.n++] = (struct qpp_vgroup_choice){ x->row.org_id, x->org.name };
	}
	m->signatures.v = v;
	m->to_sign.v = own;
}

enum qpp_code making_vgroup_agreement(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, bool print,
                                      struct qpp_vgroup_agreement_view *m, struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_arena *a = call->arena;
	struct qpp_vgroup_member_line *parties;
	struct qpp_vgroup_person_line *people;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	if (code == QPP_OK && print && !g.agreement.n)
		return qpp_not_found(err, "agreement");
	if (code != QPP_OK)
		return code;
	vg_make_head(p, a, &g, &m->head);
	m->agreed = g.agreement.n > 0;
	m->may_edit = g.may_edit && g.caller_official;
	m->hash = g.hash;
	if (!m->agreed)
		return QPP_OK;
	make_clauses(a, &g, m);
	make_signatures(p, a, &g, m);
	m->parties.n = vg_make_members(a, &g, false, &parties);
	for (size_t i = 0; !print && i < m->parties.n; i++)
		parties[i].number = CAT(a, "TIN ", C(a, member_of(&g, parties[i].org_id)->org.tin_masked));
	m->parties.v = parties;
	m->people.n = vg_make_people(a, &g, QPP_LIT(""), true, &people);
	m->people.v = people;
	return QPP_OK;
}

/* ---- filing ---- */

enum qpp_code making_vgroup_filing(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_filing *m, struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_arena *a = call->arena;
	struct qpp_vgroup_member_line *members;
	struct qpp_vgroup_check_line *checks;
	struct qpp_str *becomes;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	if (code == QPP_OK && !g.caller_began && !g.caller_represents)
		return qpp_fail(err, QPP_FORBIDDEN, "only the representative, or who began the group, can do this", (char *)NULL);
	if (code != QPP_OK)
		return code;
	vg_make_head(p, a, &g, &m->head);
	m->representative = CAT(a, C(a, g.row.rep_name), g.row.rep_email.n ? ", " : "", C(a, g.row.rep_email), g.row.rep_phone.n ? ", " : "",
	                        C(a, g.row.rep_phone));
	m->members.n = vg_make_members(a, &g, false, &members);
	m->members.v = members;
	m->checks.n = vg_make_checks(a, &g, QPP_LIT(""), true, &checks);
	m->checks.v = checks;
	m->becomes.n = vg_make_becomes(a, &g, &becomes);
	m->becomes.v = becomes;
	m->ready = g.ready && g.may_edit;
	m->open = g.window.open;
	m->key = qpp_store_new_id(p->service->store, a);
	return QPP_OK;
}

static struct qpp_str margin_of(struct qpp_arena *a, const struct qpp_vgroup_window *w, qpp_time at)
{
	if (!w->known || at.us >= w->closes.us)
		return QPP_LIT("");
	return CAT(a, C(a, qpp_span_words(a, w->closes.us - at.us)), " before the end of the time to elect");
}

enum qpp_code making_vgroup_receipt(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, int64_t sequence,
                                    struct qpp_vgroup_receipt_view *m, struct qpp_str *text, struct qpp_str *body, struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_receipt r;
	struct qpp_arena *a = call->arena;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	if (code == QPP_OK)
		code = qpp_vgroup_receipt(call, id, sequence, &r, body, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str base = CAT(a, "/virtual-groups/", C(a, id), "/receipts/", C(a, qpp_i64_text(a, sequence)));
	vg_make_head(p, a, &g, &m->head);
	m->number = r.number;
	m->at = qpp_eastern_exact(a, p->zone, r.at);
	m->margin = margin_of(a, &g.window, r.at);
	m->sha256 = r.sha256;
	m->key = r.key;
	m->what = qpp_str_is(r.kind, "election") ? CAT(a, "Election of the virtual group ", C(a, g.row.name), " for ", C(a, qpp_i64_text(a, g.row.py.v)))
	          : qpp_str_is(r.kind, "decision") ? QPP_LIT("Decision on the election")
	                                           : QPP_LIT("Withdrawal of the virtual group");
	m->href_text = CAT(a, base.p, "/receipt.json");
	m->href_body = body->n ? CAT(a, base.p, "/filed.json") : QPP_LIT("");
	*text = qpp_receipt_json(a, &r);
	return QPP_OK;
}

/* ---- the agency's side ---- */

static const struct {
	enum qpp_vgroup_state state;
	const char *words;
} filters[] = {
	{ QPP_VGROUP_NONE, "All" }, { QPP_VGROUP_RECEIVED, "Received" }, { QPP_VGROUP_RETURNED, "Returned" }, { QPP_VGROUP_APPROVED, "Approved" },
	{ QPP_VGROUP_DENIED, "Denied" }, { QPP_VGROUP_WITHDRAWN, "Withdrawn" },
};
enum { FILTERS = sizeof filters / sizeof *filters };

static void make_counts(struct qpp_arena *a, const struct qpp_vgroup_lines *lines, enum qpp_vgroup_state now, struct qpp_vgroup_review_list *m)
{
	struct qpp_vgroup_count *v = QPP_NEW_ARRAY(a, FILTERS, struct qpp_vgroup_count);
	for (int i = 0; i < FILTERS; i++) {
		v[i] = (struct qpp_vgroup_count){ .words = qpp_str_of(filters[i].words), .n = lines->counts[filters[i].state], .now = filters[i].state == now,
			.href = CAT(a, "/reviewer/virtual-groups?state=", filters[i].state ? qpp_vgroup_state_name(filters[i].state) : "", "&year=", C(a, m->year),
			            "&origin=", C(a, m->origin)) };
		v[0].n += i ? v[i].n : 0;
	}
	m->counts.v = v;
	m->counts.n = FILTERS;
}

static void make_years(struct qpp_portal *p, struct qpp_arena *a, struct qpp_vgroup_review_list *m)
{
	enum { MOST = 60 };
	qpp_py years[MOST];
	size_t n = qpp_vgroup_years(p->service, (qpp_time){ 0 }, years, MOST);
	struct qpp_vgroup_choice *v = QPP_NEW_ARRAY(a, n + 1, struct qpp_vgroup_choice);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct qpp_vgroup_choice){ qpp_i64_text(a, years[n - 1 - i].v), qpp_i64_text(a, years[n - 1 - i].v) };
	m->years.v = v;
	m->years.n = n;
}

static struct qpp_str origin_words(struct qpp_str origin)
{
	return qpp_str_is(origin, "mail") ? QPP_LIT("by e-mail") : QPP_LIT("in the portal");
}

enum qpp_code making_vgroup_lines(struct qpp_portal *p, const struct qpp_call *call, struct qpp_vgroup_review_list *m, struct qpp_err *err)
{
	enum { PAGE = 25 };
	struct qpp_arena *a = call->arena;
	struct qpp_vgroup_lines lines;
	uint64_t year = 0;
	(void)qpp_str_u64(m->year, 9999, &year);
	const struct qpp_vgroup_ask ask = { .py = { (int)year }, .state = qpp_vgroup_state_of(m->state), .origin = m->origin, .name = m->name };
	m->page = PAGE;
	enum qpp_code code = qpp_vgroup_lines_of(call, &ask, (struct qpp_slice){ .start = m->start, .most = PAGE }, &lines, err);
	if (code != QPP_OK)
		return code;
	struct qpp_vgroup_review_line *v = QPP_NEW_ARRAY(a, lines.n + 1, struct qpp_vgroup_review_line);
	for (size_t i = 0; i < lines.n; i++) {
		const struct qpp_vgroup_line *x = &lines.v[i];
		v[i] = (struct qpp_vgroup_review_line){ .href = CAT(a, "/reviewer/virtual-groups/", C(a, x->row.id)), .name = x->row.name,
			.filed = qpp_eastern(a, p->zone, x->row.filed), .representative = x->row.rep_name, .origin = origin_words(x->row.origin),
			.conflict = x->conflict, .year = x->row.py.v, .practices = x->practices, .clinicians = x->clinicians, .errors = (int64_t)x->errors,
			.warnings = (int64_t)x->warnings, .state = vg_state_words(&x->row) };
	}
	m->lines.v = v;
	m->lines.n = lines.n;
	m->total = lines.total;
	make_counts(a, &lines, ask.state, m);
	make_years(p, a, m);
	return QPP_OK;
}

enum qpp_code making_vgroup_review(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_review_view *m,
                                   struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_arena *a = call->arena;
	struct qpp_vgroup_member_line *members;
	struct qpp_vgroup_check_line *checks;
	struct qpp_vgroup_event_line *events;
	struct qpp_vgroup_alarm_line *alarms;
	struct qpp_vgroup_person_line *people;
	struct qpp_str *becomes;
	qpp_day day;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	if (code != QPP_OK)
		return code;
	vg_make_head(p, a, &g, &m->head);
	m->filed = qpp_eastern_exact(a, p->zone, g.row.filed);
	m->origin = portal_capital(a, origin_words(g.row.origin));
	m->representative = CAT(a, C(a, g.row.rep_name), g.row.rep_title.n ? ", " : "", C(a, g.row.rep_title));
	m->contact = CAT(a, C(a, g.row.rep_email), g.row.rep_phone.n ? ", " : "", C(a, g.row.rep_phone), g.row.rep_address.n ? ", " : "",
	                 C(a, g.row.rep_address));
	m->executed = qpp_day_parse(g.row.executed_on, &day) ? qpp_day_words(a, day) : QPP_LIT("");
	m->identifier = g.row.identifier;
	m->version = qpp_i64_text(a, g.row.version);
	m->may_decide = g.caller_reviews;
	m->waits = g.state == QPP_VGROUP_RECEIVED;
	m->members.n = vg_make_members(a, &g, false, &members);
	for (size_t i = 0; i < m->members.n; i++)
		members[i].can_list = false;
	m->members.v = members;
	m->people.n = vg_make_people(a, &g, QPP_LIT(""), false, &people);
	m->people.v = people;
	m->checks.n = vg_make_checks(a, &g, QPP_LIT(""), true, &checks);
	m->checks.v = checks;
	m->events.n = vg_make_events(p, a, &g, &events);
	m->events.v = events;
	m->alarms.n = vg_make_alarms(p, a, &g, &alarms);
	m->alarms.v = alarms;
	m->becomes.n = vg_make_becomes(a, &g, &becomes);
	m->becomes.v = becomes;
	return QPP_OK;
}
