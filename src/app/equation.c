/* A fact as worked arithmetic: a pattern for each operation, filled with the values of its inputs. */
#include "app/equation.h"

#include "qpp/buf.h"

enum { MOST_EQUATION = 1200 };

struct sum {
	struct qpp_arena *arena;
	const struct qpp_trace *t;
	const struct qpp_fact *f;
	struct qpp_buf *to;
};

struct qpp_str qpp_fact_text(struct qpp_arena *a, const struct qpp_fact *f)
{
	return qpp_unit_text(a, qpp_fact_def(f->id)->unit, f->value);
}

static void input(const struct sum *s, size_t i)
{
	qpp_buf_str(s->to, i < s->f->n_inputs ? qpp_fact_text(s->arena, &s->t->facts.v[s->f->inputs[i]]) : QPP_LIT("?"));
}

/* "a + b + c" */
static void chain(const struct sum *s, const char *between)
{
	for (size_t i = 0; i < s->f->n_inputs; i++) {
		qpp_buf_cat(s->to, i ? between : "", (char *)NULL);
		input(s, i);
	}
}

/* A pattern with {0}, {1}, ... for the inputs. */
static void pattern(const struct sum *s, const char *p)
{
	for (; *p; p++) {
		if (p[0] == '{' && p[1] && p[2] == '}') {
			input(s, (size_t)(p[1] - '0'));
			p += 2;
		} else {
			qpp_buf_char(s->to, *p);
		}
	}
}

struct qpp_str qpp_equation(struct qpp_arena *a, const struct qpp_trace *t, const struct qpp_fact *f)
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
	struct sum s = { a, t, f, &b };
	qpp_buf_init(&b, a, MOST_EQUATION);
	if (f->kind != QPP_KIND_DERIVED)
		return QPP_LIT("");
	if (patterns[f->op])
		pattern(&s, patterns[f->op]);
	else if (chains[f->op] && f->n_inputs > 1)
		chain(&s, chains[f->op]);
	else if (f->op == QPP_OP_LEAST || f->op == QPP_OP_GREATEST) {
		qpp_buf_cat(&b, f->op == QPP_OP_LEAST ? "the lesser of " : "the greater of ", (char *)NULL);
		chain(&s, " and ");
	} else if (f->op == QPP_OP_BETWEEN || f->op == QPP_OP_BETWEEN_DOWN) {
		pattern(&s, f->n_inputs > 3 ? "{1} lies between {2} and {3}" : "{1} reaches {2}");
	}
	return qpp_buf_done(&b);
}

/* A number of the program's own counting that the fact above it merely takes over. */
static bool repeats(const struct qpp_fact *f, const struct qpp_fact *x)
{
	return x->kind == QPP_KIND_INPUT && x->id == f->id && !x->note.n && !x->origin.line && !x->origin.pointer.n &&
	       qpp_str_eq(x->subject, f->subject) && qpp_dec_eq(x->value, f->value);
}

bool qpp_input_worth_telling(const struct qpp_trace *t, const struct qpp_fact *f, size_t i, const bool *told)
{
	uint32_t number = f->inputs[i];
	const struct qpp_fact *x = &t->facts.v[number];
	if (!number || repeats(f, x))
		return false;
	bool row_itself = f->op == QPP_OP_SAME && x->kind == QPP_KIND_PARAMETER && qpp_str_eq(f->rule, x->rule) && !x->note.n;
	return !row_itself && (x->n_inputs || !told[number]);
}
