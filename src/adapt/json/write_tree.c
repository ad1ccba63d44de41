/* The scoring tree: total, categories, measurement sets. */
#include "adapt/json/write_tree.h"

#include "adapt/json/write_tree_int.h"

static const enum qpp_category order[] = { QPP_QUALITY, QPP_IA, QPP_PI, QPP_COST };

static const struct {
	const char *capital, *camel;
} words[QPP_CATEGORIES] = {
	[QPP_QUALITY] = { "QUALITY", "Quality" }, [QPP_IA] = { "IA", "IA" }, [QPP_PI] = { "PI", "PI" }, [QPP_COST] = { "COST", "Cost" },
};

static const char disclaimer[] =
    "Disclaimer: Scoring is subject to change, based on periodic policy updates, eligibility reviews, and technical integration developments.";

void qpp_tree_value(struct qpp_tree *t, const char *name, struct qpp_value v, int places)
{
	if (v.has)
		qpp_emit_dec(t->e, name, v.v, places);
	else
		qpp_emit_int(t->e, name, 0);
}

void qpp_tree_picked(struct qpp_tree *t, bool picked)
{
	qpp_emit_text(t->e, "processingStatus", picked ? QPP_LIT("PICKED") : QPP_LIT("NOT_PICKED"));
}

void qpp_tree_no_instrumentations(struct qpp_tree *t)
{
	qpp_emit_open(t->e, "instrumentations", '[');
	qpp_emit_close(t->e, ']');
}

static bool of_category(const struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	struct qpp_str program = set->program.n ? set->program : QPP_LIT("mips");
	return set->category == t->category->category && qpp_str_eq(program, t->score->program);
}

const struct qpp_measure_score *qpp_tree_line(const struct qpp_tree *t, const struct qpp_measurement_set *set,
                                              const struct qpp_measurement *m)
{
	for (size_t i = 0; i < t->category->n_measures; i++) {
		const struct qpp_measure_score *x = &t->category->measures[i];
		bool by_method = t->category->category == QPP_QUALITY || t->category->category == QPP_COST;
		if (qpp_str_eq(x->measure_id, m->measure_id) && (!by_method || x->method == set->method))
			return x;
	}
	return NULL;
}

static void put_set(struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	qpp_emit_open(t->e, NULL, '{');
	qpp_emit_text(t->e, "name", qpp_str_of(qpp_category_name(set->category)));
	qpp_tree_value(t, "value", t->category->percent, QPP_TREE_PLACES);
	qpp_emit_text(t->e, "detail",
	              set->method == QPP_METHOD_NONE ? QPP_LIT("webAttestation") : qpp_str_of(qpp_method_name(set->method)));
	switch (set->category) {
	case QPP_QUALITY:
		qpp_tree_quality(t, set);
		break;
	case QPP_PI:
		qpp_tree_pi(t, set);
		break;
	case QPP_IA:
		qpp_tree_ia(t, set);
		break;
	default:
		qpp_tree_cost(t, set);
	}
	qpp_tree_no_instrumentations(t);
	qpp_emit_close(t->e, '}');
}

static qpp_dec picked_points(const struct qpp_tree *t, const struct qpp_measurement_set *set)
{
	qpp_dec sum = qpp_dec_of(0);
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measure_score *x = qpp_tree_line(t, set, &set->measurements[i]);
		if (x && x->picked && x->points.points.has)
			sum = qpp_dec_add(sum, x->points.points.v);
	}
	return sum;
}

/* The method of the set that brings the most points; of equal ones the first. NULL: there is no set. */
static const char *picked_method(const struct qpp_tree *t)
{
	const struct qpp_measurement_set *best = NULL;
	qpp_dec most = qpp_dec_of(0);
	for (size_t i = 0; i < t->answer->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &t->answer->submission->sets[i];
		if (!of_category(t, set))
			continue;
		qpp_dec points = picked_points(t, set);
		if (best && qpp_dec_cmp(points, most) <= 0)
			continue;
		best = set;
		most = points;
	}
	if (!best)
		return NULL;
	return best->method == QPP_METHOD_NONE ? "webAttestation" : qpp_method_name(best->method);
}

