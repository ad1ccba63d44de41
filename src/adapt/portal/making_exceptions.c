/* Models of /exceptions: windows and events in words, applications as lists, forms and pages. */
#include "adapt/portal/making_exceptions.h"

#include "adapt/html/words.h"
#include "adapt/portal/view.h"
#include "app/standing.h"

static const char *const kinds[QPP_EXCEPTION_KINDS] = { "", "Extreme and uncontrollable circumstances", "Hardship in promoting interoperability" };

struct qpp_str making_whom(struct qpp_arena *a, const struct qpp_org *org, const struct qpp_who *who, const struct qpp_clinician *clinician)
{
	struct qpp_str name = org->name.n ? org->name : QPP_LIT("No name on record");
	if (who->entity != QPP_INDIVIDUAL)
		return CAT(a, C(a, name), who->entity == QPP_GROUP ? ", as a group" : who->entity == QPP_VIRTUAL_GROUP ? ", virtual group"
		           : who->entity == QPP_APM_ENTITY ? ", APM entity" : who->entity == QPP_SUBGROUP ? ", subgroup" : "");
	if (clinician && clinician->last.n)
		return CAT(a, C(a, clinician->first), " ", C(a, clinician->last), " (", C(a, who->npi), ") at ", C(a, name));
	return CAT(a, "NPI ", C(a, who->npi), " at ", C(a, name));
}

static struct qpp_str category_words(struct qpp_arena *a, uint32_t set)
{
	struct qpp_str all = QPP_LIT("");
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (set & 1u << k)
			all = all.n ? CAT(a, C(a, all), ", ", qpp_category_title((enum qpp_category)k)) : qpp_str_of(qpp_category_title((enum qpp_category)k));
	return all.n ? portal_capital(a, all) : QPP_LIT("None yet");
}

static struct qpp_str window_words(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_exception_window *w)
{
	const char *until = w->closes.has ? C(a, qpp_eastern(a, p->zone, qpp_time_of_instant(w->closes.at))) : "";
	switch (w->state) {
	case QPP_APPLY_NOW:
		if (!w->closes.has || w->margin < 0)
			return QPP_LIT("Applications are taken now.");
		return CAT(a, "Applications are taken until ", until, ". What comes later is not taken.");
	case QPP_APPLY_NOT_YET:
		return CAT(a, "Applications are taken from ", C(a, qpp_eastern(a, p->zone, qpp_time_of_instant(w->opens.at))), " on, until ", until, ".");
	case QPP_APPLY_OVER:
		return CAT(a, "The time to apply was over on ", until, ". Nothing is taken any more.");
	default:
		return QPP_LIT("When applications for this year were taken is not known here.");
	}
}

static int tone_of(struct qpp_str state)
{
	switch (qpp_exception_state_of(state)) {
	case QPP_EXCEPTION_APPROVED:
		return QPP_TONE_GOOD;
	case QPP_EXCEPTION_SUBMITTED:
		return QPP_TONE_WARN;
	case QPP_EXCEPTION_DENIED:
		return QPP_TONE_BAD;
	default:
		return QPP_TONE_PLAIN;
	}
}

static struct qpp_exception_item item(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_exception_line *x, const char *path)
{
	return (struct qpp_exception_item){
		.href = CAT(a, path, C(a, x->row.id)), .who = making_whom(a, &x->org, &x->row.who, NULL), .number = x->row.number,
		.kind = qpp_str_of(kinds[qpp_exception_kind_of(x->row.kind)]), .says = x->says.n ? x->says : QPP_LIT("Not said yet"),
		.categories = category_words(a, qpp_exception_categories(x->row.categories)),
		.state = qpp_str_of(qpp_exception_state_title(qpp_exception_state_of(x->row.state))), .tone = tone_of(x->row.state),
		.filed = x->row.filed.us ? qpp_eastern_day(a, p->zone, x->row.filed) : QPP_LIT("")
	};
}

static void items(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_exception_line *x, size_t n, const char *path,
                  const struct qpp_exception_item **out)
{
	struct qpp_exception_item *v = QPP_NEW_ARRAY(a, n + 1, struct qpp_exception_item);
	for (size_t i = 0; i < n; i++)
		v[i] = item(p, a, &x[i], path);
	*out = v;
}

