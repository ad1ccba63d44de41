/*
 * The trace as an indented tree: a fact a line, with its value, how it was made
 * and its paragraph; below it what it was made of. A fact that stands further
 * up already is named, not opened again.
 */
#include "adapt/text/render.h"

struct walk {
	struct qpp_buf *b;
	const struct qpp_trace *t;
	bool *shown;
};

static void indent(struct qpp_buf *b, unsigned level)
{
	for (unsigned i = 0; i <= level; i++)
		qpp_buf_cat(b, "  ", (char *)NULL);
}

static void place(struct qpp_buf *b, const struct qpp_where *w)
{
	if (w->pointer.n) {
		qpp_buf_cat(b, "  at ", (char *)NULL);
		qpp_buf_str(b, w->pointer);
	}
	if (w->line) {
		qpp_buf_cat(b, " (line ", (char *)NULL);
		qpp_buf_i64(b, w->line);
		qpp_buf_char(b, ')');
	}
}

static void head(struct walk *w, const struct qpp_fact *f, unsigned level)
{
	const struct qpp_fact_def *def = qpp_fact_def(f->id);
	struct qpp_buf *b = w->b;
	indent(b, level);
	if (f->id == QPP_F_PARAMETER) {
		qpp_buf_str(b, f->label);
	} else {
		qpp_buf_cat(b, def->says, (char *)NULL);
		if (f->subject.n) {
			qpp_buf_cat(b, " of ", (char *)NULL);
			qpp_buf_str(b, f->subject);
		}
	}
	qpp_buf_cat(b, ": ", (char *)NULL);
	qpp_buf_str(b, qpp_unit_text(b->arena, def->unit, f->value));
	if (f->kind == QPP_KIND_DERIVED && f->op != QPP_OP_SAME)
		qpp_buf_cat(b, "  = ", qpp_op_name(f->op), (char *)NULL);
	if (f->rule.n) {
		qpp_buf_cat(b, "  [", (char *)NULL);
		qpp_buf_str(b, f->rule);
		qpp_buf_char(b, ']');
	}
	place(b, &f->origin);
}

static void tree(struct walk *w, uint32_t number, unsigned level, unsigned depth)
{
	const struct qpp_fact *f = &w->t->facts.v[number];
	head(w, f, level);
	if (w->shown[number] && f->n_inputs) {
		qpp_buf_cat(w->b, "  (above)\n", (char *)NULL);
		return;
	}
	w->shown[number] = true;
	qpp_buf_char(w->b, '\n');
	if (f->note.n) {
		indent(w->b, level);
		qpp_buf_cat(w->b, "  because ", (char *)NULL);
		qpp_buf_str(w->b, f->note);
		qpp_buf_char(w->b, '\n');
	}
	for (size_t i = 0; i < f->passed.n; i++) {
		indent(w->b, level);
		qpp_buf_cat(w->b, "  passed over: ", (char *)NULL);
		qpp_buf_str(w->b, f->passed.v[i].row);
		qpp_buf_cat(w->b, " - ", (char *)NULL);
		qpp_buf_str(w->b, f->passed.v[i].why);
		qpp_buf_char(w->b, '\n');
	}
	if (depth == 1)
		return;
	for (size_t i = 0; i < f->n_inputs; i++)
		if (f->inputs[i])
			tree(w, f->inputs[i], level + 1, depth ? depth - 1 : 0);
}

void qpp_text_trace(struct qpp_buf *b, const struct qpp_trace *t, uint32_t fact, unsigned depth)
{
	struct walk w = { b, t, QPP_NEW_ARRAY(b->arena, t->facts.n, bool) };
	if (fact)
		tree(&w, fact, 0, depth);
}
