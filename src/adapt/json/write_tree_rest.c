/* Promoting interoperability and improvement activities in the scoring tree. */
#include "adapt/json/write_tree_int.h"

static struct qpp_str objective_of(const struct qpp_measurement *m)
{
	return m->measure ? m->measure->objective : QPP_LIT("");
}

/* "((49/115)*10) = 4" */
static void put_formula(struct qpp_tree *t, const struct qpp_measurement *m, const struct qpp_measure_score *x)
{
	struct qpp_arena *a = t->e->b.arena;
	if (m->kind != QPP_VALUE_PROPORTION || !x || !x->available.has || !x->points.points.has)
		return;
	qpp_emit_text(t->e, "formula", qpp_str_cat(a, "((", qpp_dec_text_short(a, m->numerator.v, 0, 9).p, "/",
	                                           qpp_dec_text_short(a, m->denominator.v, 0, 9).p, ")*",
	                                           qpp_dec_text_short(a, x->available.v, 0, 9).p, ") = ",
	                                           qpp_dec_text_short(a, x->points.points.v, 0, 9).p, (char *)NULL));
}

static void put_pi_measure(struct qpp_tree *t, const struct qpp_measurement *m, const struct qpp_measure_score *x)
{
	struct qpp_emit *e = t->e;
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "name", m->measure_id);
	if (x && x->points.points.has)
		qpp_tree_value(t, "value", x->points.points, QPP_TREE_PLACES);
	else if (m->kind == QPP_VALUE_BOOLEAN)
		qpp_emit_bool(e, "value", m->yes);
	else
		qpp_emit_int(e, "value", 0);
	qpp_tree_no_instrumentations(t);
	qpp_emit_open(e, "metadata", '{');
	put_formula(t, m, x);
	if (x && x->available.has) {
		qpp_tree_value(t, "maxContribution", x->available, QPP_TREE_PLACES);
		qpp_emit_int(e, "mipsMinimumScore", 1);
	}
	qpp_emit_text_or_null(e, "objective", objective_of(m));
	qpp_tree_picked(t, !x || x->picked || m->kind == QPP_VALUE_BOOLEAN);
	qpp_emit_text_or_null(e, "reportingCategory", m->measure ? m->measure->reporting_category : QPP_LIT(""));
	if (x && x->status.n) {
		qpp_emit_open(e, "messages", '{');
		qpp_emit_text(e, "status", x->status);
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
}

/* Points of the objective that measurement `first` is the first one of. */
static qpp_dec objective_points(struct qpp_tree *t, const struct qpp_measurement_set *set, size_t first, bool *some)
{
	struct qpp_str name = objective_of(&set->measurements[first]);
	qpp_dec sum = qpp_dec_of(0);
	*some = false;
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measure_score *x = qpp_tree_line(t, set, &set->measurements[i]);
		if (!qpp_str_eq(objective_of(&set->measurements[i]), name) || !x || !x->points.points.has)
			continue;
		*some = true;
		sum = qpp_dec_add(sum, x->points.points.v);
	}
	return sum;
}

static bool first_of_objective(const struct qpp_measurement_set *set, size_t at)
{
	struct qpp_str name = objective_of(&set->measurements[at]);
	for (size_t i = 0; i < at; i++)
		if (qpp_str_eq(objective_of(&set->measurements[i]), name))
			return false;
	return name.n > 0;
}

static void put_pi_list(struct qpp_tree *t, const struct qpp_measurement_set *set, const char *list, bool picked)
{
	struct qpp_emit *e = t->e;
	qpp_emit_open(e, list, '[');
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measure_score *x = qpp_tree_line(t, set, &set->measurements[i]);
		if ((!x || x->picked) != picked)
			continue;
		qpp_emit_open(e, NULL, '{');
		qpp_emit_text(e, "measureId", set->measurements[i].measure_id);
		qpp_emit_text(e, "message", x ? x->status : QPP_LIT("no points of its own"));
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
}

