/* The models of "Does it pay?" and of the data of the year. */
#include "adapt/portal/making_vgroup_int.h"

#include "adapt/json/write_submission.h"
#include "adapt/portal/view.h"

static struct qpp_str figure(struct qpp_arena *a, qpp_dec v, int places, const char *before, const char *behind)
{
	bool minus = qpp_dec_ok(v) && qpp_dec_cmp(v, qpp_dec_of(0)) < 0;
	if (!qpp_dec_ok(v))
		return QPP_LIT("not known");
	return CAT(a, minus ? "\xE2\x88\x92" : "", before, qpp_dec_text(a, minus ? qpp_dec_sub(qpp_dec_of(0), v) : v, places).p, behind);
}

static const struct qpp_vgroup_member *member_of(const struct qpp_vgroup *g, struct qpp_str org_id)
{
	const struct qpp_vgroup_member *m = g->members;
	while (!qpp_str_eq(m->row.org_id, org_id))
		m++;
	return m;
}

static struct qpp_vgroup_pool_line line_of(struct qpp_arena *a, const struct qpp_vgroup *g, const struct qpp_pool_member *x)
{
	const struct qpp_str hidden = QPP_LIT("not shown");
	struct qpp_vgroup_pool_line l = { .practice = vg_member_name(a, g, member_of(g, x->org_id)), .clinicians = qpp_i64_text(a, x->clinicians), .own = x->own,
		.score = figure(a, x->score, 2, "", ""), .factor = figure(a, x->factor_pct, 2, "", " %"), .dollars = figure(a, x->dollars, 0, "$", ""),
		.alone = figure(a, x->alone_dollars, 0, "$", ""), .together = figure(a, x->together_dollars, 0, "$", ""),
		.note = x->typed ? QPP_LIT("The score is what the practice typed.") : QPP_LIT("") };
	if (x->hidden)
		l.score = l.factor = l.dollars = l.alone = l.together = hidden;
	return l;
}

static void make_own(struct qpp_arena *a, const struct qpp_vgroup *g, const struct qpp_vgroup_pool *x, struct qpp_vgroup_pool_view *m)
{
	struct qpp_vgroup_choice *own = QPP_NEW_ARRAY(a, x->n + 1, struct qpp_vgroup_choice);
	for (size_t i = 0; i < x->n; i++) {
		const struct qpp_vgroup_member *member = member_of(g, x->members[i].org_id);
		if (!member->own_official)
			continue;
		if (!m->own.n) {
			m->typed_score = x->members[i].typed_score;
			m->typed_dollars = x->members[i].typed_dollars;
			m->shows = x->members[i].shows;
		}
		own[m->own.n++] = (struct qpp_vgroup_choice){ member->row.org_id, member->org.name };
	}
	m->own.v = own;
}

enum qpp_code making_vgroup_pool(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_pool_view *m,
                                 struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_vgroup_pool x;
	struct qpp_arena *a = call->arena;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	if (code == QPP_OK)
		code = qpp_vgroup_pool_of(call, id, &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_vgroup_pool_line *lines = QPP_NEW_ARRAY(a, x.n + 1, struct qpp_vgroup_pool_line);
	for (size_t i = 0; i < x.n; i++)
		lines[i] = line_of(a, &g, &x.members[i]);
	vg_make_head(p, a, &g, &m->head);
	m->lines.v = lines;
	m->lines.n = x.n;
	m->shown = x.shown;
	m->score = qpp_dec_ok(x.score) ? qpp_dec_text(a, x.score, 2) : QPP_LIT("");
	m->factor = qpp_dec_ok(x.factor_pct) ? figure(a, x.factor_pct, 2, "", " %") : QPP_LIT("");
	m->how = x.by_data ? CAT(a, "The data of ", C(a, qpp_i64_text(a, x.py.v)), " of all practices added up and scored as a virtual group's.")
	                   : QPP_LIT("A rough middle: the scores of the practices, each clinician counting once. It is not a score by the rules.");
	m->why_not = x.why_not;
	m->small = x.small ? QPP_LIT("Together the practices are still a small practice.")
	                   : QPP_LIT("Together the practices are no small practice any more: what small practices get is lost.");
	m->reached.v = x.reached;
	m->reached.n = x.n_reached;
	make_own(a, &g, &x, m);
	return QPP_OK;
}

/* ---- the data of the year ---- */

static size_t names_of(struct qpp_arena *a, const struct qpp_vgroup *g, const struct qpp_vgroup_member **v, size_t n, struct qpp_str **out)
{
	*out = QPP_NEW_ARRAY(a, n + 1, struct qpp_str);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = vg_member_name(a, g, v[i]);
	return n;
}

enum qpp_code making_vgroup_data(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_data_view *m,
                                 struct qpp_str *text, struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_vgroup_data x;
	struct qpp_str *names;
	struct qpp_arena *a = call->arena;
	enum qpp_code code = qpp_vgroup_data_of(call, id, &g, &x, err);
	if (code != QPP_OK)
		return code;
	vg_make_head(p, a, &g, &m->head);
	m->reporting.n = names_of(a, &g, x.reporting, x.n_reporting, &names);
	m->reporting.v = names;
	m->missing.n = names_of(a, &g, x.missing, x.n_missing, &names);
	m->missing.v = names;
	struct qpp_vgroup_check_line *checks = QPP_NEW_ARRAY(a, x.findings.list.n + 1, struct qpp_vgroup_check_line);
	for (size_t i = 0; i < x.findings.list.n; i++) {
		const struct qpp_finding *f = &x.findings.list.v[i];
		checks[i] = (struct qpp_vgroup_check_line){ .whose = f->subject, .says = f->message, .expected = f->expected, .cite = f->cite,
			.tone = f->severity == QPP_ERROR ? QPP_TONE_BAD : QPP_TONE_WARN };
	}
	m->checks.v = checks;
	m->checks.n = x.findings.list.n;
	*text = x.submission ? qpp_json_submission(a, x.submission) : QPP_LIT("");
	m->href = text->n ? CAT(a, "/virtual-groups/", C(a, id), "/data/submission.json") : QPP_LIT("");
	return QPP_OK;
}
