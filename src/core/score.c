/*
 * The whole score of a submission, and the smaller questions (points of a
 * measure, final score of given categories, adjustment of a given score): each
 * begins a calculation, runs the parts, and looks once at what went wrong.
 */
#include "score_int.h"

static const enum qpp_fact_id percent_fact[QPP_CATEGORIES] = {
	[QPP_QUALITY] = QPP_F_QUALITY_PERCENT, [QPP_COST] = QPP_F_COST_PERCENT,
	[QPP_IA] = QPP_F_IA_PERCENT, [QPP_PI] = QPP_F_PI_PERCENT,
};

struct qpp_value qpp_value_of(struct qpp_num x)
{
	return (struct qpp_value){ qpp_dec_ok(x.v), x.v, x.fact };
}

enum qpp_program_kind qpp_program_kind_of(struct qpp_str program)
{
	if (!program.n || qpp_str_is(program, "mips"))
		return QPP_PROGRAM_MIPS;
	if (qpp_str_is(program, "app1") || qpp_str_is(program, "appPlus"))
		return QPP_PROGRAM_APP;
	for (int k = QPP_PROGRAM_WEB_INTERFACE_APM; k <= QPP_PROGRAM_OTHER_APM; k++)
		if (qpp_str_is(program, qpp_program_kind_name((enum qpp_program_kind)k)))
			return (enum qpp_program_kind)k;
	return QPP_PROGRAM_MVP;
}

const char *qpp_program_kind_name(enum qpp_program_kind k)
{
	static const char *const names[] = { "mips", "mvp", "app", "apmWebInterface", "apmOther" };
	_Static_assert(sizeof names / sizeof *names == QPP_PROGRAM_KINDS, "every kind of program has a name");
	return names[k];
}

const char *qpp_missing_name(int bit)
{
	static const char *const names[] = {
#define MISSING(NAME, name, decides) name,
#include "qpp/missing.def"
#undef MISSING
	};
	return names[bit];
}

const char *qpp_missing_decides(int bit)
{
	static const char *const texts[] = {
#define MISSING(NAME, name, decides) decides,
#include "qpp/missing.def"
#undef MISSING
	};
	return texts[bit];
}

struct qpp_str qpp_kind_word(const struct qpp_scoring *s)
{
	return qpp_str_of(qpp_program_kind_name(s->kind));
}

bool qpp_set_counts(const struct qpp_scoring *s, const struct qpp_measurement_set *set, enum qpp_category category)
{
	struct qpp_str program = set->program.n ? set->program : QPP_LIT("mips");
	return set->category == category && qpp_str_eq(program, s->program);
}

struct qpp_finding *qpp_remark(struct qpp_scoring *s, enum qpp_severity severity, const char *code,
                               struct qpp_where where, struct qpp_str message)
{
	if (s->c.findings)
		return qpp_find(s->c.findings, severity, code, where, message);
	/* Nobody collects remarks: one to write into and forget. */
	return QPP_NEW(s->c.arena, struct qpp_finding);
}

void qpp_scoring_begin(struct qpp_scoring *s, const struct qpp_request *q, struct qpp_str program)
{
	static const struct qpp_facts nothing_known;
	*s = (struct qpp_scoring){ .facts = &nothing_known };
	s->c.rules = q->rules;
	s->c.catalog = q->catalog;
	s->c.arena = q->arena;
	s->c.trace = q->trace;
	s->c.findings = q->findings;
	s->plan = q->plan ? q->plan : qpp_plan_make(q->arena, q->rules, q->catalog);
	s->program = program.n ? program : QPP_LIT("mips");
	s->kind = qpp_program_kind_of(s->program);
}

/* A program that the year's data name (pcf), though MIPS does not score it. */
static bool published_program(const struct qpp_catalog *c, struct qpp_str program)
{
	for (size_t i = 0; c && i < c->n_measures; i++)
		if (qpp_strs_has(c->measures[i].programs, program))
			return true;
	return false;
}

