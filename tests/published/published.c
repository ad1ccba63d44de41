/* Rows, figures and small submissions of the published tests; see published.h. */
#include "published.h"

#include "qpp/buf.h"

enum { MOST_POINTS = 32 };

static int rows, differing;

static struct qpp_arena *arena(void)
{
	return world()->arena;
}

qpp_dec figure(const char *text)
{
	qpp_dec v;
	if (!text || !*text)
		return qpp_dec_undefined();
	if (!qpp_dec_parse(qpp_str_of(text), &v))
		world_bail_out("not a figure", text);
	return v;
}

struct qpp_number given(const char *text)
{
	return (struct qpp_number){ .given = text && *text, .v = figure(text) };
}

void row(const char *id, const char *source, const char *expected, qpp_dec tolerance, qpp_dec got)
{
	rows++;
	qpp_dec off = qpp_dec_sub(got, figure(expected));
	if (qpp_dec_sign(off) < 0)
		off = qpp_dec_neg(off);
	if (qpp_dec_ok(off) && qpp_dec_ok(tolerance) && qpp_dec_cmp(off, tolerance) <= 0)
		return;
	differing++;
	struct qpp_str shown = qpp_dec_ok(got) ? qpp_dec_text_short(arena(), got, 2, 9) : QPP_LIT("nothing");
	print_error("%s: expected %s, got %.*s (%s)\n", id, expected, QPP_ARG(shown), source);
}

void row_text(const char *id, const char *source, const char *expected, const char *got)
{
	rows++;
	if (qpp_str_is(qpp_str_of(expected), got))
		return;
	differing++;
	print_error("%s: expected %s, got %s (%s)\n", id, expected, got, source);
}

void row_true(const char *id, const char *source, const char *what, bool holds)
{
	rows++;
	if (holds)
		return;
	differing++;
	print_error("%s: it does not hold that %s (%s)\n", id, what, source);
}

void every_row_holds(void)
{
	int looked_at = rows, differed = differing;
	rows = differing = 0;
	assert_int_not_equal(looked_at, 0);
	assert_int_equal(differed, 0);
}

qpp_dec half_of_last_place(const char *printed)
{
	int places = 0;
	for (const char *p = printed; *p; p++)
		places = *p == '.' ? 1 : places ? places + 1 : 0;
	return qpp_dec_scaled(5, places ? places : 1);
}

static const struct qpp_measure *measure_of(int py, const char *id)
{
	const struct qpp_catalog *catalog = world_catalog(py);
	const struct qpp_measure *m = catalog ? qpp_catalog_measure(catalog, qpp_str_of(id)) : NULL;
	if (!m)
		world_bail_out("the catalog of the year has no measure", id);
	return m;
}

struct qpp_measurement_set set_of(int py, enum qpp_category category, enum qpp_method method,
                                  const struct reported *v, size_t n)
{
	struct qpp_measurement_set set = { .category = category, .method = method, .n_measurements = n };
	set.measurements = QPP_NEW_ARRAY(arena(), n, struct qpp_measurement);
	for (size_t i = 0; i < n; i++) {
		struct qpp_measurement *m = &set.measurements[i];
		m->measure_id = qpp_str_of(v[i].id);
		m->measure = measure_of(py, v[i].id);
		m->kind = v[i].denominator ? QPP_VALUE_PROPORTION : QPP_VALUE_BOOLEAN;
		m->yes = v[i].numerator != 0;
		m->numerator = (struct qpp_number){ .given = v[i].denominator != 0, .v = qpp_dec_of(v[i].numerator) };
		m->denominator = (struct qpp_number){ .given = v[i].denominator != 0, .v = qpp_dec_of(v[i].denominator) };
	}
	return set;
}

