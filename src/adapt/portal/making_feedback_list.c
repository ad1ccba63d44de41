/* What there is to open: organizations of a person by year, and the levels and clinicians of one of them. */
#include "adapt/portal/making_feedback.h"

#include "adapt/html/words.h"

enum { PAGE = 20 };

enum qpp_code making_subject_of(struct qpp_portal *p, struct qpp_str year, struct qpp_str org_id, struct qpp_str npi,
                                struct making_subject *out, struct qpp_err *err)
{
	enum { LAST_YEAR = 9999 };
	uint64_t y;
	*out = (struct making_subject){ .org_id = org_id, .npi = npi.p ? npi : QPP_LIT("") };
	if (!qpp_str_u64(year, LAST_YEAR, &y) || !qpp_years_catalog(p->service->years, (qpp_py){ (int)y }))
		return qpp_not_found(err, "feedback");
	out->py.v = (int)y;
	return QPP_OK;
}

struct qpp_str making_feedback_href(struct qpp_arena *a, const struct making_subject *s)
{
	return CAT(a, "/feedback/", C(a, qpp_i64_text(a, s->py.v)), "/", C(a, s->org_id), s->npi.n ? "/" : "", C(a, s->npi));
}

static enum qpp_entity level_of(enum qpp_org_kind kind)
{
	switch (kind) {
	case QPP_ORG_VIRTUAL_GROUP:
		return QPP_VIRTUAL_GROUP;
	case QPP_ORG_SUBGROUP:
		return QPP_SUBGROUP;
	case QPP_ORG_APM_ENTITY:
		return QPP_APM_ENTITY;
	default:
		return QPP_GROUP;
	}
}

enum qpp_code making_feedback_who(const struct qpp_call *call, const struct making_subject *s, struct qpp_who *who, struct qpp_err *err)
{
	struct qpp_feedback_lines lines;
	*who = (struct qpp_who){ .py = s->py, .entity = QPP_INDIVIDUAL, .org_id = s->org_id, .npi = s->npi };
	if (s->npi.n)
		return QPP_OK;
	enum qpp_code code = qpp_feedback_list(call, s->py, s->org_id, (struct qpp_slice){ .most = 1 }, &lines, err);
	if (code == QPP_OK)
		who->entity = level_of(lines.org.kind);
	return code;
}

/* ---- one organization ---- */

static struct qpp_feedback_person person_line(struct qpp_arena *a, const struct qpp_feedback_line *x)
{
	const struct making_subject s = { x->who.py, x->who.org_id, x->who.npi };
	return (struct qpp_feedback_person){ .href = making_feedback_href(a, &s), .name = x->name.n ? x->name : QPP_LIT("No name on record"),
		.npi = x->who.npi, .score = x->current.final_score, .level = qpp_str_of(x->level ? qpp_entity_title(x->level) : "None"),
		.factor = x->current.factor_released.us ? making_factor(a, x->current.factor) : QPP_LIT(""),
		.phase = qpp_str_of(making_phase(x->current.phase)) };
}

enum qpp_code making_feedback_people(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s, struct qpp_who *who,
                                     struct qpp_feedback_report *m, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_feedback_lines lines;
	(void)p;
	enum qpp_code code = qpp_feedback_list(call, s->py, s->org_id, (struct qpp_slice){ .start = m->start, .most = PAGE }, &lines, err);
	if (code != QPP_OK)
		return code;
	struct qpp_feedback_person *people = QPP_NEW_ARRAY(a, lines.n + 1, struct qpp_feedback_person);
	struct qpp_feedback_person *levels = QPP_NEW_ARRAY(a, lines.n + 1, struct qpp_feedback_person);
	who->entity = level_of(lines.org.kind);
	m->subject = portal_subject(a, &lines.org, who);
	m->has_people = lines.org.kind == QPP_ORG_PRACTICE;
	for (size_t i = 0; i < lines.n; i++) {
		const struct qpp_feedback_line *x = &lines.v[i];
		if (x->who.npi.n)
			people[m->people.n++] = person_line(a, x);
		else if (!qpp_str_eq(x->who.org_id, s->org_id))
			levels[m->levels.n++] = person_line(a, x);
	}
	m->people.v = people;
	m->levels.v = levels;
	m->total = lines.total;
	m->page = PAGE;
	return QPP_OK;
}

/* ---- where one begins ---- */

static struct qpp_str says_of(struct qpp_arena *a, const struct qpp_feedback_lines *x)
{
	if (!x->n)
		return QPP_LIT("Nothing released yet");
	if (!x->v[0].who.npi.n)
		return x->v[0].current.final_score.n ? CAT(a, "Final score ", C(a, x->v[0].current.final_score)) : QPP_LIT("No final score");
	return QPP_LIT("Scores of its clinicians");
}

typedef QPP_VEC(struct qpp_feedback_open) openings;

