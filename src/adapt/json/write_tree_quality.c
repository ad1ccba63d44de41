/*
 * Quality and cost in the scoring tree: each measure with its place on the
 * benchmark. Nine deciles are shown, the start of the second to that of the
 * tenth; a measure at its floor has decile -1, as in the engine.
 */
#include "adapt/json/write_tree_int.h"

/* How the engine numbers what our scorer calls by its reason. */
static const char *class_of(const struct qpp_points *p)
{
	if (!p->measure_class.n)
		return "Class 1";
	if (qpp_str_is(p->measure_class, "unscorable"))
		return "Class 2";
	return qpp_str_is(p->measure_class, "incomplete") ? "Class 3" : "Class 4";
}

static bool on_benchmark(const struct qpp_points *p)
{
	return p->benchmark && p->raw.has && p->has_decile && p->decile >= 1 && !p->floored_at.has && !p->measure_class.n;
}

static void put_deciles(struct qpp_tree *t, const struct qpp_benchmark *b)
{
	if (!b) {
		qpp_emit_null(t->e, "deciles");
		return;
	}
	qpp_emit_open(t->e, "deciles", '[');
	for (int i = 1; i < QPP_ENTRIES; i++)
		qpp_emit_dec(t->e, NULL, b->entry[i], QPP_TREE_EXACT);
	qpp_emit_close(t->e, ']');
}

/* The decile, how far into it, and the points this makes. */
static void put_decile(struct qpp_tree *t, const struct qpp_measure_score *m)
{
	const struct qpp_points *p = &m->points;
	struct qpp_emit *e = t->e;
	bool on = on_benchmark(p);
	qpp_dec start = on && (p->decile > 1 || p->benchmark->has_first) ? p->benchmark->entry[p->decile - 1] : qpp_dec_undefined();
	qpp_dec partial = on ? qpp_dec_sub(p->raw.v, qpp_dec_of(p->decile)) : qpp_dec_of(0);
	qpp_dec into = on && m->rate.has ? qpp_dec_sub(m->rate.v, start) : qpp_dec_of(0);
	if (on && p->benchmark->inverse)
		into = qpp_dec_neg(into);
	qpp_tree_value(t, "decileScore", p->points, QPP_TREE_PLACES);
	qpp_emit_dec(e, "partialDecileScore", qpp_dec_round(partial, QPP_TREE_PLACES), QPP_TREE_PLACES);
	qpp_emit_dec(e, "partialPoints", into, QPP_TREE_EXACT);
	qpp_emit_int(e, "decile", on ? p->decile : -1);
	put_deciles(t, p->benchmark);
}

static int64_t sum(const struct qpp_measurement *m, bool with_not_met)
{
	int64_t n = 0;
	for (size_t i = 0; i < m->n_rates; i++)
		if (m->n_rates == 1 || !qpp_str_is(m->rates[i].stratum, "overall"))
			n += (m->rates[i].met.given ? m->rates[i].met.v : 0) + (with_not_met && m->rates[i].not_met.given ? m->rates[i].not_met.v : 0);
	return n;
}

static void put_counts(struct qpp_tree *t, const struct qpp_measurement *m)
{
	if (m->kind != QPP_VALUE_SINGLE && m->kind != QPP_VALUE_MULTI)
		return;
	qpp_emit_int(t->e, "performanceDenominator", sum(m, true));
	qpp_emit_int(t->e, "performanceNumerator", sum(m, false));
}

static void put_period(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	const struct {
		const char *name;
		bool has;
		qpp_day day;
	} ends[] = { { "performanceStart", set->has_start, set->start }, { "performanceEnd", set->has_end, set->end } };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct qpp_buf b;
		enum { MOST_DAY = 16 };
		if (!ends[i].has)
			continue;
		qpp_buf_init(&b, t->e->b.arena, MOST_DAY);
		qpp_buf_day(&b, ends[i].day);
		qpp_emit_text(t->e, ends[i].name, qpp_buf_done(&b));
	}
}