void qpp_tree_pi(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	struct qpp_emit *e = t->e;
	bool some;
	qpp_emit_text(e, "title", QPP_LIT("Promoting Interoperability Score"));
	qpp_emit_open(e, "parts", '[');
	for (size_t i = 0; i < set->n_measurements; i++)
		put_pi_measure(t, &set->measurements[i], qpp_tree_line(t, set, &set->measurements[i]));
	qpp_emit_close(e, ']');
	qpp_emit_open(e, "metadata", '{');
	if (set->has_start && set->has_end)
		qpp_emit_int(e, "performancePeriod", qpp_day_count(set->start, set->end));
	qpp_emit_bool(e, "hasCehrtId", set->cehrt_id.n > 0);
	qpp_emit_open(e, "messages", '{');
	qpp_emit_text(e, "cehrtId", set->cehrt_id.n ? QPP_LIT("Measurement set submitted together with CEHRT ID, so will receive score")
	                                            : QPP_LIT("Measurement set submitted without CEHRT ID"));
	qpp_emit_close(e, '}');
	put_pi_list(t, set, "measuresPicked", true);
	put_pi_list(t, set, "measuresSkipped", false);
	qpp_tree_value(t, "maxContribution", t->category->weight, QPP_TREE_PLACES);
	qpp_emit_open(e, "objectiveScores", '{');
	for (size_t i = 0; i < set->n_measurements; i++) {
		if (!first_of_objective(set, i))
			continue;
		qpp_dec points = objective_points(t, set, i, &some);
		if (some)
			qpp_emit_dec(e, qpp_str_dup(e->b.arena, objective_of(&set->measurements[i])).p, points, QPP_TREE_PLACES);
	}
	qpp_emit_close(e, '}');
	qpp_emit_open(e, "bonuses", '{');
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
}

static void put_activity(struct qpp_tree *t, const struct qpp_measurement *m, const struct qpp_measure_score *x)
{
	struct qpp_emit *e = t->e;
	enum qpp_ia_weight weight = m->measure ? m->measure->ia_weight : QPP_IA_UNWEIGHTED;
	struct qpp_value none = { 0 };
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "name", m->measure_id);
	qpp_emit_text(e, "title", m->measure ? m->measure->title : QPP_LIT(""));
	qpp_tree_value(t, "value", x ? x->points.points : none, QPP_TREE_PLACES);
	qpp_tree_no_instrumentations(t);
	qpp_emit_open(e, "metadata", '{');
	qpp_tree_value(t, "maxContribution", t->category->maximum_points, QPP_TREE_PLACES);
	qpp_tree_value(t, "calculatedScore", x ? x->points.points : none, QPP_TREE_PLACES);
	qpp_tree_picked(t, x && x->picked);
	qpp_emit_text_or_null(e, "weight", weight == QPP_IA_HIGH ? QPP_LIT("high") : weight == QPP_IA_MEDIUM ? QPP_LIT("medium") : QPP_LIT(""));
	qpp_emit_bool(e, "complete", m->yes);
	qpp_emit_open(e, "messages", '{');
	qpp_emit_text(e, "complete", m->yes ? QPP_LIT("Measurement value of true - scored as normal")
	                                    : QPP_LIT("Measurement value of false - not scored"));
	if (x && x->status.n)
		qpp_emit_text(e, "status", x->status);
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
}

void qpp_tree_ia(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	struct qpp_emit *e = t->e;
	qpp_emit_text(e, "title", QPP_LIT("Improvement Activities Score"));
	qpp_emit_open(e, "parts", '[');
	for (size_t i = 0; i < set->n_measurements; i++)
		put_activity(t, &set->measurements[i], qpp_tree_line(t, set, &set->measurements[i]));
	qpp_emit_close(e, ']');
	qpp_emit_open(e, "metadata", '{');
	qpp_emit_open(e, "messages", '{');
	qpp_emit_text(e, "picked", QPP_LIT("Measurement set selected for category score."));
	qpp_emit_close(e, '}');
	qpp_tree_picked(t, true);
	qpp_tree_value(t, "maxContribution", t->category->maximum_points, QPP_TREE_PLACES);
	qpp_emit_bool(e, "measurementSetPicked", true);
	qpp_emit_close(e, '}');
}
