/*
 * 414.1380(c): weights, complex patient bonus, final score. Decides the number
 * that the payment adjustment is read from.
 */
#include "score_int.h"

/* Traditional MIPS and MVPs; the APP and the APM scoring standard have rows of their own, and never score cost. */
static bool shares_rows(enum qpp_program_kind kind)
{
	return kind == QPP_PROGRAM_MIPS || kind == QPP_PROGRAM_MVP;
}

/* Where cost is never scored the rows do not name it as missing. */
static uint32_t named_missing(const struct qpp_scoring *s, uint32_t missing)
{
	return shares_rows(s->kind) ? missing : missing & ~(1u << QPP_COST);
}

/* R-414.1380(c): the weights when some categories are not scored. */
static const struct qpp_table_row *weights_row(struct qpp_scoring *s, bool small, uint32_t missing)
{
	missing = named_missing(s, missing);
	const struct qpp_table_row *row = s->plan->weights[s->kind][small][missing];
	if (row)
		return row;
	if (!shares_rows(s->kind)) {
		qpp_calc_fail(&s->c, QPP_NO_RULE, "the year has no weights for this program without these categories");
		qpp_err_detail(&s->c.err, "program ", qpp_str_dup(s->c.arena, s->program).p, ", PY ",
		               qpp_i64_text(s->c.arena, s->c.rules->py.v).p, ", missing ", qpp_missing_word(s->c.arena, missing).p, (char *)NULL);
		qpp_err_cite(&s->c.err, QPP_LIT("414.1380(c)"));
		return NULL;
	}
	return qpp_row_needed(&s->c, QPP_T_weights,
	                      QPP_KEYS({ QPP_C_weights_program, qpp_kind_word(s) },
	                               { QPP_C_weights_small, small ? QPP_LIT("yes") : QPP_LIT("no") },
	                               { QPP_C_weights_missing, qpp_missing_word(s->c.arena, missing) }));
}

/* Small practices have some rows of their own: there, not knowing whether it is one matters. */
static void ask_small_practice(struct qpp_scoring *s, uint32_t missing)
{
	missing = named_missing(s, missing);
	if (s->submission && s->plan->weights[s->kind][false][missing] != s->plan->weights[s->kind][true][missing])
		(void)qpp_known_yes(&s->c, QPP_MISSING_SMALL_PRACTICE, s->facts->small_practice);
}

static const int weight_column[QPP_CATEGORIES] = {
	[QPP_QUALITY] = QPP_C_weights_quality,
	[QPP_COST] = QPP_C_weights_cost,
	[QPP_IA] = QPP_C_weights_ia,
	[QPP_PI] = QPP_C_weights_pi,
};

static void weights_of(struct qpp_scoring *s, bool small, uint32_t missing, struct qpp_num *weight, struct qpp_str *rule)
{
	struct qpp_calc *c = &s->c;
	const uint32_t all = (1u << QPP_CATEGORIES) - 1;
	const struct qpp_table_row *row = missing == all ? NULL : weights_row(s, small, missing);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		c->subject = qpp_str_of(qpp_category_name((enum qpp_category)k));
		if (missing == all) {
			weight[k] = qpp_constant(c, QPP_F_WEIGHT, 0);
			continue;
		}
		weight[k] = QPP_DERIVE(c, QPP_F_WEIGHT, QPP_OP_SAME, qpp_cell_num(c, QPP_T_weights, row, weight_column[k]));
		if (row)
			qpp_note_rule(c, weight[k], qpp_cell_word(row, QPP_C_weights_cite));
	}
	*rule = row ? qpp_cell_word(row, QPP_C_weights_cite) : QPP_LIT("414.1380(c)");
}

/* Fewer than two scored categories: the score is the performance threshold. */
static struct qpp_num threshold_score(struct qpp_scoring *s)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num x = QPP_DERIVE(c, QPP_F_FINAL_EXACT, QPP_OP_SAME, qpp_param(c, QPP_P_performance_threshold));
	qpp_note(c, x, "fewer than two categories are scored: the final score is the performance threshold", (char *)NULL);
	return x;
}