/* ---- the list ---- */

static enum qpp_code tell_automatic(struct qpp_excepting *x, struct qpp_exceptions_page *m, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_exception_automatic *from;
	size_t n = 0;
	enum qpp_code code = qpp_exceptions_automatic(x, (qpp_py){ (int)m->year }, &from, &n, &m->automatic_total, err);
	struct qpp_automatic_item *v = QPP_NEW_ARRAY(a, n + 1, struct qpp_automatic_item);
	for (size_t i = 0; code == QPP_OK && i < n; i++)
		v[i] = (struct qpp_automatic_item){ .npi = from[i].clinician.npi, .practice = from[i].org.name, .possible = from[i].answer != QPP_EUC_YES,
			.name = CAT(a, C(a, from[i].clinician.first), from[i].clinician.first.n ? " " : "", C(a, from[i].clinician.last)),
			.says = from[i].why };
	m->automatic.v = v;
	m->automatic.n = n;
	return code;
}

static bool may_apply(const struct qpp_actor *actor)
{
	for (size_t i = 0; i < actor->n; i++) {
		const struct qpp_actor_role *r = &actor->roles[i];
		bool entity = r->kind == QPP_ORG_APM_ENTITY;
		if (r->kind == QPP_ORG_CLINICIAN || ((r->kind == QPP_ORG_PRACTICE || r->kind == QPP_ORG_VIRTUAL_GROUP || entity) &&
		                                     (r->post == QPP_POST_OFFICIAL || (!entity && r->post == QPP_POST_STAFF))))
			return !actor->view_only;
	}
	return false;
}

enum qpp_code making_exceptions(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_exceptions_page *m, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_exception_line *lines;
	struct qpp_exception_year year;
	m->years.n = portal_years(p, a, &m->years.v);
	enum qpp_code code = qpp_exception_year_get(x, (qpp_py){ (int)m->year }, &year, err);
	if (code == QPP_OK)
		code = qpp_exceptions_mine(x, (qpp_py){ (int)m->year }, &lines, &m->items.n, err);
	if (code == QPP_OK)
		code = tell_automatic(x, m, err);
	if (code != QPP_OK)
		return code;
	items(p, a, lines, m->items.n, "/exceptions/", &m->items.v);
	m->open = year.window.state == QPP_APPLY_NOW;
	m->window = window_words(p, a, &year.window);
	m->may_apply = may_apply(x->call.actor);
	return QPP_OK;
}

/* ---- who and what ---- */

static void add(struct qpp_arena *a, struct qpp_pick *v, size_t *n, const struct qpp_role_held *h, enum qpp_entity level, const char *hint,
                struct qpp_str chosen)
{
	const struct qpp_org org = { .name = h->org_name };
	const struct qpp_who who = { .entity = level };
	struct qpp_str value = CAT(a, qpp_entity_name(level), " ", C(a, h->org_id));
	struct qpp_str words = level == QPP_INDIVIDUAL ? CAT(a, "One clinician of ", C(a, h->org_name.n ? h->org_name : QPP_LIT("this practice")))
	                                               : making_whom(a, &org, &who, NULL);
	v[(*n)++] = (struct qpp_pick){ value, words, *hint ? qpp_str_of(hint) : portal_number(a, h->kind, h->org_number, h->tin_masked), qpp_str_eq(value, chosen) };
}

static enum qpp_code add_own(struct qpp_portal *p, struct qpp_excepting *x, int64_t year, const struct qpp_role_held *h, struct qpp_pick *v, size_t *n,
                             size_t most, struct qpp_str chosen, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_standing own;
	enum qpp_code code = qpp_standing_of(p->service, a, h->org_number, (qpp_py){ (int)year }, &own, err);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? QPP_OK : code;
	for (size_t i = 0; i < own.n && *n < most; i++) {
		struct qpp_str value = CAT(a, "individual ", C(a, own.places[i].org.id), " ", C(a, own.clinician.npi));
		v[(*n)++] = (struct qpp_pick){ value, CAT(a, "Myself at ", C(a, own.places[i].org.name)), CAT(a, "NPI ", C(a, own.clinician.npi)),
			qpp_str_eq(value, chosen) };
	}
	return QPP_OK;
}

