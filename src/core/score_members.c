/*
 * 414.1317(b)(1): what an APM entity did not submit itself is the mean of its
 * clinicians, each with the better of the group's and the individual's category
 * score. The entity sees how many clinicians were counted.
 */
#include "score_int.h"

static bool has_score(const struct qpp_member *m, enum qpp_category k)
{
	return m->individual[k].given || m->group[k].given;
}

/* R-414.1317(b)(1): nothing at either level counts as 0. */
static struct qpp_num score_of(struct qpp_scoring *s, const struct qpp_member *m, enum qpp_category k)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_number *own = &m->individual[k], *group = &m->group[k];
	if (!has_score(m, k)) {
		struct qpp_num none = qpp_constant(c, QPP_F_MEMBER_BEST, 0);
		qpp_note(c, none, "no score at the group or individual level", (char *)NULL);
		return none;
	}
	struct qpp_num both[2];
	size_t n = 0;
	if (own->given)
		both[n++] = qpp_input(c, QPP_F_MEMBER_INDIVIDUAL, own->v, own->where);
	if (group->given)
		both[n++] = qpp_input(c, QPP_F_MEMBER_GROUP, group->v, group->where);
	return qpp_derive(c, QPP_F_MEMBER_BEST, QPP_OP_GREATEST, both, n);
}

bool qpp_rolled_up(struct qpp_scoring *s, struct qpp_category_score *out, enum qpp_fact_id id, struct qpp_num *percent)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_facts *facts = s->facts;
	enum qpp_category k = out->category;
	if (s->submission->entity != QPP_APM_ENTITY || qpp_counts_as_submission(s, out) || !qpp_param_yes(c, QPP_P_entity_roll_up))
		return false;
	if (!facts->has_members) {
		qpp_missing(c, QPP_MISSING_MEMBERS);
		return false;
	}
	struct qpp_num *scores = QPP_RAW_ARRAY(c->arena, facts->n_members + 1, struct qpp_num);
	size_t n = 0, eligible = 0;
	bool submitted = false;
	c->subject = qpp_str_of(qpp_category_name(k));
	for (size_t i = 0; i < facts->n_members; i++) {
		const struct qpp_member *m = &facts->members[i];
		if (m->not_eligible)
			continue;
		eligible++;
		if (m->excused & 1u << k)
			continue;
		submitted |= has_score(m, k);
		scores[n++] = score_of(s, m, k);
	}
	if (!eligible)
		return false;
	out->scored_by = QPP_LIT("members");
	out->points = out->maximum_points = (struct qpp_value){ 0 };
	out->empty_places = 0;
	out->submitted = out->qualifies = submitted;
	if (!n) {
		percent->v = qpp_dec_undefined();
		out->reweighted = QPP_LIT("membersExcused");
		return true;
	}
	struct qpp_num sum = qpp_derive(c, QPP_F_MEMBER_SUM, QPP_OP_SUM, scores, n);
	struct qpp_num count = qpp_derive(c, QPP_F_MEMBER_COUNT, QPP_OP_COUNT, scores, n);
	*percent = QPP_DERIVE(c, id, QPP_OP_QUOTIENT, sum, count);
	qpp_note(c, *percent, "the mean of the entity's clinicians", (char *)NULL);
	qpp_note_rule(c, *percent, QPP_LIT("414.1317(b)(1)"));
	return true;
}
