/*
 * 414.1380(b)(3): the improvement activities performance category. Each activity
 * answered yes brings the points of its weight; a medical home has the whole
 * score, an APM participant at least half of it.
 */
#include "score_int.h"

/* Small, rural, shortage area or non-patient-facing: a fact that shows only the status that decided. */
static struct qpp_num special_status(struct qpp_scoring *s)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_facts *f = s->facts;
	uint32_t statuses = f->statuses & (QPP_RURAL | QPP_HPSA | QPP_NON_PATIENT_FACING);
	bool small = f->small_practice == QPP_YES, yes = small || statuses;
	if (!yes && f->small_practice == QPP_UNKNOWN)
		qpp_missing(c, QPP_MISSING_SMALL_PRACTICE);
	if (!yes && !f->has_statuses)
		qpp_missing(c, QPP_MISSING_STATUSES);
	struct qpp_num x = qpp_constant(c, QPP_F_IA_SPECIAL, yes);
	qpp_note(c, x, small                                ? "small practice"
	               : statuses & QPP_RURAL               ? "rural"
	               : statuses & QPP_HPSA                ? "health professional shortage area"
	               : statuses & QPP_NON_PATIENT_FACING  ? "non-patient-facing"
	                                                    : "none of the statuses is known to hold", (char *)NULL);
	return x;
}

/* R-414.1380(b)(3), R-414.1365(d)(3)(iii): points by weight, program and special status. */
static struct qpp_num activity_points(struct qpp_scoring *s, const struct qpp_measurement *m, bool special)
{
	struct qpp_calc *c = &s->c;
	c->subject = qpp_subject(c, "ia", m->measure_id, NULL);
	const char *weight = qpp_ia_weight_word(m->measure->ia_weight);
	const struct qpp_table_row *row = s->plan->activity[s->kind][m->measure->ia_weight][special];
	if (!row)
		row = qpp_row_needed(c, QPP_T_ia_activity_points,
		                     QPP_KEYS({ QPP_C_ia_activity_points_program, qpp_kind_word(s) },
		                              { QPP_C_ia_activity_points_weight, qpp_str_of(weight) }));
	struct qpp_num points = QPP_DERIVE(c, QPP_F_IA_ACTIVITY_POINTS, QPP_OP_SAME,
	                                   qpp_cell_num(c, QPP_T_ia_activity_points, row, QPP_C_ia_activity_points_points));
	const char *said = m->measure->ia_weight == QPP_IA_UNWEIGHTED ? "activities carry no weights this year" : weight;
	qpp_note(c, points, said, m->measure->ia_weight == QPP_IA_UNWEIGHTED ? "" : " weight", special ? ", counted twice for the special status" : "", (char *)NULL);
	return points;
}

static bool seen_before(const struct qpp_category_score *out, const struct qpp_measure *m)
{
	for (size_t i = 0; i < out->n_measures; i++)
		if (out->measures[i].measure == m)
			return true;
	return false;
}

static size_t activities_submitted(const struct qpp_scoring *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->submission->n_sets; i++)
		if (qpp_set_counts(s, &s->submission->sets[i], QPP_IA))
			n += s->submission->sets[i].n_measurements;
	return n;
}

struct activities {
	struct qpp_num *points;
	size_t n;
	bool medical_home;
	struct qpp_where medical_home_where;
	struct qpp_num special;
	bool asked_special;
};

static void add_activity(struct qpp_scoring *s, const struct qpp_measurement *m, struct activities *a,
                         struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_measure_score *x = &out->measures[out->n_measures];
	if (seen_before(out, m->measure))
		return;
	*x = (struct qpp_measure_score){ .measure_id = m->measure_id, .measure = m->measure, .where = m->where };
	out->n_measures++;
	if (!m->yes) {
		x->status = QPP_LIT("answered no: it earns nothing");
		return;
	}
	if (qpp_str_is(m->measure_id, "IA_PCMH")) {
		a->medical_home = true;
		a->medical_home_where = m->where;
		x->picked = true;
		x->status = QPP_LIT("patient-centered medical home: the whole category score");
		return;
	}
	if (s->mvp && !qpp_strs_has(s->mvp->ia, m->measure_id)) {
		x->status = QPP_LIT("not an activity of this MVP");
		return;
	}
	if (!a->asked_special) {
		c->subject = QPP_LIT("ia");
		a->special = special_status(s);
		a->asked_special = true;
	}
	a->points[a->n] = activity_points(s, m, qpp_num_yes(a->special));
	x->points.points = qpp_value_of(a->points[a->n++]);
	x->picked = true;
	x->status = QPP_LIT("performed");
}

/* Asking who is in an APM is only worth it below what participation brings. */
static bool apm_matters(struct qpp_calc *c, struct qpp_num share)
{
	struct qpp_num half = qpp_param(c, QPP_P_ia_apm_percent);
	return c->code == QPP_OK && qpp_dec_cmp(share.v, half.v) < 0;
}

static bool excused_by_circumstances(const struct qpp_facts *f)
{
	for (size_t i = 0; i < f->n_reweight; i++)
		if (f->reweight[i].reason == QPP_EUC || f->reweight[i].reason == QPP_AUTOMATIC_EUC)
			return true;
	return false;
}

