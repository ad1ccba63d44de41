/*
 * Promoting interoperability of a virtual group: numerators and denominators are
 * added; a yes holds when every practice says it, an exclusion when it holds for
 * every practice; the period is the days that all have in common. Practices that
 * do not report the category are left aside.
 */
#include "app/aggregate_int.h"

enum { LONGEST_DAY = 16 };

static bool claims(const struct qpp_measurement *m)
{
	return m->kind == QPP_VALUE_BOOLEAN && m->yes;
}

static bool claims_exclusion_of(const struct qpp_part *part, const struct qpp_measure *measure)
{
	for (size_t i = 0; measure && i < measure->exclusions.n; i++) {
		const struct qpp_measurement *x = qpp_adding_of(part->set, measure->exclusions.v[i]);
		if (x && claims(x))
			return true;
	}
	return false;
}

/* PI_PHCDRR_1_PROD says more about PI_PHCDRR_1. */
static bool says_more_about(struct qpp_str id, struct qpp_str measure)
{
	return id.n > measure.n + 1 && id.p[measure.n] == '_' &&
	       qpp_str_eq((struct qpp_str){ id.p, measure.n }, measure);
}

/* Whether the practice need not answer: it claims an exclusion of the measure, or of the one that this is about. */
static bool is_excused(const struct qpp_adding *g, const struct qpp_part *part, const struct qpp_measurement *m)
{
	const struct qpp_catalog *c = g->request->catalog;
	if (claims_exclusion_of(part, m->measure))
		return true;
	for (size_t i = 0; i < c->n_measures; i++)
		if (c->measures[i].category == QPP_PI && says_more_about(m->measure_id, c->measures[i].id) &&
		    claims_exclusion_of(part, &c->measures[i]))
			return true;
	return false;
}

/* The measure that the id excludes from, NULL when it is no exclusion; `after` NULL to begin with. */
static const struct qpp_measure *excludes(const struct qpp_adding *g, struct qpp_str id, const struct qpp_measure *after)
{
	const struct qpp_catalog *c = g->request->catalog;
	for (size_t i = after ? (size_t)(after - c->measures) + 1 : 0; i < c->n_measures; i++)
		if (c->measures[i].category == QPP_PI && qpp_strs_has(c->measures[i].exclusions, id))
			return &c->measures[i];
	return NULL;
}

/* Another exclusion of the same measure will do: both leave the practice without it. */
static bool is_excluded(const struct qpp_adding *g, const struct qpp_part *part, struct qpp_str id)
{
	const struct qpp_measurement *x = qpp_adding_of(part->set, id);
	if (x && claims(x))
		return true;
	for (const struct qpp_measure *m = excludes(g, id, NULL); m; m = excludes(g, id, m))
		if (claims_exclusion_of(part, m))
			return true;
	return false;
}

static void tell(struct qpp_adding *g, const struct qpp_parts *parts, const struct qpp_measurement *m, const bool *chosen,
                 bool exclusion)
{
	struct qpp_finding *x = qpp_adding_find(g, QPP_WARNING, exclusion ? "exclusionNotAll" : "attestationNotAll", m->where,
		qpp_adding_measure(g, m), exclusion ? "not every practice claims the exclusion: it is left out"
		                                    : "not every practice says yes: it is answered no", (char *)NULL);
	x->value = qpp_adding_names(g, parts, chosen);
	x->expected = exclusion ? QPP_LIT("the exclusion claimed by every practice; the counts of the others stand")
	                        : QPP_LIT("yes from every practice that reports the category and claims no exclusion");
	x->cite = QPP_LIT("414.1315(d)");
}

/* Every practice (or, by the other reading, some practice) that is not excused says yes. */
static void attest(struct qpp_adding *g, const struct qpp_parts *parts, struct qpp_measurement *m)
{
	bool *chosen = QPP_NEW_ARRAY(g->arena, parts->n + 1, bool);
	size_t yes = 0, no = 0;
	for (size_t i = 0; i < parts->n; i++) {
		const struct qpp_measurement *x = qpp_adding_of(parts->v[i].set, m->measure_id);
		bool says = x && claims(x);
		chosen[i] = !says && !is_excused(g, &parts->v[i], m);
		yes += says;
		no += chosen[i];
	}
	bool some = qpp_reading(&g->c, QPP_R_virtual_group_attestations) == QPP_R_virtual_group_attestations_any;
	m->yes = yes && (!no || some);
	if (yes && !m->yes)
		tell(g, parts, m, chosen, false);
}

