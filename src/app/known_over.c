/*
 * Facts over facts: each member that the upper one tells holds, the others stay.
 * Grounds for reweighting are added to those that there are, since a decision
 * about one category says nothing of another.
 */
#include "app/known.h"

static const struct qpp_reweight *grounds(struct qpp_arena *a, const struct qpp_facts *below, const struct qpp_facts *above, size_t *n)
{
	struct qpp_reweight *v = QPP_NEW_ARRAY(a, below->n_reweight + above->n_reweight + 1, struct qpp_reweight);
	*n = 0;
	for (size_t i = 0; i < below->n_reweight; i++) {
		bool again = false;
		for (size_t k = 0; k < above->n_reweight; k++)
			again |= above->reweight[k].category == below->reweight[i].category;
		if (!again)
			v[(*n)++] = below->reweight[i];
	}
	for (size_t k = 0; k < above->n_reweight; k++)
		v[(*n)++] = above->reweight[k];
	return v;
}

static void tri(enum qpp_tri *to, enum qpp_tri from)
{
	if (from != QPP_UNKNOWN)
		*to = from;
}

static void number(struct qpp_number *to, const struct qpp_number *from)
{
	if (from->given)
		*to = *from;
}

static void distribution(struct qpp_distribution *to, const struct qpp_distribution *from)
{
	number(&to->mean, &from->mean);
	number(&to->standard_deviation, &from->standard_deviation);
	number(&to->median, &from->median);
}

static void complex_patients(struct qpp_facts *x, const struct qpp_facts *above)
{
	x->has_complex_patient |= above->has_complex_patient;
	number(&x->hcc_risk_score, &above->hcc_risk_score);
	number(&x->dual_eligible_ratio, &above->dual_eligible_ratio);
	number(&x->medical_z, &above->medical_z);
	number(&x->social_z, &above->social_z);
	tri(&x->medical_at_or_above_median, above->medical_at_or_above_median);
	tri(&x->social_at_or_above_median, above->social_at_or_above_median);
	distribution(&x->hcc_distribution, &above->hcc_distribution);
	distribution(&x->dual_distribution, &above->dual_distribution);
}

static void prior(struct qpp_facts *x, const struct qpp_facts *above)
{
	x->has_prior |= above->has_prior;
	number(&x->prior_quality_score_pct, &above->prior_quality_score_pct);
	number(&x->prior_quality_achievement_pct, &above->prior_quality_achievement_pct);
	number(&x->prior_cost_pct, &above->prior_cost_pct);
	tri(&x->prior_same_identifier, above->prior_same_identifier);
	tri(&x->prior_facility_based, above->prior_facility_based);
}

/* Lists of results are of one piece: a list that is told holds whole. */
static void lists(struct qpp_facts *x, const struct qpp_facts *above)
{
	if (above->has_administrative_claims) {
		x->has_administrative_claims = true;
		x->administrative_claims = above->administrative_claims;
		x->n_administrative_claims = above->n_administrative_claims;
	}
	if (above->has_cost) {
		x->has_cost = true;
		x->cost = above->cost;
		x->n_cost = above->n_cost;
	}
	if (above->has_other_scores) {
		x->has_other_scores = true;
		x->other_scores = above->other_scores;
		x->n_other_scores = above->n_other_scores;
	}
	if (above->has_members) {
		x->has_members = true;
		x->members = above->members;
		x->n_members = above->n_members;
	}
}

struct qpp_facts *qpp_facts_over(struct qpp_arena *a, const struct qpp_facts *below, const struct qpp_facts *above)
{
	struct qpp_facts *x = QPP_NEW(a, struct qpp_facts);
	*x = *below;
	tri(&x->small_practice, above->small_practice);
	tri(&x->apm_participant, above->apm_participant);
	tri(&x->virtual_group_member, above->virtual_group_member);
	if (above->has_statuses) {
		x->has_statuses = true;
		x->statuses = above->statuses;
	}
	if (above->has_types) {
		x->has_types = true;
		x->types = above->types;
	}
	if (above->has_reweight) {
		x->has_reweight = true;
		/* An empty list says that there is no ground at all. */
		x->reweight = above->n_reweight ? grounds(a, below, above, &x->n_reweight) : NULL;
		if (!above->n_reweight)
			x->n_reweight = 0;
	}
	lists(x, above);
	complex_patients(x, above);
	prior(x, above);
	if (above->registration.given)
		x->registration = above->registration;
	number(&x->facility.percentile, &above->facility.percentile);
	if (above->facility.n_rows) {
		x->facility.rows = above->facility.rows;
		x->facility.n_rows = above->facility.n_rows;
	}
	if (above->location.given)
		x->location = above->location;
	return x;
}