static enum qpp_code subjects(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_person *person, struct qpp_str chosen,
                              struct qpp_exception_start *m, struct qpp_err *err)
{
	enum { OWN = 50 };
	const size_t most = 2 * person->n_held + OWN;
	struct qpp_pick *v = QPP_NEW_ARRAY(x->call.arena, most + 1, struct qpp_pick);
	enum qpp_code code = QPP_OK;
	m->subjects.v = v;
	for (size_t i = 0; code == QPP_OK && i < person->n_held; i++) {
		const struct qpp_role_held *h = &person->held[i];
		bool official = h->post == QPP_POST_OFFICIAL, people = official || h->post == QPP_POST_STAFF;
		if (h->kind == QPP_ORG_CLINICIAN)
			code = add_own(p, x, m->year, h, v, &m->subjects.n, most - 2 * (person->n_held - i), chosen, err);
		else if (h->kind == QPP_ORG_PRACTICE && people) {
			add(x->call.arena, v, &m->subjects.n, h, QPP_GROUP, "", chosen);
			add(x->call.arena, v, &m->subjects.n, h, QPP_INDIVIDUAL, "With the NPI below", chosen);
		} else if (h->kind == QPP_ORG_VIRTUAL_GROUP && people)
			add(x->call.arena, v, &m->subjects.n, h, QPP_VIRTUAL_GROUP, "", chosen);
		else if (h->kind == QPP_ORG_SUBGROUP && people)
			add(x->call.arena, v, &m->subjects.n, h, QPP_SUBGROUP, "Has what its group has; applies for itself in some years only", chosen);
		else if (h->kind == QPP_ORG_APM_ENTITY && official)
			add(x->call.arena, v, &m->subjects.n, h, QPP_APM_ENTITY, "For all categories at once", chosen);
	}
	return code;
}

enum qpp_code making_exception_start(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_person *person, struct qpp_str subject,
                                     struct qpp_str kind, struct qpp_exception_start *m, struct qpp_err *err)
{
	struct qpp_exception_year year;
	struct qpp_pick *v = QPP_NEW_ARRAY(x->call.arena, QPP_EXCEPTION_KINDS, struct qpp_pick);
	static const char *const hints[QPP_EXCEPTION_KINDS] = { "", "For any categories: a disaster, a closure, an attack on the systems one depends on",
		"For promoting interoperability alone; APM entities do not ask for it" };
	enum qpp_code code = qpp_exception_year_get(x, (qpp_py){ (int)m->year }, &year, err);
	if (code == QPP_OK)
		code = subjects(p, x, person, subject, m, err);
	if (code != QPP_OK)
		return code;
	m->window = window_words(p, x->call.arena, &year.window);
	for (enum qpp_exception_kind k = QPP_EXCEPTION_EUC; k < QPP_EXCEPTION_KINDS; k++)
		v[m->kinds.n++] = (struct qpp_pick){ qpp_str_of(qpp_exception_kind_name(k)), qpp_str_of(kinds[k]), qpp_str_of(hints[k]),
			qpp_str_is(kind, qpp_exception_kind_name(k)) };
	m->kinds.v = v;
	return QPP_OK;
}

bool making_exception_subject(struct qpp_str subject, struct qpp_exception_form *f)
{
	struct qpp_str rest = subject, level, org, npi;
	if (!qpp_str_word(&rest, &level) || !qpp_str_word(&rest, &org))
		return false;
	f->level = qpp_entity_of(level);
	f->org_id = org;
	if (qpp_str_word(&rest, &npi))
		f->npi = npi;
	return f->level != QPP_ENTITY_NONE;
}

/* ---- the form ---- */

static struct qpp_str figure(struct qpp_arena *a, int64_t n)
{
	return n ? qpp_i64_text(a, n) : QPP_LIT("");
}

