/*
 * Adding up a virtual group: whose submissions these are, what each practice
 * brings to which category, and who is missing. The categories themselves are in
 * aggregate_sets.c (quality), aggregate_ia.c and aggregate_pi.c.
 */
#include "app/aggregate.h"

#include <stdarg.h>

#include "app/aggregate_int.h"
#include "core/election_int.h"

enum { LONGEST_MESSAGE = 600 };

struct qpp_finding *qpp_adding_find(struct qpp_adding *g, enum qpp_severity severity, const char *code,
                                    struct qpp_where where, struct qpp_str subject, const char *first, ...)
{
	struct qpp_buf b;
	va_list ap;
	if (qpp_findings_full(g->findings))
		return qpp_find(g->findings, severity, code, where, QPP_LIT(""));
	qpp_buf_init(&b, g->arena, LONGEST_MESSAGE);
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_cat(&b, s, (char *)NULL);
	va_end(ap);
	struct qpp_finding *x = qpp_find(g->findings, severity, code, where, qpp_buf_done(&b));
	x->subject = subject;
	return x;
}

struct qpp_str qpp_adding_practice(struct qpp_arena *a, const struct qpp_election_practice *p)
{
	return qpp_str_cat(a, qpp_shown(a, p->name).p, ", TIN ", qpp_shown(a, p->tin).p, (char *)NULL);
}

struct qpp_str qpp_adding_measure(struct qpp_adding *g, const struct qpp_measurement *m)
{
	if (!m->measure)
		return qpp_shown(g->arena, m->measure_id);
	return qpp_str_cat(g->arena, qpp_shown(g->arena, m->measure_id).p, " ", qpp_str_dup(g->arena, m->measure->title).p,
	                   (char *)NULL);
}

int64_t qpp_adding_size(const struct qpp_election_practice *p)
{
	return (int64_t)qpp_judge_size(p);
}

/* ---- whose submission it is ---- */

static const struct qpp_election_practice *practice_of(const struct qpp_election *e, struct qpp_str tin)
{
	for (size_t i = 0; i < e->n_practices; i++)
		if (tin.n && qpp_str_eq(e->practices[i].tin, tin))
			return &e->practices[i];
	return NULL;
}

/* R-414.1315(d): the practices report to the virtual group, and it to traditional MIPS, in the year of the election. */
static bool fits(struct qpp_adding *g, const struct qpp_submission *s)
{
	struct qpp_finding *x;
	size_t errors = g->findings->errors;
	if (s->entity != QPP_GROUP && s->entity != QPP_INDIVIDUAL) {
		x = qpp_adding_find(g, QPP_ERROR, "practiceEntityWrong", s->entity_where, QPP_LIT("submission"),
		                    "the submission is not that of a practice", (char *)NULL);
		x->value = qpp_str_of(qpp_entity_name(s->entity));
		x->expected = QPP_LIT("group, or individual for a solo practitioner");
		x->cite = QPP_LIT("414.1315(d)");
	}
	if (s->py.v != g->election->py.v) {
		x = qpp_adding_find(g, QPP_ERROR, "practiceYearWrong", s->where, QPP_LIT("submission"),
		                    "the submission is of another performance year than the election", (char *)NULL);
		x->value = qpp_i64_text(g->arena, s->py.v);
		x->expected = qpp_i64_text(g->arena, g->election->py.v);
	}
	for (size_t i = 0; i < s->n_sets; i++) {
		if (qpp_str_is(s->sets[i].program, "mips"))
			continue;
		x = qpp_adding_find(g, QPP_ERROR, "practiceProgramWrong", s->sets[i].program_where, QPP_LIT("submission"),
		                    "a virtual group reports to traditional MIPS only", (char *)NULL);
		x->value = qpp_shown(g->arena, s->sets[i].program);
		x->expected = QPP_LIT("mips");
		x->cite = QPP_LIT("414.1315(d)");
	}
	return g->findings->errors == errors;
}

