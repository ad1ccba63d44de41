/* "Check the agency": its feedback against the current version (app/agency.h), with links to the rules and to a request. */
#include "adapt/portal/making_feedback.h"

#include "adapt/html/anchor.h"
#include "adapt/json/read_agency.h"

enum { MOST_FINDINGS = 50 };

static void faults(struct qpp_arena *a, const struct qpp_findings *f, struct qpp_feedback_check *m)
{
	struct qpp_upload_error *v = QPP_NEW_ARRAY(a, f->list.n + 1, struct qpp_upload_error);
	for (size_t i = 0; i < f->list.n; i++)
		if (f->list.v[i].severity == QPP_ERROR)
			v[m->faults.n++].finding = f->list.v[i];
	m->faults.v = v;
}

static struct qpp_str cite(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str rule)
{
	struct qpp_html h;
	qpp_html_init(&h, a);
	if (rule.n)
		qpp_html_cite(&h, qpp_years_rules(p->service->years), "/rules/", rule);
	return qpp_html_done(&h);
}

static void compare(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_feedback *x, const struct qpp_agency *theirs,
                    struct qpp_feedback_check *m)
{
	const struct qpp_agency_ours ours = { .scored = x->scored, .final_score = x->shown->final_score,
		.factor = x->shown->factor_released.us ? x->shown->factor : QPP_LIT(""), .why = x->why, .no_factor = x->no_factor, .no_detail = x->no_detail,
		.threshold = qpp_years_param(p->service->years, "performance_threshold", x->who.py) };
	struct qpp_agency_lines lines;
	qpp_agency_compare(a, theirs, &ours, &lines);
	struct qpp_check_line *v = QPP_NEW_ARRAY(a, lines.n + 1, struct qpp_check_line);
	for (size_t i = 0; i < lines.n; i++)
		v[i] = (struct qpp_check_line){ lines.v[i], cite(p, a, lines.v[i].rule) };
	m->lines.v = v;
	m->lines.n = lines.n;
	m->different = (int64_t)lines.different;
}

enum qpp_code making_feedback_check(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s, struct qpp_str typed,
                                    struct qpp_feedback_check *m, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_who who;
	struct qpp_feedback x;
	struct qpp_agency theirs;
	struct qpp_findings f;
	enum qpp_code code = making_feedback_who(call, s, &who, err);
	if (code == QPP_OK)
		code = qpp_feedback_see(call, &(struct qpp_feedback_ask){ .who = who, .detail = true }, &x, err);
	if (code != QPP_OK)
		return code;
	*m = (struct qpp_feedback_check){ .has = true, .href = making_feedback_href(a, s), .subject = making_feedback_subject(a, &x),
		.py = qpp_i64_text(a, s->py.v), .level = qpp_str_of(qpp_entity_name(who.entity)), .org = s->org_id, .npi = s->npi, .typed = typed,
		.may_ask = !call->actor->view_only };
	if (!qpp_str_trim(typed).n)
		return QPP_OK;
	qpp_findings_init(&f, a, MOST_FINDINGS);
	qpp_json_read_agency(a, QPP_LIT(""), s->py, s->npi, typed, &theirs, &f);
	faults(a, &f, m);
	if (m->faults.n)
		return QPP_OK;
	m->format = theirs.format;
	m->note = theirs.note;
	m->no_detail = x.scored ? QPP_LIT("") : x.no_detail;
	compare(p, a, &x, &theirs, m);
	return QPP_OK;
}
