/*
 * Parts of a row that are made of the points of measures: quality, cost and
 * improvement activities. What the catalog of the year knows of a measure (is it
 * computed from claims, was it suppressed) is looked up; which measures were
 * required is the scorer's to say.
 */
#include "app/infer_int.h"
#include "core/score_pick.h"

/* The points of one measure, which are at most those a measure can have. */
static qpp_dec points_end(const struct qpp_part_run *p, enum qpp_category k, size_t i, qpp_dec most, int end)
{
	const struct qpp_printed *x = &p->row->measures[k][i].points;
	int decimals = p->decimals->points[k];
	if (!qpp_dec_sign(x->v) || (k == QPP_IA && !decimals))
		return x->v;
	return qpp_range_end(qpp_range_within(qpp_range_around(x->v, decimals), qpp_dec_of(0), most), end);
}

static bool lacks_points(const struct qpp_part_run *p, enum qpp_category k)
{
	for (size_t i = 0; i < p->row->n_measures[k]; i++)
		if (!p->row->measures[k][i].points.given)
			return true;
	return false;
}

static const char no_points[] = "it lists a measure without its points";

enum qpp_code qpp_part_ia(struct qpp_part_run *p)
{
	size_t n = p->row->n_measures[QPP_IA];
	if (!n)
		p->why = "it lists no activities";
	else if (lacks_points(p, QPP_IA))
		p->why = no_points;
	else if (p->row->activity_credit == QPP_YES)
		p->why = "it has credit for activities that it does not list";
	for (int end = 0; end < 2 && !p->why; end++) {
		struct qpp_scoring s;
		struct qpp_category_score out = { 0 };
		struct qpp_num *points = QPP_NEW_ARRAY(p->q.arena, n + 1, struct qpp_num);
		qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
		struct qpp_num needed = qpp_param(&s.c, QPP_P_ia_points_needed);
		for (size_t i = 0; i < n; i++) {
			/* A medical home has the whole score. */
			bool whole = qpp_str_is(p->row->measures[QPP_IA][i].id, "IA_PCMH");
			points[i].v = whole ? needed.v : points_end(p, QPP_IA, i, needed.v, end);
		}
		(void)qpp_ia_percent(&s, points, n, &out);
		qpp_range_set(&p->got, end, out.points.v);
		enum qpp_code code = qpp_part_finish(p, &s);
		if (code != QPP_OK)
			return code;
	}
	return QPP_OK;
}

/* ---- a sum of points over those available: quality, and cost, which has no bonus ---- */

struct sum {
	const struct qpp_num *points;
	size_t n;
	struct qpp_num counted, bonus;
	enum qpp_figure improvement;
};

static void run_sum(struct qpp_part_run *p, struct qpp_scoring *s, const struct sum *sum, int end)
{
	struct qpp_category_score unused = { 0 };
	struct qpp_num most = qpp_param(&s->c, QPP_P_category_percent_most);
	struct qpp_quality_sum in = {
		.points = sum->points, .n = sum->n, .counted = sum->counted, .small_bonus = sum->bonus,
		.has_improvement = p->row->figure[sum->improvement].given,
	};
	if (s->c.code != QPP_OK)
		return;
	if (in.has_improvement)
		in.improvement.v = qpp_range_end(qpp_input_range(p, sum->improvement, most.v), end);
	qpp_range_set(&p->got, end, qpp_quality_percent(s, &in, &unused).v);
}

/* 414.1380(b)(2)(iii) is the sum of (b)(1)(vii) without a bonus: the mean of the measures as a percent. */
static enum qpp_code run_cost_end(struct qpp_part_run *p, int end)
{
	struct qpp_scoring s;
	size_t n = p->row->n_measures[QPP_COST];
	struct qpp_num *points = QPP_NEW_ARRAY(p->q.arena, n, struct qpp_num);
	qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
	struct qpp_num each = qpp_param(&s.c, QPP_P_measure_points_most);
	struct qpp_num improvement = qpp_param(&s.c, QPP_P_cost_improvement_most);
	for (size_t i = 0; i < n && s.c.code == QPP_OK; i++)
		points[i].v = points_end(p, QPP_COST, i, each.v, end);
	const struct sum sum = { points, n, qpp_constant(&s.c, QPP_F_COST_COUNTED, (int64_t)n), { qpp_dec_of(0), 0 },
		                     QPP_FIGURE_COST_IMPROVEMENT };
	run_sum(p, &s, &sum, end);
	if (!p->row->figure[QPP_FIGURE_COST_IMPROVEMENT].given && s.c.code == QPP_OK && qpp_dec_sign(improvement.v) > 0)
		p->why = "it has no cost improvement score";
	return qpp_part_finish(p, &s);
}

