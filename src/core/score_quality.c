/*
 * 414.1380(b)(1): the quality performance category. Every submitted measure gets
 * its points, the required ones are picked (the outcome or high-priority place
 * first), claims measures are added, and the sum is set against ten points a
 * measure. The filer sees each measure with why it was picked or not.
 */
#include "score_int.h"

struct candidate {
	struct qpp_measure_score *score;
	struct qpp_num points;
	bool usable;              /* not passed over for another collection type, not excluded */
};

struct field {
	struct candidate *v;
	size_t n;
	size_t suppressed;
};

static bool is_outcome(const struct qpp_scoring *s, const struct qpp_measure *m)
{
	return s->plan->outcome[qpp_place(s->plan, m)];
}

/* A measure that the year keeps for MVPs only earns nothing under traditional MIPS. */
static bool of_program(const struct qpp_scoring *s, const struct qpp_measure *m)
{
	if (s->mvp)
		return qpp_strs_has(s->mvp->quality, m->id);
	return !m->programs.n || qpp_strs_has(m->programs, s->program);
}

static void leave_out(struct candidate *x, const char *why)
{
	x->usable = false;
	x->score->points.excluded = true;
	x->score->points.excluded_why = x->score->status = qpp_str_of(why);
}

static void score_measurement(struct qpp_scoring *s, enum qpp_method method, const struct qpp_measurement *m,
                              struct candidate *out)
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
		.benchmark = qpp_catalog_benchmark(c->catalog, m->measure_id, method),
	};
	*x = (struct qpp_measure_score){ .measure_id = m->measure_id, .measure = m->measure, .method = method, .where = m->where };
	if (r.has_rate)
		x->rate = qpp_value_of(r.rate);
	if (in.has_cases)
		x->cases = qpp_value_of(r.cases);
	if (in.has_completeness)
		x->completeness = qpp_value_of(r.completeness);
	qpp_points_of(s, &in, &x->points, &out->points);
	out->usable = !x->points.excluded;
	if (x->points.excluded)
		x->status = QPP_LIT("left out of numerator and denominator");
	if (m->measure->suppressed & 1u << method)
		leave_out(out, "suppressed for the year in this collection type: left out, and one measure fewer is required");
	if (!of_program(s, m->measure) && method != QPP_ADMIN_CLAIMS)
		leave_out(out, "not a measure of this program: it earns nothing");
}

static size_t submitted_measures(const struct qpp_scoring *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->submission->n_sets; i++)
		if (qpp_set_counts(s, &s->submission->sets[i], QPP_QUALITY))
			n += s->submission->sets[i].n_measurements;
	return n;
}

static void collect(struct qpp_scoring *s, struct field *f, struct qpp_measure_score *room)
{
	for (size_t i = 0; i < s->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &s->submission->sets[i];
		if (!qpp_set_counts(s, set, QPP_QUALITY))
			continue;
		for (size_t j = 0; j < set->n_measurements; j++) {
			const struct qpp_measurement *m = &set->measurements[j];
			if (!m->measure || m->measure->category != QPP_QUALITY)
				continue;
			struct candidate *x = &f->v[f->n];
			x->score = &room[f->n++];
			score_measurement(s, set->method, m, x);
			f->suppressed += (m->measure->suppressed & 1u << set->method) != 0 && of_program(s, m->measure);
		}
	}
}

/* More points first; then by id, so that the order of a file never decides. */
static bool better(const struct candidate *a, const struct candidate *b)
{
	int cmp = qpp_dec_cmp(a->points.v, b->points.v);
	if (cmp)
		return cmp > 0;
	cmp = qpp_str_cmp(a->score->measure_id, b->score->measure_id);
	return cmp ? cmp < 0 : a->score->method < b->score->method;
}

/* 414.1380(b)(1)(i): of the same measure through several collection types the best counts. */
static void keep_best_collection_type(struct field *f)
{
	for (size_t i = 0; i < f->n; i++)
		for (size_t j = 0; j < f->n; j++) {
			struct candidate *a = &f->v[i], *b = &f->v[j];
			if (i == j || !a->usable || !b->usable || !qpp_str_eq(a->score->measure_id, b->score->measure_id))
				continue;
			struct candidate *worse = better(a, b) ? b : a;
			worse->usable = false;
			worse->score->status = QPP_LIT("another collection type of the same measure earned at least as much");
		}
}

enum wanted { ANY_MEASURE, OUTCOME_MEASURE, HIGH_PRIORITY_MEASURE };

