/*
 * One part of a row of the experience file, recomputed from its other columns.
 * Everything that counts is done by the scorer's own functions, once with every
 * input at the least it can have been and once at the most.
 */
#include "app/infer_int.h"

enum { MOST_COLLECTION_TYPES = QPP_METHODS };

/* Half of the last printed place: how far a rounded figure can be from what was rounded. */
static qpp_dec half_place(int decimals)
{
	return qpp_dec_div(qpp_dec_scaled(1, decimals < 18 ? decimals : 18), qpp_dec_of(2));
}

static struct qpp_range around(qpp_dec v, int decimals)
{
	qpp_dec half = half_place(decimals);
	return (struct qpp_range){ qpp_dec_sub(v, half), qpp_dec_add(v, half) };
}

static struct qpp_range exactly(qpp_dec v)
{
	return (struct qpp_range){ v, v };
}

static struct qpp_range within(struct qpp_range r, qpp_dec least, qpp_dec most)
{
	return (struct qpp_range){ qpp_dec_min(qpp_dec_max(r.least, least), most), qpp_dec_min(qpp_dec_max(r.most, least), most) };
}

static qpp_dec end_of(struct qpp_range r, int end)
{
	return end ? r.most : r.least;
}

static void set_end(struct qpp_range *r, int end, qpp_dec v)
{
	*(end ? &r->most : &r->least) = v;
}

/* Figures that the rules make of whole points. */
static bool is_whole(enum qpp_figure f)
{
	return f == QPP_FIGURE_IA || f == QPP_FIGURE_PI || f == QPP_FIGURE_SMALL_BONUS;
}

struct qpp_range qpp_printed_range(const struct qpp_part_run *p, enum qpp_figure f)
{
	const struct qpp_printed *x = &p->row->figure[f];
	int decimals = p->decimals->figure[f];
	return is_whole(f) && !decimals ? exactly(x->v) : around(x->v, decimals);
}

/* A figure as an input: absent and 0 are 0, and nothing is below. */
static struct qpp_range input_range(const struct qpp_part_run *p, enum qpp_figure f, qpp_dec most)
{
	const struct qpp_printed *x = &p->row->figure[f];
	if (!x->given || !qpp_dec_sign(x->v))
		return exactly(qpp_dec_of(0));
	return within(qpp_printed_range(p, f), qpp_dec_of(0), most);
}

static bool given(const struct qpp_part_run *p, enum qpp_figure f)
{
	return p->row->figure[f].given;
}

static bool above_zero(const struct qpp_part_run *p, enum qpp_figure f)
{
	return given(p, f) && qpp_dec_sign(p->row->figure[f].v) > 0;
}

static bool traditional(const struct qpp_experience_row *row)
{
	return !row->option.n || qpp_str_is(row->option, "Traditional MIPS");
}

/* Ends a run: what was asked, and what went wrong. */
static enum qpp_code finish(struct qpp_part_run *p, const struct qpp_scoring *s)
{
	p->readings |= s->c.readings_used;
	return qpp_calc_code(&s->c, &p->err);
}

/*
 * The categories without a weight. A flag says what was granted; data submitted
 * all the same give the weight back, except to cost. Cost without a measure is
 * not scored.
 */
static uint32_t missing_of(const struct qpp_part_run *p)
{
	static const enum qpp_figure score[QPP_CATEGORIES] = {
		[QPP_QUALITY] = QPP_FIGURE_QUALITY, [QPP_COST] = QPP_FIGURE_COST, [QPP_IA] = QPP_FIGURE_IA, [QPP_PI] = QPP_FIGURE_PI,
	};
	uint32_t missing = 0;
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		bool data = p->row->n_measures[k] || above_zero(p, score[k]);
		if (p->row->reweighted & 1u << k && (k == QPP_COST || !data))
			missing |= 1u << k;
		if (k == QPP_COST && !data)
			missing |= 1u << k;
	}
	return missing;
}

static enum qpp_code run_weights(struct qpp_part_run *p)
{
	struct qpp_weights weights;
	enum qpp_code code = qpp_score_weights(&p->q, QPP_LIT("mips"), p->row->small_practice == QPP_YES, missing_of(p), &weights,
	                                       &p->err);
	for (int k = 0; k < QPP_CATEGORIES && code == QPP_OK; k++)
		p->weight[k] = weights.weight[k].v;
	return code;
}

/* ---- final score ---- */

static struct qpp_num ia_percent(struct qpp_scoring *s, const struct qpp_part_run *p, int end)
{
	struct qpp_category_score unused = { 0 };
	struct qpp_num needed = qpp_param(&s->c, QPP_P_ia_points_needed);
	struct qpp_num points = { end_of(input_range(p, QPP_FIGURE_IA, needed.v), end), 0 };
	return qpp_ia_percent(s, &points, 1, &unused);
}