enum qpp_code qpp_part_cost(struct qpp_part_run *p)
{
	if (!p->row->n_measures[QPP_COST])
		p->why = "it lists no cost measures";
	else if (lacks_points(p, QPP_COST))
		p->why = no_points;
	else if (p->row->facility_scored == QPP_YES)
		p->why = "it was scored by its facility";
	enum qpp_code code = QPP_OK;
	for (int end = 0; end < 2 && code == QPP_OK && !p->why; end++)
		code = run_cost_end(p, end);
	return code;
}

/* ---- quality ---- */

/* The measures of a row as the scorer has them. */
struct listed {
	struct qpp_field own;                /* reported by the filer */
	struct qpp_num *claims;              /* points of those that CMS computes from claims */
	size_t n_claims;
	bool types_known;                    /* how each of its own was collected */
};

static enum qpp_method method_of(struct qpp_str collection_type)
{
	static const struct {
		const char *name;
		enum qpp_method method;
	} names[] = {
		{ "MIPS CQM", QPP_REGISTRY }, { "CQM", QPP_REGISTRY }, { "QCDR", QPP_REGISTRY }, { "QCDR Measure", QPP_REGISTRY },
		{ "eCQM", QPP_EHR }, { "Medicare Part B Claims", QPP_CLAIMS }, { "Medicare Part B Claims Measure", QPP_CLAIMS },
		{ "Part B Claims", QPP_CLAIMS }, { "CMS Web Interface", QPP_WEB_INTERFACE },
		{ "CAHPS for MIPS Survey", QPP_SURVEY_VENDOR }, { "CAHPS", QPP_SURVEY_VENDOR },
		{ "Administrative Claims", QPP_ADMIN_CLAIMS },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (qpp_str_is(collection_type, names[i].name))
			return names[i].method;
	return QPP_METHOD_NONE;
}

/* The measure of an id that may have lost its leading zeros in a spreadsheet. */
static const struct qpp_measure *measure_of(const struct qpp_part_run *p, struct qpp_str id)
{
	const struct qpp_measure *m = qpp_catalog_measure(p->q.catalog, id);
	const char *digits = qpp_str_dup(p->q.arena, id).p;
	for (int zeros = 1; !m && zeros <= 2; zeros++)
		m = qpp_catalog_measure(p->q.catalog, qpp_str_cat(p->q.arena, zeros == 1 ? "0" : "00", digits, (char *)NULL));
	return m;
}

/* Whether the year took the measure out, in its collection type or in all that it may have had. */
static bool is_suppressed(struct qpp_part_run *p, const struct qpp_measure *m, enum qpp_method method)
{
	uint32_t by = method == QPP_METHOD_NONE ? m->methods & ~(1u << QPP_ADMIN_CLAIMS) : 1u << method;
	if (m->suppressed & by && (m->suppressed & by) != by)
		p->why = "it has a measure that was suppressed in some collection types, and does not say its own";
	return by && (m->suppressed & by) == by;
}

static void list_measure(struct qpp_part_run *p, struct listed *l, size_t i, qpp_dec points)
{
	const struct qpp_row_measure *x = &p->row->measures[QPP_QUALITY][i];
	const struct qpp_measure *m = measure_of(p, x->id);
	enum qpp_method method = method_of(x->collection_type);
	if (!m) {
		p->why = "it has a measure that the catalog of the year does not know";
		return;
	}
	if (m->methods == 1u << QPP_ADMIN_CLAIMS) {
		l->claims[l->n_claims++].v = points;
		return;
	}
	struct qpp_measure_score *score = QPP_NEW(p->q.arena, struct qpp_measure_score);
	*score = (struct qpp_measure_score){ .measure_id = m->id, .measure = m, .method = method };
	bool suppressed = is_suppressed(p, m, method);
	l->own.v[l->own.n++] = (struct qpp_candidate){ .score = score, .points = { points, 0 }, .usable = !suppressed,
		                                           .suppressed = suppressed, .complete = true };
	l->types_known &= method != QPP_METHOD_NONE;
}

static struct qpp_num bonus_of(struct qpp_scoring *s, const struct qpp_part_run *p, int end)
{
	struct qpp_num none = { qpp_dec_of(0), 0 };
	bool printed = p->row->figure[QPP_FIGURE_SMALL_BONUS].given;
	if (!printed && p->row->small_practice != QPP_YES)
		return none;
	struct qpp_num most = qpp_param(&s->c, QPP_P_small_practice_bonus_points);
	if (!printed || s->c.code != QPP_OK)
		return most;
	return (struct qpp_num){ qpp_range_end(qpp_input_range(p, QPP_FIGURE_SMALL_BONUS, most.v), end), 0 };
}

/* The scorer says how many measures are required and picks among those listed; claims measures come on top. */
static enum qpp_code run_quality_end(struct qpp_part_run *p, int end)
{
	struct qpp_scoring s;
	struct qpp_category_score unused = { 0 };
	size_t listed = p->row->n_measures[QPP_QUALITY];
	struct listed l = { .own = { .v = QPP_NEW_ARRAY(p->q.arena, listed, struct qpp_candidate) },
		                .claims = QPP_NEW_ARRAY(p->q.arena, listed, struct qpp_num), .types_known = true };
	bool outcome_needed;
	int64_t places = 0;
	qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
	struct qpp_num each = qpp_param(&s.c, QPP_P_measure_points_most);
	for (size_t i = 0; i < listed && s.c.code == QPP_OK; i++)
		list_measure(p, &l, i, points_end(p, QPP_QUALITY, i, each.v, end));
	size_t suppressed = qpp_field_suppressed(&l.own);
	struct qpp_num required = qpp_required_measures(&s, &l.own, suppressed, &outcome_needed);
	if (s.c.code != QPP_OK || p->why || !qpp_dec_i64(required.v, &places))
		return qpp_part_finish(p, &s);
	if (!l.types_known && (int64_t)(l.own.n - suppressed) < places)
		p->why = "it lists fewer measures than are required, and without collection types nothing says how many were";
	struct qpp_num *points = QPP_NEW_ARRAY(p->q.arena, (size_t)places + l.n_claims, struct qpp_num);
	size_t n = qpp_field_pick(&s, &l.own, (size_t)places, outcome_needed, points, &unused);
	for (size_t i = 0; i < l.n_claims; i++)
		points[n++] = l.claims[i];
	struct qpp_num counted = QPP_DERIVE(&s.c, QPP_F_COUNTED_MEASURES, QPP_OP_SUM, required,
	                                    qpp_constant(&s.c, QPP_F_COUNTED_MEASURES, (int64_t)l.n_claims));
	const struct sum sum = { points, n, counted, bonus_of(&s, p, end), QPP_FIGURE_QUALITY_IMPROVEMENT };
	run_sum(p, &s, &sum, end);
	return qpp_part_finish(p, &s);
}

enum qpp_code qpp_part_quality(struct qpp_part_run *p)
{
	if (!p->row->n_measures[QPP_QUALITY])
		p->why = "it lists no quality measures";
	else if (lacks_points(p, QPP_QUALITY))
		p->why = no_points;
	else if (p->row->unnamed_bonus == QPP_YES)
		p->why = "it says that there are bonus points, but not how many";
	else if (!p->q.catalog)
		p->why = "there is no catalog of the year's measures";
	else if (p->row->facility_scored == QPP_YES)
		p->why = "it was scored by its facility";
	else if (!qpp_row_traditional(p->row))
		p->why = "it was scored under another reporting option than traditional MIPS";
	else if (!p->row->figure[QPP_FIGURE_QUALITY_IMPROVEMENT].given)
		p->why = "it has no quality improvement score";
	enum qpp_code code = QPP_OK;
	for (int end = 0; end < 2 && code == QPP_OK && !p->why; end++)
		code = run_quality_end(p, end);
	return code;
}
