/* Models of the public pages: open windows, the list of rules, one clinician's eligibility. */
#include "adapt/portal/making.h"

#include "adapt/html/rules_pages.h"
#include "adapt/html/words.h"
#include "adapt/json/read_eligibility.h"
#include "app/notices.h"
#include "app/standing.h"
#include "qpp/eligibility.h"

/* ---- home ---- */

static const struct {
	const char *opens, *closes, *title, *href;
} windows[] = {
	{ "submission_opens", "submission_closes", "Data submission for ", "/submissions" },
	{ "election_opens", "election_closes", "Virtual group election for ", "" },
};

void making_home(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_person *person, struct qpp_home *m)
{
	const int64_t *years;
	size_t n = portal_years(p, a, &years), kinds = sizeof windows / sizeof *windows;
	qpp_time now = qpp_now(p->service->clock);
	struct qpp_deadline *v = QPP_NEW_ARRAY(a, (n + 1) * kinds, struct qpp_deadline);
	for (size_t k = 0; k < n * kinds; k++) {
		qpp_py py = { (int)years[k / kinds] };
		size_t w = k % kinds;
		qpp_instant first, last;
		if (!qpp_instant_parse(qpp_years_param(p->service->years, windows[w].opens, py), &first, NULL) ||
		    !qpp_instant_parse(qpp_years_param(p->service->years, windows[w].closes, py), &last, NULL) ||
		    now.us < qpp_time_of_instant(first).us || now.us > qpp_time_of_instant(last).us)
			continue;
		v[m->open.n++] = (struct qpp_deadline){ .title = CAT(a, windows[w].title, C(a, qpp_i64_text(a, py.v))),
			.closes = qpp_eastern(a, p->zone, qpp_time_of_instant(last)), .href = qpp_str_of(windows[w].href),
			.left = CAT(a, "in ", C(a, qpp_span_words(a, qpp_time_of_instant(last).us - now.us))) };
	}
	m->open.v = v;
	if (!person)
		return;
	static const char *const desks[QPP_POSTS] = { [QPP_POST_OPERATOR] = "/operator/access", [QPP_POST_AGENT] = "/view-as" };
	struct qpp_subject_link *mine = QPP_NEW_ARRAY(a, person->n_held + 1, struct qpp_subject_link);
	for (size_t i = 0; i < person->n_held; i++)
		mine[i] = (struct qpp_subject_link){ .subject = { .name = person->held[i].org_name,
			.number = portal_number(a, person->held[i].kind, person->held[i].org_number, person->held[i].tin_masked) },
			.href = CAT(a, "/submissions?org=", C(a, person->held[i].org_id)), .state = qpp_str_of(portal_kind_title(person->held[i].kind)) };
	/* Of the agency's people there are no data: their own page, where there is one. */
	for (size_t i = 0; i < person->n_held; i++)
		if (person->held[i].kind == QPP_ORG_AGENCY) {
			mine[i].href = qpp_str_of(desks[person->held[i].post] ? desks[person->held[i].post] : "/account");
			mine[i].state = qpp_str_of(qpp_post_title(person->held[i].post));
		}
	m->mine.v = mine;
	m->mine.n = person->n_held;
}

/* ---- rules ---- */

void making_rules(struct qpp_portal *p, struct qpp_arena *a, struct qpp_rules_view *m)
{
	struct qpp_rule_link *v = QPP_NEW_ARRAY(a, p->n_rule_pages + 1, struct qpp_rule_link);
	*m = (struct qpp_rules_view){ .v = { v, p->n_rule_pages }, .hash = qpp_years_rules(p->service->years)->hash };
	for (size_t i = 0; i < p->n_rule_pages; i++)
		v[i] = (struct qpp_rule_link){ CAT(a, "/rules/", C(a, p->rule_pages[i].file)), p->rule_pages[i].file };
}

struct qpp_str making_rule_page(struct qpp_portal *p, struct qpp_str file)
{
	for (size_t i = 0; i < p->n_rule_pages; i++)
		if (qpp_str_eq(p->rule_pages[i].file, file))
			return p->rule_pages[i].html;
	return QPP_LIT("");
}

/* ---- eligibility ---- */