/* R-414.1380(c)(4): weighted category scores and bonus, at most 100; in 2018 with points for small practices. */
static struct qpp_num sum_of(struct qpp_scoring *s, const struct qpp_num *contribution, size_t n, struct qpp_num bonus, bool small,
                             struct qpp_score *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num all[QPP_CATEGORIES + 2];
	for (size_t i = 0; i < n; i++)
		all[i] = contribution[i];
	if (qpp_dec_sign(bonus.v))
		all[n++] = bonus;
	if (small && qpp_dec_sign(qpp_param(c, QPP_P_final_small_practice_points).v)) {
		all[n] = QPP_DERIVE(c, QPP_F_SMALL_FINAL_POINTS, QPP_OP_SAME, qpp_param(c, QPP_P_final_small_practice_points));
		out->small_practice_points = qpp_value_of(all[n++]);
	}
	struct qpp_num sum = qpp_derive(c, QPP_F_FINAL_SUM, QPP_OP_SUM, all, n);
	return QPP_DERIVE(c, QPP_F_FINAL_EXACT, QPP_OP_LEAST, sum, qpp_param(c, QPP_P_final_most));
}

/* Somebody who submitted nothing (reading cost_requires_submission). */
static bool silent_scores_zero(struct qpp_scoring *s, bool submitted)
{
	return !submitted && qpp_reading(&s->c, QPP_R_cost_requires_submission) == QPP_R_cost_requires_submission_yes;
}

void qpp_final_of(struct qpp_scoring *s, const struct qpp_num *percent, uint32_t missing, bool small,
                  struct qpp_num bonus, bool submitted, struct qpp_score *out)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num weight[QPP_CATEGORIES], contribution[QPP_CATEGORIES];
	struct qpp_str rule;
	size_t n = 0;
	weights_of(s, small, missing, weight, &rule);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		struct qpp_category_score *cat = &out->category[k];
		cat->category = (enum qpp_category)k;
		cat->weight = qpp_value_of(weight[k]);
		cat->scored = c->code == QPP_OK && qpp_dec_sign(weight[k].v) > 0;
		if (!cat->scored)
			continue;
		c->subject = qpp_str_of(qpp_category_name(cat->category));
		cat->percent = qpp_value_of(percent[k]);
		contribution[n] = QPP_DERIVE(c, QPP_F_CONTRIBUTION, QPP_OP_PERCENT_OF, percent[k], weight[k]);
		cat->contribution = qpp_value_of(contribution[n++]);
	}
	c->subject = QPP_LIT("final");
	struct qpp_num scored = qpp_derive(c, QPP_F_SCORED_CATEGORIES, QPP_OP_COUNT, contribution, n);
	struct qpp_num least = qpp_param(c, QPP_P_scored_categories_least), exact;
	if (c->code != QPP_OK)
		return;
	if (qpp_dec_cmp(scored.v, least.v) < 0) {
		exact = threshold_score(s);
	} else if (s->no_score.n) {
		out->no_score = s->no_score;
		return;
	} else if (silent_scores_zero(s, submitted)) {
		exact = qpp_constant(c, QPP_F_FINAL_EXACT, 0);
		qpp_note(c, exact, "nothing was submitted", (char *)NULL);
	} else {
		ask_small_practice(s, missing);
		exact = sum_of(s, contribution, n, bonus, small, out);
		out->complex_patient_bonus = qpp_value_of(bonus);
	}
	struct qpp_num final = QPP_DERIVE(c, QPP_F_FINAL_SCORE, QPP_OP_ROUND, exact, qpp_param(c, QPP_P_final_decimals));
	out->final_exact = qpp_value_of(exact);
	out->final_score = qpp_value_of(final);
	if (c->code == QPP_OK)
		qpp_adjustment_of(c, exact, final, (struct qpp_number){ 0 }, (struct qpp_number){ 0 }, &out->adjustment);
}

enum qpp_code qpp_score_weights(const struct qpp_request *q, struct qpp_str program, bool small, uint32_t missing,
                                struct qpp_weights *out, struct qpp_err *err)
{
	struct qpp_scoring s;
	struct qpp_num weight[QPP_CATEGORIES];
	qpp_scoring_begin(&s, q, program);
	weights_of(&s, small, missing, weight, &out->rule);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		out->weight[k] = qpp_value_of(weight[k]);
	return qpp_calc_code(&s.c, err);
}