static struct candidate *best(struct qpp_scoring *s, struct field *f, enum wanted wanted)
{
	struct candidate *found = NULL;
	for (size_t i = 0; i < f->n; i++) {
		struct candidate *x = &f->v[i];
		if (!x->usable || x->score->picked)
			continue;
		if (wanted == OUTCOME_MEASURE && !is_outcome(s, x->score->measure))
			continue;
		if (wanted == HIGH_PRIORITY_MEASURE && !x->score->measure->high_priority)
			continue;
		if (!found || better(x, found))
			found = x;
	}
	return found;
}

static struct qpp_num pick(struct candidate *x, const char *status)
{
	x->score->picked = true;
	x->score->status = qpp_str_of(status);
	return x->points;
}

static struct qpp_num empty_place(struct qpp_scoring *s, const char *why)
{
	s->c.subject = QPP_LIT("quality");
	struct qpp_num none = qpp_constant(&s->c, QPP_F_SLOT_POINTS, 0);
	qpp_note(&s->c, none, why, (char *)NULL);
	return none;
}

/* The place of the required outcome measure, else another high-priority measure; else it stays empty. */
static struct qpp_num required_place(struct qpp_scoring *s, struct field *f)
{
	struct candidate *x = best(s, f, OUTCOME_MEASURE);
	if (x)
		return pick(x, "fills the place of the required outcome measure");
	x = best(s, f, HIGH_PRIORITY_MEASURE);
	if (x)
		return pick(x, "fills the place of the required outcome measure as another high-priority measure");
	return empty_place(s, "no outcome measure and no other high-priority measure was reported: the place of the required "
	                      "measure earns 0 of 10 points");
}

static size_t pick_places(struct qpp_scoring *s, struct field *f, size_t places, bool outcome_needed, struct qpp_num *points,
                          struct qpp_category_score *out)
{
	size_t n = 0;
	if (places && outcome_needed)
		points[n++] = required_place(s, f);
	while (n < places) {
		struct candidate *x = best(s, f, ANY_MEASURE);
		if (x)
			points[n++] = pick(x, "among the measures with the most points");
		else
			points[n++] = empty_place(s, "a required measure was not reported: 0 of 10 points");
	}
	out->empty_places = (int)places;
	for (size_t i = 0; i < f->n; i++) {
		out->empty_places -= f->v[i].score->picked;
		if (f->v[i].usable && !f->v[i].score->picked)
			f->v[i].score->status = QPP_LIT("not picked: other measures earned at least as much");
	}
	return n;
}

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
		struct candidate x = { .score = &room[(*n_room)++] };
		score_measurement(s, QPP_ADMIN_CLAIMS, &m, &x);
		if (!x.usable)
			continue;
		points[n++] = pick(&x, "computed by CMS from claims and added to the required measures");
	}
	return n;
}

static struct qpp_num small_bonus(struct qpp_scoring *s, bool submitted)
{
	struct qpp_num none = { qpp_dec_of(0), 0 };
	if (!submitted || !qpp_known_yes(&s->c, QPP_MISSING_SMALL_PRACTICE, s->facts->small_practice))
		return none;
	return QPP_DERIVE(&s->c, QPP_F_SMALL_BONUS, QPP_OP_SAME, qpp_param(&s->c, QPP_P_small_practice_bonus_points));
}

struct qpp_num qpp_quality_improvement(struct qpp_scoring *s, struct qpp_num achievement, struct qpp_num prior,
                                       bool prior_score_low)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num floor = qpp_param(c, QPP_P_improvement_floor_pct), base;
	if (prior_score_low) {
		base = QPP_DERIVE(c, QPP_F_IMPROVEMENT_BASE, QPP_OP_SAME, floor);
		qpp_note(c, base, "the prior quality score is at most this: it counts as this", (char *)NULL);
	} else {
		base = QPP_DERIVE(c, QPP_F_IMPROVEMENT_BASE, QPP_OP_SAME, prior);
	}
	struct qpp_num gain = QPP_DERIVE(c, QPP_F_QUALITY_GAIN, QPP_OP_DIFFERENCE, achievement, base);
	struct qpp_num share = QPP_DERIVE(c, QPP_F_QUALITY_GAIN_SHARE, QPP_OP_QUOTIENT, gain, base);
	struct qpp_num points = QPP_DERIVE(c, QPP_F_QUALITY_GAIN_POINTS, QPP_OP_PRODUCT, share, qpp_param(c, QPP_P_improvement_factor));
	struct qpp_num least = QPP_DERIVE(c, QPP_F_QUALITY_GAIN_LEAST, QPP_OP_GREATEST, points,
	                                  qpp_constant(c, QPP_F_QUALITY_GAIN_LEAST, 0));
	return QPP_DERIVE(c, QPP_F_QUALITY_IMPROVEMENT, QPP_OP_LEAST, least, qpp_param(c, QPP_P_quality_improvement_most));
}

