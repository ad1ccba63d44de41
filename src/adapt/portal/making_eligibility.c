/*
 * The model of /eligibility/NPI: what is known of a clinician and of each practice, what the rules decide of it there, with
 * the paragraphs, and what would change it. What the bodies of the store tell besides (apis.md 2) is told in words.
 */
#include "adapt/portal/making.h"

#include <string.h>

#include "adapt/html/anchor.h"
#include "adapt/html/words.h"
#include "adapt/json/doc.h"
#include "adapt/json/read_eligibility.h"
#include "app/standing.h"
#include "app/turns.h"
#include "qpp/eligibility.h"

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

/* ---- what bodies tell ---- */

static const struct qpp_json *body_of(struct qpp_arena *a, struct qpp_str text)
{
	struct qpp_findings f;
	struct qpp_json_doc doc;
	qpp_findings_init(&f, a, 1);
	return text.n && qpp_json_parse(a, QPP_LIT(""), text, 0, &doc, &f) ? doc.root : NULL;
}

static const struct qpp_json *inside(const struct qpp_json *object, const char *name)
{
	const struct qpp_json *m = object && object->kind == QPP_JSON_OBJECT ? qpp_json_member(object, name) : NULL;
	return m && m->kind != QPP_JSON_NULL ? m : NULL;
}

/* Of the membership, or else of the entity. */
static const struct qpp_json *either(const struct qpp_json *first, const struct qpp_json *second, const char *name)
{
	const struct qpp_json *m = inside(first, name);
	return m ? m : inside(second, name);
}

/* A plain value in words; empty for none, and for what is no plain value. */
static struct qpp_str plain(const struct qpp_json *m)
{
	if (m && m->kind == QPP_JSON_BOOLEAN)
		return m->n ? QPP_LIT("Yes") : QPP_LIT("No");
	return m && (m->kind == QPP_JSON_STRING || m->kind == QPP_JSON_NUMBER) ? m->text : QPP_LIT("");
}

struct knowing {
	struct qpp_arena *arena;
	QPP_VEC(struct qpp_known_line) list;
};

static void know(struct knowing *k, const char *what, struct qpp_str says)
{
	if (says.n)
		*QPP_PUSH(k->arena, &k->list) = (struct qpp_known_line){ what, says };
}

static qpp_knowns known(const struct knowing *k)
{
	return (qpp_knowns){ k->list.v, k->list.n };
}

struct told {
	const char *member, *what;
};
static void know_all(struct knowing *k, const struct qpp_json *first, const struct qpp_json *second, const struct told *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		know(k, v[i].what, plain(either(first, second, v[i].member)));
}
#define KNOW_ALL(k, first, second, list) know_all(k, first, second, list, sizeof(list) / sizeof *(list))

/* Members that hold true, as words between commas. */
static struct qpp_str true_members(struct qpp_arena *a, const struct qpp_json *object, const struct told *v, size_t n)
{
	struct qpp_str all = QPP_LIT("");
	for (size_t i = 0; i < n; i++) {
		const struct qpp_json *m = inside(object, v[i].member);
		if (m && m->kind == QPP_JSON_BOOLEAN && m->n)
			all = all.n ? CAT(a, C(a, all), ", ", v[i].what) : qpp_str_of(v[i].what);
	}
	return all;
}

/* ---- what is decided at a level ---- */

static struct qpp_str rule_href(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str cite)
{
	struct qpp_anchor to;
	struct qpp_html h;
	if (!qpp_anchor_of_cite(qpp_years_rules(p->service->years), cite, &to))
		return QPP_LIT("");
	qpp_html_init(&h, a);
	qpp_html_lit(&h, "/rules/");
	qpp_html_url(&h, to.page);
	qpp_html_lit(&h, ".html#");
	qpp_html_url(&h, qpp_str_of(to.kind));
	qpp_html_url(&h, to.name);
	return qpp_html_done(&h);
}

