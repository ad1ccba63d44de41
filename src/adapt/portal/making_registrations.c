/* Models of /registrations: windows and pathways in words, the survey of an MVP and by when it is registered. */
#include "adapt/portal/making_registrations.h"

#include "adapt/portal/view.h"

static const char *const titles[QPP_REGISTERS] = { "", "MVPs", "The CAHPS for MIPS survey" };

static struct qpp_str moment(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_apply_moment *m)
{
	return m->has ? qpp_eastern(a, p->zone, qpp_time_of_instant(m->at)) : QPP_LIT("a day that is not known here");
}

static struct qpp_str window_words(struct qpp_portal *p, struct qpp_arena *a, enum qpp_register k, const struct qpp_exception_window *w)
{
	const char *what = titles[k], *verb = k == QPP_REGISTER_MVP ? " are" : " is";
	switch (w->state) {
	case QPP_APPLY_NOW:
		if (!w->closes.has || w->margin < 0)
			return CAT(a, what, verb, " registered, changed and cancelled now.");
		return CAT(a, what, verb, " registered, changed and cancelled until ", C(a, moment(p, a, &w->closes)), ".");
	case QPP_APPLY_NOT_YET:
		return CAT(a, what, verb, " registered from ", C(a, moment(p, a, &w->opens)), " on, until ", C(a, moment(p, a, &w->closes)), ".");
	case QPP_APPLY_OVER:
		return CAT(a, what, verb, " not registered any more: the time was over on ", C(a, moment(p, a, &w->closes)), ".");
	default:
		return CAT(a, "When ", k == QPP_REGISTER_MVP ? "MVPs" : "the CAHPS for MIPS survey", verb, " registered this year is not known here.");
	}
}

static void windows(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_registration_year *year, qpp_texts *out)
{
	struct qpp_str *v = QPP_NEW_ARRAY(a, QPP_REGISTERS, struct qpp_str);
	for (enum qpp_register k = QPP_REGISTER_MVP; k < QPP_REGISTERS; k++)
		v[out->n++] = window_words(p, a, k, &year->window[k]);
	out->v = v;
}

/* "the surgeons, subgroup of Maple Family Medicine". */
static struct qpp_str whom(struct qpp_arena *a, const struct qpp_org *org, const struct qpp_registration_form *f)
{
	const struct qpp_who who = { .py = f->py, .entity = f->level, .org_id = f->org_id, .npi = f->npi };
	if (f->level == QPP_SUBGROUP && f->name.n)
		return CAT(a, C(a, f->name), ", subgroup of ", C(a, org->name));
	return making_whom(a, org, &who, NULL);
}

static struct qpp_str what(const struct qpp_portal *p, struct qpp_arena *a, const struct qpp_registration_form *f)
{
	const struct qpp_catalog *c = qpp_years_catalog(p->service->years, f->py);
	const struct qpp_mvp *mvp = f->kind == QPP_REGISTER_MVP && c ? qpp_catalog_mvp(c, f->mvp) : NULL;
	return mvp ? CAT(a, "MVP ", C(a, mvp->id), ": ", C(a, mvp->title)) : f->mvp.n ? CAT(a, "MVP ", C(a, f->mvp)) : qpp_str_of(titles[QPP_REGISTER_CAHPS]);
}

static struct qpp_str survey_words(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_registered *r, int *tone)
{
	const char *by = C(a, moment(p, a, &r->cahps_by));
	switch (r->cahps) {
	case QPP_CAHPS_DUE:
		*tone = QPP_TONE_WARN;
		return CAT(a, "With the survey, which needs a registration of its own by ", by, ", or it lapses");
	case QPP_CAHPS_REGISTERED:
		*tone = QPP_TONE_GOOD;
		return QPP_LIT("With the survey, which is registered");
	case QPP_CAHPS_LAPSED:
		*tone = QPP_TONE_BAD;
		return CAT(a, "The survey has lapsed: it was not registered itself by ", by);
	default:
		*tone = QPP_TONE_PLAIN;
		return QPP_LIT("");
	}
}

static bool registers(const struct qpp_actor *actor)
{
	for (size_t i = 0; i < actor->n; i++)
		if (actor->roles[i].post == QPP_POST_OFFICIAL && (actor->roles[i].kind == QPP_ORG_PRACTICE || actor->roles[i].kind == QPP_ORG_VIRTUAL_GROUP ||
		                                                  actor->roles[i].kind == QPP_ORG_APM_ENTITY))
			return !actor->view_only;
	return false;
}

