/*
 * 414.1380(b)(1)(i): every submitted quality measure gets its points, also one
 * that is left out in the end; the CAHPS survey is one measure made of its
 * summary measures. The filer sees each with the reason.
 */
#include "score_pick.h"

/* A measure that the year keeps for MVPs only earns nothing under traditional MIPS. */
static bool of_program(struct qpp_scoring *s, const struct qpp_measure *m)
{
	if (s->mvp)
		return qpp_strs_has(s->mvp->quality, m->id);
	if (s->kind == QPP_PROGRAM_APP && !qpp_app_asks(s, m))
		return false;
	return !m->programs.n || qpp_strs_has(m->programs, s->program);
}

static void leave_out(struct qpp_candidate *x, const char *why)
{
	x->usable = false;
	x->score->points.excluded = true;
	x->score->points.excluded_why = x->score->status = qpp_str_of(why);
}

static void after_points(struct qpp_scoring *s, enum qpp_method method, struct qpp_candidate *x)
{
	const struct qpp_measure *m = x->score->measure;
	x->usable = !x->score->points.excluded;
	if (!x->usable)
		x->score->status = QPP_LIT("left out of numerator and denominator");
	x->complete = !qpp_str_is(x->score->points.measure_class, "incomplete");
	if (!of_program(s, m) && method != QPP_ADMIN_CLAIMS) {
		leave_out(x, "not a measure of this program: it earns nothing");
		x->complete = false;
		x->foreign = true;
	} else if (m->suppressed & 1u << method) {
		x->suppressed = true;
		leave_out(x, "suppressed for the year in this collection type: left out, and one measure fewer is required");
	}
}

/* (b)(1)(vii)(C): levels that the adjustment is for, in years that have it. */
static bool complex_organization(struct qpp_scoring *s)
{
	enum qpp_entity e = s->submission->entity;
	return (e == QPP_VIRTUAL_GROUP || e == QPP_APM_ENTITY) &&
	       qpp_dec_sign(qpp_param(&s->c, QPP_P_complex_organization_points).v) > 0;
}

void qpp_field_score(struct qpp_scoring *s, enum qpp_method method, const struct qpp_measurement *m,
                     struct qpp_candidate *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_rates r;
	struct qpp_measure_score *x = out->score;
	c->subject = qpp_subject(c, "quality", m->measure_id, qpp_method_name(method));
	qpp_rates_of(s, m, &r);
	struct qpp_points_in in = {
		.measure = m->measure, .method = method, .has_rate = r.has_rate, .rate = r.rate, .cases = r.cases,
		.completeness = r.completeness, .has_cases = qpp_dec_ok(r.cases.v),
		.has_completeness = qpp_dec_ok(r.completeness.v), .small_practice = s->facts->small_practice,
		.benchmark = s->plan->benchmark[qpp_place(s->plan, m->measure)][method],
	};
	*x = (struct qpp_measure_score){ .measure_id = m->measure_id, .measure = m->measure, .method = method, .where = m->where };
	if (r.has_rate)
		x->rate = qpp_value_of(r.rate);
	if (in.has_cases)
		x->cases = qpp_value_of(r.cases);
	if (in.has_completeness)
		x->completeness = qpp_value_of(r.completeness);
	qpp_points_of(s, &in, &x->points, &out->points);
	out->empty = in.has_cases && qpp_dec_sign(r.cases.v) == 0;
	after_points(s, method, out);
	out->organization = method == QPP_EHR && out->complete && !out->foreign && !out->suppressed &&
	                    complex_organization(s) && qpp_enough_cases(s, &in);
}

size_t qpp_field_most(const struct qpp_scoring *s)
{
	size_t n = 1;
	for (size_t i = 0; i < s->submission->n_sets; i++)
		if (qpp_set_counts(s, &s->submission->sets[i], QPP_QUALITY))
			n += s->submission->sets[i].n_measurements;
	return n;
}

bool qpp_all_by_claims(const struct qpp_scoring *s)
{
	bool some = false;
	for (size_t i = 0; i < s->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &s->submission->sets[i];
		if (!qpp_set_counts(s, set, QPP_QUALITY) || !set->n_measurements)
			continue;
		if (set->method != QPP_CLAIMS)
			return false;
		some = true;
	}
	return some;
}

struct qpp_candidate *qpp_field_add(struct qpp_field *f)
{
	struct qpp_candidate *x = &f->v[f->n++];
	x->score = &f->room[f->n_room++];
	return x;
}