static const char *const special_titles[QPP_SPECIALS] = {
	[QPP_SPECIAL_SMALL] = "Small practice", [QPP_SPECIAL_RURAL] = "Rural", [QPP_SPECIAL_HPSA] = "Health professional shortage area",
	[QPP_SPECIAL_NON_PATIENT_FACING] = "Non-patient facing", [QPP_SPECIAL_HOSPITAL] = "Hospital-based",
	[QPP_SPECIAL_ASC] = "Ambulatory surgical center-based", [QPP_SPECIAL_FACILITY] = "Facility-based",
};

/* A reason as a sentence; one for a special status begins with its name, which is told in words. */
static struct qpp_str reason_words(struct qpp_arena *a, struct qpp_str text)
{
	for (int i = 0; i < QPP_SPECIALS; i++) {
		struct qpp_str name = qpp_str_of(qpp_special_name((enum qpp_special)i));
		if (text.n <= name.n || text.p[name.n] != ':' || memcmp(text.p, name.p, name.n) != 0)
			continue;
		struct qpp_str rest = { text.p + name.n, text.n - name.n };
		return CAT(a, special_titles[i], C(a, rest));
	}
	return portal_capital(a, text);
}

static void tell_reasons(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_reasons *why, struct qpp_eligibility_level *l)
{
	struct qpp_reason_line *reasons = QPP_NEW_ARRAY(a, why->list.n + 1, struct qpp_reason_line);
	struct qpp_str *unknown = QPP_NEW_ARRAY(a, why->unknown.n + 1, struct qpp_str);
	for (size_t i = 0; i < why->list.n; i++)
		reasons[i] = (struct qpp_reason_line){ reason_words(a, why->list.v[i].text), why->list.v[i].rule,
			rule_href(p, a, why->list.v[i].rule) };
	for (size_t i = 0; i < why->unknown.n; i++)
		unknown[i] = CAT(a, C(a, portal_capital(a, qpp_plain_words(a, why->unknown.v[i].fact))), ": decides ", C(a, why->unknown.v[i].decides));
	l->reasons.v = reasons;
	l->reasons.n = why->list.n;
	l->unknown.v = unknown;
	l->unknown.n = why->unknown.n;
}

/* "86839.63" as "86,839.63". */
static struct qpp_str grouped(struct qpp_arena *a, struct qpp_str digits)
{
	struct qpp_buf b;
	size_t whole = 0;
	qpp_buf_init(&b, a, 2 * digits.n + 1);
	while (whole < digits.n && digits.p[whole] != '.')
		whole++;
	for (size_t i = 0; i < digits.n; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0 && digits.p[i - 1] != '-')
			qpp_buf_char(&b, ',');
		qpp_buf_char(&b, digits.p[i]);
	}
	return qpp_buf_done(&b);
}

static struct qpp_str figure(struct qpp_arena *a, const struct qpp_number *x, bool dollars)
{
	if (!x->given)
		return QPP_LIT("not known");
	return dollars ? CAT(a, "$", C(a, grouped(a, qpp_dec_text(a, x->v, 2)))) : grouped(a, qpp_dec_text_short(a, x->v, 0, 2));
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
			v[n++] = qpp_str_of(special_titles[i]);
	out->v = v;
	out->n = n;
}