enum qpp_code making_registrations(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_registrations_page *m, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_registration_year year;
	struct qpp_registered *from;
	size_t n;
	m->years.n = portal_years(p, a, &m->years.v);
	enum qpp_code code = qpp_registration_year_get(x, (qpp_py){ (int)m->year }, &year, err);
	if (code == QPP_OK)
		code = qpp_registrations_mine(x, (qpp_py){ (int)m->year }, &from, &n, err);
	if (code != QPP_OK)
		return code;
	struct qpp_registration_item *v = QPP_NEW_ARRAY(a, n + 1, struct qpp_registration_item);
	struct qpp_str *warnings = QPP_NEW_ARRAY(a, n + 1, struct qpp_str);
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct qpp_registration_item){ .href = CAT(a, "/registrations/", C(a, from[i].id)), .who = whom(a, &from[i].org, &from[i].form),
			.what = what(p, a, &from[i].form), .at = qpp_eastern_day(a, p->zone, from[i].at), .stands = from[i].stands };
		v[i].survey = survey_words(p, a, &from[i], &v[i].tone);
		if (from[i].cahps == QPP_CAHPS_DUE)
			warnings[m->warnings.n++] = CAT(a, C(a, v[i].who), ": ", C(a, v[i].survey), ".");
	}
	m->items.v = v;
	m->items.n = n;
	m->warnings.v = warnings;
	windows(p, a, &year, &m->windows);
	m->may_register = registers(x->call.actor);
	return QPP_OK;
}

/* ---- for whom, and what ---- */

static void add(struct qpp_registration_start *m, struct qpp_pick *v, struct qpp_str value, struct qpp_str words, struct qpp_str hint, struct qpp_str chosen)
{
	v[m->subjects.n++] = (struct qpp_pick){ value, words, hint, qpp_str_eq(value, chosen) };
}

static void of_role(struct qpp_arena *a, const struct qpp_role_held *h, struct qpp_str chosen, struct qpp_registration_start *m, struct qpp_pick *v)
{
	const char *id = C(a, h->org_id);
	struct qpp_org org = { .name = h->org_name };
	struct qpp_who who = { .entity = h->kind == QPP_ORG_PRACTICE ? QPP_GROUP : h->kind == QPP_ORG_VIRTUAL_GROUP ? QPP_VIRTUAL_GROUP : QPP_APM_ENTITY };
	if (h->post != QPP_POST_OFFICIAL || (h->kind != QPP_ORG_PRACTICE && h->kind != QPP_ORG_VIRTUAL_GROUP && h->kind != QPP_ORG_APM_ENTITY))
		return;
	add(m, v, CAT(a, qpp_entity_name(who.entity), " ", id), making_whom(a, &org, &who, NULL), portal_number(a, h->kind, h->org_number, h->tin_masked), chosen);
	if (h->kind != QPP_ORG_PRACTICE)
		return;
	add(m, v, CAT(a, "individual ", id), CAT(a, "One clinician of ", C(a, h->org_name)), QPP_LIT("With the NPI below"), chosen);
	add(m, v, CAT(a, "subgroup ", id), CAT(a, "A subgroup of ", C(a, h->org_name)), QPP_LIT("You name it and its clinicians on the next page"), chosen);
}

/* MVPs of the year; and the survey, unless a registration of an MVP is changed. */
static void pathways(const struct qpp_registration_year *year, struct qpp_arena *a, bool survey, struct qpp_str chosen, struct qpp_pick **out, size_t *n)
{
	size_t most = (year->catalog ? year->catalog->n_mvps : 0) + 1;
	struct qpp_pick *v = QPP_NEW_ARRAY(a, most, struct qpp_pick);
	*n = 0;
	if (survey)
		v[(*n)++] = (struct qpp_pick){ QPP_LIT("cahps"), QPP_LIT("The CAHPS for MIPS survey"), QPP_LIT(""), qpp_str_is(chosen, "cahps") };
	for (size_t i = 0; year->catalog && i < year->catalog->n_mvps; i++) {
		const struct qpp_mvp *mvp = &year->catalog->mvps[i];
		v[(*n)++] = (struct qpp_pick){ mvp->id, CAT(a, C(a, mvp->id), ": ", C(a, mvp->title)), QPP_LIT(""), qpp_str_eq(chosen, mvp->id) };
	}
	*out = v;
}

