/*
 * One score against another: whether the clinician is eligible at its level, which of
 * those left pays, and the sentence that says why the others do not.
 */
#include "payment_int.h"

const struct qpp_table_row *qpp_payment_status_row(struct qpp_paying *q, enum qpp_entity level)
{
	struct qpp_str name = qpp_str_of(qpp_eligibility_status_name(q->facts->status[level]));
	return qpp_row_needed(&q->c, QPP_T_adjustment_by_status, QPP_KEYS({ QPP_C_adjustment_by_status_status, name }));
}

/* A row that asks for the eligibility at a level. */
static enum qpp_entity asked_level(const struct qpp_table_row *row)
{
	return qpp_entity_of(qpp_cell_word(row, QPP_C_score_eligibility_asks));
}

static void name_unknown(struct qpp_paying *q, enum qpp_entity level)
{
	struct qpp_arena *a = q->c.arena;
	qpp_unknown_add(a, &q->out->why, qpp_str_cat(a, "eligibility.", qpp_entity_name(level), (char *)NULL).p,
	                qpp_payment_text(a, "whether a score can pay that asks for the clinician's eligibility at the ",
	                                 qpp_payment_level(level), " level; taken as eligible", (char *)NULL).p);
}

/* What is asked of one score: enough is known, or what is not, or why it cannot pay. */
struct asked {
	bool paid;
	bool unknown[QPP_ENTITIES];
	bool any_unknown;
	enum qpp_entity level;                   /* at which the clinician is not paid */
	const struct qpp_table_row *status;
};

static void ask_row(struct qpp_paying *q, const struct qpp_table_row *row, struct asked *x)
{
	enum qpp_entity level = asked_level(row);
	if (qpp_payment_switched(q, qpp_cell_word(row, QPP_C_score_eligibility_rests))) {
		x->paid = true;
	} else if (!q->facts->has_status[level]) {
		x->unknown[level] = x->any_unknown = true;
	} else {
		const struct qpp_table_row *status = qpp_payment_status_row(q, level);
		x->paid |= qpp_str_is(qpp_cell_word(status, QPP_C_adjustment_by_status_effect), "paid");
		x->level = level;
		x->status = status;
	}
}

/* R-precedence-level: one level that is eligible is enough, and one that is not told may be. */
void qpp_payment_ask_eligibility(struct qpp_paying *q, size_t i)
{
	const struct qpp_bound_table *t = &q->c.rules->tables[QPP_T_score_eligibility];
	struct qpp_arena *a = q->c.arena;
	struct qpp_str level = qpp_str_of(qpp_entity_name(q->facts->scores[i].participation));
	struct asked x = { 0 };
	for (size_t k = 0; k < t->n_rows; k++)
		if (qpp_str_eq(qpp_cell_word(t->rows[k], QPP_C_score_eligibility_level), level))
			ask_row(q, t->rows[k], &x);
	if (x.paid || q->c.code != QPP_OK)
		return;
	for (int k = QPP_INDIVIDUAL; k < QPP_ENTITIES; k++)
		if (x.unknown[k])
			name_unknown(q, (enum qpp_entity)k);
	if (x.any_unknown || !x.status)
		return;
	struct qpp_str says = qpp_str_dup(a, qpp_cell_word(x.status, QPP_C_adjustment_by_status_says));
	qpp_payment_pass(q, i, qpp_cell_word(x.status, QPP_C_adjustment_by_status_cite),
	                 qpp_payment_text(a, "the clinician ", says.p, " at the ", qpp_payment_level(x.level), " level", (char *)NULL));
}

enum { PUBLISHED_PLACES = 2, CLOSE_PLACES = 4 };

const char *qpp_payment_points(struct qpp_paying *q, size_t i)
{
	return qpp_dec_text(q->c.arena, q->facts->scores[i].final_score, PUBLISHED_PLACES).p;
}

static const char *level(struct qpp_paying *q, size_t i)
{
	return qpp_payment_level(q->facts->scores[i].participation);
}

static int compare(struct qpp_paying *q, size_t a, size_t b)
{
	return qpp_dec_cmp(q->facts->scores[a].final_score, q->facts->scores[b].final_score);
}

static bool same_tin(struct qpp_paying *q, size_t a, size_t b)
{
	return qpp_str_eq(q->facts->scores[a].tin, q->facts->scores[b].tin);
}