/* False when the exclusion does not hold and is left out of the answer. */
static bool exclude(struct qpp_adding *g, const struct qpp_parts *parts, struct qpp_measurement *m)
{
	bool *chosen = QPP_NEW_ARRAY(g->arena, parts->n + 1, bool);
	size_t yes = 0, no = 0;
	for (size_t i = 0; i < parts->n; i++) {
		const struct qpp_measurement *x = qpp_adding_of(parts->v[i].set, m->measure_id);
		yes += x && claims(x);
		chosen[i] = !is_excluded(g, &parts->v[i], m->measure_id);
		no += chosen[i];
	}
	m->yes = yes && !no;
	if (yes && no)
		tell(g, parts, m, chosen, true);
	return m->yes || !yes;
}

/* ---- the period ---- */

static struct qpp_str day_text(struct qpp_adding *g, qpp_day day)
{
	struct qpp_buf b;
	qpp_buf_init(&b, g->arena, LONGEST_DAY);
	qpp_buf_day(&b, day);
	return qpp_buf_done(&b);
}

/* R-414.1315(d): the days on which all practices used their record systems; how few may be scored is 414.1320's. */
static void common_days(struct qpp_adding *g, const struct qpp_parts *parts, struct qpp_measurement_set *to)
{
	qpp_day first = to->start, last = to->end;
	bool differ = false;
	if (!to->has_start || !to->has_end)
		return;
	for (size_t i = 0; i < parts->n; i++) {
		const struct qpp_measurement_set *set = parts->v[i].set;
		if (!set->has_start || !set->has_end)
			continue;
		differ |= set->start.v != to->start.v || set->end.v != to->end.v;
		first = set->start.v > first.v ? set->start : first;
		last = set->end.v < last.v ? set->end : last;
	}
	if (!differ)
		return;
	bool apart = last.v < first.v;
	struct qpp_finding *x = qpp_adding_find(g, apart ? QPP_ERROR : QPP_WARNING, apart ? "periodsApart" : "periodsDiffer",
		to->where, QPP_LIT("pi"), apart ? "the performance periods of the practices have no day in common"
		                                : "the practices have different performance periods: what they have in common is filed",
		(char *)NULL);
	x->value = qpp_str_cat(g->arena, day_text(g, first).p, " to ", day_text(g, last).p, (char *)NULL);
	x->expected = QPP_LIT("one period for all practices");
	x->cite = QPP_LIT("414.1320");
	to->start = first;
	to->end = last;
}

/* ---- a set ---- */

static void add_set(struct qpp_adding *g, const struct qpp_parts *parts)
{
	struct qpp_measurement_set set = qpp_adding_set(g, parts);
	size_t kept = 0;
	common_days(g, parts, &set);
	for (size_t i = 0; i < set.n_measurements; i++) {
		struct qpp_measurement *m = &set.measurements[i];
		bool holds = true;
		if (m->kind != QPP_VALUE_BOOLEAN)
			holds = qpp_adding_sum(g, parts, m);
		else if (excludes(g, m->measure_id, NULL))
			holds = exclude(g, parts, m);
		else
			attest(g, parts, m);
		if (holds)
			set.measurements[kept++] = *m;
	}
	set.n_measurements = kept;
	*QPP_PUSH(g->arena, &g->sets) = set;
}

/* One practice may have several sets, of which the one that scores highest counts: only then they are kept apart. */
static bool several_of_one(const struct qpp_parts *all)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < i; k++)
			if (all->v[i].practice == all->v[k].practice)
				return true;
	return false;
}

void qpp_adding_pi(struct qpp_adding *g)
{
	const struct qpp_parts *all = &g->parts[QPP_PI];
	if (!all->n)
		return;
	if (!several_of_one(all)) {
		add_set(g, all);
		return;
	}
	for (int m = QPP_METHOD_NONE; m < QPP_METHODS; m++) {
		struct qpp_parts parts = { QPP_NEW_ARRAY(g->arena, all->n + 1, struct qpp_part), 0 };
		for (size_t i = 0; i < all->n; i++)
			if (all->v[i].set->method == (enum qpp_method)m)
				parts.v[parts.n++] = all->v[i];
		if (parts.n)
			add_set(g, &parts);
	}
}