enum qpp_code making_registration_start(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_person *person, struct qpp_str subject,
                                        struct qpp_str pathway, struct qpp_registration_start *m, struct qpp_err *err)
{
	enum { OF_A_ROLE = 3 };
	struct qpp_arena *a = x->call.arena;
	struct qpp_registration_year year;
	struct qpp_registered *mine;
	struct qpp_pick *all;
	size_t n;
	enum qpp_code code = qpp_registration_year_get(x, (qpp_py){ (int)m->year }, &year, err);
	if (code == QPP_OK)
		code = qpp_registrations_mine(x, (qpp_py){ (int)m->year }, &mine, &n, err);
	if (code != QPP_OK)
		return code;
	struct qpp_pick *v = QPP_NEW_ARRAY(a, OF_A_ROLE * person->n_held + n + 1, struct qpp_pick);
	for (size_t i = 0; i < person->n_held; i++)
		of_role(a, &person->held[i], subject, m, v);
	/* A subgroup that has the survey in its MVP registers it, too. */
	for (size_t i = 0; i < n; i++)
		if (mine[i].form.level == QPP_SUBGROUP && mine[i].cahps == QPP_CAHPS_DUE)
			add(m, v, CAT(a, "subgroup ", C(a, mine[i].form.org_id), " ", C(a, mine[i].id)), whom(a, &mine[i].org, &mine[i].form),
			    QPP_LIT("For the survey of its MVP"), subject);
	m->subjects.v = v;
	pathways(&year, a, true, pathway, &all, &m->pathways.n);
	m->pathways.v = all;
	windows(p, a, &year, &m->windows);
	return QPP_OK;
}

bool making_registration_subject(struct qpp_str subject, struct qpp_str pathway, struct qpp_registration_form *f)
{
	struct qpp_exception_form said = { 0 };
	bool survey = qpp_str_is(pathway, "cahps");
	if (!pathway.n || !making_exception_subject(subject, &said))
		return false;
	f->kind = survey ? QPP_REGISTER_CAHPS : QPP_REGISTER_MVP;
	f->mvp = survey ? QPP_LIT("") : pathway;
	f->level = said.level;
	f->org_id = said.org_id;
	if (survey && said.level == QPP_SUBGROUP)
		f->of = said.npi;
	return true;
}

/* ---- the form ---- */

static void measures(struct qpp_arena *a, const struct qpp_catalog *c, const struct qpp_strs *ids, struct qpp_str chosen, struct qpp_pick **out, size_t *n)
{
	struct qpp_pick *v = QPP_NEW_ARRAY(a, ids->n + 1, struct qpp_pick);
	for (size_t i = 0; i < ids->n; i++) {
		const struct qpp_measure *m = qpp_catalog_measure(c, ids->v[i]);
		v[i] = (struct qpp_pick){ ids->v[i], m ? CAT(a, C(a, ids->v[i]), ": ", C(a, m->title)) : ids->v[i], QPP_LIT(""), qpp_str_eq(ids->v[i], chosen) };
	}
	*out = v;
	*n = ids->n;
}

static void tell(struct qpp_arena *a, const struct qpp_portal *p, const struct qpp_registration_form *f, struct qpp_told **out, size_t *n)
{
	enum { MOST = 8 };
	const struct qpp_catalog *c = qpp_years_catalog(p->service->years, f->py);
	const struct qpp_measure *population = c && f->population_health.n ? qpp_catalog_measure(c, f->population_health) : NULL;
	const struct qpp_measure *outcome = c && f->outcome_claims.n ? qpp_catalog_measure(c, f->outcome_claims) : NULL;
	struct qpp_told *v = QPP_NEW_ARRAY(a, MOST, struct qpp_told);
	*n = 0;
	v[(*n)++] = (struct qpp_told){ QPP_LIT("What"), what(p, a, f) };
	if (population)
		v[(*n)++] = (struct qpp_told){ QPP_LIT("Population health measure"), CAT(a, C(a, f->population_health), ": ", C(a, population->title)) };
	if (outcome)
		v[(*n)++] = (struct qpp_told){ QPP_LIT("Outcome measure from claims"), CAT(a, C(a, f->outcome_claims), ": ", C(a, outcome->title)) };
	if (f->kind == QPP_REGISTER_MVP)
		v[(*n)++] = (struct qpp_told){ QPP_LIT("CAHPS for MIPS survey"), f->cahps ? QPP_LIT("Yes") : QPP_LIT("No") };
	if (f->level == QPP_SUBGROUP && f->kind == QPP_REGISTER_MVP) {
		v[(*n)++] = (struct qpp_told){ QPP_LIT("Subgroup"), f->name };
		v[(*n)++] = (struct qpp_told){ QPP_LIT("Description"), f->description };
		v[(*n)++] = (struct qpp_told){ QPP_LIT("Clinicians"), f->npis };
	}
	*out = v;
}

