/*
 * 414.1380(b)(1): the quality performance category. The picked measures and the
 * claims measures are added up, with the small practice bonus, and set against
 * ten points a measure; improvement comes on top. The filer sees each measure
 * with why it was picked or not.
 */
#include "score_pick.h"

/* The APP names those of its set; traditional MIPS has all of them. */
static bool claims_measure_counts(const struct qpp_scoring *s, const struct qpp_measure *m)
{
	return s->kind != QPP_PROGRAM_APP || qpp_strs_has(m->programs, s->program);
}

/* (b)(1)(i): measures that CMS computes from claims are scored on top, when cases and benchmark allow. */
static size_t add_claims_measures(struct qpp_scoring *s, struct qpp_field *f, struct qpp_num *points, size_t n)
{
	const struct qpp_facts *facts = s->facts;
	if (!facts->has_administrative_claims)
		qpp_missing(&s->c, QPP_MISSING_ADMIN_CLAIMS);
	if (s->mvp)
		return qpp_mvp_population_health(s, f, points, n);
	for (size_t i = 0; i < facts->n_administrative_claims; i++) {
		const struct qpp_claims_measure *given = &facts->administrative_claims[i];
		if (!given->measure || !claims_measure_counts(s, given->measure))
			continue;
		struct qpp_candidate x = { .score = &f->room[f->n_room++] };
		qpp_score_claims_measure(s, given, &x);
		if (x.usable)
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
		numerator = QPP_DERIVE(c, QPP_F_QUALITY_NUMERATOR, QPP_OP_SUM, numerator, in->small_bonus);
	if (qpp_dec_sign(in->organization.v))
		numerator = QPP_DERIVE(c, QPP_F_QUALITY_NUMERATOR, QPP_OP_SUM, numerator, in->organization);
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

/*
 * R-414.1380(b)(1)(vii)(C): a point for each eCQM submitted whole, at most a tenth of the points available.
 */
static struct qpp_num organization(struct qpp_scoring *s, const struct qpp_field *f, struct qpp_num counted)
{
	struct qpp_calc *c = &s->c;
	int64_t n = 0;
	for (size_t i = 0; i < f->n; i++)
		n += f->v[i].organization && (f->v[i].score->picked || qpp_reading(c, QPP_R_complex_organization_counts) ==
		                                                           QPP_R_complex_organization_counts_submitted);
	if (!n)
		return (struct qpp_num){ qpp_dec_of(0), 0 };
	struct qpp_num points = QPP_DERIVE(c, QPP_F_ORGANIZATION_POINTS, QPP_OP_PRODUCT, qpp_constant(c, QPP_F_ORGANIZATION_COUNT, n),
	                                   qpp_param(c, QPP_P_complex_organization_points));
	struct qpp_num available = QPP_DERIVE(c, QPP_F_QUALITY_DENOMINATOR, QPP_OP_PRODUCT, counted,
	                                      qpp_param(c, QPP_P_measure_points_most));
	struct qpp_num most = QPP_DERIVE(c, QPP_F_ORGANIZATION_MOST, QPP_OP_PERCENT_OF, available,
	                                 qpp_param(c, QPP_P_complex_organization_most_percent));
	return QPP_DERIVE(c, QPP_F_ORGANIZATION, QPP_OP_LEAST, points, most);
}

/* (b)(1)(vii)(B): a survey that could not be scored takes ten points off when fewer others than required came. */
static size_t survey_relief(const struct qpp_scoring *s, const struct qpp_field *f)
{
	const struct qpp_table_row *row = s->plan->required[s->kind];
	int64_t usual, others = 0;
	if (!f->survey_unscored || !row || !qpp_dec_i64(row->cells[QPP_C_measures_required_count].number, &usual))
		return 0;
	for (size_t i = 0; i < f->n; i++) {
		bool again = false;
		for (size_t j = 0; j < i; j++)
			again |= f->v[j].score->measure == f->v[i].score->measure;
		others += !again;
	}
	return others < usual;
}

/* The required measures of traditional MIPS and MVPs: `places` numbers, and whether all of them were reported. */
struct required {
	struct qpp_num *points;
	size_t n;
	struct qpp_num counted;
	bool full_participation;
};

static bool pick_required(struct qpp_scoring *s, struct qpp_field *f, size_t more, struct required *r, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	bool outcome_needed;
	int64_t places;
	qpp_field_best_collection_type(f);
	r->counted = qpp_required_measures(s, f, qpp_field_suppressed(f) + survey_relief(s, f), &outcome_needed);
	if (c->code != QPP_OK || !qpp_dec_i64(r->counted.v, &places))
		return false;
	r->points = QPP_RAW_ARRAY(c->arena, (size_t)places + more + 1, struct qpp_num);
	r->n = qpp_field_pick(s, f, (size_t)places, outcome_needed, r->points, out);
	r->full_participation = qpp_full_participation(s, f, (size_t)places, outcome_needed);
	return true;
}

static bool pick_app(struct qpp_scoring *s, struct qpp_field *f, size_t more, struct required *r, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	if (!qpp_app_places(s))
		(void)qpp_row_needed(c, QPP_T_app_measures, QPP_KEYS({ QPP_C_app_measures_program, s->program }));
	r->points = QPP_RAW_ARRAY(c->arena, qpp_app_places(s) + more + 1, struct qpp_num);
	r->n = qpp_app_pick(s, f, r->points, out, &r->full_participation);
	c->subject = QPP_LIT("quality");
	r->counted = qpp_constant(c, QPP_F_REQUIRED_MEASURES, (int64_t)r->n);
	qpp_note(c, r->counted, "measures of the pathway, without those that cannot be scored", (char *)NULL);
	return c->code == QPP_OK;
}

struct qpp_num qpp_score_quality(struct qpp_scoring *s, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_num none = { qpp_dec_undefined(), 0 };
	size_t chosen = s->mvp ? s->facts->registration.n_outcome_claims : 0;
	size_t most = qpp_field_most(s) + chosen, claims = s->facts->n_administrative_claims;
	struct qpp_field f = { .v = QPP_NEW_ARRAY(c->arena, most, struct qpp_candidate),
		                   .room = QPP_RAW_ARRAY(c->arena, most + claims, struct qpp_measure_score) };
	struct required r = { 0 };
	qpp_field_collect(s, &f);
	/* What is no measure of the program is a submission, and not one that qualifies; it earns no bonus. */
	bool of_program = f.n > 0 || f.survey_unscored;
	out->submitted = f.n_room > 0 || f.survey_came;
	out->qualifies = of_program;
	out->by_claims = qpp_all_by_claims(s);
	if (s->mvp)
		qpp_mvp_outcome_claims(s, &f);
	if (!(s->kind == QPP_PROGRAM_APP ? pick_app : pick_required)(s, &f, claims, &r, out))
		return none;
	size_t total = add_claims_measures(s, &f, r.points, r.n);
	out->measures = f.room;
	out->n_measures = f.n_room;
	if (total == 0)
		return none;

	c->subject = QPP_LIT("quality");
	struct qpp_quality_sum sum = { .points = r.points, .n = total, .counted = r.counted, .small_bonus = small_bonus(s, of_program) };
	if (total > r.n)
		sum.counted = QPP_DERIVE(c, QPP_F_COUNTED_MEASURES, QPP_OP_SUM, r.counted,
		                         qpp_constant(c, QPP_F_COUNTED_MEASURES, (int64_t)(total - r.n)));
	sum.organization = organization(s, &f, sum.counted);
	if (of_program)
		sum.has_improvement = qpp_quality_improved(s, r.full_participation, achievement(s, &sum), &sum.improvement);
	return qpp_quality_percent(s, &sum, out);
}