static enum qpp_code open_org(const struct qpp_call *call, const struct qpp_role_held *role, qpp_py py, openings *out, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_feedback_lines lines;
	if (role->kind == QPP_ORG_CLINICIAN) {
		enum qpp_code code = qpp_feedback_of_npi(call, py, role->org_number, &lines, err);
		for (size_t i = 0; code == QPP_OK && i < lines.n; i++) {
			const struct making_subject s = { py, lines.v[i].who.org_id, role->org_number };
			*QPP_PUSH(a, out) = (struct qpp_feedback_open){ .href = making_feedback_href(a, &s), .name = CAT(a, "You at ", C(a, lines.v[i].name)),
				.number = CAT(a, "NPI ", C(a, role->org_number)), .kind = QPP_LIT("Clinician"),
				.says = lines.v[i].current.final_score.n ? CAT(a, "Final score ", C(a, lines.v[i].current.final_score)) : QPP_LIT("No final score") };
		}
		return code;
	}
	const struct making_subject s = { py, role->org_id, QPP_LIT("") };
	enum qpp_code code = qpp_feedback_list(call, py, role->org_id, (struct qpp_slice){ .most = 1 }, &lines, err);
	if (code == QPP_OK)
		*QPP_PUSH(a, out) = (struct qpp_feedback_open){ .href = making_feedback_href(a, &s), .name = role->org_name,
			.number = portal_number(a, role->kind, role->org_number, role->tin_masked), .kind = qpp_str_of(portal_kind_title(role->kind)),
			.says = says_of(a, &lines) };
	return code;
}

static enum qpp_code open_all(const struct qpp_call *call, const struct qpp_person *person, struct qpp_feedback_home *m, struct qpp_err *err)
{
	openings v = { 0 };
	enum qpp_code code = QPP_OK;
	size_t registries = 0;
	for (size_t i = 0; code == QPP_OK && i < person->n_held; i++) {
		enum qpp_org_kind kind = person->held[i].kind;
		registries += kind == QPP_ORG_REGISTRY;
		if (kind != QPP_ORG_REGISTRY && kind != QPP_ORG_AGENCY)
			code = open_org(call, &person->held[i], (qpp_py){ (int)m->year }, &v, err);
		/* A role that ended meanwhile is no fault of the page. */
		if (code == QPP_NOT_FOUND)
			code = QPP_OK;
	}
	m->only_registry = registries && registries == person->n_held;
	m->orgs.v = v.v;
	m->orgs.n = v.n;
	return code;
}

static enum qpp_code find(const struct qpp_call *call, struct qpp_feedback_home *m, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_feedback_lines lines;
	enum qpp_code code = qpp_feedback_of_npi(call, (qpp_py){ (int)m->year }, m->npi, &lines, err);
	if (code != QPP_OK)
		return code;
	struct qpp_feedback_open *v = QPP_NEW_ARRAY(a, lines.n + 1, struct qpp_feedback_open);
	for (size_t i = 0; i < lines.n; i++) {
		const struct making_subject s = { { (int)m->year }, lines.v[i].who.org_id, m->npi };
		v[i] = (struct qpp_feedback_open){ .href = making_feedback_href(a, &s), .name = lines.v[i].name, .number = CAT(a, "NPI ", C(a, m->npi)),
			.says = lines.v[i].current.final_score.n ? CAT(a, "Final score ", C(a, lines.v[i].current.final_score)) : QPP_LIT("No final score") };
	}
	m->found.v = v;
	m->found.n = lines.n;
	return QPP_OK;
}

enum qpp_code making_feedback_home(struct qpp_portal *p, const struct qpp_call *call, const struct qpp_person *person,
                                   struct qpp_feedback_home *m, struct qpp_err *err)
{
	struct qpp_feedback_years years;
	enum qpp_code code = qpp_feedback_years(call, &years, err);
	if (code != QPP_OK)
		return code;
	int64_t *v = QPP_NEW_ARRAY(call->arena, years.n + 1, int64_t);
	/* The newest year that has something to show, unless another one was asked for. */
	for (size_t i = 0; i < years.n; i++) {
		v[i] = years.v[i].py.v;
		if (!m->year && years.v[i].scores.us)
			m->year = v[i];
	}
	if (!m->year && years.n)
		m->year = v[0];
	for (size_t i = 0; i < years.n; i++) {
		if (v[i] != m->year)
			continue;
		m->released = years.v[i].scores.us ? qpp_eastern(call->arena, p->zone, years.v[i].scores) : QPP_LIT("");
		m->factors = years.v[i].factors.us ? qpp_eastern(call->arena, p->zone, years.v[i].factors) : QPP_LIT("");
	}
	m->years.v = v;
	m->years.n = years.n;
	code = open_all(call, person, m, err);
	return code == QPP_OK && m->npi.n ? find(call, m, err) : code;
}