enum qpp_code making_registration_edit(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_person *person, const struct qpp_registering *g,
                                       struct qpp_registration_edit *m, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	const struct qpp_registration_form *f = &g->form;
	struct qpp_registration_year year;
	struct qpp_org org = { 0 };
	struct qpp_pick *v;
	struct qpp_told *facts;
	enum qpp_code code = qpp_registration_year_get(x, f->py, &year, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < person->n_held; i++)
		if (qpp_str_eq(person->held[i].org_id, f->org_id))
			org.name = person->held[i].org_name;
	const struct qpp_mvp *mvp = f->kind == QPP_REGISTER_MVP && year.catalog ? qpp_catalog_mvp(year.catalog, f->mvp) : NULL;
	*m = (struct qpp_registration_edit){ .id = g->id, .version = g->version, .year = f->py.v, .npi = f->npi, .key = g->key,
		.subject = CAT(a, qpp_entity_name(f->level), " ", C(a, f->org_id), f->of.n ? " " : "", C(a, f->of)),
		.pathway = f->kind == QPP_REGISTER_CAHPS ? QPP_LIT("cahps") : f->mvp, .who = whom(a, &org, f), .what = what(p, a, f),
		.window = window_words(p, a, f->kind, &year.window[f->kind]), .population = f->population_health, .outcome = f->outcome_claims,
		.name = f->name, .description = f->description, .npis = f->npis, .cahps = f->cahps,
		.subgroup = f->level == QPP_SUBGROUP && f->kind == QPP_REGISTER_MVP };
	if (g->id.n && f->kind == QPP_REGISTER_MVP) {
		pathways(&year, a, false, f->mvp, &v, &m->pathways.n);
		m->pathways.v = v;
	}
	if (mvp) {
		m->survey = qpp_mvp_has_cahps(year.catalog, mvp) && year.may[QPP_REGISTER_CAHPS][f->level];
		m->survey_by = CAT(a, "The survey needs a registration of its own by ", C(a, moment(p, a, &year.window[QPP_REGISTER_CAHPS].closes)),
		                   ". Without it the choice lapses.");
		if (year.population_health) {
			measures(a, year.catalog, &mvp->foundation_quality, f->population_health, &v, &m->populations.n);
			m->populations.v = v;
		}
		measures(a, year.catalog, &mvp->administrative_claims, f->outcome_claims, &v, &m->outcomes.n);
		m->outcomes.v = v;
	}
	tell(a, p, f, &facts, &m->facts.n);
	m->facts.v = facts;
	return QPP_OK;
}

/* ---- one registration ---- */

void making_registration_show(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_registered *r, struct qpp_registration_show *m)
{
	struct qpp_told *facts;
	*m = (struct qpp_registration_show){ .id = r->id, .version = r->version, .who = whom(a, &r->org, &r->form), .what = what(p, a, &r->form),
		.window = window_words(p, a, r->form.kind, &r->window), .stands = r->stands, .may_change = r->may_change };
	m->survey = survey_words(p, a, r, &m->tone);
	if (r->receipt.number.n)
		m->href_receipt = CAT(a, "/registrations/", C(a, r->id), "/receipt");
	tell(a, p, &r->form, &facts, &m->facts.n);
	facts[m->facts.n++] = (struct qpp_told){ r->stands ? QPP_LIT("Registered") : QPP_LIT("Cancelled"),
		CAT(a, C(a, qpp_eastern_exact(a, p->zone, r->at)), r->by.n ? " by " : "", C(a, r->by)) };
	m->facts.v = facts;
}

void making_registration_receipt(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_registered *r, struct qpp_kept_view *m)
{
	const char *base = CAT(a, "/registrations/", C(a, r->id)).p;
	struct qpp_str *next = QPP_NEW_ARRAY(a, 2, struct qpp_str);
	*m = (struct qpp_kept_view){ .title = r->stands ? QPP_LIT("Registered") : QPP_LIT("Cancelled"), .who = whom(a, &r->org, &r->form), .what = what(p, a, &r->form),
		.number = r->receipt.number, .at = qpp_eastern_exact(a, p->zone, r->receipt.at), .sha256 = r->receipt.sha256, .key = r->receipt.key,
		.href_text = CAT(a, base, "/receipt.json"), .href_back = qpp_str_of(base), .back = QPP_LIT("To the registration"), .crumb = QPP_LIT("Registrations"),
		.crumb_href = QPP_LIT("/registrations") };
	m->next.v = next;
	if (r->cahps == QPP_CAHPS_DUE)
		next[m->next.n++] = CAT(a, "Register the CAHPS for MIPS survey as well, by ", C(a, moment(p, a, &r->cahps_by)), ": otherwise the choice of it lapses.");
	if (r->stands)
		next[m->next.n++] = window_words(p, a, r->form.kind, &r->window);
}