/* A summary measure of the survey: exact points on its benchmark, not below the floor; false when it is not scored. */
static bool summary_points(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_num *points)
{
	struct qpp_calc *c = &s->c;
	struct qpp_points ignored = { 0 };
	const struct qpp_benchmark *b = s->plan->benchmark[qpp_place(s->plan, m->measure)][QPP_SURVEY_VENDOR];
	if (!b || m->masked || !m->score.given)
		return false;
	c->subject = qpp_subject(c, "quality", m->measure_id, qpp_method_name(QPP_SURVEY_VENDOR));
	struct qpp_num score = qpp_input(c, QPP_F_RATE, m->score.v, m->score.where);
	struct qpp_num raw = qpp_benchmark_points(s, b, score, &ignored);
	*points = QPP_DERIVE(c, QPP_F_FLOORED_POINTS, QPP_OP_GREATEST, raw, qpp_param(c, QPP_P_measure_floor_points));
	return c->code == QPP_OK;
}

/* What is no measure of the program is shown, and takes no part in anything else. */
static void drop_foreign(struct qpp_field *f)
{
	if (f->v[f->n - 1].foreign)
		f->v[--f->n] = (struct qpp_candidate){ 0 };
}

/* CAHPS for MIPS counts as one measure: the mean of its summary measures that can be scored. */
static void score_survey(struct qpp_scoring *s, const struct qpp_measurement_set *set, struct qpp_field *f)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num *parts = QPP_NEW_ARRAY(c->arena, set->n_measurements + 1, struct qpp_num);
	size_t n = 0, came = 0;
	for (size_t i = 0; i < set->n_measurements; i++) {
		const struct qpp_measurement *m = &set->measurements[i];
		if (!m->measure || m->measure->metric != QPP_METRIC_CAHPS)
			continue;
		came++;
		n += summary_points(s, m, &parts[n]);
	}
	const struct qpp_measure *survey = qpp_catalog_measure(c->catalog, QPP_LIT("321"));
	if (!came || !survey)
		return;
	f->survey_came = true;
	if (!n) {
		f->survey_unscored |= of_program(s, survey);
		return;
	}
	struct qpp_candidate *x = qpp_field_add(f);
	*x->score = (struct qpp_measure_score){ .measure_id = survey->id, .measure = survey, .method = QPP_SURVEY_VENDOR,
		                                    .where = set->where };
	c->subject = qpp_subject(c, "quality", survey->id, qpp_method_name(QPP_SURVEY_VENDOR));
	struct qpp_num sum = qpp_derive(c, QPP_F_SURVEY_SUM, QPP_OP_SUM, parts, n);
	struct qpp_num count = qpp_derive(c, QPP_F_SURVEY_COUNT, QPP_OP_COUNT, parts, n);
	struct qpp_num mean = QPP_DERIVE(c, QPP_F_RAW_POINTS, QPP_OP_QUOTIENT, sum, count);
	x->points = QPP_DERIVE(c, QPP_F_MEASURE_POINTS, QPP_OP_ROUND, mean, qpp_param(c, QPP_P_measure_points_decimals));
	qpp_note(c, x->points, "the mean of the summary survey measures that have a benchmark", (char *)NULL);
	x->score->points.points = x->score->points.raw = qpp_value_of(x->points);
	after_points(s, QPP_SURVEY_VENDOR, x);
	drop_foreign(f);
}

/* eCQMs come from certified technology, whose identifier the year may ask for. */
static void ask_cehrt(struct qpp_scoring *s, const struct qpp_measurement_set *set)
{
	if (set->method != QPP_EHR || set->cehrt_id.n || !qpp_param_yes(&s->c, QPP_P_ecqm_cehrt_id))
		return;
	struct qpp_finding *f = qpp_remark(s, QPP_WARNING, "cehrtIdMissingQuality", set->where,
	                                   QPP_LIT("the eCQMs come without the identifier of the certified technology"));
	f->expected = QPP_LIT("cehrtId in the measurement set");
	f->hint = QPP_LIT("the agency's interface refuses such a set; it is scored here");
	f->cite = QPP_LIT("414.1335(a)");
}

void qpp_field_collect(struct qpp_scoring *s, struct qpp_field *f)
{
	for (size_t i = 0; i < s->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &s->submission->sets[i];
		if (!qpp_set_counts(s, set, QPP_QUALITY))
			continue;
		ask_cehrt(s, set);
		for (size_t j = 0; j < set->n_measurements; j++) {
			const struct qpp_measurement *m = &set->measurements[j];
			if (!m->measure || m->measure->category != QPP_QUALITY || m->measure->metric == QPP_METRIC_CAHPS)
				continue;
			qpp_field_score(s, set->method, m, qpp_field_add(f));
			drop_foreign(f);
		}
		if (set->method == QPP_SURVEY_VENDOR)
			score_survey(s, set, f);
	}
}
