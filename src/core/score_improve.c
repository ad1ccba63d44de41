/*
 * Improvement scoring, 414.1380(b)(1)(vi) for quality and (b)(2)(iv) for cost:
 * percentage points for a better score than the year before, never below zero
 * nor above the category's limit.
 */
#include "score_pick.h"

struct improvement_facts {
	enum qpp_fact_id gain, share, points, least, result;
	enum qpp_rule_param factor, most;
};

/* (now - base) / base, times the factor, within its limits. */
static struct qpp_num improvement(struct qpp_calc *c, const struct improvement_facts *f, struct qpp_num now,
                                  struct qpp_num base)
{
	struct qpp_num gain = QPP_DERIVE(c, f->gain, QPP_OP_DIFFERENCE, now, base);
	struct qpp_num share = QPP_DERIVE(c, f->share, QPP_OP_QUOTIENT, gain, base);
	struct qpp_num points = QPP_DERIVE(c, f->points, QPP_OP_PRODUCT, share, qpp_param(c, f->factor));
	struct qpp_num least = QPP_DERIVE(c, f->least, QPP_OP_GREATEST, points, qpp_constant(c, f->least, 0));
	return QPP_DERIVE(c, f->result, QPP_OP_LEAST, least, qpp_param(c, f->most));
}

/* R-414.1380(b)(1)(vi): a low prior score counts as the floor. */
struct qpp_num qpp_quality_improvement(struct qpp_scoring *s, struct qpp_num achievement, struct qpp_num prior,
                                       bool prior_score_low)
{
	static const struct improvement_facts facts = {
		QPP_F_QUALITY_GAIN, QPP_F_QUALITY_GAIN_SHARE, QPP_F_QUALITY_GAIN_POINTS, QPP_F_QUALITY_GAIN_LEAST,
		QPP_F_QUALITY_IMPROVEMENT, QPP_P_improvement_factor, QPP_P_quality_improvement_most,
	};
	struct qpp_calc *c = &s->c;
	struct qpp_num base = prior_score_low ? qpp_param(c, QPP_P_improvement_floor_pct) : prior;
	base = QPP_DERIVE(c, QPP_F_IMPROVEMENT_BASE, QPP_OP_SAME, base);
	if (prior_score_low)
		qpp_note(c, base, "the prior quality score is at most this: it counts as this", (char *)NULL);
	return improvement(c, &facts, achievement, base);
}

/* R-414.1380(b)(2)(iv) */
struct qpp_num qpp_cost_improvement(struct qpp_scoring *s, struct qpp_num achievement, struct qpp_num prior)
{
	static const struct improvement_facts facts = {
		QPP_F_COST_GAIN, QPP_F_COST_GAIN_SHARE, QPP_F_COST_GAIN_POINTS, QPP_F_COST_GAIN_LEAST,
		QPP_F_COST_IMPROVEMENT, QPP_P_cost_improvement_factor, QPP_P_cost_improvement_most,
	};
	struct qpp_num points = improvement(&s->c, &facts, achievement, prior);
	if (qpp_reading(&s->c, QPP_R_cost_improvement_basis) == QPP_R_cost_improvement_basis_achievement)
		return points;
	return improvement(&s->c, &facts, QPP_DERIVE(&s->c, QPP_F_COST_UNCAPPED, QPP_OP_SUM, achievement, points), prior);
}

/* (b)(1)(vi)(C): a comparable score of the year before, and none scored facility-based. */
static bool comparable_prior(struct qpp_scoring *s)
{
	const struct qpp_facts *facts = s->facts;
	if (!facts->has_prior) {
		qpp_missing(&s->c, QPP_MISSING_PRIOR);
		return false;
	}
	return (facts->prior_quality_score_pct.given || facts->prior_quality_achievement_pct.given) &&
	       facts->prior_same_identifier == QPP_YES && facts->prior_facility_based != QPP_YES;
}

/* Reported completely; what the year suppressed counts as if it were. */
static bool takes_part(const struct qpp_candidate *x)
{
	return x->suppressed || (x->complete && !x->score->points.excluded);
}

/* The same measure by a collection type that comes before. */
static bool counted_before(const struct qpp_field *f, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (f->v[j].score->measure == f->v[i].score->measure && takes_part(&f->v[j]))
			return true;
	return false;
}

/*
 * R-414.1380(b)(1)(vi): as many measures, by whichever collection type, as were
 * required before suppressed ones were taken off, with the outcome or
 * high-priority one.
 */
bool qpp_full_participation(const struct qpp_scoring *s, const struct qpp_field *f, size_t places, bool outcome_needed)
{
	size_t part = 0, required = places + qpp_field_suppressed(f);
	bool demanded = !outcome_needed;
	for (size_t i = 0; i < f->n; i++) {
		const struct qpp_candidate *x = &f->v[i];
		if (!takes_part(x))
			continue;
		part += !counted_before(f, i);
		demanded |= qpp_is_outcome(s, x->score->measure) || x->score->measure->high_priority;
	}
	return part >= required && demanded;
}

bool qpp_quality_improved(struct qpp_scoring *s, bool full_participation, struct qpp_num achievement,
                          struct qpp_num *improvement_pct)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_facts *facts = s->facts;
	if (!comparable_prior(s) || !full_participation)
		return false;
	struct qpp_number prior = facts->prior_quality_achievement_pct.given ? facts->prior_quality_achievement_pct
	                                                                       : facts->prior_quality_score_pct;
	/* The test is on the prior category score; the achievement percent stands in where only it is known. */
	bool by_score = qpp_reading(c, QPP_R_prior_floor_test) == QPP_R_prior_floor_test_score;
	struct qpp_number tested = by_score && facts->prior_quality_score_pct.given ? facts->prior_quality_score_pct : prior;
	struct qpp_num floor = qpp_param(c, QPP_P_improvement_floor_pct);
	bool low = c->code == QPP_OK && (qpp_dec_cmp(tested.v, floor.v) <= 0 || qpp_dec_sign(prior.v) == 0);
	*improvement_pct =
	    qpp_quality_improvement(s, achievement, qpp_input(c, QPP_F_PRIOR_ACHIEVEMENT, prior.v, prior.where), low);
	return true;
}