/*
 * (b)(3)(i): APM participants have at least half, once they attested an activity
 * or submitted quality and promoting interoperability; (c)(2)(iv): not under
 * extreme and uncontrollable circumstances.
 */
static bool apm_credit(struct qpp_scoring *s, bool attested)
{
	bool conditional = qpp_reading(&s->c, QPP_R_apm_activity_credit) == QPP_R_apm_activity_credit_conditional;
	bool submitted = attested || (conditional ? s->filed[QPP_QUALITY] && s->filed[QPP_PI]
	                                          : s->filed[QPP_QUALITY] || s->filed[QPP_PI]);
	return submitted && !(conditional && excused_by_circumstances(s->facts)) &&
	       qpp_known_yes(&s->c, QPP_MISSING_APM, s->facts->apm_participant);
}

/*
 * R-414.1360(a): an activity is performed for at least 90 continuous days; a set
 * without dates is taken as long enough.
 */
static bool long_enough(struct qpp_scoring *s, const struct qpp_measurement_set *set)
{
	struct qpp_calc *c = &s->c;
	int64_t least;
	if (!set->has_start || !set->has_end || !qpp_dec_i64(qpp_param(c, QPP_P_ia_period_days).v, &least) ||
	    qpp_day_count(set->start, set->end) >= least)
		return true;
	struct qpp_finding *f = qpp_remark(s, QPP_WARNING, "iaPeriodTooShort", set->where,
	                                   QPP_LIT("the performance period is too short; its activities earn nothing"));
	f->value = qpp_i64_text(c->arena, qpp_day_count(set->start, set->end));
	f->expected = qpp_str_cat(c->arena, "at least ", qpp_i64_text(c->arena, least).p, " days, both ends counted", (char *)NULL);
	f->cite = QPP_LIT("414.1360(a)");
	return false;
}

struct qpp_num qpp_ia_percent(struct qpp_scoring *s, const struct qpp_num *points, size_t n, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	c->subject = QPP_LIT("ia");
	struct qpp_num needed = qpp_param(c, QPP_P_ia_points_needed);
	struct qpp_num sum = n ? qpp_derive(c, QPP_F_IA_SUM, QPP_OP_SUM, points, n) : qpp_constant(c, QPP_F_IA_SUM, 0);
	struct qpp_num earned = QPP_DERIVE(c, QPP_F_IA_POINTS, QPP_OP_LEAST, sum, needed);
	out->points = qpp_value_of(earned);
	out->maximum_points = qpp_value_of(needed);
	return QPP_DERIVE(c, QPP_F_IA_SHARE, QPP_OP_PERCENT, earned, needed);
}

struct qpp_num qpp_score_ia(struct qpp_scoring *s, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	size_t most = activities_submitted(s);
	struct activities a = { .points = QPP_RAW_ARRAY(c->arena, most + 1, struct qpp_num) };
	out->measures = QPP_RAW_ARRAY(c->arena, most + 1, struct qpp_measure_score);
	for (size_t i = 0; i < s->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &s->submission->sets[i];
		if (!qpp_set_counts(s, set, QPP_IA))
			continue;
		bool counts = long_enough(s, set);
		for (size_t j = 0; j < set->n_measurements; j++) {
			const struct qpp_measurement *m = &set->measurements[j];
			if (!m->measure || m->measure->category != QPP_IA)
				continue;
			out->submitted = true;
			out->qualifies |= m->yes;
			if (counts)
				add_activity(s, m, &a, out);
		}
	}
	struct qpp_num share = qpp_ia_percent(s, a.points, a.n, out);
	c->subject = QPP_LIT("ia");
	/* R-414.1367(c)(3) */
	if (s->kind == QPP_PROGRAM_APP) {
		struct qpp_num whole = QPP_DERIVE(c, QPP_F_IA_PERCENT, QPP_OP_SAME, qpp_param(c, QPP_P_ia_app_percent));
		qpp_note(c, whole, "whoever reports the APP has the whole score", (char *)NULL);
		qpp_note_rule(c, whole, QPP_LIT("414.1367(c)(3)"));
		out->points = out->maximum_points;
		return whole;
	}
	if (a.medical_home) {
		struct qpp_num whole = QPP_DERIVE(c, QPP_F_IA_PERCENT, QPP_OP_SAME, qpp_param(c, QPP_P_ia_medical_home_percent));
		qpp_note(c, whole, "patient-centered medical home or comparable specialty practice", (char *)NULL);
		qpp_note_rule(c, whole, QPP_LIT("414.1380(b)(3)(ii)"));
		out->points = out->maximum_points;
		return whole;
	}
	if (apm_matters(c, share) && apm_credit(s, a.n > 0 || a.medical_home)) {
		struct qpp_num half = QPP_DERIVE(c, QPP_F_IA_PERCENT, QPP_OP_GREATEST, share, qpp_param(c, QPP_P_ia_apm_percent));
		qpp_note(c, half, "participants of an APM have at least this", (char *)NULL);
		qpp_note_rule(c, half, QPP_LIT("414.1380(b)(3)(i)"));
		return half;
	}
	return QPP_DERIVE(c, QPP_F_IA_PERCENT, QPP_OP_SAME, share);
}