struct qpp_measurement_set quality_set(int py, const struct counted *v, size_t n)
{
	struct qpp_measurement_set set = { .category = QPP_QUALITY, .method = QPP_REGISTRY, .n_measurements = n };
	set.measurements = QPP_NEW_ARRAY(arena(), n, struct qpp_measurement);
	for (size_t i = 0; i < n; i++) {
		struct qpp_rate_counts *counts = QPP_NEW(arena(), struct qpp_rate_counts);
		struct qpp_measurement *m = &set.measurements[i];
		m->measure_id = qpp_str_of(v[i].id);
		m->measure = measure_of(py, v[i].id);
		bool several = m->measure->algorithm == QPP_OVERALL_STRATUM_ONLY;
		*counts = (struct qpp_rate_counts){ .met = { true, v[i].met }, .not_met = { true, v[i].not_met },
		                                    .eligible = { true, v[i].met + v[i].not_met },
		                                    .stratum = several ? QPP_LIT("overall") : QPP_LIT("") };
		m->kind = several ? QPP_VALUE_MULTI : QPP_VALUE_SINGLE;
		m->rates = counts;
		m->n_rates = 1;
	}
	return set;
}

void certify(struct qpp_measurement_set *set, int py)
{
	set->cehrt_id = QPP_LIT("0015CEXAMPLE001");
	set->has_start = qpp_day_of(py, 1, 1, &set->start);
	set->has_end = qpp_day_of(py, 12, 31, &set->end);
}

struct qpp_score score_in(const struct qpp_catalog *catalog, int py, struct qpp_measurement_set *sets, size_t n,
                          const struct qpp_facts *facts, const char *program)
{
	struct qpp_submission s = { .py = { py }, .entity = QPP_INDIVIDUAL, .sets = sets, .n_sets = n };
	struct qpp_request q = world_request(py);
	struct qpp_score score;
	struct qpp_err err = { 0 };
	q.catalog = catalog;
	for (size_t i = 0; i < n; i++)
		if (program)
			sets[i].program = qpp_str_of(program);
	if (qpp_score_submission(&q, &s, facts, qpp_str_of(program), &score, &err) != QPP_OK)
		fail_msg("the submission is refused: %s", err.primary);
	return score;
}

struct qpp_score score_of(int py, struct qpp_measurement_set *sets, size_t n, const struct qpp_facts *facts,
                          const char *program)
{
	return score_in(world_catalog(py), py, sets, n, facts, program);
}

void begin_part(struct qpp_scoring *s, const struct qpp_request *q)
{
	static const struct qpp_submission nothing;
	qpp_scoring_begin(s, q, QPP_LIT("mips"));
	s->submission = &nothing;
}

struct qpp_num part_input(struct qpp_scoring *s, enum qpp_fact_id id, const char *text)
{
	return qpp_input(&s->c, id, figure(text), (struct qpp_where){ 0 });
}

qpp_dec quality_percent(const struct quality_sum *in)
{
	struct qpp_scoring s;
	struct qpp_request q = world_request(in->py);
	struct qpp_category_score out = { 0 };
	struct qpp_num points[MOST_POINTS];
	struct qpp_str rest = qpp_str_of(in->points), word;
	size_t n = 0;
	begin_part(&s, &q);
	while (n < MOST_POINTS && qpp_str_word(&rest, &word))
		points[n++] = part_input(&s, QPP_F_MEASURE_POINTS, qpp_str_dup(arena(), word).p);
	struct qpp_quality_sum sum = { .points = points, .n = n, .counted = part_input(&s, QPP_F_COUNTED_MEASURES, in->counted),
	                               .small_bonus = { qpp_dec_of(0), 0 }, .has_improvement = in->improvement != NULL };
	if (in->small)
		sum.small_bonus = qpp_param(&s.c, QPP_P_small_practice_bonus_points);
	if (in->improvement)
		sum.improvement = part_input(&s, QPP_F_QUALITY_IMPROVEMENT, in->improvement);
	return qpp_quality_percent(&s, &sum, &out).v;
}