/* A practice is one party: of several who report a category, nobody says whose data are those of the practice. */
static bool is_second(struct qpp_adding *g, const struct qpp_submission *s, const struct qpp_election_practice *p)
{
	for (size_t i = 0; i < s->n_sets; i++) {
		const struct qpp_parts *parts = &g->parts[s->sets[i].category];
		for (size_t k = 0; k < parts->n; k++) {
			if (parts->v[k].practice != p)
				continue;
			struct qpp_finding *x = qpp_adding_find(g, QPP_ERROR, "practiceTwice", s->sets[i].where,
				qpp_adding_practice(g->arena, p), "two submissions of the practice have the category ",
				qpp_category_name(s->sets[i].category), (char *)NULL);
			x->value = qpp_shown(g->arena, parts->v[k].set->where.file);
			x->expected = QPP_LIT("each category once for a practice");
			x->hint = QPP_LIT("add the data of the practice up first, and give one submission for its TIN");
			return true;
		}
	}
	return false;
}

static bool is_listed(const struct qpp_election_practice *p, struct qpp_str npi)
{
	for (size_t i = 0; i < p->n_clinicians; i++)
		if (qpp_str_eq(p->clinicians[i].npi, npi))
			return true;
	return false;
}

/* Whose name is not in the election joined during the year, or is no clinician of the practice. */
static void look_at_individual(struct qpp_adding *g, const struct qpp_submission *s, const struct qpp_election_practice *p)
{
	struct qpp_finding *x;
	if (qpp_adding_size(p) > 1) {
		x = qpp_adding_find(g, QPP_WARNING, "practicePartly", s->entity_where, qpp_adding_practice(g->arena, p),
		                    "the submission is of one clinician, and the practice has more", (char *)NULL);
		x->value = qpp_shown(g->arena, s->npi);
		x->expected = qpp_str_cat(g->arena, "the data of all ", qpp_i64_text(g->arena, qpp_adding_size(p)).p, " clinicians",
		                          (char *)NULL);
		x->cite = QPP_LIT("414.1315(d)");
	}
	if (!s->npi.n || is_listed(p, s->npi))
		return;
	x = qpp_adding_find(g, QPP_WARNING, "practicePartly", s->npi_where, qpp_adding_practice(g->arena, p),
	                    "the election does not list the clinician under this TIN", (char *)NULL);
	x->value = qpp_shown(g->arena, s->npi);
	x->hint = QPP_LIT("who joined during the year belongs to the virtual group; tell the agency of it before data are submitted");
	x->cite = QPP_LIT("414.1315(c)(2)");
}

/* False when there is nothing in them. */
static bool take_sets(struct qpp_adding *g, const struct qpp_submission *s, const struct qpp_election_practice *p)
{
	bool any = false;
	for (size_t i = 0; i < s->n_sets; i++) {
		struct qpp_parts *parts = &g->parts[s->sets[i].category];
		if (!s->sets[i].n_measurements)
			continue;
		parts->v[parts->n++] = (struct qpp_part){
			p, s->entity == QPP_INDIVIDUAL ? 1 : qpp_adding_size(p), &s->sets[i],
		};
		any = true;
	}
	return any;
}

static void take(struct qpp_adding *g, const struct qpp_submission *s, bool *reports)
{
	const struct qpp_election_practice *p = practice_of(g->election, s->tin);
	if (!fits(g, s))
		return;
	if (!p) {
		struct qpp_finding *x = qpp_adding_find(g, QPP_ERROR, "practiceUnknown", s->tin_where, QPP_LIT("submission"),
			"the submission is of no practice of the virtual group", (char *)NULL);
		x->value = s->tin.n ? qpp_shown(g->arena, s->tin) : QPP_LIT("no TIN");
		x->expected = QPP_LIT("a TIN of the election");
		x->cite = QPP_LIT("414.1315(d)");
		return;
	}
	if (is_second(g, s, p))
		return;
	if (s->entity == QPP_INDIVIDUAL)
		look_at_individual(g, s, p);
	reports[p - g->election->practices] |= take_sets(g, s, p);
}

