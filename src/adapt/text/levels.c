/* Several scores as text: a line for each with the one that counts marked, why, and then that one in full. */
#include "adapt/text/levels.h"

#include "adapt/text/render.h"
#include "adapt/text/wrap.h"

enum { MOST_TEXT = 64 << 20, LEVEL_COLUMNS = 14, PROGRAM_COLUMNS = 9, SCORE_COLUMNS = 11, FACTOR_COLUMNS = 12 };

static void spaces(struct qpp_buf *b, size_t have, size_t width)
{
	for (; have < width; have++)
		qpp_buf_char(b, ' ');
}

static void left(struct qpp_buf *b, struct qpp_str s, size_t width)
{
	qpp_buf_str(b, s);
	spaces(b, s.n < width ? s.n : width - 1, width);
}

static void right(struct qpp_buf *b, struct qpp_str s, size_t width)
{
	spaces(b, s.n < width ? s.n : width - 1, width);
	qpp_buf_str(b, s);
}

static struct qpp_str shown(struct qpp_buf *b, struct qpp_value v, enum qpp_unit unit)
{
	return v.has ? qpp_unit_text(b->arena, unit, v.v) : QPP_LIT("-");
}

static struct qpp_value told(qpp_dec v)
{
	return (struct qpp_value){ .has = true, .v = v };
}

/* "* group         mips           88.00        1.12  group.json" */
static void put_line(struct qpp_buf *b, const struct qpp_levels *x, const struct qpp_level_score *s)
{
	const struct qpp_score *score = s->scored ? &s->scored->score : NULL;
	struct qpp_value factor = { 0 };
	if (score)
		factor = score->adjustment.total;
	else if (s->counts)
		factor = x->choice.payment.adjustment.total;
	qpp_buf_cat(b, s->counts ? "* " : "  ", (char *)NULL);
	left(b, qpp_str_of(qpp_entity_name(score ? s->answer->entity : s->told->participation)), LEVEL_COLUMNS);
	left(b, score ? score->program : QPP_LIT("-"), PROGRAM_COLUMNS);
	right(b, shown(b, score ? score->final_score : told(s->told->final_score), QPP_UNIT_SCORE), SCORE_COLUMNS);
	right(b, shown(b, factor, QPP_UNIT_FACTOR), FACTOR_COLUMNS);
	qpp_buf_cat(b, "  ", qpp_shown(b->arena, score ? s->answer->file : s->told->where.file).p, score ? "" : " (otherScores)",
	            "\n", (char *)NULL);
}

static void put_reason(struct qpp_buf *b, const struct qpp_level_score *s)
{
	struct qpp_arena *a = b->arena;
	const char *level = qpp_entity_name(s->scored ? s->answer->entity : s->told->participation);
	const char *rule = qpp_str_dup(a, s->why.rule).p, *text = qpp_str_dup(a, s->why.text).p;
	if (s->counts)
		qpp_text_wrap(b, 2, 4, qpp_str_cat(a, rule, ": ", text, (char *)NULL));
	else
		qpp_text_wrap(b, 2, 4, qpp_str_cat(a, rule, ": ", level, " does not count: ", text, (char *)NULL));
}

static void put_choice(struct qpp_buf *b, const struct qpp_levels *x)
{
	struct qpp_arena *a = b->arena;
	if (!x->counts)
		qpp_text_wrap(b, 0, 4, qpp_str_cat(a, "None counts: ", qpp_str_dup(a, x->choice.payment.no_adjustment.text).p, (char *)NULL));
	if (x->counts) {
		qpp_buf_cat(b, "Which counts\n", (char *)NULL);
		put_reason(b, x->counts);
	}
	/* What keeps all of them from counting was said. */
	for (size_t i = 0; i < x->n; i++)
		if (!x->scores[i].counts && !qpp_str_eq(x->scores[i].why.text, x->choice.payment.no_adjustment.text))
			put_reason(b, &x->scores[i]);
	for (size_t i = 0; i < x->choice.payment.why.unknown.n; i++) {
		const struct qpp_unknown *u = &x->choice.payment.why.unknown.v[i];
		qpp_text_wrap(b, 2, 4, qpp_str_cat(a, "Not known: ", qpp_str_dup(a, u->fact).p, " decides ",
		                                   qpp_str_dup(a, u->decides).p, (char *)NULL));
	}
	for (size_t i = 0; i < x->choice.otherwise.n; i++) {
		const struct qpp_payment_otherwise *w = &x->choice.otherwise.v[i];
		qpp_text_wrap(b, 2, 4, qpp_str_cat(a, "Rests on a reading: ", qpp_str_dup(a, w->reading).p, " = ",
		                                   qpp_str_dup(a, w->alternative).p, " would count another", (char *)NULL));
	}
}

/* The score that counts in full; where it is none of a file's, those of which every reason was asked for. */
static void put_details(struct qpp_buf *b, const struct qpp_levels *x, unsigned depth)
{
	if (x->counts && x->counts->scored) {
		qpp_buf_str(b, qpp_text_scored(b->arena, x->counts->answer, x->counts->scored, depth));
		return;
	}
	if (x->counts)
		qpp_buf_str(b, qpp_text_adjustment(b->arena, &x->choice.payment.adjustment));
	for (size_t i = 0; i < x->n; i++) {
		const struct qpp_level_score *s = &x->scores[i];
		if (!s->scored || !s->scored->trace)
			continue;
		qpp_buf_cat(b, x->counts ? "\nThis one does not count. " : "", (char *)NULL);
		qpp_buf_str(b, qpp_text_scored(b->arena, s->answer, s->scored, depth));
	}
}

struct qpp_str qpp_text_levels(struct qpp_arena *a, const struct qpp_levels *x, unsigned depth)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	qpp_buf_cat(&b, "Scores of performance year ", (char *)NULL);
	qpp_buf_i64(&b, x->py.v);
	qpp_buf_cat(&b, "\n\n  Level         Program  Final score  Adjustment  File\n", (char *)NULL);
	for (size_t i = 0; i < x->n; i++)
		put_line(&b, x, &x->scores[i]);
	qpp_buf_char(&b, '\n');
	put_choice(&b, x);
	qpp_buf_char(&b, '\n');
	put_details(&b, x, depth);
	qpp_buf_cat(&b, x->counts ? "\nRules " : "Rules ", (char *)NULL);
	qpp_buf_str(&b, x->rules_hash);
	qpp_buf_char(&b, '\n');
	return qpp_buf_done(&b);
}