static void begin_program(struct qpp_scoring *s)
{
	if (s->kind == QPP_PROGRAM_MVP) {
		s->mvp = qpp_catalog_mvp(s->c.catalog, s->program);
		if (!s->mvp && published_program(s->c.catalog, s->program)) {
			qpp_calc_fail(&s->c, QPP_NO_RULE, "there are no MIPS scoring rules for this program");
			qpp_err_detail(&s->c.err, qpp_str_dup(s->c.arena, s->program).p, (char *)NULL);
		} else if (!s->mvp) {
			qpp_calc_fail(&s->c, QPP_USAGE, "no such program or MVP in that year");
			qpp_err_detail(&s->c.err, qpp_str_dup(s->c.arena, s->program).p, (char *)NULL);
			qpp_err_hint(&s->c.err, "programs are mips, app1, appPlus and the MVP ids of the year", (char *)NULL);
		}
	}
}

static struct qpp_str program_word(const struct qpp_scoring *s)
{
	return s->kind == QPP_PROGRAM_MVP ? QPP_LIT("mvp") : s->program;
}

/* R-414.1365(b), 414.1367(b): the program is there in the year, and for the level of the filer. */
static void check_level(struct qpp_scoring *s)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_bound_table *t = &c->rules->tables[QPP_T_program_levels];
	enum qpp_entity level = s->submission->entity;
	bool listed = s->plan->level[s->kind][level] && !qpp_str_is(s->program, "appPlus");
	if (listed)
		return;
	const struct qpp_table_row *any = qpp_row_needed(c, QPP_T_program_levels, QPP_KEYS({ QPP_C_program_levels_program, program_word(s) }));
	if (!any || level == QPP_ENTITY_NONE)
		return;
	struct qpp_buf levels;
	qpp_buf_init(&levels, c->arena, 200);
	for (size_t i = 0; i < t->n_rows; i++) {
		struct qpp_str row_level = qpp_cell_word(t->rows[i], QPP_C_program_levels_level);
		if (!qpp_str_eq(qpp_cell_word(t->rows[i], QPP_C_program_levels_program), program_word(s)))
			continue;
		if (qpp_str_is(row_level, qpp_entity_name(level)))
			return;
		qpp_buf_cat(&levels, levels.n ? ", " : "", qpp_str_dup(c->arena, row_level).p, (char *)NULL);
	}
	qpp_calc_fail(c, QPP_DATA, "this level cannot report this program");
	qpp_err_detail(&c->err, "level ", qpp_entity_name(level), ", program ", qpp_str_dup(c->arena, s->program).p, (char *)NULL);
	qpp_err_hint(&c->err, "it is for these levels: ", qpp_buf_done(&levels).p, (char *)NULL);
	qpp_err_cite(&c->err, qpp_cell_word(any, QPP_C_program_levels_cite));
}

/* Web Interface measures of the APP: the data that would be needed are not published. */
static void refuse_web_interface(struct qpp_scoring *s)
{
	for (size_t i = 0; s->kind == QPP_PROGRAM_APP && i < s->submission->n_sets; i++)
		if (s->submission->sets[i].method == QPP_WEB_INTERFACE && qpp_set_counts(s, &s->submission->sets[i], QPP_QUALITY))
			qpp_calc_fail(&s->c, QPP_NO_RULE, "there are no rules for Web Interface measures of the APP");
}

/* R-414.1318(b), R-414.1310(e): levels that have no final score without data. */
static struct qpp_str without_score(struct qpp_scoring *s, const struct qpp_category_score *quality)
{
	static const struct qpp_str scored = { NULL, 0 };
	const struct qpp_table_row *row = s->plan->needs_data[s->submission->entity];
	if (!row || s->filed[QPP_IA] || s->filed[QPP_PI])
		return scored;
	if (!s->filed[QPP_QUALITY])
		return s->submission->entity == QPP_SUBGROUP ? QPP_LIT("the subgroup submitted nothing for this program")
		                                             : QPP_LIT("the group submitted nothing for this program");
	bool alone = qpp_str_is(qpp_cell_word(row, QPP_C_score_needs_data_claims_alone), "yes");
	return alone || !quality->by_claims ? scored
	                                    : QPP_LIT("the group submitted nothing but quality measures by claims");
}

