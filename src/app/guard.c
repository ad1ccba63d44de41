/* What data would undo: the difference of two scores, told in words and money. */
#include "app/guard.h"

#include "app/known.h"

enum { HUNDRED = 100 };

#define TEXT(s) (qpp_str_dup(a, (s)).p)

const struct qpp_scored *qpp_answer_counting(const struct qpp_answer *x)
{
	const struct qpp_scored *found = NULL;
	for (size_t i = 0; x && i < x->n_scored; i++)
		if (!found || x->scored[i].counts)
			found = &x->scored[i];
	return found;
}

struct qpp_str qpp_reweight_words(struct qpp_str reason)
{
	static const struct {
		const char *name, *words;
	} all[] = {
		{ "hardship", "approved hardship exception" }, { "euc", "approved exception for extreme and uncontrollable circumstances" },
		{ "automaticEuc", "automatic exception for extreme and uncontrollable circumstances" },
		{ "specialStatus", "special status" }, { "clinicianType", "type of clinician" },
		{ "joinedLate", "joined the practice late in the year" }, { "dataIntegrity", "data cannot be relied on" },
		{ "decertified", "certification of the EHR technology was withdrawn" }, { "thirdParty", "failure of a third party" },
		{ "smallPractice", "small practice that submitted nothing for it" }, { "membersExcused", "every member is excused" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (qpp_str_is(reason, all[i].name))
			return qpp_str_of(all[i].words);
	return reason;
}

/* What somebody was granted, as opposed to what somebody is. */
static bool is_exception(struct qpp_str reason)
{
	static const enum qpp_reweight_reason all[] = { QPP_HARDSHIP, QPP_EUC, QPP_AUTOMATIC_EUC, QPP_DECERTIFIED, QPP_THIRD_PARTY };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (qpp_str_is(reason, qpp_reweight_reason_name(all[i])))
			return true;
	return false;
}

/* With the minus of print, and `unit` in front or behind. */
static struct qpp_str signed_text(struct qpp_arena *a, qpp_dec v, const char *before, const char *behind)
{
	int sign = qpp_dec_sign(v);
	return qpp_str_cat(a, sign < 0 ? "\xE2\x88\x92" : sign ? "+" : "", before, TEXT(qpp_dec_text(a, sign < 0 ? qpp_dec_neg(v) : v, 2)), behind,
	                   (char *)NULL);
}

static const struct qpp_value *factor_of(const struct qpp_adjustment *x)
{
	return x->total.has ? &x->total : &x->factor;
}

static void money(struct qpp_arena *a, const struct qpp_value *before, const struct qpp_value *after, struct qpp_guard *g)
{
	const qpp_dec all = qpp_dec_of(HUNDRED);
	if (before->has) {
		g->factor_before = signed_text(a, before->v, "", " %");
		g->dollars_before = qpp_str_cat(a, "$", TEXT(qpp_dec_text(a, qpp_dec_add(all, before->v), 2)), (char *)NULL);
	}
	if (after->has) {
		g->factor_after = signed_text(a, after->v, "", " %");
		g->dollars_after = qpp_str_cat(a, "$", TEXT(qpp_dec_text(a, qpp_dec_add(all, after->v), 2)), (char *)NULL);
	}
	if (before->has && after->has && qpp_dec_cmp(before->v, after->v) != 0)
		g->dollars = signed_text(a, qpp_dec_sub(after->v, before->v), "$", "");
}

static bool counts(const struct qpp_category_score *x)
{
	return x->weight.has && qpp_dec_sign(x->weight.v) > 0;
}

void qpp_guard_of(struct qpp_arena *a, const struct qpp_answer *before, const struct qpp_answer *after, struct qpp_guard *g)
{
	const struct qpp_scored *b = qpp_answer_counting(before), *c = qpp_answer_counting(after);
	*g = (struct qpp_guard){ 0 };
	if (!b || !c)
		return;
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		const struct qpp_category_score *x = &b->score.category[k], *y = &c->score.category[k];
		if (!x->reweighted.n || y->reweighted.n || !counts(y) || counts(x))
			continue;
		g->undone[g->n++] = (struct qpp_undone){ (enum qpp_category)k, is_exception(x->reweighted), qpp_reweight_words(x->reweighted),
			qpp_str_cat(a, TEXT(qpp_dec_text(a, y->weight.v, 0)), " %", (char *)NULL) };
		g->exceptions += is_exception(x->reweighted);
	}
	g->has_before = b->score.final_score.has;
	g->has_after = c->score.final_score.has;
	if (g->has_before)
		g->before = qpp_dec_text(a, b->score.final_score.v, 2);
	if (g->has_after)
		g->after = qpp_dec_text(a, c->score.final_score.v, 2);
	if (!g->has_before || !g->has_after)
		return;
	qpp_dec difference = qpp_dec_sub(c->score.final_score.v, b->score.final_score.v);
	g->sign = qpp_dec_sign(difference);
	if (g->sign)
		g->points = signed_text(a, difference, "", "");
	money(a, factor_of(&b->score.adjustment), factor_of(&c->score.adjustment), g);
}

static const char *const titles[QPP_CATEGORIES] = { [QPP_QUALITY] = "Quality", [QPP_COST] = "Cost", [QPP_IA] = "Improvement activities",
	[QPP_PI] = "Promoting interoperability" };

struct qpp_str qpp_guard_says(struct qpp_arena *a, const struct qpp_undone *x)
{
	return qpp_str_cat(a, titles[x->category], " does not count now (", TEXT(x->ground),
	                   "). With these data it counts again, with ", TEXT(x->weight), " of the score.", (char *)NULL);
}

struct qpp_str qpp_guard_costs(struct qpp_arena *a, const struct qpp_guard *g)
{
	enum { MOST = 400 };
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST);
	if (!g->has_before || !g->has_after)
		return QPP_LIT("");
	if (g->points.n)
		qpp_buf_cat(&b, "The score goes from ", TEXT(g->before), " to ", TEXT(g->after), " (", TEXT(g->points), " points)", (char *)NULL);
	else
		qpp_buf_cat(&b, "The score stays ", TEXT(g->before), (char *)NULL);
	if (g->dollars.n)
		qpp_buf_cat(&b, ", the payment adjustment from ", TEXT(g->factor_before), " to ", TEXT(g->factor_after), ": of every $100.00 Medicare pays ",
		            TEXT(g->dollars_after), " instead of ", TEXT(g->dollars_before), " (", TEXT(g->dollars), ")", (char *)NULL);
	else if (g->factor_before.n && g->factor_after.n)
		qpp_buf_cat(&b, ", the payment adjustment stays ", TEXT(g->factor_before), (char *)NULL);
	qpp_buf_cat(&b, ".", (char *)NULL);
	return qpp_buf_done(&b);
}

