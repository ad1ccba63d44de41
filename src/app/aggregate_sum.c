/*
 * What practices counted, added up measure by measure: the counts of a rate
 * stratum by stratum, observations, numerators and denominators. A rate that was
 * computed from the counts is computed again; one that was not has no sum.
 */
#include <string.h>

#include "app/aggregate_int.h"
#include "qpp/check.h"

/* The largest count that a submission may have (2 to the power 53). */
#define MOST_COUNT ((int64_t)1 << 53)

enum { LONGEST_NAMES = 4000, RATE_DECIMALS = 2, MOST_DIGITS = 18 };

struct qpp_str qpp_adding_names(struct qpp_adding *g, const struct qpp_parts *parts, const bool *chosen)
{
	struct qpp_buf b;
	qpp_buf_init(&b, g->arena, LONGEST_NAMES);
	for (size_t i = 0; i < parts->n; i++) {
		if (!chosen[i])
			continue;
		qpp_buf_cat(&b, b.n ? "; " : "", (char *)NULL);
		qpp_buf_str(&b, qpp_adding_practice(g->arena, parts->v[i].practice));
	}
	return qpp_buf_done(&b);
}

const struct qpp_measurement *qpp_adding_of(const struct qpp_measurement_set *set, struct qpp_str id)
{
	for (size_t i = 0; i < set->n_measurements; i++)
		if (qpp_str_eq(set->measurements[i].measure_id, id))
			return &set->measurements[i];
	return NULL;
}

static bool has(const struct qpp_measurement_set *set, struct qpp_str id)
{
	return qpp_adding_of(set, id) != NULL;
}

/* A filer without one in all parts of a category has none; of several, the first stands in the answer. */
static void one_record_system(struct qpp_adding *g, const struct qpp_parts *parts, struct qpp_measurement_set *to)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct qpp_measurement_set *set = parts->v[i].set;
		if (!to->cehrt_id.n) {
			to->cehrt_id = set->cehrt_id;
		} else if (set->cehrt_id.n && !qpp_str_eq(set->cehrt_id, to->cehrt_id)) {
			struct qpp_finding *x = qpp_adding_find(g, QPP_WARNING, "cehrtIdsDiffer", set->cehrt_where,
				qpp_adding_practice(g->arena, parts->v[i].practice),
				"the practice has another CEHRT ID than the one that the sum is filed with", (char *)NULL);
			x->value = qpp_shown(g->arena, set->cehrt_id);
			x->expected = qpp_shown(g->arena, to->cehrt_id);
		}
	}
}

static void span(const struct qpp_parts *parts, struct qpp_measurement_set *to)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct qpp_measurement_set *set = parts->v[i].set;
		if (set->has_start && (!to->has_start || set->start.v < to->start.v))
			to->start = set->start;
		if (set->has_end && (!to->has_end || set->end.v > to->end.v))
			to->end = set->end;
		to->has_start |= set->has_start;
		to->has_end |= set->has_end;
	}
}

struct qpp_measurement_set qpp_adding_set(struct qpp_adding *g, const struct qpp_parts *parts)
{
	const struct qpp_measurement_set *first = parts->v[0].set;
	struct qpp_measurement_set to = { .category = first->category, .method = first->method, .program = first->program,
		                              .where = first->where, .program_where = first->program_where };
	size_t most = 0;
	one_record_system(g, parts, &to);
	span(parts, &to);
	for (size_t i = 0; i < parts->n; i++)
		most += parts->v[i].set->n_measurements;
	to.measurements = QPP_NEW_ARRAY(g->arena, most + 1, struct qpp_measurement);
	for (size_t i = 0; i < parts->n; i++)
		for (size_t k = 0; k < parts->v[i].set->n_measurements; k++) {
			const struct qpp_measurement *m = &parts->v[i].set->measurements[k];
			if (!has(&to, m->measure_id))
				to.measurements[to.n_measurements++] = *m;
		}
	return to;
}