/* R-414.1405(a): the smaller rank, then the higher score, then the one that is told first. */
static bool goes_before(struct qpp_paying *q, size_t a, size_t b)
{
	int64_t rank_a = q->candidates[a].rank, rank_b = q->candidates[b].rank;
	int order = compare(q, a, b);
	return rank_a != rank_b ? rank_a < rank_b : order > 0 || (order == 0 && a < b);
}

/* What would pay under the TIN of a score. */
static size_t first_of_tin(struct qpp_paying *q, size_t i)
{
	size_t first = i;
	for (size_t k = 0; k < q->facts->n_scores; k++)
		if (!q->candidates[k].passed && same_tin(q, k, i) && goes_before(q, k, first))
			first = k;
	return first;
}

static struct qpp_str why_behind(struct qpp_paying *q, size_t loser, size_t winner)
{
	struct qpp_arena *a = q->c.arena;
	const char *tin = "", *points = qpp_payment_points(q, winner);
	int order = compare(q, winner, loser);
	/* Before they were rounded one was higher. */
	if (order != 0 && qpp_str_eq(qpp_str_of(points), qpp_str_of(qpp_payment_points(q, loser))))
		points = qpp_dec_text(a, q->facts->scores[winner].final_score, CLOSE_PLACES).p;
	if (!same_tin(q, loser, winner))
		tin = qpp_str_cat(a, " under TIN ", qpp_shown(a, q->facts->scores[winner].tin).p, (char *)NULL).p;
	else if (q->candidates[winner].rank < q->candidates[loser].rank)
		return qpp_payment_text(a, "the ", level(q, winner), " score goes before it, whatever the two are", (char *)NULL);
	return qpp_payment_text(a, "the ", level(q, winner), " score", tin,
	                        order == 0 ? " is as high and stands first: " : " is higher: ", points, (char *)NULL);
}

/* The others that could have paid, and against what. */
struct field {
	bool same_rank, behind;
};

static void pass_others(struct qpp_paying *q, size_t winner, struct field *f)
{
	size_t n = q->facts->n_scores, *against = QPP_NEW_ARRAY(q->c.arena, n + 1, size_t);
	for (size_t i = 0; i < n; i++) {
		size_t first = q->candidates[i].passed ? i : first_of_tin(q, i);
		against[i] = first == i ? winner : first;
	}
	for (size_t i = 0; i < n; i++) {
		if (i == winner || q->candidates[i].passed)
			continue;
		bool behind = same_tin(q, i, winner) && q->candidates[i].rank > q->candidates[winner].rank;
		f->behind |= behind;
		f->same_rank |= !behind;
		qpp_payment_pass(q, i, q->candidates[against[i]].cite, why_behind(q, i, against[i]));
	}
}

static const char *because(const struct qpp_paying *q, const struct field *f)
{
	if (!q->own_tin)
		return f->same_rank || f->behind ? "the TIN that is billed has no score of its own, and this is the highest of those "
		                                   "that pay under the clinician's other TINs"
		                                 : "the TIN that is billed has no score of its own, and this is the one that the "
		                                   "clinician takes along";
	if (f->behind)
		return f->same_rank ? "its level goes before the others, and it is the highest of its rank"
		                    : "its level goes before the others, whatever their scores";
	return f->same_rank ? "it is the highest of those that can pay" : "no other can pay under the TIN that is billed";
}

/* R-414.1405(a), R-precedence-new-tin: of what pays under each TIN the highest; there are several TINs only for a new one. */
bool qpp_payment_choose(struct qpp_paying *q, size_t *winner)
{
	struct field f = { 0 };
	bool any = false;
	for (size_t i = 0; i < q->facts->n_scores; i++) {
		if (q->candidates[i].passed || first_of_tin(q, i) != i)
			continue;
		if (!any || compare(q, i, *winner) > 0)
			*winner = i;
		any = true;
	}
	if (!any)
		return false;
	/* The rule of the year on new TINs, before anything is taken along. */
	if (!q->own_tin && !qpp_str_is(qpp_param_word(&q->c, QPP_P_new_tin_score), "highest"))
		qpp_calc_fail(&q->c, QPP_BUG, "the rule on new TINs is none that is known");
	pass_others(q, *winner, &f);
	*QPP_PUSH(q->c.arena, &q->out->why.list) = (struct qpp_reason){
		q->own_tin ? q->candidates[*winner].cite : QPP_LIT("414.1405(a)"),
		qpp_payment_text(q->c.arena, "the ", level(q, *winner), " score of ", qpp_payment_points(q, *winner), " pays: ",
		                 because(q, &f), (char *)NULL) };
	return true;
}
