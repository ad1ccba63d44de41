/*
 * The trace as an indented tree that reads like worked arithmetic: a fact a
 * line with its value, the equation that made it, and its paragraph; below it
 * what went in. Figures of the rules stand inside the equation; a fact that was
 * opened further up is named, not opened again.
 */
#include "adapt/text/render.h"
#include "adapt/text/wrap.h"

struct walk {
	struct qpp_buf *b;
	const struct qpp_trace *t;
	bool *shown;
};

enum { FIRST_INDENT = 2, INDENT = 2, MOST_EQUATION = 1200 };

static struct qpp_str value_text(const struct walk *w, const struct qpp_fact *f)
{
	return qpp_unit_text(w->b->arena, qpp_fact_def(f->id)->unit, f->value);
}

static struct qpp_str input_text(const struct walk *w, const struct qpp_fact *f, size_t i)
{
	return i < f->n_inputs ? value_text(w, &w->t->facts.v[f->inputs[i]]) : QPP_LIT("?");
}

/* "a + b + c" */
static void chain(const struct walk *w, const struct qpp_fact *f, const char *between, struct qpp_buf *to)
{
	for (size_t i = 0; i < f->n_inputs; i++) {
		qpp_buf_cat(to, i ? between : "", (char *)NULL);
		qpp_buf_str(to, input_text(w, f, i));
	}
}

/* A pattern with {0}, {1}, ... for the inputs. */
static void pattern(const struct walk *w, const struct qpp_fact *f, const char *p, struct qpp_buf *to)
{
	for (; *p; p++) {
		if (p[0] == '{' && p[1] && p[2] == '}') {
			qpp_buf_str(to, input_text(w, f, (size_t)(p[1] - '0')));
			p += 2;
		} else {
			qpp_buf_char(to, *p);
		}
	}
}

/* How the value was made, with the values of its inputs; empty when that says nothing. */
static struct qpp_str equation(const struct walk *w, const struct qpp_fact *f)
{
	static const char *const patterns[QPP_OPS] = {
		[QPP_OP_DIFFERENCE] = "{0} - {1}",
		[QPP_OP_QUOTIENT] = "{0} / {1}",
		[QPP_OP_PERCENT] = "100 x {0} / {1}",
		[QPP_OP_PERCENT_OF] = "{0} x {1} / 100",
		[QPP_OP_ROUND] = "rounded to {1} decimals",
		[QPP_OP_INTERPOLATE] = "{0} + ({1} - {2}) / ({3} - {2})",
		[QPP_OP_AT_LEAST] = "{0} against {1}",
		[QPP_OP_NEGATE] = "-{0}",
	};
	static const char *const chains[QPP_OPS] = { [QPP_OP_SUM] = " + ", [QPP_OP_PRODUCT] = " x " };
	struct qpp_buf b;
	qpp_buf_init(&b, w->b->arena, MOST_EQUATION);
	if (f->kind != QPP_KIND_DERIVED)
		return QPP_LIT("");
	if (patterns[f->op])
		pattern(w, f, patterns[f->op], &b);
	else if (chains[f->op] && f->n_inputs > 1)
		chain(w, f, chains[f->op], &b);
	else if (f->op == QPP_OP_LEAST || f->op == QPP_OP_GREATEST) {
		qpp_buf_cat(&b, f->op == QPP_OP_LEAST ? "the lesser of " : "the greater of ", (char *)NULL);
		chain(w, f, " and ", &b);
	} else if (f->op == QPP_OP_BETWEEN || f->op == QPP_OP_BETWEEN_DOWN) {
		pattern(w, f, f->n_inputs > 3 ? "{1} lies between {2} and {3}" : "{1} reaches {2}", &b);
	}
	return qpp_buf_done(&b);
}

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
	struct qpp_str made = equation(w, f);
	if (made.n && f->op != QPP_OP_ROUND) {
		qpp_buf_str(to, made);
		qpp_buf_cat(to, " = ", (char *)NULL);
	}
	qpp_buf_str(to, value_text(w, f));
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
	qpp_buf_init(&b, w->b->arena, 2 * MOST_EQUATION);
	qpp_buf_cat(&b, lead, (char *)NULL);
	qpp_buf_str(&b, text);
	qpp_text_wrap(w->b, indent, indent + 4, qpp_buf_done(&b));
}

/* What stands in the equation above and was told before, or is only the table row that the fact is. */
static bool worth_a_line(const struct walk *w, const struct qpp_fact *f, uint32_t number)
{
	const struct qpp_fact *x = &w->t->facts.v[number];
	bool row_itself = f->op == QPP_OP_SAME && x->kind == QPP_KIND_PARAMETER && qpp_str_eq(f->rule, x->rule) && !x->note.n;
	return !row_itself && (x->n_inputs || !w->shown[number]);
}

static void tree(struct walk *w, uint32_t number, struct qpp_str above, size_t indent, unsigned depth)
{
	const struct qpp_fact *f = &w->t->facts.v[number];
	struct qpp_buf b;
	bool again = w->shown[number] && f->n_inputs;
	qpp_buf_init(&b, w->b->arena, 4 * MOST_EQUATION);
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
		if (f->inputs[i] && worth_a_line(w, f, f->inputs[i]))
			tree(w, f->inputs[i], f->subject, indent + INDENT, depth ? depth - 1 : 0);
}

void qpp_text_trace(struct qpp_buf *b, const struct qpp_trace *t, uint32_t fact, unsigned depth)
{
	struct walk w = { b, t, QPP_NEW_ARRAY(b->arena, t->facts.n, bool) };
	if (fact)
		tree(&w, fact, QPP_LIT(""), FIRST_INDENT, depth);
}