static struct qpp_num zero_percent(struct qpp_scoring *s, enum qpp_fact_id id, enum qpp_category category)
{
	s->c.subject = qpp_str_of(qpp_category_name(category));
	struct qpp_num none = qpp_constant(&s->c, id, 0);
	qpp_note(&s->c, none, "nothing was submitted for the category", (char *)NULL);
	return none;
}

/* What a category without data is worth: 0 where it must be reported, nothing at all for cost. */
static void fill_in(struct qpp_scoring *s, struct qpp_num *percent, uint32_t *missing, const struct qpp_category_score *cat)
{
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		if (qpp_dec_ok(percent[k].v))
			continue;
		/* 414.1380(b)(2)(v): no cost measure scored; (c)(2)(i)(A)(1): submitted quality measures that all leave the denominator. */
		/* An MVP knows no such ground; an APM entity's category may be without weight since all its clinicians are excused. */
		bool left_out = k == QPP_QUALITY && cat[k].submitted && s->kind != QPP_PROGRAM_MVP;
		if (k == QPP_COST || left_out || cat[k].reweighted.n)
			*missing |= 1u << k;
		else
			percent[k] = zero_percent(s, percent_fact[k], (enum qpp_category)k);
	}
}

/* Activities come last: an APM participant's credit asks whether the others were submitted. */
static void score_categories(struct qpp_scoring *s, struct qpp_num *percent, struct qpp_category_score *cat)
{
	static const struct {
		enum qpp_category category;
		struct qpp_num (*score)(struct qpp_scoring *, struct qpp_category_score *);
	} order[] = {
		{ QPP_QUALITY, qpp_score_quality }, { QPP_COST, qpp_score_cost }, { QPP_PI, qpp_score_pi }, { QPP_IA, qpp_score_ia },
	};
	for (size_t i = 0; i < QPP_CATEGORIES; i++) {
		enum qpp_category k = order[i].category;
		percent[k] = order[i].score(s, &cat[k]);
		/* The APP gives everybody the whole activities score: there is nothing to roll up. */
		bool whole = k == QPP_COST || (k == QPP_IA && s->kind == QPP_PROGRAM_APP);
		if (!whole)
			(void)qpp_rolled_up(s, &cat[k], percent_fact[k], &percent[k]);
		if (k != QPP_COST)
			s->filed[k] = qpp_counts_as_submission(s, &cat[k]);
	}
}

enum qpp_code qpp_score_submission(const struct qpp_request *q, const struct qpp_submission *submission,
                                   const struct qpp_facts *facts, struct qpp_str program, struct qpp_score *out,
                                   struct qpp_err *err)
{
	struct qpp_scoring s;
	struct qpp_num percent[QPP_CATEGORIES];
	qpp_scoring_begin(&s, q, program);
	*out = (struct qpp_score){ .program = s.program, .kind = s.kind };
	for (int k = 0; k < QPP_CATEGORIES; k++)
		out->category[k].category = (enum qpp_category)k;
	s.submission = submission;
	if (facts)
		s.facts = facts;
	begin_program(&s);
	check_level(&s);
	refuse_web_interface(&s);
	if (s.c.code != QPP_OK)
		return qpp_calc_code(&s.c, err);

	score_categories(&s, percent, out->category);
	bool submitted = s.filed[QPP_QUALITY] || s.filed[QPP_PI] || s.filed[QPP_IA];
	uint32_t reweighted = qpp_reweighted(&s, out->category), missing = reweighted;
	fill_in(&s, percent, &missing, out->category);
	s.no_score = without_score(&s, &out->category[QPP_QUALITY]);
	struct qpp_num bonus = qpp_complex_patient_bonus(&s, submitted);
	qpp_final_of(&s, percent, missing, s.facts->small_practice == QPP_YES, bonus, submitted, out);
	qpp_score_facility(&s, percent, reweighted, bonus, submitted, out);
	out->missing = s.c.missing;
	out->readings = s.c.readings_used;
	return qpp_calc_code(&s.c, err);
}

