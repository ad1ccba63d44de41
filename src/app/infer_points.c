/*
 * Parts of a row that are made of the points of measures: quality, cost and
 * improvement activities. What the catalog of the year knows of a measure (is it
 * computed from claims, was it suppressed) is looked up; which measures were
 * required is the scorer's to say.
 */
#include "app/infer_int.h"

/* The points of one measure, which are at most those a measure can have. */
static qpp_dec points_end(const struct qpp_part_run *p, enum qpp_category k, size_t i, qpp_dec most, int end)
{
	const struct qpp_printed *x = &p->row->measures[k][i].points;
	int decimals = p->decimals->points[k];
	if (!x->given || !qpp_dec_sign(x->v) || (k == QPP_IA && !decimals))
		return x->given ? x->v : qpp_dec_of(0);
	return qpp_range_end(qpp_range_within(qpp_range_around(x->v, decimals), qpp_dec_of(0), most), end);
}

enum qpp_code qpp_part_ia(struct qpp_part_run *p)
{
	size_t n = p->row->n_measures[QPP_IA];
	if (!n)
		p->why = "it lists no activities";
	else if (p->row->activity_credit == QPP_YES)
		p->why = "it has credit for activities that it does not list";
	for (int end = 0; end < 2; end++) {
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

/* A sum of points over those available, with bonus and improvement: quality, and cost, which has no bonus. */
struct sum {
	enum qpp_category category;
	const bool *left_out;                /* by place among the row's measures; NULL: none */
	struct qpp_num counted;
	enum qpp_figure improvement;
};

static struct qpp_num bonus_of(struct qpp_scoring *s, const struct qpp_part_run *p, const struct sum *sum, int end)
{
	struct qpp_num none = { qpp_dec_of(0), 0 };
	if (sum->category != QPP_QUALITY)
		return none;
	struct qpp_num most = qpp_param(&s->c, QPP_P_small_practice_bonus_points);
	if (p->row->figure[QPP_FIGURE_SMALL_BONUS].given)
		return (struct qpp_num){ qpp_range_end(qpp_input_range(p, QPP_FIGURE_SMALL_BONUS, most.v), end), 0 };
	return p->row->small_practice == QPP_YES ? most : none;
}

static void run_sum(struct qpp_part_run *p, struct qpp_scoring *s, const struct sum *sum, int end)
{
	size_t n = p->row->n_measures[sum->category], used = 0;
	struct qpp_category_score unused = { 0 };
	struct qpp_num *points = QPP_NEW_ARRAY(p->q.arena, n + 1, struct qpp_num);
	struct qpp_num each = qpp_param(&s->c, QPP_P_measure_points_most), most = qpp_param(&s->c, QPP_P_category_percent_most);
	for (size_t i = 0; i < n && s->c.code == QPP_OK; i++)
		if (!sum->left_out || !sum->left_out[i])
			points[used++].v = points_end(p, sum->category, i, each.v, end);
	struct qpp_quality_sum in = {
		.points = points, .n = used, .counted = sum->counted, .small_bonus = bonus_of(s, p, sum, end),
		.has_improvement = p->row->figure[sum->improvement].given,
	};
	if (in.has_improvement)
		in.improvement.v = qpp_range_end(qpp_input_range(p, sum->improvement, most.v), end);
	qpp_range_set(&p->got, end, qpp_quality_percent(s, &in, &unused).v);
}

/* 414.1380(b)(2)(iii) is the sum of (b)(1)(vii) without a bonus: the mean of the measures as a percent. */
enum qpp_code qpp_part_cost(struct qpp_part_run *p)
{
	size_t n = p->row->n_measures[QPP_COST];
	if (!n)
		p->why = "it lists no cost measures";
	else if (p->row->facility_scored == QPP_YES)
		p->why = "it was scored by its facility";
	for (int end = 0; end < 2 && n; end++) {
		struct qpp_scoring s;
		qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
		const struct sum sum = { QPP_COST, NULL, qpp_constant(&s.c, QPP_F_COST_COUNTED, (int64_t)n), QPP_FIGURE_COST_IMPROVEMENT };
		struct qpp_num improvement_most = qpp_param(&s.c, QPP_P_cost_improvement_most);
		run_sum(p, &s, &sum, end);
		enum qpp_code code = qpp_part_finish(p, &s);
		if (code != QPP_OK)
			return code;
		if (!p->why && !p->row->figure[QPP_FIGURE_COST_IMPROVEMENT].given && qpp_dec_sign(improvement_most.v) > 0)
			p->why = "it has no cost improvement score";
	}
	return QPP_OK;
}

/* ---- quality ---- */

/* The measures of a row, as the catalog knows them. */
struct listed {
	struct qpp_submission submission;    /* what the filer chose, by collection type; without sets when one is not known */
	struct qpp_measurement_set sets[QPP_METHODS];
	bool *left_out;
	size_t own, claims, suppressed;
	bool types_known;
	bool demanded;                       /* an outcome or high-priority measure may be among them */
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

static void add_own(struct qpp_part_run *p, struct listed *l, enum qpp_method method, const struct qpp_measure *m)
{
	struct qpp_measurement_set *set = &l->sets[method];
	if (!set->measurements)
		set->measurements = QPP_NEW_ARRAY(p->q.arena, p->row->n_measures[QPP_QUALITY], struct qpp_measurement);
	set->category = QPP_QUALITY;
	set->method = method;
	set->measurements[set->n_measurements++] = (struct qpp_measurement){ .measure_id = m->id, .measure = m };
}

/* One measure: computed from claims, left out for the year, or one of the filer's own. */
static void look_at(struct qpp_part_run *p, const struct qpp_scoring *s, struct listed *l, size_t i)
{
	const uint32_t claims_only = 1u << QPP_ADMIN_CLAIMS;
	const struct qpp_row_measure *x = &p->row->measures[QPP_QUALITY][i];
	const struct qpp_measure *m = measure_of(p, x->id);
	enum qpp_method method = method_of(x->collection_type);
	if (m && m->methods == claims_only) {
		l->claims++;
		return;
	}
	l->own++;
	l->demanded |= !m || m->high_priority || s->plan->outcome[qpp_place(s->plan, m)];
	if (!m || method == QPP_METHOD_NONE)
		l->types_known = false;
	else
		add_own(p, l, method, m);
	if (!m)
		return;
	uint32_t by = method == QPP_METHOD_NONE ? m->methods & ~claims_only : 1u << method;
	if ((m->suppressed & by) == by) {
		l->left_out[i] = true;
		l->suppressed++;
	} else if (m->suppressed & by) {
		p->why = "it has a measure that was suppressed in some collection types, and does not say its own";
	}
}

static void look_at_all(struct qpp_part_run *p, const struct qpp_scoring *s, struct listed *l)
{
	size_t n = p->row->n_measures[QPP_QUALITY], n_sets = 0;
	*l = (struct listed){ .types_known = true, .left_out = QPP_NEW_ARRAY(p->q.arena, n, bool) };
	for (size_t i = 0; i < n; i++)
		look_at(p, s, l, i);
	for (int m = 0; m < QPP_METHODS; m++)
		if (l->sets[m].n_measurements)
			l->sets[n_sets++] = l->sets[m];
	l->submission = (struct qpp_submission){ .py = p->row->py, .sets = l->sets, .n_sets = l->types_known ? n_sets : 0 };
}

/* How many measures count: those required, as far as the row shows it, and those computed from claims. */
static struct qpp_num counted_of(struct qpp_part_run *p, struct qpp_scoring *s, const struct listed *l)
{
	bool outcome_needed;
	int64_t places = 0;
	s->submission = &l->submission;
	struct qpp_num required = qpp_required_measures(s, l->suppressed, &outcome_needed);
	if (s->c.code != QPP_OK || !qpp_dec_i64(required.v, &places))
		return required;
	if ((int64_t)(l->own - l->suppressed) > places)
		p->why = "it lists more measures than are required, and does not say which of them count";
	else if (!l->types_known && (int64_t)(l->own - l->suppressed) < places)
		p->why = "it lists fewer measures than are required, and without collection types nothing says how many were";
	else if (outcome_needed && !l->demanded)
		p->why = "none of its measures fills the place of the outcome or high-priority measure";
	return QPP_DERIVE(&s->c, QPP_F_COUNTED_MEASURES, QPP_OP_SUM, required,
	                  qpp_constant(&s->c, QPP_F_COUNTED_MEASURES, (int64_t)l->claims));
}

enum qpp_code qpp_part_quality(struct qpp_part_run *p)
{
	if (!p->row->n_measures[QPP_QUALITY])
		p->why = "it lists no quality measures";
	else if (!p->q.catalog)
		p->why = "there is no catalog of the year's measures";
	else if (p->row->unnamed_bonus == QPP_YES)
		p->why = "it says that there are bonus points, but not how many";
	else if (p->row->facility_scored == QPP_YES)
		p->why = "it was scored by its facility";
	else if (!qpp_row_traditional(p->row))
		p->why = "it was scored under another reporting option than traditional MIPS";
	else if (!p->row->figure[QPP_FIGURE_QUALITY_IMPROVEMENT].given)
		p->why = "it has no quality improvement score";
	struct listed l;
	for (int end = 0; end < 2 && !p->why; end++) {
		struct qpp_scoring s;
		qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
		look_at_all(p, &s, &l);
		const struct sum sum = { QPP_QUALITY, l.left_out, counted_of(p, &s, &l), QPP_FIGURE_QUALITY_IMPROVEMENT };
		if (s.c.code == QPP_OK)
			run_sum(p, &s, &sum, end);
		enum qpp_code code = qpp_part_finish(p, &s);
		if (code != QPP_OK)
			return code;
	}
	return QPP_OK;
}

