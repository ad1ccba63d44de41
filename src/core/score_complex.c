/*
 * 414.1380(c)(3): the complex patient bonus. One gate, two components: base
 * points and the standardized risk indicator times its factor, for the medical
 * and the social risk of the patients. Standardizing needs the national mean,
 * standard deviation and median, which are published nowhere we know: they are
 * named inputs, and without them there is no bonus.
 */
#include "score_int.h"

/* One of the two indicators with everything that is known of it. */
struct indicator {
	const char *name, *says;
	struct qpp_number z, raw;
	const struct qpp_distribution *national;
	enum qpp_tri at_median;
};

static struct qpp_num no_bonus(struct qpp_scoring *s, const char *why)
{
	struct qpp_num none = qpp_constant(&s->c, QPP_F_CPB, 0);
	qpp_note(&s->c, none, why, (char *)NULL);
	return none;
}

static struct indicator medical(const struct qpp_facts *f)
{
	return (struct indicator){ "hccRiskScore", "medical: risk scores of the patients", f->medical_z, f->hcc_risk_score,
		                       &f->hcc_distribution, f->medical_at_or_above_median };
}

static struct indicator social(const struct qpp_facts *f)
{
	return (struct indicator){ "dualEligibleRatio", "social: share of dually eligible patients", f->social_z,
		                       f->dual_eligible_ratio, &f->dual_distribution, f->social_at_or_above_median };
}

static bool standardizable(const struct indicator *x)
{
	return x->raw.given && x->national->mean.given && x->national->standard_deviation.given &&
	       qpp_dec_sign(x->national->standard_deviation.v) > 0;
}

static bool has_value(const struct indicator *x)
{
	return x->z.given || standardizable(x);
}

/* Raw indicators came, and not what standardizes them: said by name. */
static void ask_distribution(struct qpp_scoring *s, const struct indicator *x)
{
	if (x->z.given || !x->raw.given || standardizable(x))
		return;
	qpp_missing(&s->c, QPP_MISSING_COMPLEX);
	struct qpp_finding *f = qpp_remark(s, QPP_WARNING, "distributionMissing", x->raw.where,
	                                   QPP_LIT("the indicator cannot be standardized: there is no complex patient bonus for it"));
	f->subject = qpp_str_of(x->name);
	f->expected = qpp_str_cat(s->c.arena, "distributions.", x->name, " with mean, standardDeviation and median", (char *)NULL);
	f->hint = QPP_LIT("the agency publishes these figures for each year; give them in the facts");
	f->cite = QPP_LIT("414.1380(c)(3)");
}

/* (c)(3)(v): known from the facts, or from the indicator and the national median. */
static enum qpp_tri at_or_above_median(const struct indicator *x)
{
	if (x->at_median != QPP_UNKNOWN || !x->raw.given || !x->national->median.given)
		return x->at_median;
	return qpp_dec_cmp(x->raw.v, x->national->median.v) >= 0 ? QPP_YES : QPP_NO;
}

static struct qpp_num standardized(struct qpp_scoring *s, const struct indicator *x)
{
	struct qpp_calc *c = &s->c;
	if (x->z.given)
		return qpp_input(c, QPP_F_CPB_RISK, x->z.v, x->z.where);
	struct qpp_num raw = qpp_input(c, QPP_F_CPB_RAW, x->raw.v, x->raw.where);
	struct qpp_num mean = qpp_input(c, QPP_F_CPB_NATIONAL, x->national->mean.v, x->national->mean.where);
	struct qpp_num deviation = qpp_input(c, QPP_F_CPB_NATIONAL, x->national->standard_deviation.v,
	                                     x->national->standard_deviation.where);
	struct qpp_num distance = QPP_DERIVE(c, QPP_F_CPB_DISTANCE, QPP_OP_DIFFERENCE, raw, mean);
	return QPP_DERIVE(c, QPP_F_CPB_RISK, QPP_OP_QUOTIENT, distance, deviation);
}

/* (c)(3)(vi): base points and the standardized indicator times its factor. */
static struct qpp_num component(struct qpp_scoring *s, const struct indicator *x)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num scaled = QPP_DERIVE(c, QPP_F_CPB_SLOPE, QPP_OP_PRODUCT, standardized(s, x), qpp_param(c, QPP_P_complex_factor));
	struct qpp_num points = QPP_DERIVE(c, QPP_F_CPB_COMPONENT, QPP_OP_SUM, qpp_param(c, QPP_P_complex_base_points), scaled);
	qpp_note(c, points, x->says, (char *)NULL);
	return points;
}

/* The components that count: both, or those at or above their median (reading complex_component_gate). */
static size_t components(struct qpp_scoring *s, const struct indicator *x, struct qpp_num *part)
{
	bool each = qpp_reading(&s->c, QPP_R_complex_component_gate) == QPP_R_complex_component_gate_each;
	size_t n = 0;
	for (int k = 0; k < 2; k++) {
		if (!has_value(&x[k]))
			qpp_missing(&s->c, QPP_MISSING_COMPLEX);
		else if (!each || at_or_above_median(&x[k]) == QPP_YES)
			part[n++] = component(s, &x[k]);
	}
	return n;
}

/* R-414.1380(c)(3): one gate, then the components, from 0 to the limit. */
struct qpp_num qpp_complex_patient_bonus(struct qpp_scoring *s, bool submitted)
{
	struct qpp_calc *c = &s->c;
	const struct indicator x[2] = { medical(s->facts), social(s->facts) };
	struct qpp_num part[2];
	c->subject = QPP_LIT("complexPatientBonus");
	if (!submitted)
		return no_bonus(s, "no data were submitted in any category");
	ask_distribution(s, &x[0]);
	ask_distribution(s, &x[1]);
	if (!has_value(&x[0]) && !has_value(&x[1])) {
		qpp_missing(c, QPP_MISSING_COMPLEX);
		return no_bonus(s, "the standardized risk indicators are not known");
	}
	enum qpp_tri medical_gate = at_or_above_median(&x[0]), social_gate = at_or_above_median(&x[1]);
	if (medical_gate == QPP_UNKNOWN || social_gate == QPP_UNKNOWN)
		qpp_missing(c, QPP_MISSING_COMPLEX);
	if (medical_gate != QPP_YES && social_gate != QPP_YES)
		return no_bonus(s, "neither risk indicator is known to be at or above its median");
	size_t n = components(s, x, part);
	if (!n)
		return no_bonus(s, "the indicator that opens the bonus has no value");
	struct qpp_num sum = qpp_derive(c, QPP_F_CPB_SUM, QPP_OP_SUM, part, n);
	struct qpp_num least = QPP_DERIVE(c, QPP_F_CPB_LEAST, QPP_OP_GREATEST, sum, qpp_constant(c, QPP_F_CPB_LEAST, 0));
	return QPP_DERIVE(c, QPP_F_CPB, QPP_OP_LEAST, least, qpp_param(c, QPP_P_complex_most));
}
