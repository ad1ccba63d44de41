/* Models of the public pages: open windows, the list of rules. */
#include "adapt/portal/making.h"

#include "adapt/html/rules_pages.h"
#include "app/notices.h"

/* ---- home ---- */

static const struct {
	const char *opens, *closes, *title, *href;
} windows[] = {
	{ "submission_opens", "submission_closes", "Data submission for ", "/submissions" },
	{ "mvp_registration_opens", "mvp_registration_closes", "Registration of MVPs for ", "/registrations" },
	{ "cahps_registration_opens", "cahps_registration_closes", "Registration of the CAHPS for MIPS survey for ", "/registrations" },
	{ "exception_opens", "exception_closes", "Applications for exceptions for ", "/exceptions" },
	{ "election_opens", "election_closes", "Virtual group election for ", "/virtual-groups" },
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