enum qpp_code qpp_score_points(const struct qpp_request *q, const struct qpp_points_question *ask,
                               struct qpp_points *out, struct qpp_err *err)
{
	struct qpp_scoring s;
	struct qpp_num points;
	struct qpp_where nowhere = { 0 };
	qpp_scoring_begin(&s, q, ask->program);
	*out = (struct qpp_points){ 0 };
	begin_program(&s);
	s.c.subject = qpp_subject(&s.c, "quality", ask->measure_id, qpp_method_name(ask->method));
	struct qpp_points_in in = {
		.measure = qpp_catalog_measure(s.c.catalog, ask->measure_id), .method = ask->method,
		.benchmark = qpp_catalog_benchmark(s.c.catalog, ask->measure_id, ask->method), .has_rate = true,
		.has_cases = ask->cases.given, .has_completeness = ask->completeness.given,
		.small_practice = ask->small_practice,
	};
	in.rate = qpp_input(&s.c, QPP_F_RATE, ask->rate, nowhere);
	if (ask->cases.given)
		in.cases = qpp_input(&s.c, QPP_F_CASES, ask->cases.v, nowhere);
	if (ask->completeness.given)
		in.completeness = qpp_input(&s.c, QPP_F_COMPLETENESS, ask->completeness.v, nowhere);
	if (in.measure && in.measure->category == QPP_COST)
		qpp_cost_points_of(&s, &in, out, &points);
	else
		qpp_points_of(&s, &in, out, &points);
	return qpp_calc_code(&s.c, err);
}

enum qpp_code qpp_score_final(const struct qpp_request *q, const struct qpp_final_question *ask, struct qpp_score *out,
                              struct qpp_err *err)
{
	struct qpp_scoring s;
	struct qpp_num percent[QPP_CATEGORIES];
	uint32_t missing = ask->missing;
	qpp_scoring_begin(&s, q, ask->program);
	*out = (struct qpp_score){ .program = s.program, .kind = s.kind };
	/* Asked first, so that a year without rules is refused by the rule that matters most. */
	(void)qpp_param(&s.c, QPP_P_performance_threshold);
	if (s.kind == QPP_PROGRAM_APP || !qpp_param_yes(&s.c, QPP_P_cost_scored))
		missing |= 1u << QPP_COST;
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		s.c.subject = qpp_str_of(qpp_category_name((enum qpp_category)k));
		percent[k] = ask->percent[k].given ? qpp_input(&s.c, percent_fact[k], ask->percent[k].v, ask->percent[k].where)
		                                   : zero_percent(&s, percent_fact[k], (enum qpp_category)k);
		out->category[k].submitted = ask->percent[k].given;
	}
	s.c.subject = QPP_LIT("complexPatientBonus");
	struct qpp_num bonus = qpp_constant(&s.c, QPP_F_CPB, 0);
	if (ask->complex_patient_bonus.given)
		bonus = qpp_input(&s.c, QPP_F_CPB, ask->complex_patient_bonus.v, ask->complex_patient_bonus.where);
	qpp_final_of(&s, percent, missing, ask->small, bonus, true, out);
	return qpp_calc_code(&s.c, err);
}

enum qpp_code qpp_score_adjustment(const struct qpp_request *q, qpp_dec final_score, struct qpp_number scaling,
                                   struct qpp_number additional_scaling, struct qpp_adjustment *out, struct qpp_err *err)
{
	struct qpp_scoring s;
	qpp_scoring_begin(&s, q, QPP_LIT("mips"));
	/* Asked first, so that a year without rules is refused by the rule that matters most. */
	(void)qpp_param(&s.c, QPP_P_performance_threshold);
	s.c.subject = QPP_LIT("final");
	struct qpp_num exact = qpp_input(&s.c, QPP_F_FINAL_EXACT, final_score, (struct qpp_where){ 0 });
	struct qpp_num rounded = QPP_DERIVE(&s.c, QPP_F_FINAL_SCORE, QPP_OP_ROUND, exact, qpp_param(&s.c, QPP_P_final_decimals));
	qpp_adjustment_of(&s.c, exact, rounded, scaling, additional_scaling, out);
	return qpp_calc_code(&s.c, err);
}