enum qpp_code making_exception_edit(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_exception_detail *d,
                                    const struct qpp_exception_form *f, struct qpp_exception_edit *m, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_exception_year year;
	enum qpp_code code = qpp_exception_year_get(x, f->py, &year, err);
	if (code != QPP_OK)
		return code;
	size_t n = year.n_events[f->kind];
	struct qpp_pick *events = QPP_NEW_ARRAY(a, n + 1, struct qpp_pick), *categories = QPP_NEW_ARRAY(a, QPP_CATEGORIES, struct qpp_pick);
	uint32_t may = 0;
	for (size_t i = 0; i < n; i++) {
		const struct qpp_exception_event *e = &year.events[f->kind][i];
		may |= e->categories;
		events[i] = (struct qpp_pick){ e->name, e->says, QPP_LIT(""), qpp_str_eq(e->name, f->event) };
	}
	*m = (struct qpp_exception_edit){ .id = d->line.row.id, .who = making_whom(a, &d->line.org, &d->line.row.who, NULL),
		.kind = CAT(a, kinds[f->kind], ", performance year ", C(a, qpp_i64_text(a, f->py.v))), .window = window_words(p, a, &d->window),
		.version = d->line.row.version, .events = { events, n }, .begins = f->begins, .ends = f->ends, .explanation = f->explanation,
		.members = figure(a, f->members), .excused = f->members ? qpp_i64_text(a, f->excused) : QPP_LIT(""), .entity = f->level == QPP_APM_ENTITY,
		.knows_members = d->knows_members, .open = d->window.state == QPP_APPLY_NOW };
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (may & 1u << k)
			categories[m->categories.n++] = (struct qpp_pick){ qpp_str_of(qpp_category_name((enum qpp_category)k)),
				portal_capital(a, qpp_str_of(qpp_category_title((enum qpp_category)k))), QPP_LIT(""), (f->categories & 1u << k) != 0 };
	m->categories.v = categories;
	return QPP_OK;
}

/* ---- one application ---- */

static struct qpp_str day_words(struct qpp_arena *a, struct qpp_str text)
{
	qpp_day d;
	return qpp_day_parse(text, &d) ? qpp_day_words(a, d) : text;
}

static void tell_facts(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_exception_detail *d, struct qpp_exception_show *m)
{
	enum { MOST = 10 };
	struct qpp_told *v = QPP_NEW_ARRAY(a, MOST, struct qpp_told);
	const struct qpp_exception_form *f = &d->form;
	size_t n = 0;
	v[n++] = (struct qpp_told){ QPP_LIT("What happened"), d->line.says.n ? d->line.says : QPP_LIT("Not said yet") };
	if (f->begins.n)
		v[n++] = (struct qpp_told){ QPP_LIT("When"), f->ends.n ? CAT(a, C(a, day_words(a, f->begins)), " to ", C(a, day_words(a, f->ends)))
		                                                       : CAT(a, "Since ", C(a, day_words(a, f->begins))) };
	v[n++] = (struct qpp_told){ QPP_LIT("Categories"), category_words(a, f->categories) };
	if (f->level == QPP_APM_ENTITY)
		v[n++] = (struct qpp_told){ QPP_LIT("Excused from promoting interoperability"),
			CAT(a, C(a, qpp_i64_text(a, f->excused)), " of ", C(a, qpp_i64_text(a, f->members)), d->knows_members ? " clinicians, as counted here" : " clinicians") };
	v[n++] = (struct qpp_told){ QPP_LIT("Applicant"), d->applicant };
	if (d->line.row.filed.us)
		v[n++] = (struct qpp_told){ QPP_LIT("Filed"), CAT(a, C(a, qpp_eastern_exact(a, p->zone, d->line.row.filed)), ", number ", C(a, d->line.row.number)) };
	if (d->line.row.decided.us)
		v[n++] = (struct qpp_told){ QPP_LIT("Decided"), qpp_eastern_exact(a, p->zone, d->line.row.decided) };
	m->facts.v = v;
	m->facts.n = n;
}

static void tell_effect(struct qpp_arena *a, const struct qpp_exception_detail *d, struct qpp_exception_show *m)
{
	struct qpp_str *v = QPP_NEW_ARRAY(a, 3, struct qpp_str);
	bool entity = d->form.level == QPP_APM_ENTITY;
	v[m->effect.n++] = QPP_LIT("The categories have no weight; it goes to the others. With fewer than two categories left the score is the performance "
	                           "threshold, and there is no adjustment.");
	v[m->effect.n++] = entity ? QPP_LIT("Data that the entity submits all the same do not undo it.")
	                          : QPP_LIT("Data that are submitted for one of the categories give it its weight back. Before they are filed, the page "
	                                    "says what that changes.");
	m->effect.v = v;
}

