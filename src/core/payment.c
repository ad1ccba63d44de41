/*
 * Which of several final scores pays a clinician, and who is paid none: the levels of
 * one TIN in the order of their year, each only where the clinician is eligible, and
 * what a TIN without a score takes along from the others. Every clinician sees it
 * on the feedback page, and whoever bills under a new TIN on the first remittance.
 *
 * A score that does not pay keeps the reason; none is dropped without one.
 */
#include "payment_int.h"

struct qpp_str qpp_payment_text(struct qpp_arena *a, const char *first, ...)
{
	enum { LONGEST = 600 };
	struct qpp_buf b;
	va_list ap;
	qpp_buf_init(&b, a, LONGEST);
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_cat(&b, s, (char *)NULL);
	va_end(ap);
	return qpp_buf_done(&b);
}

const char *qpp_payment_level(enum qpp_entity e)
{
	static const char *const names[QPP_ENTITIES] = {
		[QPP_INDIVIDUAL] = "individual", [QPP_GROUP] = "group", [QPP_VIRTUAL_GROUP] = "virtual group",
		[QPP_SUBGROUP] = "subgroup", [QPP_APM_ENTITY] = "APM Entity",
	};
	return e > QPP_ENTITY_NONE && e < QPP_ENTITIES ? names[e] : "unknown";
}

void qpp_payment_pass(struct qpp_paying *q, size_t i, struct qpp_str rule, struct qpp_str why)
{
	if (q->candidates[i].passed)
		return;
	q->candidates[i].passed = true;
	q->candidates[i].why = (struct qpp_reason){ rule, why };
}

/* Nothing pays: why, of the answer and of every score that has no reason of its own. */
static void none(struct qpp_paying *q, struct qpp_str rule, struct qpp_str why)
{
	q->out->no_adjustment = (struct qpp_reason){ rule, why };
	for (size_t i = 0; i < q->facts->n_scores; i++)
		qpp_payment_pass(q, i, rule, why);
}

/* Whether a row rests on a reading that is set to its other alternative. */
bool qpp_payment_switched(struct qpp_paying *q, struct qpp_str rests)
{
	int reading = qpp_rules_reading_bit(rests);
	return reading >= 0 && qpp_reading(&q->c, (enum qpp_rule_reading)reading) != 0;
}

/* R-414.1405(a): where the year puts a level; 0 when it did not exist. */
static int64_t rank_of(struct qpp_paying *q, enum qpp_entity level, struct qpp_str *cite)
{
	int64_t rank = 0;
	const struct qpp_table_row *row =
	    qpp_row(&q->c, QPP_T_score_precedence, QPP_KEYS({ QPP_C_score_precedence_level, qpp_str_of(qpp_entity_name(level)) }));
	if (!row)
		return 0;
	bool switched = qpp_payment_switched(q, qpp_cell_word(row, QPP_C_score_precedence_rests));
	struct qpp_num n = qpp_cell_num(&q->c, QPP_T_score_precedence, row,
	                                switched ? QPP_C_score_precedence_otherwise : QPP_C_score_precedence_rank);
	if (q->c.code == QPP_OK && !qpp_dec_i64(n.v, &rank))
		qpp_calc_fail(&q->c, QPP_BUG, "a rank of the final scores is no whole number");
	*cite = qpp_cell_word(row, QPP_C_score_precedence_cite);
	return rank;
}

/* R-414.1310(d): who is excluded in person gets no adjustment, whatever the scores. */
static bool excluded(struct qpp_paying *q)
{
	for (int level = QPP_INDIVIDUAL; level < QPP_ENTITIES; level++) {
		if (!q->facts->has_status[level])
			continue;
		const struct qpp_table_row *row = qpp_payment_status_row(q, (enum qpp_entity)level);
		if (!row || !qpp_str_is(qpp_cell_word(row, QPP_C_adjustment_by_status_effect), "clinician"))
			continue;
		struct qpp_arena *a = q->c.arena;
		struct qpp_str says = qpp_str_dup(a, qpp_cell_word(row, QPP_C_adjustment_by_status_says));
		none(q, qpp_cell_word(row, QPP_C_adjustment_by_status_cite),
		     qpp_payment_text(a, "the clinician is excluded and gets no adjustment, whatever the scores: ", says.p, (char *)NULL));
		return true;
	}
	return false;
}