/* Bonuses that ended with PY2021: clients still read the members. */
static void put_old_bonuses(struct qpp_tree *t)
{
	qpp_emit_bool(t->e, "highPriorityBonusEligible", false);
	qpp_emit_bool(t->e, "highPriorityBonusIgnored", false);
	qpp_emit_bool(t->e, "endToEndBonusEligible", false);
	qpp_emit_int(t->e, "endToEndBonus", 0);
	qpp_emit_int(t->e, "outcomeOrPatientExperienceBonus", 0);
	qpp_emit_int(t->e, "highPriorityBonus", 0);
}

static void put_metadata(struct qpp_tree *t, const struct qpp_measurement_set *set, const struct qpp_measurement *m,
                         const struct qpp_measure_score *x)
{
	struct qpp_emit *e = t->e;
	const struct qpp_points *p = &x->points;
	qpp_emit_open(e, "metadata", '{');
	qpp_emit_dec(e, "performanceRate", x->rate.has ? x->rate.v : qpp_dec_undefined(), QPP_TREE_EXACT);
	qpp_emit_dec(e, "reportingRate", x->completeness.has ? qpp_dec_round(x->completeness.v, 2) : qpp_dec_undefined(), 2);
	qpp_emit_text(e, "measureClass", qpp_str_of(class_of(p)));
	qpp_emit_text(e, "measureTitle", m->measure ? m->measure->title : QPP_LIT(""));
	put_old_bonuses(t);
	put_counts(t, m);
	qpp_emit_dec(e, "eligiblePopulation", x->cases.has ? x->cases.v : qpp_dec_undefined(), QPP_TREE_EXACT);
	put_decile(t, x);
	qpp_tree_picked(t, x->picked);
	qpp_tree_value(t, "totalMeasurementPoints", p->points, QPP_TREE_PLACES);
	qpp_emit_int(e, "totalBonusPoints", 0);
	qpp_emit_open(e, "messages", '{');
	if (p->class_why.n)
		qpp_emit_text(e, "measurementClass", p->class_why);
	if (p->floored_at.has)
		qpp_emit_text(e, "decileScore", QPP_LIT("Applied minimum decile score"));
	qpp_emit_text(e, "measurementPicker", x->status);
	if (p->excluded)
		qpp_emit_text(e, "excluded", p->excluded_why);
	qpp_emit_close(e, '}');
	qpp_emit_bool(e, "noBenchmarks", !p->benchmark);
	qpp_emit_text_or_null(e, "benchmarkType", p->benchmark ? qpp_str_of(qpp_method_name(p->benchmark->method)) : QPP_LIT(""));
	qpp_emit_text_or_null(e, "eMeasureId", m->measure ? m->measure->emeasure_id : QPP_LIT(""));
	if (p->benchmark)
		qpp_emit_bool(e, "toppedOut", p->benchmark->topped_out);
	else
		qpp_emit_null(e, "toppedOut");
	qpp_emit_bool(e, "isGhost", false);
	qpp_emit_text(e, "submissionMethod", qpp_str_of(qpp_method_name(set->method)));
	qpp_emit_text(e, "programName", set->program);
	put_period(t, set);
	qpp_tree_value(t, "unroundedScoreValue", p->points, QPP_TREE_EXACT);
	qpp_emit_close(e, '}');
}

static void put_measure(struct qpp_tree *t, const struct qpp_measurement_set *set, const struct qpp_measurement *m,
                        const struct qpp_measure_score *x)
{
	struct qpp_emit *e = t->e;
	struct qpp_str points = x->points.points.has ? qpp_dec_text_short(e->b.arena, x->points.points.v, 0, QPP_TREE_PLACES) : QPP_LIT("0");
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "name", m->measure_id);
	qpp_tree_value(t, "value", x->points.points, QPP_TREE_PLACES);
	qpp_emit_text(e, "detail", qpp_str_cat(e->b.arena, "Contributing ", x->picked ? points.p : "0", (char *)NULL));
	qpp_tree_no_instrumentations(t);
	put_metadata(t, set, m, x);
	qpp_emit_close(e, '}');
}