void making_exception_show(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_exception_detail *d, struct qpp_exception_show *m)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_str *faults = QPP_NEW_ARRAY(a, d->faults.list.n + 1, struct qpp_str);
	*m = (struct qpp_exception_show){ .id = d->line.row.id, .who = making_whom(a, &d->line.org, &d->line.row.who, NULL),
		.kind = CAT(a, kinds[d->form.kind], ", performance year ", C(a, qpp_i64_text(a, d->form.py.v))),
		.state = qpp_str_of(qpp_exception_state_title(qpp_exception_state_of(d->line.row.state))), .tone = tone_of(d->line.row.state),
		.explanation = d->form.explanation, .window = window_words(p, a, &d->window), .version = d->line.row.version,
		.open = d->window.state == QPP_APPLY_NOW, .decision = d->decision, .decided_by = d->decided_by, .may_file = d->line.may_file,
		.may_withdraw = d->line.may_withdraw, .may_decide = d->line.may_decide };
	/* The same state of the draft, sent twice, is one filing. */
	m->key = CAT(a, C(a, d->line.row.id), "-", C(a, qpp_i64_text(a, d->line.row.version)));
	for (size_t i = 0; i < d->faults.list.n; i++)
		faults[i] = CAT(a, C(a, portal_capital(a, d->faults.list.v[i].message)), d->faults.list.v[i].expected.n ? "; expected: " : "",
		                C(a, d->faults.list.v[i].expected));
	m->faults.v = faults;
	m->faults.n = d->faults.list.n;
	if (d->has_receipt && d->line.row.sequence)
		m->href_receipt = CAT(a, "/exceptions/", C(a, d->line.row.id), "/receipt");
	tell_facts(p, a, d, m);
	tell_effect(a, d, m);
}

enum qpp_code making_exceptions_queue(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_exceptions_queue *m, struct qpp_err *err)
{
	enum { MOST = 100 };
	struct qpp_exception_line *lines;
	m->years.n = portal_years(p, x->call.arena, &m->years.v);
	enum qpp_code code = qpp_exceptions_queue(x, (qpp_py){ (int)m->year }, m->state, (struct qpp_slice){ .most = MOST }, &lines, &m->items.n, &m->total, err);
	if (code == QPP_OK)
		items(p, x->call.arena, lines, m->items.n, "/reviewer/exceptions/", &m->items.v);
	return code;
}

void making_exception_receipt(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_exception_detail *d, struct qpp_kept_view *m)
{
	struct qpp_arena *a = x->call.arena;
	const char *base = CAT(a, "/exceptions/", C(a, d->line.row.id)).p;
	struct qpp_str *next = QPP_NEW_ARRAY(a, 2, struct qpp_str);
	next[0] = QPP_LIT("A reviewer of the agency decides. You are told by e-mail.");
	next[1] = QPP_LIT("Until then you can withdraw the application.");
	*m = (struct qpp_kept_view){ .title = QPP_LIT("Received"), .who = making_whom(a, &d->line.org, &d->line.row.who, NULL),
		.what = CAT(a, "Application: ", kinds[d->form.kind], ", ", C(a, category_words(a, d->form.categories))), .number = d->receipt.number,
		.at = qpp_eastern_exact(a, p->zone, d->receipt.at), .sha256 = d->receipt.sha256, .key = d->receipt.key, .href_text = CAT(a, base, "/receipt.json"),
		.href_back = qpp_str_of(base), .back = QPP_LIT("To the application"), .crumb = QPP_LIT("Exceptions"), .crumb_href = QPP_LIT("/exceptions") };
	m->next.v = next;
	m->next.n = qpp_str_is(d->line.row.state, "submitted") ? 2 : 0;
	if (d->window.closes.has && d->margin >= 0) {
		m->deadline = qpp_eastern(a, p->zone, qpp_time_of_instant(d->window.closes.at));
		m->margin = qpp_span_words(a, d->margin * QPP_MICROS_A_SECOND);
	}
}