/* ---- who is missing ---- */

static void tell_missing(struct qpp_adding *g, const struct qpp_aggregate_call *call, const bool *reports,
                         struct qpp_aggregate *out)
{
	const struct qpp_election *e = call->election;
	out->practices = e->n_practices;
	out->missing = QPP_NEW_ARRAY(g->arena, e->n_practices, const struct qpp_election_practice *);
	for (size_t i = 0; i < e->n_practices; i++) {
		const struct qpp_election_practice *p = &e->practices[i];
		out->clinicians += qpp_adding_size(p);
		if (reports[i]) {
			out->reporting++;
			out->reporting_clinicians += qpp_adding_size(p);
			continue;
		}
		out->missing[out->n_missing++] = p;
		struct qpp_finding *x = qpp_adding_find(g, call->require_all ? QPP_ERROR : QPP_WARNING, "practiceMissing", p->where,
			qpp_adding_practice(g->arena, p), "there is no submission of the practice", (char *)NULL);
		x->value = qpp_str_cat(g->arena, qpp_i64_text(g->arena, qpp_adding_size(p)).p,
		                       qpp_adding_size(p) == 1 ? " clinician" : " clinicians", (char *)NULL);
		x->expected = QPP_LIT("the data of every practice: completeness is measured over the whole virtual group");
		x->cite = QPP_LIT("414.1315(d)");
	}
}

static void name_group(struct qpp_adding *g, struct qpp_str id)
{
	if (id.n)
		return;
	struct qpp_finding *x = qpp_adding_find(g, QPP_WARNING, "entityIncomplete", g->election->where, QPP_LIT("virtual group"),
		"the virtual group has no identifier: the submission cannot be filed under it", (char *)NULL);
	x->expected = QPP_LIT("--id with the identifier that the agency gave when it approved the election");
}

enum qpp_code qpp_aggregate(const struct qpp_aggregate_call *call, struct qpp_aggregate *out, struct qpp_err *err)
{
	const struct qpp_request *q = call->request;
	struct qpp_adding g = {
		.c = { .rules = q->rules, .catalog = q->catalog, .arena = q->arena, .findings = q->findings },
		.request = q, .election = call->election, .arena = q->arena, .findings = q->findings,
	};
	*out = (struct qpp_aggregate){ 0 };
	bool *reports = QPP_NEW_ARRAY(g.arena, call->election->n_practices + 1, bool);
	size_t most = 1;
	for (size_t i = 0; i < call->n_submissions; i++)
		most += call->submissions[i]->n_sets;
	for (int k = 0; k < QPP_CATEGORIES; k++)
		g.parts[k].v = QPP_NEW_ARRAY(g.arena, most, struct qpp_part);
	for (size_t i = 0; i < call->n_submissions; i++)
		take(&g, call->submissions[i], reports);
	tell_missing(&g, call, reports, out);
	name_group(&g, call->id);
	g.clinicians = out->clinicians;
	if (!g.findings->errors) {
		qpp_adding_quality(&g);
		qpp_adding_activities(&g);
		qpp_adding_pi(&g);
	}
	if (g.c.code != QPP_OK || g.findings->errors)
		return qpp_calc_code(&g.c, err);
	out->submission = QPP_NEW(g.arena, struct qpp_submission);
	*out->submission = (struct qpp_submission){
		.py = call->election->py, .entity = QPP_VIRTUAL_GROUP, .entity_id = call->id, .sets = g.sets.v, .n_sets = g.sets.n,
	};
	for (size_t i = 0; i < g.sets.n; i++)
		out->n_measures[g.sets.v[i].category] += g.sets.v[i].n_measurements;
	return QPP_OK;
}