static enum qpp_code run_final_end(struct qpp_part_run *p, int end)
{
	struct qpp_scoring s;
	struct qpp_score score = { 0 };
	struct qpp_num percent[QPP_CATEGORIES];
	qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
	struct qpp_num most = qpp_param(&s.c, QPP_P_category_percent_most), bonus = qpp_param(&s.c, QPP_P_final_most);
	percent[QPP_IA] = ia_percent(&s, p, end);
	if (s.c.code != QPP_OK)
		return finish(p, &s);
	percent[QPP_QUALITY] = (struct qpp_num){ end_of(input_range(p, QPP_FIGURE_QUALITY, most.v), end), 0 };
	percent[QPP_COST] = (struct qpp_num){ end_of(input_range(p, QPP_FIGURE_COST, most.v), end), 0 };
	percent[QPP_PI] = (struct qpp_num){ end_of(input_range(p, QPP_FIGURE_PI, most.v), end), 0 };
	bonus.v = end_of(input_range(p, QPP_FIGURE_COMPLEX, bonus.v), end);
	qpp_final_of(&s, percent, missing_of(p), p->row->small_practice == QPP_YES, bonus, p->row->reported != QPP_NO, &score);
	set_end(&p->got, end, score.final_score.v);
	set_end(&p->exact, end, score.final_exact.v);
	return finish(p, &s);
}

static enum qpp_code run_final(struct qpp_part_run *p)
{
	enum qpp_code code = run_final_end(p, 0);
	if (code == QPP_OK)
		code = run_final_end(p, 1);
	if (!traditional(p->row))
		p->why = "it was scored under another reporting option than traditional MIPS";
	else if (!given(p, QPP_FIGURE_QUALITY) || !given(p, QPP_FIGURE_IA))
		p->why = "it has no quality or no improvement activities score";
	else if (!given(p, QPP_FIGURE_PI) && !(missing_of(p) & 1u << QPP_PI))
		p->why = "it has no promoting interoperability score";
	else if (!given(p, QPP_FIGURE_COMPLEX))
		p->why = "it has no complex patient bonus";
	else if (p->row->small_practice == QPP_UNKNOWN)
		p->why = "it does not say whether the practice is small";
	return code;
}

/* ---- adjustment ---- */

static struct qpp_range meet(struct qpp_range a, struct qpp_range b)
{
	return (struct qpp_range){ qpp_dec_max(a.least, b.least), qpp_dec_min(a.most, b.most) };
}

/* What the sliding scale takes: the score as published, or as it was before it was rounded. */
static struct qpp_range scale_score(const struct qpp_part_run *p, struct qpp_range recomputed, int published_decimals)
{
	const struct qpp_printed *final = &p->row->figure[QPP_FIGURE_FINAL];
	struct qpp_range printed = qpp_printed_range(p, QPP_FIGURE_FINAL);
	if (p->scale_takes_rounded)
		return p->decimals->figure[QPP_FIGURE_FINAL] >= published_decimals ? exactly(final->v) : printed;
	if (!qpp_dec_ok(recomputed.least))
		return printed;
	struct qpp_range both = meet(recomputed, printed);
	/* A score that cannot be recomputed right says nothing of what was rounded. */
	return qpp_dec_cmp(both.least, both.most) <= 0 ? both : printed;
}

static enum qpp_code run_adjustment(struct qpp_part_run *p)
{
	const struct qpp_number fitted = { 0 };
	struct qpp_part_run final = *p;
	struct qpp_scoring s;
	int64_t published;
	final.why = NULL;
	if (!given(p, QPP_FIGURE_FINAL)) {
		p->why = "it has no final score";
		return QPP_OK;
	}
	if (run_final(&final) != QPP_OK || final.why)
		final.exact = exactly(qpp_dec_undefined());
	qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
	struct qpp_num most = qpp_param(&s.c, QPP_P_final_most), decimals = qpp_param(&s.c, QPP_P_final_decimals);
	if (s.c.code != QPP_OK || !qpp_dec_i64(decimals.v, &published))
		return finish(p, &s);
	struct qpp_range score = within(scale_score(p, final.exact, (int)published), qpp_dec_of(0), most.v);
	for (int end = 0; end < 2; end++) {
		struct qpp_adjustment out;
		enum qpp_code code = qpp_score_adjustment(&p->q, end_of(score, end), fitted, fitted, &out, &p->err);
		if (code != QPP_OK)
			return code;
		if (!out.total.has)
			p->why = "the scaling factor of the year is not known";
		set_end(&p->got, end, out.total.v);
	}
	return QPP_OK;
}

/* ---- points of measures ---- */

/* The points of one measure, which are at most those a measure can have. */
static qpp_dec points_end(const struct qpp_part_run *p, enum qpp_category k, size_t i, qpp_dec most, int end)
{
	const struct qpp_printed *x = &p->row->measures[k][i].points;
	int decimals = p->decimals->points[k];
	if (!x->given || !qpp_dec_sign(x->v) || (k == QPP_IA && !decimals))
		return x->given ? x->v : qpp_dec_of(0);
	return end_of(within(around(x->v, decimals), qpp_dec_of(0), most), end);
}

