/*
 * 414.1380(b)(1): the quality performance category. The picked measures and the
 * claims measures are added up, with the small practice bonus, and set against
 * ten points a measure; improvement comes on top. The filer sees each measure
 * with why it was picked or not.
 */
#include "score_pick.h"

static bool claims_measure_counts(const struct qpp_scoring *s, struct qpp_str id)
{
	return !s->mvp || qpp_strs_has(s->mvp->foundation_quality, id) || qpp_strs_has(s->mvp->administrative_claims, id);
}

/* (b)(1)(i): measures that CMS computes from claims are scored on top, when cases and benchmark allow. */
static size_t add_claims_measures(struct qpp_scoring *s, struct qpp_measure_score *room, size_t *n_room,
                                  struct qpp_num *points, size_t n)
{
	const struct qpp_facts *facts = s->facts;
	if (!facts->has_administrative_claims)
		qpp_missing(&s->c, QPP_MISSING_ADMIN_CLAIMS);
	for (size_t i = 0; i < facts->n_administrative_claims; i++) {
		const struct qpp_claims_measure *given = &facts->administrative_claims[i];
		if (!given->measure || !claims_measure_counts(s, given->measure_id))
			continue;
		struct qpp_measurement m = {
			.measure_id = given->measure_id, .measure = given->measure, .kind = QPP_VALUE_SCORE,
			.score = { true, given->score, given->where }, .case_count = given->case_count, .where = given->where,
			.value_where = given->where,
		};
		struct qpp_candidate x = { .score = &room[(*n_room)++] };
		qpp_field_score(s, QPP_ADMIN_CLAIMS, &m, &x);
		if (!x.usable)
			continue;
		points[n++] = qpp_pick_one(&x, "computed by CMS from claims and added to the required measures");
	}
	return n;
}

/* R-414.1380(b)(1)(v): for any small practice that submitted quality measures. */
static struct qpp_num small_bonus(struct qpp_scoring *s, bool submitted)
{
	struct qpp_num none = { qpp_dec_of(0), 0 };
	if (!submitted || !qpp_known_yes(&s->c, QPP_MISSING_SMALL_PRACTICE, s->facts->small_practice))
		return none;
	return QPP_DERIVE(&s->c, QPP_F_SMALL_BONUS, QPP_OP_SAME, qpp_param(&s->c, QPP_P_small_practice_bonus_points));
}

/* R-414.1380(b)(1)(vii): points and bonus over the points available, and improvement. */
struct qpp_num qpp_quality_percent(struct qpp_scoring *s, const struct qpp_quality_sum *in,
                                   struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	c->subject = QPP_LIT("quality");
	struct qpp_num each = qpp_param(c, QPP_P_measure_points_most);
	struct qpp_num sum = qpp_derive(c, QPP_F_SUM_OF_POINTS, QPP_OP_SUM, in->points, in->n);
	struct qpp_num denominator = QPP_DERIVE(c, QPP_F_QUALITY_DENOMINATOR, QPP_OP_PRODUCT, in->counted, each);
	struct qpp_num numerator = sum;
	if (qpp_dec_sign(in->small_bonus.v))
		numerator = QPP_DERIVE(c, QPP_F_QUALITY_NUMERATOR, QPP_OP_SUM, sum, in->small_bonus);
	out->points = qpp_value_of(sum);
	out->maximum_points = qpp_value_of(denominator);
	struct qpp_num share = QPP_DERIVE(c, QPP_F_QUALITY_SHARE, QPP_OP_PERCENT, numerator, denominator);
	if (in->has_improvement)
		share = QPP_DERIVE(c, QPP_F_QUALITY_UNCAPPED, QPP_OP_SUM, share, in->improvement);
	return QPP_DERIVE(c, QPP_F_QUALITY_PERCENT, QPP_OP_LEAST, share, qpp_param(c, QPP_P_category_percent_most));
}

/* The achievement percent score: points alone, without bonus; improvement compares it with the year before. */
static struct qpp_num achievement(struct qpp_scoring *s, const struct qpp_quality_sum *sum)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num all = qpp_derive(c, QPP_F_SUM_OF_POINTS, QPP_OP_SUM, sum->points, sum->n);
	struct qpp_num available = QPP_DERIVE(c, QPP_F_QUALITY_DENOMINATOR, QPP_OP_PRODUCT, sum->counted,
	                                      qpp_param(c, QPP_P_measure_points_most));
	return QPP_DERIVE(c, QPP_F_QUALITY_ACHIEVEMENT, QPP_OP_PERCENT, all, available);
}

/* (b)(1)(vii)(B): a survey that could not be scored takes ten points off when at most five other measures came. */
static size_t survey_relief(const struct qpp_field *f)
{
	enum { OTHER_MEASURES = 5 };
	return f->survey_unscored && f->n <= OTHER_MEASURES;
}

struct qpp_num qpp_score_quality(struct qpp_scoring *s, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_num none = { qpp_dec_undefined(), 0 };
	size_t most = qpp_field_most(s), claims = s->facts->n_administrative_claims;
	struct qpp_field f = { .v = QPP_NEW_ARRAY(c->arena, most, struct qpp_candidate) };
	struct qpp_measure_score *room = QPP_RAW_ARRAY(c->arena, most + claims, struct qpp_measure_score);
	qpp_field_collect(s, &f, room);
	qpp_field_best_collection_type(&f);
	out->submitted = out->qualifies = f.n > 0 || f.survey_unscored;

	bool outcome_needed;
	int64_t places;
	struct qpp_num required = qpp_required_measures(s, &f, qpp_field_suppressed(&f) + survey_relief(&f), &outcome_needed);
	if (c->code != QPP_OK || !qpp_dec_i64(required.v, &places))
		return none;
	struct qpp_num *points = QPP_RAW_ARRAY(c->arena, (size_t)places + claims + 1, struct qpp_num);
	size_t n = qpp_field_pick(s, &f, (size_t)places, outcome_needed, points, out), n_room = f.n;
	size_t total = add_claims_measures(s, room, &n_room, points, n);
	out->measures = room;
	out->n_measures = n_room;
	if (total == 0)
		return none;

	c->subject = QPP_LIT("quality");
	struct qpp_quality_sum sum = { .points = points, .n = total, .counted = required, .small_bonus = small_bonus(s, out->submitted) };
	if (total > n)
		sum.counted = QPP_DERIVE(c, QPP_F_COUNTED_MEASURES, QPP_OP_SUM, required,
		                         qpp_constant(c, QPP_F_COUNTED_MEASURES, (int64_t)(total - n)));
	if (out->submitted)
		sum.has_improvement = qpp_quality_improved(s, &f, (size_t)places, outcome_needed, achievement(s, &sum), &sum.improvement);
	return qpp_quality_percent(s, &sum, out);
}
