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

/* A registry that is engaged with: public health has points as a whole, its lines none (src/core/score_pi.c). */
static bool engaged(const struct qpp_measure_score *x)
{
	return x && !x->picked && qpp_str_is(x->status, "active engagement");
}

/* What the category has beyond the points of its lines: those of public health. */
static qpp_dec points_of_no_line(const struct qpp_tree *t)
{
	qpp_dec rest = t->category->points.has ? t->category->points.v : qpp_dec_of(0);
	for (size_t i = 0; i < t->category->n_measures; i++)
		if (t->category->measures[i].points.points.has)
			rest = qpp_dec_sub(rest, t->category->measures[i].points.points.v);
	return qpp_dec_sign(rest) > 0 ? rest : qpp_dec_of(0);
}

/* Points of the objective that measurement `first` is the first one of. */
static qpp_dec objective_points(struct qpp_tree *t, const struct qpp_measurement_set *set, size_t first, bool *some)
{
	struct qpp_str name = objective_of(&set->measurements[first]);
	qpp_dec sum = qpp_dec_of(0);
	bool whole = false;
	*some = false;
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measure_score *x = qpp_tree_line(t, set, &set->measurements[i]);
		if (!qpp_str_eq(objective_of(&set->measurements[i]), name) || !x)
			continue;
		whole |= engaged(x);
		*some |= engaged(x) || x->points.points.has;
		if (x->points.points.has)
			sum = qpp_dec_add(sum, x->points.points.v);
	}
	return whole ? qpp_dec_add(sum, points_of_no_line(t)) : sum;
}

static bool first_of_objective(const struct qpp_measurement_set *set, size_t at)
{
	struct qpp_str name = objective_of(&set->measurements[at]);
	for (size_t i = 0; i < at; i++)
		if (qpp_str_eq(objective_of(&set->measurements[i]), name))
			return false;
	return name.n > 0;
}

static bool is_exclusion(const struct qpp_measurement *m)
{
	return m->kind == QPP_VALUE_BOOLEAN && m->yes && m->measure && qpp_str_is(m->measure->reporting_category, "exclusion");
}

enum pi_list { PI_PICKED, PI_SKIPPED, PI_EXCLUDED };

static void put_pi_list(struct qpp_tree *t, const struct qpp_measurement_set *set, const char *list, enum pi_list which)
{
	struct qpp_emit *e = t->e;
	qpp_emit_open(e, list, '[');
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measurement *m = &set->measurements[i];
		const struct qpp_measure_score *x = qpp_tree_line(t, set, m);
		if ((is_exclusion(m) ? PI_EXCLUDED : !x || x->picked || engaged(x) ? PI_PICKED : PI_SKIPPED) != which)
			continue;
		qpp_emit_open(e, NULL, '{');
		qpp_emit_text(e, "measureId", m->measure_id);
		qpp_emit_text(e, "message", x ? x->status : QPP_LIT("no points of its own"));
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
}

static void no_members(struct qpp_emit *e, const char *name, char bracket)
{
	qpp_emit_open(e, name, bracket);
	qpp_emit_close(e, bracket == '[' ? ']' : '}');
}

/* Points by objective, as the engine names them: "electronicPrescribing", or "piElectronicPrescribing" of the whole. */
static void put_objectives(struct qpp_tree *t, const struct qpp_measurement_set *set, bool of_total)
{
	struct qpp_emit *e = t->e;
	bool some;
	for (size_t i = 0; i < set->n_measurements; i++) {
		struct qpp_str name = objective_of(&set->measurements[i]);
		qpp_dec points = qpp_dec_of(0);
		if (first_of_objective(set, i) && (points = objective_points(t, set, i, &some), some)) {
			char first[] = { (char)(name.p[0] - ('a' - 'A')), 0 };
			const char *own = qpp_str_dup(e->b.arena, name).p;
			qpp_emit_dec(e, of_total ? qpp_str_cat(e->b.arena, "pi", first, own + 1, (char *)NULL).p : own, points, QPP_TREE_PLACES);
		}
	}
}

void qpp_tree_pi_total(struct qpp_tree *t)
{
	const struct qpp_submission *s = t->answer->submission;
	qpp_emit_open(t->e, "piObjectives", '{');
	for (size_t i = 0; i < s->n_sets; i++)
		if (s->sets[i].category == QPP_PI && qpp_str_eq(s->sets[i].program, t->score->program)) {
			put_objectives(t, &s->sets[i], true);
			break;
		}
	qpp_emit_close(t->e, '}');
	no_members(t->e, "piBonuses", '{');
}

void qpp_tree_pi(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	struct qpp_emit *e = t->e;
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
	put_pi_list(t, set, "measuresPicked", PI_PICKED);
	put_pi_list(t, set, "measuresExcluded", PI_EXCLUDED);
	put_pi_list(t, set, "measuresSkipped", PI_SKIPPED);
	qpp_tree_value(t, "maxContribution", t->category->weight, QPP_TREE_PLACES);
	qpp_emit_open(e, "objectiveScores", '{');
	put_objectives(t, set, false);
	qpp_emit_close(e, '}');
	no_members(e, "bonuses", '{');
	qpp_emit_close(e, '}');
	no_members(e, "warnings", '[');
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