/* What the category is worth by itself, before its weight. */
static void put_original(struct qpp_tree *t)
{
	struct qpp_emit *e = t->e;
	const char *method = picked_method(t);
	qpp_emit_open(e, "original", '{');
	qpp_emit_text(e, "name", qpp_str_of(qpp_category_name(t->category->category)));
	qpp_tree_value(t, "value", t->category->percent, QPP_TREE_PLACES);
	qpp_emit_text(e, "detail", method ? qpp_str_cat(e->b.arena, "Picked the highest scoring measurement set ", method, (char *)NULL)
	                                  : QPP_LIT("No measurement set"));
	qpp_emit_open(e, "parts", '[');
	for (size_t i = 0; i < t->answer->submission->n_sets; i++)
		if (of_category(t, &t->answer->submission->sets[i]))
			put_set(t, &t->answer->submission->sets[i]);
	qpp_emit_close(e, ']');
	qpp_emit_open(e, "metadata", '{');
	qpp_tree_value(t, "unroundedScoreValue", t->category->percent, QPP_TREE_EXACT);
	qpp_emit_close(e, '}');
	qpp_emit_open(e, "warnings", '[');
	qpp_emit_close(e, ']');
	qpp_tree_no_instrumentations(t);
	qpp_emit_close(e, '}');
}

static void put_category(struct qpp_tree *t)
{
	struct qpp_emit *e = t->e;
	struct qpp_arena *a = e->b.arena;
	const struct qpp_category_score *c = t->category;
	struct qpp_str weight = c->weight.has ? qpp_dec_text_short(a, c->weight.v, 0, QPP_TREE_PLACES) : QPP_LIT("0");
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "name", qpp_str_of(qpp_category_name(c->category)));
	qpp_emit_text(e, "title", qpp_str_cat(a, words[c->category].capital, " component of total score", (char *)NULL));
	qpp_emit_text(e, "detail", qpp_str_cat(a, "Scoring based on weight of ", weight.p, "%.", (char *)NULL));
	qpp_tree_value(t, "value", c->contribution, QPP_TREE_PLACES);
	put_original(t);
	qpp_emit_open(e, "metadata", '{');
	qpp_tree_value(t, "maxContribution", c->weight, QPP_TREE_PLACES);
	qpp_tree_value(t, "unroundedScoreValue", c->contribution, QPP_TREE_EXACT);
	if (c->reweighted.n)
		qpp_emit_text(e, "reweighted", c->reweighted);
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
}

static void put_feedback(struct qpp_tree *t)
{
	struct qpp_emit *e = t->e;
	enum { MOST_POINTS = 10 };
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "name", qpp_str_cat(e->b.arena, "feedback-", qpp_category_name(t->category->category), (char *)NULL));
	qpp_emit_open(e, "parts", '[');
	for (size_t i = 0; i < t->category->n_measures; i++) {
		const struct qpp_measure_score *m = &t->category->measures[i];
		if (!m->picked || (m->points.points.has && qpp_dec_cmp(m->points.points.v, qpp_dec_of(MOST_POINTS)) >= 0))
			continue;
		qpp_emit_open(e, NULL, '{');
		qpp_emit_text(e, "name", m->measure_id);
		qpp_emit_text(e, "detail", qpp_str_cat(e->b.arena, "Focus on improving measure ",
		                                       qpp_str_dup(e->b.arena, m->measure_id).p, (char *)NULL));
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
	qpp_emit_close(e, '}');
}

static void put_bonuses(struct qpp_tree *t)
{
	struct qpp_emit *e = t->e;
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "name", QPP_LIT("bonuses"));
	qpp_tree_value(t, "value", t->score->complex_patient_bonus, QPP_TREE_PLACES);
	qpp_emit_open(e, "parts", '[');
	if (t->score->complex_patient_bonus.has && qpp_dec_sign(t->score->complex_patient_bonus.v)) {
		qpp_emit_open(e, NULL, '{');
		qpp_emit_text(e, "name", QPP_LIT("complexPatientBonus"));
		qpp_tree_value(t, "value", t->score->complex_patient_bonus, QPP_TREE_PLACES);
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
	qpp_emit_close(e, '}');
}

static struct qpp_str joined(struct qpp_tree *t, const char *before, const char *category, const char *after)
{
	return qpp_str_cat(t->e->b.arena, before, category, after, (char *)NULL);
}

/* What the engine of 2018 said of things that no year here has: another advancing-care category, the web interface, sets merged. */
static void put_ended(struct qpp_emit *e)
{
	static const char *const never[] = { "hasACIMeasures", "hasScorableACIMeasures", "hasMinimumACIPerformancePeriod", "hasSkippedWIMSet",
		                                 "hasMergedRegistryMSet", "hasIncompleteAPMWISubmission" };
	static const char *const none[] = { "piRollupBase", "piRollupBonus" };
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		qpp_emit_bool(e, never[i], false);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		qpp_emit_int(e, none[i], 0);
}