static enum qpp_code tell_turns(const struct qpp_request *q, const struct qpp_eligibility_facts *facts, enum qpp_entity level,
                                enum qpp_eligibility_status status, struct qpp_eligibility_level *l, struct qpp_err *err)
{
	struct qpp_turns x;
	enum qpp_code code = qpp_eligibility_turns(q, facts, level, status, &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_turn_line *v = QPP_NEW_ARRAY(q->arena, x.n + 1, struct qpp_turn_line);
	for (size_t i = 0; i < x.n; i++)
		v[i] = (struct qpp_turn_line){ x.v[i].what, qpp_str_of(stands[x.v[i].becomes].title) };
	l->turns.v = v;
	l->turns.n = x.n;
	return code;
}

/* R-414.1375(c) and 414.1380(c)(2)(i): these are not asked for promoting interoperability. */
#define NO_PI (1u << QPP_SPECIAL_HOSPITAL | 1u << QPP_SPECIAL_ASC | 1u << QPP_SPECIAL_NON_PATIENT_FACING)

static struct qpp_str election(const struct qpp_eligibility_facts *f, enum qpp_eligibility_status status)
{
	if (f->opt_in == QPP_OPT_IN_ELECTED)
		return QPP_LIT("Opted in");
	if (f->opt_in == QPP_OPT_IN_VOLUNTARY)
		return QPP_LIT("Reports voluntarily: a score, no payment adjustment");
	return status == QPP_OPT_IN_ELIGIBLE ? QPP_LIT("None yet") : QPP_LIT("");
}

/* What else the answer of the API shows at a level: out of the facts and, where it tells it, the body. */
static void tell_rest(struct qpp_arena *a, const struct qpp_eligibility_facts *f, const struct qpp_eligibility *x, const struct qpp_json *body,
                      struct qpp_eligibility_level *l)
{
	static const struct told plain_members[] = {
		{ "optInDecisionDate", "Elected on" }, { "aciHardship", "Hardship exception, promoting interoperability" },
		{ "iaStudy", "Takes part in the improvement activities study" }, { "hospitalVbpName", "Hospital for facility-based scoring" },
		{ "hospitalVbpScore", "Its score" }, { "extremeHardshipEventType", "Extreme circumstances: event" },
	};
	static const struct told categories[] = { { "quality", "quality" }, { "improvementActivities", "improvement activities" },
		{ "aci", "promoting interoperability" }, { "cost", "cost" } };
	struct knowing k = { .arena = a };
	know(&k, "Opt-in election", election(f, x->status));
	if (x->specials & NO_PI)
		know(&k, "Promoting interoperability", QPP_LIT("Not asked for, because of a special status"));
	KNOW_ALL(&k, body, NULL, plain_members);
	know(&k, "Extreme circumstances: categories that do not count",
	     true_members(a, inside(body, "extremeHardshipReasons"), categories, sizeof categories / sizeof *categories));
	l->known = known(&k);
}

struct deciding {
	struct qpp_portal *p;
	struct qpp_arena *arena;
	qpp_py py;
	struct qpp_eligibility_practice *practice;
};

static enum qpp_code decide(const struct deciding *d, struct qpp_str text, enum qpp_entity level, const struct qpp_json *body,
                            struct qpp_eligibility_level *l, const struct qpp_eligibility_facts **out, struct qpp_err *err)
{
	enum { FEW = 20 };
	struct qpp_findings findings;
	struct qpp_eligibility x;
	struct qpp_arena *a = d->arena;
	qpp_findings_init(&findings, a, FEW);
	const struct qpp_request q = { .arena = a, .rules = qpp_years_bound(d->p->service->years, d->py),
		.catalog = qpp_years_catalog(d->p->service->years, d->py) };
	struct qpp_eligibility_facts *facts = text.n ? qpp_json_read_eligibility(a, QPP_LIT("facts"), text, 0, &findings) : NULL;
	*out = facts;
	if (!facts)
		return text.n ? qpp_fail(err, QPP_BUG, "facts of eligibility of the store cannot be read", (char *)NULL) : QPP_OK;
	enum qpp_code code = qpp_eligibility_decide(&q, facts, level, &x, err);
	if (code != QPP_OK)
		return code;
	l->title = qpp_str_of(stands[x.status].title);
	l->standing = stands[x.status].standing;
	tell_reasons(d->p, a, &x.why, l);
	tell_volume(a, facts, l);
	tell_specials(a, x.specials, &l->statuses);
	tell_rest(a, facts, &x, body, l);
	if (x.has_euc && x.euc.answer == QPP_EUC_YES)
		d->practice->exception = QPP_LIT("Automatic exception for extreme and uncontrollable circumstances: the county is on the list");
	return tell_turns(&q, facts, level, x.status, l, err);
}

/* ---- entities ---- */

/* "AE 61.5, ME 48": the kinds are named as the determinations name them (apis.md 2). */
static struct qpp_str scores(struct qpp_arena *a, const struct qpp_json *object)
{
	static const struct told kinds[] = { { "ae", "AE " }, { "ai", "AI " }, { "at", "AT " }, { "me", "ME " }, { "mi", "MI " } };
	struct qpp_str all = QPP_LIT("");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct qpp_str x = plain(inside(object, kinds[i].member));
		if (x.n)
			all = CAT(a, C(a, all), all.n ? ", " : "", kinds[i].what, C(a, x));
	}
	return all;
}