static const struct {
	const char *title;
	enum qpp_stands standing;
} stands[] = {
	[QPP_ELIGIBLE] = { "MIPS eligible", QPP_STANDS_IN },
	[QPP_ELIGIBLE_OPTED_IN] = { "MIPS eligible by opting in", QPP_STANDS_IN },
	[QPP_OPT_IN_ELIGIBLE] = { "Not required; may opt in", QPP_STANDS_CHOICE },
	[QPP_EXEMPT_LOW_VOLUME] = { "Exempt: at or below the low-volume threshold", QPP_STANDS_OUT },
	[QPP_EXEMPT_NEWLY_ENROLLED] = { "Exempt: newly enrolled in Medicare", QPP_STANDS_OUT },
	[QPP_EXEMPT_QP] = { "Exempt: a qualifying APM participant", QPP_STANDS_OUT },
	[QPP_EXEMPT_PARTIAL_QP] = { "Exempt: a partial QP without an election to take part", QPP_STANDS_OUT },
	[QPP_INELIGIBLE_TYPE] = { "Not of a type that takes part", QPP_STANDS_OUT },
	[QPP_ELIGIBILITY_UNDECIDED] = { "Not decided: facts are missing", QPP_STANDS_UNKNOWN },
};

static void tell_reasons(struct qpp_arena *a, const struct qpp_reasons *why, struct qpp_eligibility_level *l)
{
	struct qpp_str *reasons = QPP_NEW_ARRAY(a, why->list.n + 1, struct qpp_str), *unknown = QPP_NEW_ARRAY(a, why->unknown.n + 1, struct qpp_str);
	for (size_t i = 0; i < why->list.n; i++)
		reasons[i] = CAT(a, C(a, why->list.v[i].text), " (", C(a, why->list.v[i].rule), ")");
	for (size_t i = 0; i < why->unknown.n; i++)
		unknown[i] = CAT(a, C(a, qpp_plain_words(a, why->unknown.v[i].fact)), ": decides ", C(a, why->unknown.v[i].decides));
	l->reasons.v = reasons;
	l->reasons.n = why->list.n;
	l->unknown.v = unknown;
	l->unknown.n = why->unknown.n;
}

static struct qpp_str figure(struct qpp_arena *a, const struct qpp_number *x, bool dollars)
{
	if (!x->given)
		return QPP_LIT("not known");
	return dollars ? CAT(a, "$", C(a, qpp_dec_text(a, x->v, 2))) : qpp_dec_text_short(a, x->v, 0, 2);
}

/* The figures as they were told; whether they are enough is among the reasons. */
static void tell_volume(struct qpp_arena *a, const struct qpp_eligibility_facts *f, struct qpp_eligibility_level *l)
{
	struct qpp_volume *v = QPP_NEW_ARRAY(a, 3, struct qpp_volume);
	const struct qpp_billed *x = &f->segment[0], *y = &f->segment[1];
	if (!f->has_segments)
		return;
	v[0] = (struct qpp_volume){ QPP_LIT("Allowed charges"), figure(a, &x->allowed_charges, true), figure(a, &y->allowed_charges, true) };
	v[1] = (struct qpp_volume){ QPP_LIT("Patients"), figure(a, &x->patients, false), figure(a, &y->patients, false) };
	v[2] = (struct qpp_volume){ QPP_LIT("Services"), figure(a, &x->services, false), figure(a, &y->services, false) };
	l->volume.v = v;
	l->volume.n = 3;
}

static void tell_specials(struct qpp_arena *a, uint32_t set, qpp_texts *out)
{
	struct qpp_str *v = QPP_NEW_ARRAY(a, QPP_SPECIALS, struct qpp_str);
	size_t n = 0;
	for (int i = 0; i < QPP_SPECIALS; i++)
		if (set & UINT32_C(1) << i)
			v[n++] = qpp_plain_words(a, qpp_str_of(qpp_special_name((enum qpp_special)i)));
	out->v = v;
	out->n = n;
}