static bool has_virtual_group_score(const struct qpp_payment_facts *f)
{
	for (size_t i = 0; i < f->n_scores; i++)
		if (f->scores[i].participation == QPP_VIRTUAL_GROUP)
			return true;
	return false;
}

/*
 * R-414.1315(a)(2): a virtual group is scored whether or not it submits. Where its score goes before all others a
 * member is paid on nothing else; `*rank` is 0 in a year without virtual groups.
 */
static bool awaits_virtual_group(struct qpp_paying *q, int64_t *rank)
{
	struct qpp_str cite, other;
	bool before_all = true;
	*rank = rank_of(q, QPP_VIRTUAL_GROUP, &cite);
	if (!*rank || q->facts->virtual_group_member != QPP_YES || has_virtual_group_score(q->facts))
		return false;
	for (int level = QPP_INDIVIDUAL; level < QPP_ENTITIES; level++) {
		int64_t r = level == QPP_VIRTUAL_GROUP ? 0 : rank_of(q, (enum qpp_entity)level, &other);
		before_all &= !r || *rank < r;
	}
	if (!before_all)
		return false;
	q->out->awaits_virtual_group = true;
	qpp_unknown_add(q->c.arena, &q->out->why, "scores", "the virtual group's score, which pays its members whatever it is");
	none(q, cite, QPP_LIT("the virtual group's score is not told: it is made also when the virtual group submits nothing, and "
	                      "its members are paid on no other"));
	return true;
}

/* R-precedence-new-tin: each TIN keeps its scores, also one that cannot pay; only a TIN without any looks elsewhere. */
static void keep_tin(struct qpp_paying *q)
{
	const struct qpp_payment_facts *f = q->facts;
	for (size_t i = 0; i < f->n_scores; i++)
		q->own_tin |= qpp_str_eq(f->scores[i].tin, f->tin);
	if (q->own_tin)
		for (size_t i = 0; i < f->n_scores; i++)
			if (!qpp_str_eq(f->scores[i].tin, f->tin))
				qpp_payment_pass(q, i, QPP_LIT("414.1405(a)"),
				                 QPP_LIT("it is of another TIN than the one billed, which has a score of its own"));
}

static void not_that_year(struct qpp_paying *q, size_t i)
{
	const struct qpp_payment_score *s = &q->facts->scores[i];
	struct qpp_arena *a = q->c.arena;
	struct qpp_str year = qpp_i64_text(a, q->c.rules->py.v);
	struct qpp_str why = qpp_payment_text(a, "PY ", year.p, " has no scores of the level ",
	                                      qpp_payment_level(s->participation), (char *)NULL);
	qpp_payment_pass(q, i, QPP_LIT("414.1405(a)"), why);
	if (!q->findings)
		return;
	struct qpp_finding *x = qpp_find(q->findings, QPP_WARNING, "levelNotThatYear", s->where, why);
	x->subject = QPP_LIT("scores");
	x->value = qpp_str_of(qpp_entity_name(s->participation));
	x->hint = QPP_LIT("the score is passed over; is the performance year right?");
}

static void rank_all(struct qpp_paying *q)
{
	bool any = !q->own_tin && qpp_reading(&q->c, QPP_R_new_tin_score) == QPP_R_new_tin_score_any;
	for (size_t i = 0; i < q->facts->n_scores; i++) {
		struct qpp_candidate *x = &q->candidates[i];
		if (x->passed)
			continue;
		x->rank = rank_of(q, q->facts->scores[i].participation, &x->cite);
		if (!x->rank)
			not_that_year(q, i);
		else
			qpp_payment_ask_eligibility(q, i);
		/* Whatever there is: no level goes before another. */
		if (any)
			x->rank = 1;
	}
}