static void tell_apm(struct qpp_arena *a, const struct qpp_standing_group *g, struct qpp_eligibility_apm *out)
{
	static const struct told first[] = { { "apmId", "APM ID" }, { "subdivisionName", "Subdivision" }, { "subdivisionId", "Subdivision ID" },
		{ "advancedApmFlag", "Advanced APM" }, { "mipsApmFlag", "MIPS APM" }, { "providerRelationshipCode", "Relationship" },
		{ "lvtFlag", "Below the low-volume threshold" }, { "lvtPayments", "Allowed charges of the entity" },
		{ "lvtPatients", "Patients of the entity" }, { "lvtPerformanceYear", "Figures are of" }, { "complexPatientScore", "Complex patient score" },
		{ "isOptedIn", "Entity opted in" }, { "extremeHardship", "Extreme circumstances" } };
	const struct qpp_json *own = body_of(a, g->body), *entity = body_of(a, g->org.body);
	struct knowing k = { .arena = a };
	struct qpp_str apm = plain(either(own, entity, "apmName")), name = plain(either(own, entity, "entityName"));
	*out = (struct qpp_eligibility_apm){ .name = apm.n ? apm : g->org.name, .entity = apm.n ? name.n ? name : g->org.name : QPP_LIT(""),
		.says = g->org.number };
	KNOW_ALL(&k, own, entity, first);
	know(&k, "QP scores by payments", scores(a, either(own, entity, "qpPaymentScores")));
	know(&k, "QP scores by patients", scores(a, either(own, entity, "qpPatientScores")));
	out->known = known(&k);
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
			tell_apm(a, &x->groups[i], &apms[n++]);
	}
	out->apms.v = apms;
	out->apms.n = n;
}

/* ---- places ---- */

static struct qpp_str address(struct qpp_arena *a, const struct qpp_org *o)
{
	const struct qpp_str parts[] = { o->address1, o->address2, o->city };
	struct qpp_str all = QPP_LIT(""), last = CAT(a, C(a, o->state), o->state.n && o->zip.n ? " " : "", C(a, o->zip));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].n)
			all = CAT(a, C(a, all), all.n ? ", " : "", C(a, parts[i]));
	return last.n ? CAT(a, C(a, all), all.n ? ", " : "", C(a, last)) : all;
}

static enum qpp_code tell_place(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_standing_place *x,
                                struct qpp_eligibility_practice *out, const struct qpp_eligibility_facts **own, struct qpp_err *err)
{
	const struct deciding d = { p, a, x->relation.py, out };
	const struct qpp_json *body = body_of(a, x->relation.body);
	const struct qpp_eligibility_facts *group;
	*out = (struct qpp_eligibility_practice){ .name = x->org.name.n ? x->org.name : QPP_LIT("No name on record"),
		.number = portal_number(a, x->org.kind, x->org.number, x->org.tin_masked), .place = address(a, &x->org) };
	out->individual.level = "an individual";
	out->group.level = "part of the group";
	tell_groups(a, x, out);
	enum qpp_code code = decide(&d, x->relation.facts, QPP_INDIVIDUAL, inside(body, "individualScenario"), &out->individual, own, err);
	return code == QPP_OK ? decide(&d, x->group_facts, QPP_GROUP, inside(body, "groupScenario"), &out->group, &group, err) : code;
}

