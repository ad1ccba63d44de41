/*
 * Each measure of a score against the lists that it must be in, and each result
 * and attestation against what it brought.
 */
#include "app/radar_int.h"

#include "qpp/eligibility.h"

struct type {
	const char *name;
	bool outcome;
	const char *cite;
};
static const struct type types[] = {
#define MEASURE_TYPE(name, outcome, cite) { name, outcome, cite },
#include "app/radar.def"
};

static const struct type *type_of(struct qpp_str name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (qpp_str_is(name, types[i].name))
			return &types[i];
	return NULL;
}

/* What the run's rules take for an outcome measure. */
static bool taken_for_outcome(const struct qpp_runner *r, struct qpp_str type)
{
	const struct qpp_table *t = qpp_ruleset_table(r->ruleset, QPP_LIT("outcome_types"));
	int column = t ? qpp_table_column(t, QPP_LIT("type")) : -1;
	for (size_t i = 0; column >= 0 && i < t->n_rows; i++) {
		const struct qpp_table_row *row = &t->rows[i];
		if (row->from <= r->row.py.v && r->row.py.v <= row->to && qpp_str_eq(row->cells[column].text, type))
			return true;
	}
	return false;
}

static void see_type(struct radar_level *x, const struct qpp_measure_score *m)
{
	const struct type *type = type_of(m->measure->type);
	const struct radar_seen known = { .check = QPP_RADAR_TYPE, .step = "type ", .of = m->measure->type, .rule = "414.1335(a)", .hit = !type };
	radar_see(x->cells, &known, &x->known->who);
	if (!type)
		return;
	const struct radar_seen outcome = { .check = QPP_RADAR_OUTCOME, .step = "type ", .of = m->measure->type, .rule = type->cite,
		.hit = type->outcome != taken_for_outcome(x->p->r, m->measure->type) };
	radar_see(x->cells, &outcome, &x->known->who);
}

static struct qpp_str name_of(const struct radar_level *x, const struct qpp_measure_score *m)
{
	return qpp_str_cat(x->p->arena, qpp_str_dup(x->p->arena, m->measure_id).p, "/", qpp_method_name(m->method), (char *)NULL);
}

static void see_benchmark(struct radar_level *x, const struct qpp_measure_score *m)
{
	const struct qpp_points *p = &m->points;
	if (!p->benchmark || !p->has_decile || p->excluded || p->measure_class.n || !p->points.has)
		return;
	const struct radar_seen seen = { .check = QPP_RADAR_FLOOR, .step = "quality/", .of = name_of(x, m), .rule = "414.1380(b)(1)(i)",
		.hit = p->decile <= 1 };
	radar_see_kinds(x->cells, &seen, &x->known->who, &(struct radar_kinds){ 0 });
}

static void see_quality(struct radar_level *x, const struct qpp_measure_score *m)
{
	if (m->measure->type.n)
		see_type(x, m);
	if (m->method == QPP_ADMIN_CLAIMS || m->method == QPP_METHOD_NONE)
		return;
	const struct radar_seen method = { .check = QPP_RADAR_METHOD, .step = "quality/", .of = name_of(x, m), .rule = "414.1335(a)",
		.hit = !(m->measure->methods >> m->method & 1) };
	radar_see(x->cells, &method, &x->known->who);
	see_benchmark(x, m);
}

/* R-414.1380(b)(1)(i), (b)(2): what the agency computed for somebody. */
static void see_results(struct radar_level *x, enum qpp_category k, const struct qpp_claims_measure *given, size_t n, const char *rule)
{
	const struct qpp_category_score *c = &x->score->category[k];
	for (size_t i = 0; c->scored && !c->scored_by.n && i < n; i++) {
		struct radar_seen seen = { .check = QPP_RADAR_RESULT, .step = k == QPP_COST ? "cost/" : "quality/", .of = given[i].measure_id,
			.rule = rule, .hit = true };
		for (size_t j = 0; j < c->n_measures; j++)
			if (qpp_str_eq(c->measures[j].measure_id, given[i].measure_id) && c->measures[j].picked)
				seen.hit = false;
		radar_see_kinds(x->cells, &seen, &x->known->who, &x->kinds);
	}
}

/* R-414.1380(b)(3): an activity that was performed, unless the whole score was had without it. */
static void see_activity(struct radar_level *x, const struct qpp_measure_score *m)
{
	if (!m->picked || !m->points.points.has)
		return;
	const struct radar_seen seen = { .check = QPP_RADAR_CREDIT, .step = "ia/", .of = m->measure_id, .rule = "414.1380(b)(3)",
		.hit = qpp_dec_sign(m->points.points.v) <= 0 };
	radar_see(x->cells, &seen, &x->known->who);
}

void radar_lists(struct radar_level *x)
{
	const struct qpp_facts *f = x->known->facts;
	const struct qpp_category_score *quality = &x->score->category[QPP_QUALITY], *ia = &x->score->category[QPP_IA];
	for (size_t i = 0; i < quality->n_measures; i++)
		if (quality->measures[i].measure)
			see_quality(x, &quality->measures[i]);
	for (size_t i = 0; i < ia->n_measures; i++)
		see_activity(x, &ia->measures[i]);
	/* MVPs and the APP name those that they score. */
	if (x->score->kind != QPP_PROGRAM_MIPS || x->p->r->how.filed_only)
		return;
	see_results(x, QPP_QUALITY, f->administrative_claims, f->n_administrative_claims, "414.1380(b)(1)(i)");
	see_results(x, QPP_COST, f->cost, f->n_cost, "414.1380(b)(2)");
}