/* (b)(1)(vi)(B): full participation this year and a comparable score of the year before. */
static bool improvement_applies(struct qpp_scoring *s, const struct field *f, size_t places)
{
	const struct qpp_facts *facts = s->facts;
	if (!facts->has_prior) {
		qpp_missing(&s->c, QPP_MISSING_PRIOR);
		return false;
	}
	if (!facts->prior_quality_score_pct.given && !facts->prior_quality_achievement_pct.given)
		return false;
	if (facts->prior_same_identifier != QPP_YES || facts->prior_facility_based == QPP_YES)
		return false;
	size_t complete = 0;
	for (size_t i = 0; i < f->n; i++)
		complete += f->v[i].usable && !qpp_str_is(f->v[i].score->points.measure_class, "incomplete");
	return complete >= places;
}

static struct qpp_num improvement_of(struct qpp_scoring *s, struct qpp_num achievement)
{
	const struct qpp_facts *facts = s->facts;
	struct qpp_number prior = facts->prior_quality_achievement_pct.given ? facts->prior_quality_achievement_pct
	                                                                       : facts->prior_quality_score_pct;
	/* The test is on the prior category score; the achievement percent stands in where only it is known. */
	struct qpp_number tested = facts->prior_quality_score_pct.given ? facts->prior_quality_score_pct : prior;
	struct qpp_num floor = qpp_param(&s->c, QPP_P_improvement_floor_pct);
	bool low = s->c.code == QPP_OK && qpp_dec_cmp(tested.v, floor.v) <= 0;
	return qpp_quality_improvement(s, achievement, qpp_input(&s->c, QPP_F_PRIOR_ACHIEVEMENT, prior.v, prior.where), low);
}

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

struct qpp_num qpp_score_quality(struct qpp_scoring *s, struct qpp_category_score *out)
{
	struct qpp_calc *c = &s->c;
	size_t most = submitted_measures(s), n_room = 0;
	struct field f = { .v = QPP_NEW_ARRAY(c->arena, most + 1, struct candidate) };
	struct qpp_measure_score *room =
	    QPP_NEW_ARRAY(c->arena, most + s->facts->n_administrative_claims + 1, struct qpp_measure_score);
	collect(s, &f, room);
	n_room = f.n;
	out->submitted = f.n > 0;
	for (size_t i = 0; i < f.n; i++)
		out->qualifies |= f.v[i].score->rate.has;
	keep_best_collection_type(&f);

	bool outcome_needed;
	struct qpp_num required = qpp_required_measures(s, f.suppressed, &outcome_needed);
	int64_t places;
	if (c->code != QPP_OK || !qpp_dec_i64(required.v, &places))
		return required;
	struct qpp_num *points = QPP_NEW_ARRAY(c->arena, (size_t)places + s->facts->n_administrative_claims + 1, struct qpp_num);
	size_t n = pick_places(s, &f, (size_t)places, outcome_needed, points, out);
	size_t total = add_claims_measures(s, room, &n_room, points, n);
	out->measures = room;
	out->n_measures = n_room;

	c->subject = QPP_LIT("quality");
	struct qpp_quality_sum sum = { .points = points, .n = total, .counted = required, .small_bonus = small_bonus(s, out->submitted) };
	if (total > n)
		sum.counted = QPP_DERIVE(c, QPP_F_COUNTED_MEASURES, QPP_OP_SUM, required,
		                         qpp_constant(c, QPP_F_COUNTED_MEASURES, (int64_t)(total - n)));
	if (total == 0)
		return (struct qpp_num){ qpp_dec_undefined(), 0 };
	if (out->submitted && improvement_applies(s, &f, (size_t)places)) {
		struct qpp_num all = qpp_derive(c, QPP_F_SUM_OF_POINTS, QPP_OP_SUM, points, total);
		struct qpp_num available = QPP_DERIVE(c, QPP_F_QUALITY_DENOMINATOR, QPP_OP_PRODUCT, sum.counted,
		                                      qpp_param(c, QPP_P_measure_points_most));
		sum.improvement = improvement_of(s, QPP_DERIVE(c, QPP_F_QUALITY_ACHIEVEMENT, QPP_OP_PERCENT, all, available));
		sum.has_improvement = true;
	}
	return qpp_quality_percent(s, &sum, out);
}