static enum qpp_code run_ia(struct qpp_part_run *p)
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
		set_end(&p->got, end, out.points.v);
		enum qpp_code code = finish(p, &s);
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
	if (given(p, QPP_FIGURE_SMALL_BONUS))
		return (struct qpp_num){ end_of(input_range(p, QPP_FIGURE_SMALL_BONUS, most.v), end), 0 };
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
		.has_improvement = above_zero(p, sum->improvement),
	};
	if (in.has_improvement)
		in.improvement.v = end_of(input_range(p, sum->improvement, most.v), end);
	set_end(&p->got, end, qpp_quality_percent(s, &in, &unused).v);
}

/* 414.1380(b)(2)(iii) is the sum of (b)(1)(vii) without a bonus: the mean of the measures as a percent. */
static enum qpp_code run_cost(struct qpp_part_run *p)
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
		enum qpp_code code = finish(p, &s);
		if (code != QPP_OK)
			return code;
		if (!p->why && !given(p, QPP_FIGURE_COST_IMPROVEMENT) && qpp_dec_sign(improvement_most.v) > 0)
			p->why = "it has no cost improvement score";
	}
	return QPP_OK;
}

/* ---- quality ---- */

/* The measures of a row, as the catalog knows them. */
struct listed {
	struct qpp_submission submission;    /* what the filer chose, by collection type; without sets when one is not known */
	struct qpp_measurement_set sets[MOST_COLLECTION_TYPES];
	bool *left_out;
	size_t own, claims, suppressed;
	bool types_known;
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
static void look_at(struct qpp_part_run *p, struct listed *l, size_t i)
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

static void look_at_all(struct qpp_part_run *p, struct listed *l)
{
	size_t n = p->row->n_measures[QPP_QUALITY], n_sets = 0;
	*l = (struct listed){ .types_known = true, .left_out = QPP_NEW_ARRAY(p->q.arena, n, bool) };
	for (size_t i = 0; i < n; i++)
		look_at(p, l, i);
	for (int m = 0; m < MOST_COLLECTION_TYPES; m++)
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
	return QPP_DERIVE(&s->c, QPP_F_COUNTED_MEASURES, QPP_OP_SUM, required,
	                  qpp_constant(&s->c, QPP_F_COUNTED_MEASURES, (int64_t)l->claims));
}

static enum qpp_code run_quality(struct qpp_part_run *p)
{
	if (!p->row->n_measures[QPP_QUALITY])
		p->why = "it lists no quality measures";
	else if (!p->q.catalog)
		p->why = "there is no catalog of the year's measures";
	else if (p->row->unnamed_bonus == QPP_YES)
		p->why = "it says that there are bonus points, but not how many";
	else if (p->row->facility_scored == QPP_YES)
		p->why = "it was scored by its facility";
	else if (!traditional(p->row))
		p->why = "it was scored under another reporting option than traditional MIPS";
	else if (!given(p, QPP_FIGURE_QUALITY_IMPROVEMENT))
		p->why = "it has no quality improvement score";
	struct listed l;
	for (int end = 0; end < 2 && !p->why; end++) {
		struct qpp_scoring s;
		qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
		look_at_all(p, &l);
		const struct sum sum = { QPP_QUALITY, l.left_out, counted_of(p, &s, &l), QPP_FIGURE_QUALITY_IMPROVEMENT };
		if (s.c.code == QPP_OK)
			run_sum(p, &s, &sum, end);
		enum qpp_code code = finish(p, &s);
		if (code != QPP_OK)
			return code;
	}
	return QPP_OK;
}

/* ---- which part ---- */

enum qpp_figure qpp_part_figure(enum qpp_part part)
{
	static const enum qpp_figure figure[QPP_PARTS] = {
		[QPP_PART_WEIGHTS] = QPP_FIGURE_WEIGHT, [QPP_PART_QUALITY] = QPP_FIGURE_QUALITY,
		[QPP_PART_COST] = QPP_FIGURE_COST, [QPP_PART_IA] = QPP_FIGURE_IA, [QPP_PART_FINAL] = QPP_FIGURE_FINAL,
		[QPP_PART_ADJUSTMENT] = QPP_FIGURE_ADJUSTMENT,
	};
	return figure[part];
}

enum qpp_code qpp_part_run(struct qpp_part_run *p, enum qpp_part part)
{
	static enum qpp_code (*const run[QPP_PARTS])(struct qpp_part_run *) = {
		[QPP_PART_WEIGHTS] = run_weights, [QPP_PART_QUALITY] = run_quality, [QPP_PART_COST] = run_cost,
		[QPP_PART_IA] = run_ia, [QPP_PART_FINAL] = run_final, [QPP_PART_ADJUSTMENT] = run_adjustment,
	};
	p->got = p->exact = exactly(qpp_dec_undefined());
	p->readings = 0;
	p->why = NULL;
	return run[part](p);
}