/* ---- counts ---- */

static bool too_large(struct qpp_adding *g, const struct qpp_measurement *m)
{
	struct qpp_finding *x = qpp_adding_find(g, QPP_ERROR, "countInvalid", m->value_where, qpp_adding_measure(g, m),
		"the counts of the practices are too large to be added", (char *)NULL);
	x->expected = QPP_LIT("at most 9007199254740992 in all");
	return false;
}

static bool add_count(struct qpp_count *to, struct qpp_count from)
{
	if (!from.given)
		return true;
	to->given = true;
	return !__builtin_add_overflow(to->v, from.v, &to->v) && to->v <= MOST_COUNT;
}

static bool add_counts(struct qpp_rate_counts *to, const struct qpp_rate_counts *from)
{
	bool good = add_count(&to->met, from->met);
	good &= add_count(&to->not_met, from->not_met);
	good &= add_count(&to->eligible, from->eligible);
	good &= add_count(&to->exclusion, from->exclusion);
	good &= add_count(&to->exception, from->exception);
	good &= add_count(&to->numerator_exclusion, from->numerator_exclusion);
	return good;
}

static struct qpp_rate_counts *stratum(struct qpp_rate_counts *v, size_t n, struct qpp_str name)
{
	for (size_t i = 0; i < n; i++)
		if (qpp_str_eq(v[i].stratum, name))
			return &v[i];
	return NULL;
}

/* Strata go together by their names. Those of a measure are the same everywhere: the check has seen to that. */
static bool add_rates(struct qpp_adding *g, struct qpp_measurement *to, const struct qpp_measurement *from)
{
	struct qpp_rate_counts *v = QPP_NEW_ARRAY(g->arena, to->n_rates + from->n_rates, struct qpp_rate_counts);
	size_t n = to->n_rates;
	if (n)
		memcpy(v, to->rates, n * sizeof *v);
	for (size_t i = 0; i < from->n_rates; i++) {
		struct qpp_rate_counts *into = stratum(v, n, from->rates[i].stratum);
		if (!into)
			v[n++] = from->rates[i];
		else if (!add_counts(into, &from->rates[i]))
			return too_large(g, from);
	}
	to->rates = v;
	to->n_rates = n;
	return true;
}

/* As many digits as a number of a submission may have: what is written must be readable again. */
static bool is_readable(qpp_dec v)
{
	int digits = 0;
	if (!qpp_dec_ok(v))
		return false;
	for (qpp_i128 whole = v.n / v.d; whole; whole /= 10)
		digits++;
	qpp_i128 left = v.n % v.d;
	for (; left && digits < MOST_DIGITS; digits++)
		left = left * 10 % v.d;
	return !left && digits <= MOST_DIGITS;
}

static bool add_number(struct qpp_adding *g, const struct qpp_measurement *m, struct qpp_number *to,
                       const struct qpp_number *from)
{
	if (!from->given)
		return true;
	to->v = to->given ? qpp_dec_add(to->v, from->v) : from->v;
	to->given = true;
	if (m->kind == QPP_VALUE_PROPORTION && qpp_dec_cmp(to->v, qpp_dec_of(MOST_COUNT)) > 0)
		return too_large(g, m);
	if (is_readable(to->v))
		return true;
	qpp_adding_find(g, QPP_ERROR, "numberInvalid", from->where, qpp_adding_measure(g, m),
	                "the numbers of the practices have too many digits to be added exactly", (char *)NULL);
	return false;
}

static bool add_numbers(struct qpp_adding *g, struct qpp_measurement *to, const struct qpp_measurement *from)
{
	return add_number(g, from, &to->numerator, &from->numerator) &&
	       add_number(g, from, &to->denominator, &from->denominator) &&
	       add_number(g, from, &to->observation_instances, &from->observation_instances) &&
	       add_number(g, from, &to->numerator_exclusion, &from->numerator_exclusion) &&
	       add_number(g, from, &to->denominator_exception, &from->denominator_exception);
}

