/*
 * Improvement activities of a virtual group: an activity is its when enough of
 * the clinicians of all TINs performed it. Each clinician has an own 90 days, so
 * periods need not meet; a practice whose own period is too short does not count
 * beside one whose period is long enough.
 */
#include "app/aggregate_int.h"
#include "qpp/activity.h"

static int64_t days_of(const struct qpp_measurement_set *set)
{
	return qpp_day_count(set->start, set->end);
}

static bool has_period(const struct qpp_measurement_set *set)
{
	return set->has_start && set->has_end;
}

/* R-414.1360(a): without those whose period is too short, unless they all are: then the score says so. */
static struct qpp_parts long_enough(struct qpp_adding *g, const struct qpp_parts *all, int64_t least)
{
	struct qpp_parts parts = { QPP_NEW_ARRAY(g->arena, all->n + 1, struct qpp_part), 0 };
	for (size_t i = 0; i < all->n; i++)
		if (!has_period(all->v[i].set) || days_of(all->v[i].set) >= least)
			parts.v[parts.n++] = all->v[i];
	if (!parts.n)
		return *all;
	for (size_t i = 0; i < all->n; i++) {
		const struct qpp_measurement_set *set = all->v[i].set;
		if (!has_period(set) || days_of(set) >= least)
			continue;
		struct qpp_finding *x = qpp_adding_find(g, QPP_WARNING, "iaPeriodTooShort", set->where,
			qpp_adding_practice(g->arena, all->v[i].practice), "the period of the practice is too short; its activities do not count",
			(char *)NULL);
		x->value = qpp_i64_text(g->arena, days_of(set));
		x->expected = qpp_str_cat(g->arena, "at least ", qpp_i64_text(g->arena, least).p, " days, both ends counted", (char *)NULL);
		x->cite = QPP_LIT("414.1360(a)");
	}
	return parts;
}

/* The set has the shortest period of those that count: it is one that every practice kept. */
static void shortest(const struct qpp_parts *parts, struct qpp_measurement_set *to)
{
	to->has_start = to->has_end = false;
	for (size_t i = 0; i < parts->n; i++) {
		const struct qpp_measurement_set *set = parts->v[i].set;
		if (!has_period(set) || (has_period(to) && days_of(set) >= days_of(to)))
			continue;
		to->has_start = to->has_end = true;
		to->start = set->start;
		to->end = set->end;
	}
}

static bool says_yes(const struct qpp_part *part, struct qpp_str id)
{
	const struct qpp_measurement *m = qpp_adding_of(part->set, id);
	return m && m->kind == QPP_VALUE_BOOLEAN && m->yes;
}

/* A practice that says yes in several sets says it once. */
static bool said_before(const struct qpp_parts *parts, size_t i, struct qpp_str id)
{
	for (size_t k = 0; k < i; k++)
		if (parts->v[k].practice == parts->v[i].practice && says_yes(&parts->v[k], id))
			return true;
	return false;
}

static void tell_too_few(struct qpp_adding *g, const struct qpp_parts *parts, const struct qpp_measurement *m,
                         const bool *chosen, int64_t counted)
{
	struct qpp_finding *x = qpp_adding_find(g, QPP_WARNING, "activityTooFew", m->where, qpp_adding_measure(g, m),
		"too few clinicians of the virtual group performed the activity: it is answered no", (char *)NULL);
	x->value = qpp_str_cat(g->arena, qpp_i64_text(g->arena, counted).p, " of ", qpp_i64_text(g->arena, g->clinicians).p,
	                       " clinicians: ", qpp_adding_names(g, parts, chosen).p, (char *)NULL);
	x->expected = QPP_LIT("at least half of the clinicians of all practices");
	x->cite = QPP_LIT("414.1360(a)");
}

static void decide(struct qpp_adding *g, const struct qpp_parts *parts, struct qpp_measurement *m)
{
	int64_t *sizes = QPP_NEW_ARRAY(g->arena, parts->n + 1, int64_t), clinicians = g->clinicians;
	bool *chosen = QPP_NEW_ARRAY(g->arena, parts->n + 1, bool);
	struct qpp_activity_answer x;
	size_t n = 0;
	for (size_t i = 0; i < parts->n; i++) {
		chosen[i] = says_yes(&parts->v[i], m->measure_id) && !said_before(parts, i, m->measure_id);
		if (chosen[i])
			sizes[n++] = parts->v[i].clinicians;
	}
	if (qpp_activity_of_group(g->request, clinicians, sizes, n, &x, &g->c.err) != QPP_OK) {
		g->c.code = g->c.err.code;
		return;
	}
	if (n && !x.performed)
		tell_too_few(g, parts, m, chosen, x.counted);
	m->yes = x.performed;
}

void qpp_adding_activities(struct qpp_adding *g)
{
	const struct qpp_parts *all = &g->parts[QPP_IA];
	int64_t least;
	if (!all->n)
		return;
	enum qpp_code code = qpp_activity_days(g->request, &least, &g->c.err);
	if (code != QPP_OK) {
		g->c.code = code;
		return;
	}
	struct qpp_parts parts = long_enough(g, all, least);
	struct qpp_measurement_set set = qpp_adding_set(g, &parts);
	shortest(&parts, &set);
	for (size_t i = 0; i < set.n_measurements && g->c.code == QPP_OK; i++)
		decide(g, &parts, &set.measurements[i]);
	*QPP_PUSH(g->arena, &g->sets) = set;
}