/* The points of a fact of the trace that stands once in a score; undefined when it is not there. */
static qpp_dec fact_value(const struct qpp_tree *t, enum qpp_fact_id id)
{
	const struct qpp_trace *trace = t->scored->trace;
	for (size_t i = 1; trace && i < trace->facts.n; i++)
		if (trace->facts.v[i].id == id)
			return trace->facts.v[i].value;
	return qpp_dec_undefined();
}

static qpp_dec put_lists(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	struct qpp_emit *e = t->e;
	qpp_dec points = qpp_dec_of(0);
	qpp_emit_open(e, "measuresPicked", '[');
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measure_score *x = qpp_tree_line(t, set, &set->measurements[i]);
		if (!x || !x->picked)
			continue;
		qpp_emit_text(e, NULL, x->measure_id);
		if (x->points.points.has)
			points = qpp_dec_add(points, x->points.points.v);
	}
	qpp_emit_close(e, ']');
	qpp_emit_int(e, "measuresSubmittedCount", (int64_t)set->n_measurements);
	qpp_emit_open(e, "measuresSubmitted", '[');
	for (size_t i = 0; i < set->n_measurements; i++)
		qpp_emit_text(e, NULL, set->measurements[i].measure_id);
	qpp_emit_close(e, ']');
	return points;
}

static void put_set_metadata(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	enum { ALL = 100, EACH = 10 };
	struct qpp_emit *e = t->e;
	qpp_dec bonus = fact_value(t, QPP_F_SMALL_BONUS);
	bool small = qpp_dec_ok(bonus) && qpp_dec_sign(bonus) > 0;
	qpp_emit_open(e, "metadata", '{');
	qpp_emit_open(e, "messages", '{');
	if (small)
		qpp_emit_text(e, "smallPracticeBonus", QPP_LIT("Bonus applied to quality submission with 15 or fewer clinicians"));
	qpp_emit_text(e, "picked", QPP_LIT("Measurement set selected for category score."));
	qpp_emit_close(e, '}');
	qpp_emit_int(e, "maxContribution", ALL);
	qpp_dec points = put_lists(t, set);
	qpp_emit_dec(e, "totalDecileScore", points, QPP_TREE_PLACES);
	qpp_emit_int(e, "totalBonusPoints", 0);
	qpp_emit_dec(e, "totalMeasurementPoints", points, QPP_TREE_PLACES);
	qpp_tree_value(t, "denominator", t->category->maximum_points, QPP_TREE_PLACES);
	if (t->category->maximum_points.has)
		qpp_emit_dec(e, "maxMeasurementsAllowed", qpp_dec_div(t->category->maximum_points.v, qpp_dec_of(EACH)), 0);
	qpp_emit_int(e, "e2eBonusScore", 0);
	qpp_emit_bool(e, "mergedWithCahps", false);
	qpp_tree_picked(t, true);
	qpp_emit_bool(e, "dataCompletenessExemption", false);
	qpp_emit_bool(e, "smallPracticeBonusEligible", small);
	qpp_emit_dec(e, "smallPracticeBonus", small ? bonus : qpp_dec_of(0), QPP_TREE_PLACES);
	qpp_emit_dec(e, "unroundedScoreValue", small ? qpp_dec_add(points, bonus) : points, QPP_TREE_EXACT);
	qpp_emit_bool(e, "measurementSetPicked", true);
	qpp_emit_dec(e, "reweightedScore", points, QPP_TREE_PLACES);
	qpp_emit_close(e, '}');
}

static void put_measures(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	qpp_emit_open(t->e, "parts", '[');
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measure_score *x = qpp_tree_line(t, set, &set->measurements[i]);
		if (x)
			put_measure(t, set, &set->measurements[i], x);
	}
	qpp_emit_close(t->e, ']');
}

void qpp_tree_quality(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	put_measures(t, set);
	put_set_metadata(t, set);
}

void qpp_tree_cost(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	put_measures(t, set);
	qpp_emit_open(t->e, "metadata", '{');
	qpp_tree_picked(t, true);
	qpp_emit_close(t->e, '}');
}
