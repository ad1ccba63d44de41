/*
 * One part of a row of the experience file, recomputed from its other columns.
 * Everything that counts is done by the scorer's own functions, once with every
 * input at the least it can have been and once at the most. Here: what printed
 * figures stand for, weights, final score, adjustment; infer_points.c has the
 * categories.
 */
#include "app/infer_int.h"

/* Half of the last printed place: how far a rounded figure can be from what was rounded. */
static qpp_dec half_place(int decimals)
{
	return qpp_dec_div(qpp_dec_scaled(1, decimals < 18 ? decimals : 18), qpp_dec_of(2));
}

struct qpp_range qpp_range_around(qpp_dec v, int decimals)
{
	qpp_dec half = half_place(decimals);
	return (struct qpp_range){ qpp_dec_sub(v, half), qpp_dec_add(v, half) };
}

struct qpp_range qpp_range_exactly(qpp_dec v)
{
	return (struct qpp_range){ v, v };
}

struct qpp_range qpp_range_within(struct qpp_range r, qpp_dec least, qpp_dec most)
{
	r.least = qpp_dec_min(qpp_dec_max(r.least, least), most);
	r.most = qpp_dec_min(qpp_dec_max(r.most, least), most);
	return r;
}

qpp_dec qpp_range_end(struct qpp_range r, int end)
{
	return end ? r.most : r.least;
}

void qpp_range_set(struct qpp_range *r, int end, qpp_dec v)
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
	return is_whole(f) && !decimals ? qpp_range_exactly(x->v) : qpp_range_around(x->v, decimals);
}

/* A figure as an input: absent and 0 are 0, and nothing is below. */
struct qpp_range qpp_input_range(const struct qpp_part_run *p, enum qpp_figure f, qpp_dec most)
{
	const struct qpp_printed *x = &p->row->figure[f];
	if (!x->given || !qpp_dec_sign(x->v))
		return qpp_range_exactly(qpp_dec_of(0));
	return qpp_range_within(qpp_printed_range(p, f), qpp_dec_of(0), most);
}

static bool given(const struct qpp_part_run *p, enum qpp_figure f)
{
	return p->row->figure[f].given;
}

static bool above_zero(const struct qpp_part_run *p, enum qpp_figure f)
{
	return given(p, f) && qpp_dec_sign(p->row->figure[f].v) > 0;
}

bool qpp_row_traditional(const struct qpp_experience_row *row)
{
	return !row->option.n || qpp_str_is(row->option, "Traditional MIPS");
}

/* Ends a run: what was asked, and what went wrong. */
enum qpp_code qpp_part_finish(struct qpp_part_run *p, const struct qpp_scoring *s)
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

static const char other_option[] = "it was scored under another reporting option than traditional MIPS";
static const char size_unknown[] = "it does not say whether the practice is small";

static enum qpp_code run_weights(struct qpp_part_run *p)
{
	struct qpp_weights weights;
	bool small = p->row->small_practice == QPP_YES;
	enum qpp_code code = qpp_score_weights(&p->q, QPP_LIT("mips"), small, missing_of(p), &weights, &p->err);
	if (!qpp_row_traditional(p->row))
		p->why = other_option;
	else if (p->row->small_practice == QPP_UNKNOWN)
		p->why = size_unknown;
	for (int k = 0; k < QPP_CATEGORIES && code == QPP_OK; k++)
		p->weight[k] = weights.weight[k].v;
	return code;
}

/* ---- final score ---- */

static struct qpp_num ia_percent(struct qpp_scoring *s, const struct qpp_part_run *p, int end)
{
	struct qpp_category_score unused = { 0 };
	struct qpp_num needed = qpp_param(&s->c, QPP_P_ia_points_needed);
	struct qpp_num points = { qpp_range_end(qpp_input_range(p, QPP_FIGURE_IA, needed.v), end), 0 };
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
		return qpp_part_finish(p, &s);
	percent[QPP_QUALITY] = (struct qpp_num){ qpp_range_end(qpp_input_range(p, QPP_FIGURE_QUALITY, most.v), end), 0 };
	percent[QPP_COST] = (struct qpp_num){ qpp_range_end(qpp_input_range(p, QPP_FIGURE_COST, most.v), end), 0 };
	percent[QPP_PI] = (struct qpp_num){ qpp_range_end(qpp_input_range(p, QPP_FIGURE_PI, most.v), end), 0 };
	bonus.v = qpp_range_end(qpp_input_range(p, QPP_FIGURE_COMPLEX, bonus.v), end);
	qpp_final_of(&s, percent, missing_of(p), p->row->small_practice == QPP_YES, bonus, p->row->reported != QPP_NO, &score);
	qpp_range_set(&p->got, end, score.final_score.v);
	qpp_range_set(&p->exact, end, score.final_exact.v);
	return qpp_part_finish(p, &s);
}

static enum qpp_code run_final(struct qpp_part_run *p)
{
	enum qpp_code code = run_final_end(p, 0);
	if (code == QPP_OK)
		code = run_final_end(p, 1);
	if (!qpp_row_traditional(p->row))
		p->why = other_option;
	else if (!given(p, QPP_FIGURE_QUALITY) || !given(p, QPP_FIGURE_IA))
		p->why = "it has no quality or no improvement activities score";
	else if (!given(p, QPP_FIGURE_PI) && !(missing_of(p) & 1u << QPP_PI))
		p->why = "it has no promoting interoperability score";
	else if (!given(p, QPP_FIGURE_COMPLEX))
		p->why = "it has no complex patient bonus";
	else if (p->row->small_practice == QPP_UNKNOWN)
		p->why = size_unknown;
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
		return p->decimals->figure[QPP_FIGURE_FINAL] >= published_decimals ? qpp_range_exactly(final->v) : printed;
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
	enum qpp_code recomputed = run_final(&final);
	if (recomputed == QPP_OK && !final.why)
		p->readings |= final.readings;
	else
		final.exact = qpp_range_exactly(qpp_dec_undefined());
	qpp_scoring_begin(&s, &p->q, QPP_LIT("mips"));
	struct qpp_num most = qpp_param(&s.c, QPP_P_final_most), decimals = qpp_param(&s.c, QPP_P_final_decimals);
	if (s.c.code != QPP_OK || !qpp_dec_i64(decimals.v, &published))
		return qpp_part_finish(p, &s);
	struct qpp_range score = qpp_range_within(scale_score(p, final.exact, (int)published), qpp_dec_of(0), most.v);
	for (int end = 0; end < 2; end++) {
		struct qpp_adjustment out;
		enum qpp_code code = qpp_score_adjustment(&p->q, qpp_range_end(score, end), fitted, fitted, &out, &p->err);
		if (code != QPP_OK)
			return code;
		if (!out.total.has)
			p->why = "the scaling factor of the year is not known";
		qpp_range_set(&p->got, end, out.total.v);
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
		[QPP_PART_WEIGHTS] = run_weights, [QPP_PART_QUALITY] = qpp_part_quality, [QPP_PART_COST] = qpp_part_cost,
		[QPP_PART_IA] = qpp_part_ia, [QPP_PART_FINAL] = run_final, [QPP_PART_ADJUSTMENT] = run_adjustment,
	};
	p->got = p->exact = qpp_range_exactly(qpp_dec_undefined());
	p->readings = 0;
	p->why = NULL;
	return run[part](p);
}