static void contradiction(struct qpp_paying *q)
{
	if (!q->findings || q->facts->virtual_group_member != QPP_NO || !has_virtual_group_score(q->facts))
		return;
	struct qpp_finding *x = qpp_find(q->findings, QPP_WARNING, "virtualGroupContradicts", q->facts->member_where,
	                                 QPP_LIT("the clinician is said to be in no virtual group and has the score of one; the score holds"));
	x->subject = QPP_LIT("virtualGroupMember");
	x->value = QPP_LIT("false");
	x->expected = QPP_LIT("true, or no score of a virtual group");
	x->cite = QPP_LIT("414.1315(a)(2)");
}

/* What is not told of a virtual group, where its score would go before the one that pays. */
static void tell_unknown(struct qpp_paying *q, int64_t rank, size_t winner)
{
	if (!rank || rank >= q->candidates[winner].rank || has_virtual_group_score(q->facts))
		return;
	if (q->facts->virtual_group_member == QPP_UNKNOWN)
		qpp_unknown_add(q->c.arena, &q->out->why, "virtualGroupMember", "whether the score of a virtual group pays instead");
	if (q->facts->virtual_group_member == QPP_YES)
		qpp_unknown_add(q->c.arena, &q->out->why, "scores", "the virtual group's score, which goes before the one that is told");
}

static void decide(struct qpp_paying *q)
{
	int64_t virtual_group_rank;
	if (excluded(q) || awaits_virtual_group(q, &virtual_group_rank))
		return;
	contradiction(q);
	keep_tin(q);
	rank_all(q);
	if (q->c.code != QPP_OK)
		return;
	q->out->pays = qpp_payment_choose(q, &q->out->score);
	if (q->out->pays)
		tell_unknown(q, virtual_group_rank, q->out->score);
	else
		none(q, QPP_LIT("414.1405(a)"), q->facts->n_scores ? QPP_LIT("none of the scores can pay under the TIN that is billed")
		                                                    : QPP_LIT("there is no final score of the year"));
}

/* The reasons of the scores that do not pay, in the order of the scores, behind that of the one that does. */
static void tell(struct qpp_paying *q)
{
	struct qpp_payment *out = q->out;
	if (!out->pays)
		*QPP_PUSH(q->c.arena, &out->why.list) = out->no_adjustment;
	for (size_t i = 0; i < q->facts->n_scores; i++) {
		if (!q->candidates[i].passed)
			continue;
		const struct qpp_reason *why = &q->candidates[i].why;
		*QPP_PUSH(q->c.arena, &out->passed) = (struct qpp_payment_passed){ i, *why };
		qpp_reason_add(q->c.arena, &out->why, qpp_str_dup(q->c.arena, why->rule).p, "the ",
		               qpp_payment_level(q->facts->scores[i].participation), " score of ", qpp_payment_points(q, i),
		               " does not pay: ", qpp_str_dup(q->c.arena, why->text).p, (char *)NULL);
	}
	out->readings = q->c.readings_used;
}

enum qpp_code qpp_payment_decide(const struct qpp_request *request, const struct qpp_payment_facts *facts,
                                 struct qpp_payment *out, struct qpp_err *err)
{
	struct qpp_paying q = {
		.c = { .rules = request->rules, .arena = request->arena }, .facts = facts, .findings = request->findings, .out = out,
		.candidates = QPP_NEW_ARRAY(request->arena, facts->n_scores + 1, struct qpp_candidate),
	};
	*out = (struct qpp_payment){ 0 };
	/* A year without rules refuses whatever is asked of it. */
	if (qpp_row_needed(&q.c, QPP_T_score_precedence, QPP_KEYS({ QPP_C_score_precedence_level, QPP_LIT("individual") })))
		decide(&q);
	enum qpp_code code = qpp_calc_code(&q.c, err);
	if (code != QPP_OK)
		return code;
	tell(&q);
	struct qpp_number fitted = { 0 };
	return out->pays ? qpp_score_adjustment(request, facts->scores[out->score].final_score, fitted, fitted,
	                                        &out->adjustment, err)
	                 : QPP_OK;
}