static enum qpp_code decide(struct qpp_portal *p, struct qpp_arena *a, qpp_py py, struct qpp_str text, enum qpp_entity level,
                            struct qpp_eligibility_level *l, struct qpp_eligibility_practice *practice, struct qpp_err *err)
{
	enum { FEW = 20 };
	struct qpp_findings findings;
	struct qpp_eligibility x;
	qpp_findings_init(&findings, a, FEW);
	const struct qpp_request q = { .arena = a, .rules = qpp_years_bound(p->service->years, py), .catalog = qpp_years_catalog(p->service->years, py) };
	struct qpp_eligibility_facts *facts = text.n ? qpp_json_read_eligibility(a, QPP_LIT("facts"), text, 0, &findings) : NULL;
	if (!facts)
		return text.n ? qpp_fail(err, QPP_BUG, "facts of eligibility of the store cannot be read", (char *)NULL) : QPP_OK;
	enum qpp_code code = qpp_eligibility_decide(&q, facts, level, &x, err);
	if (code != QPP_OK)
		return code;
	l->title = qpp_str_of(stands[x.status].title);
	l->standing = stands[x.status].standing;
	tell_reasons(a, &x.why, l);
	tell_volume(a, facts, l);
	if (level == QPP_INDIVIDUAL || !practice->statuses.n)
		tell_specials(a, x.specials, &practice->statuses);
	if (x.has_euc && x.euc.answer == QPP_EUC_YES)
		practice->exception = QPP_LIT("Automatic exception for extreme and uncontrollable circumstances: the county is on the list");
	return QPP_OK;
}

static void tell_groups(struct qpp_arena *a, const struct qpp_standing_place *x, struct qpp_eligibility_practice *out)
{
	struct qpp_eligibility_apm *apms = QPP_NEW_ARRAY(a, x->n_groups + 1, struct qpp_eligibility_apm);
	size_t n = 0;
	for (size_t i = 0; i < x->n_groups; i++) {
		const struct qpp_org *o = &x->groups[i].org;
		if (o->kind == QPP_ORG_VIRTUAL_GROUP)
			out->virtual_group = CAT(a, C(a, o->name), " (", C(a, o->number), ")");
		else if (o->kind == QPP_ORG_APM_ENTITY)
			apms[n++] = (struct qpp_eligibility_apm){ o->name, QPP_LIT(""), o->number };
	}
	out->apms.v = apms;
	out->apms.n = n;
}

static enum qpp_code tell_place(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_standing_place *x,
                                struct qpp_eligibility_practice *out, struct qpp_err *err)
{
	*out = (struct qpp_eligibility_practice){ .name = x->org.name, .number = portal_number(a, x->org.kind, x->org.number, x->org.tin_masked),
		.place = x->org.city.n ? CAT(a, C(a, x->org.city), ", ", C(a, x->org.state)) : x->org.state };
	out->individual.level = "an individual";
	out->group.level = "part of the group";
	tell_groups(a, x, out);
	enum qpp_code code = decide(p, a, x->relation.py, x->relation.facts, QPP_INDIVIDUAL, &out->individual, out, err);
	return code == QPP_OK ? decide(p, a, x->relation.py, x->group_facts, QPP_GROUP, &out->group, out, err) : code;
}

enum qpp_code making_eligibility(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str npi, int64_t year,
                                 struct qpp_eligibility_view *m, struct qpp_err *err)
{
	struct qpp_standing x;
	qpp_day enrolled;
	enum qpp_code code = qpp_standing_of(p->service, a, npi, (qpp_py){ (int)year }, &x, err);
	if (code != QPP_OK)
		return code;
	*m = (struct qpp_eligibility_view){ .npi = npi, .year = year, .specialty = x.clinician.specialty,
		.name = CAT(a, C(a, x.clinician.first), x.clinician.middle.n ? " " : "", C(a, x.clinician.middle), " ", C(a, x.clinician.last)) };
	if (qpp_day_parse(x.clinician.enrolled, &enrolled))
		m->enrolled = qpp_day_words(a, enrolled);
	m->years.n = portal_years(p, a, &m->years.v);
	struct qpp_eligibility_practice *v = QPP_NEW_ARRAY(a, x.n + 1, struct qpp_eligibility_practice);
	for (size_t i = 0; code == QPP_OK && i < x.n; i++)
		code = tell_place(p, a, &x.places[i], &v[i], err);
	m->practices.v = v;
	m->practices.n = x.n;
	return code;
}