/* ---- the clinician ---- */

static struct qpp_str qp_words(struct qpp_str told, const struct qpp_eligibility_facts *f)
{
	static const struct told letters[] = { { "Y", "A qualifying APM participant (QP)" }, { "P", "A partial QP" },
		{ "N", "No qualifying APM participant" } };
	static const char *const words[QPP_QP_STATUSES] = { [QPP_QP_UNKNOWN] = "", [QPP_QP_NONE] = "No qualifying APM participant",
		[QPP_QP_PARTIAL] = "A partial QP", [QPP_QP_FULL] = "A qualifying APM participant (QP)" };
	/* Q and R are not explained anywhere: they are shown as they come. */
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (qpp_str_is(told, letters[i].member))
			return qpp_str_of(letters[i].what);
	return told.n ? told : qpp_str_of(f ? words[f->qp_status] : "");
}

static qpp_knowns tell_clinician(struct qpp_arena *a, const struct qpp_clinician *c, const struct qpp_eligibility_facts *f)
{
	static const struct told more[] = { { "yearsInMedicare", "Years in Medicare" }, { "pecosEnrollmentDate", "Enrolled in PECOS since" },
		{ "newlyEnrolled", "Newly enrolled" } };
	static const struct told last[] = { { "qpScoreType", "QP score type" }, { "isMaqi", "Medicare Advantage QP incentive demonstration" },
		{ "amsMipsEligibleClinician", "MIPS eligible by the APM's own list" } };
	const struct qpp_json *body = body_of(a, c->body);
	struct knowing k = { .arena = a };
	qpp_day enrolled;
	know(&k, "NPI", c->npi);
	/* Some sources have names of programs here. */
	bool words = c->specialty.n && memchr(c->specialty.p, ' ', c->specialty.n);
	know(&k, "Specialty", portal_capital(a, words ? c->specialty : qpp_plain_words(a, c->specialty)));
	if (f && f->has_type)
		know(&k, "Type", portal_capital(a, qpp_plain_words(a, qpp_str_of(qpp_clinician_type_name(f->type)))));
	if (qpp_day_parse(c->enrolled, &enrolled))
		know(&k, "Enrolled in Medicare", qpp_day_words(a, enrolled));
	KNOW_ALL(&k, body, NULL, more);
	know(&k, "QP status", qp_words(plain(inside(body, "qpStatus")), f));
	KNOW_ALL(&k, body, NULL, last);
	return known(&k);
}

enum qpp_code making_eligibility(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str npi, int64_t year,
                                 struct qpp_eligibility_view *m, struct qpp_err *err)
{
	struct qpp_standing x;
	const struct qpp_eligibility_facts *facts = NULL, *first = NULL;
	enum qpp_code code = qpp_standing_of(p->service, a, npi, (qpp_py){ (int)year }, &x, err);
	if (code != QPP_OK)
		return code;
	*m = (struct qpp_eligibility_view){ .npi = npi, .year = year,
		.name = CAT(a, C(a, x.clinician.first), x.clinician.middle.n ? " " : "", C(a, x.clinician.middle), " ", C(a, x.clinician.last)) };
	m->years.n = portal_years(p, a, &m->years.v);
	struct qpp_eligibility_practice *v = QPP_NEW_ARRAY(a, x.n + 1, struct qpp_eligibility_practice);
	for (size_t i = 0; code == QPP_OK && i < x.n; i++) {
		code = tell_place(p, a, &x.places[i], &v[i], &facts, err);
		first = first ? first : facts;
	}
	if (code != QPP_OK)
		return code;
	m->known = tell_clinician(a, &x.clinician, first);
	m->practices.v = v;
	m->practices.n = x.n;
	return code;
}