static void put_counted(struct qpp_tree *t)
{
	const struct qpp_category_score *ia = &t->score->category[QPP_IA];
	int64_t submitted = 0;
	bool medical_home = false;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		submitted += t->score->category[order[i]].submitted;
	for (size_t i = 0; i < ia->n_measures; i++)
		medical_home |= ia->measures[i].picked && qpp_str_is(ia->measures[i].measure_id, "IA_PCMH");
	qpp_emit_int(t->e, "numberOfCategoriesHavingExternalMeasures", submitted);
	qpp_emit_bool(t->e, "givenIACreditPCMH", medical_home);
}

static void put_total_metadata(struct qpp_tree *t)
{
	enum { MOST_TOTAL = 100 };
	struct qpp_emit *e = t->e;
	qpp_emit_open(e, "metadata", '{');
	qpp_emit_open(e, "messages", '{');
	qpp_emit_close(e, '}');
	qpp_emit_int(e, "maxTotalScore", MOST_TOTAL);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const struct qpp_category_score *c = &t->score->category[order[i]];
		const char *camel = words[order[i]].camel, *low = qpp_category_name(order[i]);
		qpp_tree_value(t, joined(t, "maxContribution", camel, "").p, c->weight, QPP_TREE_PLACES);
		qpp_tree_value(t, joined(t, low, "", "CategoryScore").p, c->percent, QPP_TREE_PLACES);
		qpp_tree_value(t, joined(t, low, "", "CategoryScoreUnrounded").p, c->percent, QPP_TREE_EXACT);
		qpp_tree_value(t, joined(t, low, "", "WeightedScore").p, c->contribution, QPP_TREE_PLACES);
		qpp_emit_bool(e, joined(t, low, "", "Reweighted").p, c->reweighted.n > 0);
		qpp_emit_bool(e, joined(t, "has", camel, "Measures").p, c->submitted);
		qpp_emit_bool(e, joined(t, "hasScorable", camel, "Measures").p, c->submitted && c->percent.has);
	}
	t->category = &t->score->category[QPP_PI];
	qpp_tree_pi_total(t);
	put_counted(t);
	put_ended(e);
	qpp_emit_text(e, "pickedProgramName", t->score->program);
	qpp_emit_open(e, "submittedQualityProgramNames", '[');
	for (size_t i = 0; i < t->answer->n_scored; i++)
		qpp_emit_text(e, NULL, t->answer->scored[i].score.program);
	qpp_emit_close(e, ']');
	qpp_tree_value(t, "unroundedScoreValue", t->score->final_exact, QPP_TREE_EXACT);
	if (t->score->final_score.has)
		qpp_emit_dec(e, "finalScore", t->score->final_score.v, 2);
	if (t->score->no_score.n)
		qpp_emit_text(e, "noScore", t->score->no_score);
	if (t->score->adjustment.total.has)
		qpp_emit_dec(e, "paymentAdjustmentPercent", t->score->adjustment.total.v, 2);
	qpp_emit_text(e, "rules", t->answer->rules_hash);
	qpp_emit_close(e, '}');
}

static void put_score(struct qpp_emit *e, const char *name, const struct qpp_answer *x, const struct qpp_scored *scored,
                      const char *version)
{
	struct qpp_tree t = { .e = e, .answer = x, .scored = scored, .score = &scored->score };
	qpp_emit_open(e, name, '{');
	qpp_emit_text(e, "name", QPP_LIT("total"));
	qpp_emit_text(e, "title", QPP_LIT("Total Score"));
	qpp_emit_text(e, "detail", qpp_str_of(version));
	qpp_tree_value(&t, "value", scored->score.final_exact, QPP_TREE_PLACES);
	qpp_emit_open(e, "parts", '[');
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		t.category = &scored->score.category[order[i]];
		if (!t.category->submitted && !(t.category->weight.has && qpp_dec_sign(t.category->weight.v)))
			continue;
		put_category(&t);
		if (order[i] == QPP_QUALITY)
			put_feedback(&t);
	}
	put_bonuses(&t);
	qpp_emit_close(e, ']');
	qpp_tree_no_instrumentations(&t);
	put_total_metadata(&t);
	qpp_emit_open(e, "warnings", '[');
	qpp_emit_text(e, NULL, qpp_str_of(disclaimer));
	qpp_emit_close(e, ']');
	qpp_emit_open(e, "errors", '[');
	qpp_emit_close(e, ']');
	qpp_emit_close(e, '}');
}

void qpp_emit_answer(struct qpp_emit *e, const char *name, const struct qpp_answer *x, const char *version)
{
	for (size_t i = 0; i < x->n_scored; i++)
		if (x->scored[i].counts)
			put_score(e, name, x, &x->scored[i], version);
	if (x->n_scored < 2)
		return;
	qpp_emit_open(e, "scores", '[');
	for (size_t i = 0; i < x->n_scored; i++)
		put_score(e, NULL, x, &x->scored[i], version);
	qpp_emit_close(e, ']');
}
