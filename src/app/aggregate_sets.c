/*
 * Quality of a virtual group: a measure is added up over the practices that
 * report it by the same collection type, and the others are named. They may have
 * patients whom the measure is about, who then lack in the sum.
 */
#include "app/aggregate_int.h"

/* The parts of one collection type, in the order of the submissions. */
static struct qpp_parts of_method(struct qpp_adding *g, const struct qpp_parts *all, enum qpp_method method)
{
	struct qpp_parts parts = { QPP_NEW_ARRAY(g->arena, all->n + 1, struct qpp_part), 0 };
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].set->method == method)
			parts.v[parts.n++] = all->v[i];
	return parts;
}

static bool is_first(const struct qpp_parts *all, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (all->v[k].practice == all->v[i].practice)
			return false;
	return true;
}

static bool practice_reports(const struct qpp_parts *parts, const struct qpp_election_practice *p, struct qpp_str id)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->v[i].practice == p && qpp_adding_of(parts->v[i].set, id))
			return true;
	return false;
}

/* Practices that submitted something, and not this. Who submitted nothing at all was told already. */
static void tell_not_reported(struct qpp_adding *g, const struct qpp_parts *parts, const struct qpp_measurement *m)
{
	const struct qpp_parts *lists[QPP_CATEGORIES] = { &g->parts[QPP_QUALITY], &g->parts[QPP_IA], &g->parts[QPP_PI] };
	struct qpp_parts everybody = { QPP_NEW_ARRAY(g->arena, lists[0]->n + lists[1]->n + lists[2]->n + 1, struct qpp_part), 0 };
	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < lists[k]->n; i++)
			everybody.v[everybody.n++] = lists[k]->v[i];
	bool *chosen = QPP_NEW_ARRAY(g->arena, everybody.n + 1, bool), any = false;
	for (size_t i = 0; i < everybody.n; i++) {
		chosen[i] = is_first(&everybody, i) && !practice_reports(parts, everybody.v[i].practice, m->measure_id);
		any |= chosen[i];
	}
	if (!any)
		return;
	struct qpp_finding *x = qpp_adding_find(g, QPP_WARNING, "measureNotReported", m->where, qpp_adding_measure(g, m),
		"not every practice reports the measure by ", qpp_method_name(parts->v[0].set->method), (char *)NULL);
	x->value = qpp_adding_names(g, &everybody, chosen);
	x->expected = QPP_LIT("the data of all practices that have patients whom the measure is about: completeness is of all of them");
	x->cite = QPP_LIT("414.1340");
}

static void add_set(struct qpp_adding *g, const struct qpp_parts *parts)
{
	struct qpp_measurement_set set = qpp_adding_set(g, parts);
	for (size_t i = 0; i < set.n_measurements; i++)
		if (qpp_adding_sum(g, parts, &set.measurements[i]))
			tell_not_reported(g, parts, &set.measurements[i]);
	*QPP_PUSH(g->arena, &g->sets) = set;
}

/* R-414.1315(d): added up across the TINs. Cost is the agency's to measure, and goes the same way where it was sent. */
void qpp_adding_quality(struct qpp_adding *g)
{
	static const enum qpp_category categories[] = { QPP_QUALITY, QPP_COST };
	for (size_t k = 0; k < sizeof categories / sizeof *categories; k++)
		for (int m = QPP_METHOD_NONE; m < QPP_METHODS; m++) {
			struct qpp_parts parts = of_method(g, &g->parts[categories[k]], (enum qpp_method)m);
			if (parts.n)
				add_set(g, &parts);
		}
}