/* ---- of what was filed ---- */

struct filed {
	const struct qpp_service *service;
	struct qpp_known known;
	struct qpp_filed_set *sets;
	size_t n, mine;                          /* `mine`: place of the set that was filed */
};

static enum qpp_code read_filed(struct qpp_tx *tx, const struct qpp_filing *f, const struct qpp_set_row *row, struct filed *x, struct qpp_err *err)
{
	static const struct qpp_known_how how = { .at = { -1 } };
	struct qpp_submission_row submission;
	struct qpp_set_row_rows rows = { 0 };
	bool excused = false;
	enum qpp_category category;
	enum qpp_code code = qpp_store_submission_get(tx, row->submission_id, &submission, err);
	if (code == QPP_OK)
		code = qpp_known_facts(f->call.service, tx, &submission.who, &how, &x->known, err);
	for (size_t i = 0; code == QPP_OK && qpp_category_of(row->category, &category) && i < x->known.facts->n_reweight; i++)
		excused |= x->known.facts->reweight[i].category == category;
	if (code != QPP_OK || !excused)
		return code == QPP_OK ? QPP_NOT_FOUND : code;
	code = qpp_store_set_of_submission(tx, row->submission_id, (struct qpp_str){ NULL, 0 }, &rows, err);
	x->sets = QPP_NEW_ARRAY(f->call.arena, rows.n + 1, struct qpp_filed_set);
	x->mine = rows.n;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		code = qpp_filed_read(f->call.service, f->call.arena, &rows.v[i], &submission.who, &x->sets[x->n], err);
		if (qpp_str_eq(rows.v[i].id, row->id))
			x->mine = x->n;
		x->n++;
	}
	return code == QPP_OK && x->mine == rows.n ? QPP_NOT_FOUND : code;
}

static enum qpp_code score(const struct qpp_filing *f, const struct filed *x, bool with, const struct qpp_answer **out, struct qpp_err *err)
{
	static const struct qpp_known_ask plain = { .plain = true };
	struct qpp_filed_set *v = QPP_NEW_ARRAY(f->call.arena, x->n + 1, struct qpp_filed_set);
	struct qpp_submission *s = QPP_NEW(f->call.arena, struct qpp_submission);
	struct qpp_facts *facts = QPP_NEW(f->call.arena, struct qpp_facts);
	size_t n = 0;
	for (size_t i = 0; i < x->n; i++)
		if (with || i != x->mine)
			v[n++] = x->sets[i];
	*s = qpp_known_together(f->call.arena, &x->known.who, v, n);
	*facts = *x->known.facts;
	return qpp_known_answer(f->call.service, f->call.arena, s, facts, &plain, out, err);
}

void qpp_guard_filing(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_set_row *row)
{
	struct filed x = { .service = f->call.service };
	struct qpp_guard g;
	struct qpp_err ignored;
	const struct qpp_answer *before = NULL, *after = NULL;
	struct qpp_arena *a = f->call.arena;
	if (read_filed(tx, f, row, &x, &ignored) != QPP_OK || score(f, &x, false, &before, &ignored) != QPP_OK ||
	    score(f, &x, true, &after, &ignored) != QPP_OK)
		return;
	qpp_guard_of(a, before, after, &g);
	for (size_t i = 0; i < g.n; i++) {
		if (!g.undone[i].exception)
			continue;
		struct qpp_finding *w = qpp_find(f->findings, QPP_WARNING, "exceptionUndone", (struct qpp_where){ .pointer = QPP_LIT("/category") },
		                                 qpp_guard_says(a, &g.undone[i]));
		w->subject = row->category;
		w->value = row->submitter_id.n ? QPP_LIT("") : qpp_guard_costs(a, &g);
		w->hint = QPP_LIT("where the exception shall hold, delete the measurement set");
		w->cite = QPP_LIT("414.1380(c)(2)(i)(A)(6)");
	}
}
