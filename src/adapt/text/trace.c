/*
 * The trace as an indented tree that reads like worked arithmetic: a fact a
 * line with its value, the equation that made it, and its paragraph; below it
 * what went in. Figures of the rules stand inside the equation; a fact that was
 * opened further up is named, not opened again.
 */
#include "adapt/text/render.h"
#include "adapt/text/wrap.h"
#include "app/equation.h"

struct walk {
	struct qpp_buf *b;
	const struct qpp_trace *t;
	bool *shown;
};

enum { FIRST_INDENT = 2, INDENT = 2, MOST_LINE = 5000 };

/* The subject is said where it changes from the fact above. */
static void head(const struct walk *w, const struct qpp_fact *f, struct qpp_str above, struct qpp_buf *to)
{
	const struct qpp_fact_def *def = qpp_fact_def(f->id);
	if (f->id == QPP_F_PARAMETER) {
		qpp_buf_str(to, f->label);
	} else {
		if (f->subject.n && !qpp_str_eq(f->subject, above)) {
			qpp_buf_str(to, f->subject);
			qpp_buf_cat(to, ": ", (char *)NULL);
		}
		qpp_buf_cat(to, def->says, (char *)NULL);
	}
	qpp_buf_cat(to, " = ", (char *)NULL);
	struct qpp_str made = qpp_equation(w->b->arena, w->t, f);
	if (made.n && f->op != QPP_OP_ROUND) {
		qpp_buf_str(to, made);
		qpp_buf_cat(to, " = ", (char *)NULL);
	}
	qpp_buf_str(to, qpp_fact_text(w->b->arena, f));
	if (f->op == QPP_OP_ROUND)
		qpp_buf_cat(to, ", ", made.p, (char *)NULL);
	if (f->rule.n) {
		qpp_buf_cat(to, "  [", (char *)NULL);
		qpp_buf_str(to, f->rule);
		qpp_buf_char(to, ']');
	}
	if (f->origin.pointer.n) {
		qpp_buf_cat(to, "  from ", (char *)NULL);
		qpp_buf_str(to, f->origin.pointer);
	}
	if (f->origin.line) {
		qpp_buf_cat(to, ", line ", (char *)NULL);
		qpp_buf_i64(to, f->origin.line);
	}
}

static void say(const struct walk *w, size_t indent, const char *lead, struct qpp_str text)
{
	struct qpp_buf b;
	qpp_buf_init(&b, w->b->arena, MOST_LINE);
	qpp_buf_cat(&b, lead, (char *)NULL);
	qpp_buf_str(&b, text);
	qpp_text_wrap(w->b, indent, indent + 4, qpp_buf_done(&b));
}

static void tree(struct walk *w, uint32_t number, struct qpp_str above, size_t indent, unsigned depth)
{
	const struct qpp_fact *f = &w->t->facts.v[number];
	struct qpp_buf b;
	bool again = w->shown[number] && f->n_inputs;
	qpp_buf_init(&b, w->b->arena, MOST_LINE);
	head(w, f, above, &b);
	if (again)
		qpp_buf_cat(&b, "  (opened above)", (char *)NULL);
	qpp_text_wrap(w->b, indent, indent + 4, qpp_buf_done(&b));
	if (again)
		return;
	w->shown[number] = true;
	if (f->note.n)
		say(w, indent + 2, f->kind == QPP_KIND_PARAMETER ? "source: " : "because ", f->note);
	for (size_t i = 0; i < f->passed.n; i++)
		say(w, indent + 2, "passed over: ",
		    qpp_str_cat(w->b->arena, f->passed.v[i].row.p, ": ", f->passed.v[i].why.p, (char *)NULL));
	if (depth == 1)
		return;
	for (size_t i = 0; i < f->n_inputs; i++)
		if (qpp_input_worth_telling(w->t, f, i, w->shown))
			tree(w, f->inputs[i], f->subject, indent + INDENT, depth ? depth - 1 : 0);
}

void qpp_text_trace(struct qpp_buf *b, const struct qpp_trace *t, uint32_t fact, unsigned depth)
{
	struct walk w = { b, t, QPP_NEW_ARRAY(b->arena, t->facts.n, bool) };
	if (fact)
		tree(&w, fact, QPP_LIT(""), FIRST_INDENT, depth);
}