static bool add(struct qpp_adding *g, struct qpp_measurement *to, const struct qpp_measurement *from)
{
	to->end_to_end &= from->end_to_end;
	if (from->kind == QPP_VALUE_SINGLE || from->kind == QPP_VALUE_MULTI)
		return add_rates(g, to, from);
	return add_numbers(g, to, from);
}

/* ---- what has no sum ---- */

/* A rate of observations that came along and is not their quotient is the measure's own: nobody here can compute it. */
static bool own_rate(const struct qpp_measurement *m)
{
	if (m->kind != QPP_VALUE_NON_PROPORTION || !m->performance_rate.given)
		return false;
	qpp_dec quotient = qpp_dec_div(m->numerator.v, m->observation_instances.v);
	return !qpp_dec_ok(quotient) || qpp_dec_cmp(qpp_dec_round(quotient, RATE_DECIMALS),
	                                            qpp_dec_round(m->performance_rate.v, RATE_DECIMALS)) != 0;
}

/* Why the measure cannot be added up over practices, and what to do; NULL when it can. */
static const char *no_sum(const struct qpp_measurement *m, const char **hint)
{
	enum qpp_metric metric = m->measure ? m->measure->metric : QPP_METRIC_SINGLE;
	*hint = "have the QCDR compute the rate over the patients of all practices, and put its result into the sum";
	if (metric == QPP_METRIC_REGISTRY_SINGLE || metric == QPP_METRIC_REGISTRY_MULTI)
		return "a rate that a QCDR computed cannot be added up";
	if (own_rate(m))
		return "a rate that is not the quotient of its observations cannot be added up";
	*hint = metric == QPP_METRIC_CAHPS
	            ? "register the virtual group for the survey: its vendor samples the patients of all practices"
	            : "leave it out: the agency computes it for the virtual group from claims";
	return m->kind == QPP_VALUE_SCORE ? metric == QPP_METRIC_CAHPS ? "the results of a survey cannot be added up"
	                                                               : "a score cannot be added up"
	                                  : NULL;
}

static bool refuse(struct qpp_adding *g, const struct qpp_parts *parts, const struct qpp_measurement *m, const char *why,
                   const char *hint)
{
	bool *chosen = QPP_NEW_ARRAY(g->arena, parts->n + 1, bool);
	for (size_t i = 0; i < parts->n; i++)
		chosen[i] = has(parts->v[i].set, m->measure_id);
	struct qpp_finding *x =
	    qpp_adding_find(g, QPP_ERROR, "measureNotAdded", m->value_where, qpp_adding_measure(g, m), why, (char *)NULL);
	x->value = qpp_adding_names(g, parts, chosen);
	x->expected = QPP_LIT("at most one practice that reports it");
	x->hint = qpp_str_of(hint);
	return false;
}

bool qpp_adding_sum(struct qpp_adding *g, const struct qpp_parts *parts, struct qpp_measurement *m)
{
	struct qpp_str id = m->measure_id;
	const char *hint;
	bool came_with_rate = false;
	size_t n = 0;
	for (size_t i = 0; i < parts->n; i++) {
		const struct qpp_measurement *x = qpp_adding_of(parts->v[i].set, id);
		if (!x)
			continue;
		came_with_rate |= x->performance_rate.given;
		if (++n == 1) {
			*m = *x;
			continue;
		}
		const char *why = no_sum(m, &hint);
		if (!why)
			why = no_sum(x, &hint);
		if (why)
			return refuse(g, parts, x, why, hint);
		if (!add(g, m, x))
			return false;
	}
	if (n < 2)
		return true;
	qpp_dec rate = came_with_rate ? qpp_dec_round(qpp_check_rate_of(m), RATE_DECIMALS) : qpp_dec_undefined();
	m->performance_rate = (struct qpp_number){ .given = qpp_dec_ok(rate), .v = rate, .where = m->value_where };
	m->reporting_rate = (struct qpp_number){ 0 };
	return true;
}
