/*
 * 414.1365: what MVPs do otherwise with measures that the agency computes from
 * claims. One of outcomes, chosen at registration, is among the four; one of the
 * health of a population counts beside them. The participant sees which was taken.
 */
#include "score_pick.h"

static const struct qpp_claims_measure *result_of(const struct qpp_facts *f, struct qpp_str id)
{
	for (size_t i = 0; i < f->n_administrative_claims; i++)
		if (qpp_str_eq(f->administrative_claims[i].measure_id, id))
			return &f->administrative_claims[i];
	return NULL;
}

void qpp_score_claims_measure(struct qpp_scoring *s, const struct qpp_claims_measure *given, struct qpp_candidate *x)
{
	struct qpp_measurement m = {
		.measure_id = given->measure_id, .measure = given->measure, .kind = QPP_VALUE_SCORE,
		.score = { true, given->score, given->where }, .case_count = given->case_count, .where = given->where,
		.value_where = given->where,
	};
	qpp_field_score(s, QPP_ADMIN_CLAIMS, &m, x);
}

/* (d)(3)(i): without a result, cases or a benchmark it stays, with no points. */
static void stays(struct qpp_scoring *s, struct qpp_candidate *x)
{
	s->c.subject = qpp_subject(&s->c, "quality", x->score->measure_id, qpp_method_name(QPP_ADMIN_CLAIMS));
	x->points = qpp_constant(&s->c, QPP_F_MEASURE_POINTS, 0);
	qpp_note(&s->c, x->points, "chosen at registration, and it cannot be scored: it stays with no points", (char *)NULL);
	x->score->points = (struct qpp_points){ .points = qpp_value_of(x->points) };
	x->usable = x->complete = true;
}

void qpp_mvp_outcome_claims(struct qpp_scoring *s, struct qpp_field *f)
{
	const struct qpp_registration *r = &s->facts->registration;
	for (size_t i = 0; i < r->n_outcome_claims; i++) {
		struct qpp_str id = r->outcome_claims[i];
		const struct qpp_measure *m = qpp_catalog_measure(s->c.catalog, id);
		if (!m || !qpp_strs_has(s->mvp->administrative_claims, id))
			continue;
		const struct qpp_claims_measure *given = result_of(s->facts, id);
		struct qpp_candidate *x = qpp_field_add(f);
		if (given && given->measure) {
			qpp_score_claims_measure(s, given, x);
		} else {
			*x->score = (struct qpp_measure_score){ .measure_id = m->id, .measure = m, .method = QPP_ADMIN_CLAIMS, .where = r->where };
		}
		if (!x->usable)
			stays(s, x);
	}
	if (!r->given && s->mvp->administrative_claims.n)
		qpp_missing(&s->c, QPP_MISSING_REGISTRATION);
}

/* R-414.1365(c)(4): the one that was chosen, where the year asks for a choice and it is told. */
static bool may_count(struct qpp_scoring *s, struct qpp_str id)
{
	struct qpp_str chosen = s->facts->registration.population_health;
	if (!qpp_strs_has(s->mvp->foundation_quality, id))
		return false;
	if (!qpp_param_yes(&s->c, QPP_P_population_health_chosen))
		return true;
	if (!chosen.n)
		qpp_missing(&s->c, QPP_MISSING_REGISTRATION);
	return !chosen.n || qpp_str_eq(chosen, id);
}

size_t qpp_mvp_population_health(struct qpp_scoring *s, struct qpp_field *f, struct qpp_num *points, size_t n)
{
	const struct qpp_facts *facts = s->facts;
	struct qpp_candidate best = { 0 };
	for (size_t i = 0; i < facts->n_administrative_claims; i++) {
		const struct qpp_claims_measure *given = &facts->administrative_claims[i];
		if (!given->measure || !may_count(s, given->measure_id))
			continue;
		struct qpp_candidate x = { .score = &f->room[f->n_room++] };
		qpp_score_claims_measure(s, given, &x);
		if (!x.usable)
			continue;
		if (best.score && !qpp_better(&x, &best)) {
			x.score->status = QPP_LIT("another population health measure earned at least as much");
			continue;
		}
		if (best.score)
			best.score->status = QPP_LIT("another population health measure earned at least as much");
		best = x;
	}
	if (best.score)
		points[n++] = qpp_pick_one(&best, "the population health measure of the MVP, beside the required ones");
	return n;
}

/* Measures of the MVP that can come by claims. */
static size_t claims_measures(const struct qpp_scoring *s, bool *outcome)
{
	size_t n = 0;
	for (size_t i = 0; i < s->mvp->quality.n; i++) {
		const struct qpp_measure *m = qpp_catalog_measure(s->c.catalog, s->mvp->quality.v[i]);
		if (!m || !(m->methods >> QPP_CLAIMS & 1))
			continue;
		n++;
		*outcome |= m->high_priority || qpp_is_outcome(s, m);
	}
	return n;
}

bool qpp_mvp_fewer_by_claims(struct qpp_scoring *s, struct qpp_num *required, bool *outcome_needed)
{
	struct qpp_calc *c = &s->c;
	bool outcome = false;
	int64_t enough;
	if (!s->mvp || !qpp_all_by_claims(s) || !qpp_dec_i64(qpp_param(c, QPP_P_mvp_claims_measures_enough).v, &enough))
		return false;
	size_t n = claims_measures(s, &outcome);
	if (!n || (int64_t)n >= enough || !qpp_known_yes(c, QPP_MISSING_SMALL_PRACTICE, s->facts->small_practice))
		return false;
	*required = qpp_constant(c, QPP_F_REQUIRED_MEASURES, (int64_t)n);
	qpp_note(c, *required, "a small practice that reports by claims: the MVP has no more such measures", (char *)NULL);
	qpp_note_rule(c, *required, QPP_LIT("414.1365(c)(1)(ii)"));
	*outcome_needed &= outcome;
	return true;
}
