/*
 * An overlay against the rules it changes. What it says must be something that
 * the formulas can take in place of what was there: a misspelt name would
 * change nothing, and a word for a number would stop a calculation far from
 * its cause.
 */
#include "rules_int.h"

static void unknown(struct rules *r, const struct rules_block *b)
{
	const struct qpp_ruleset *base = r->base;
	const char *kind = rules_kind_names[b->kind];
	bool param = b->kind == RULES_PARAM;
	if (param ? qpp_ruleset_table(base, b->name) != NULL : qpp_ruleset_param(base, b->name) != NULL) {
		rules_error(r, b->file, b->line, rules_quote(r, b->name), " is a ", param ? "table" : "param",
		            " of the rules, not a ", kind, (char *)NULL);
		return;
	}
	struct qpp_finding *f = rules_error(r, b->file, b->line, "the rules have no ", kind, " ", rules_quote(r, b->name),
	                                    " that an overlay could change", (char *)NULL);
	size_t n = param ? base->n_params : base->n_tables;
	struct qpp_str *names = QPP_NEW_ARRAY(r->arena, n, struct qpp_str);
	for (size_t i = 0; i < n; i++)
		names[i] = param ? base->params[i].name : base->tables[i].name;
	rules_did_you_mean(r, f, b->name, names, n);
}

static void check_param(struct rules *r, const struct rules_block *b, const struct qpp_param *p)
{
	const struct qpp_param *old = qpp_ruleset_param(r->base, b->name);
	if (!old)
		unknown(r, b);
	else if (p->unit.n && !qpp_str_eq(p->unit, old->unit))
		rules_error(r, b->file, b->line, "the unit of ", rules_quote(r, b->name), " is ", rules_quote(r, old->unit),
		            " in the rules, not ", rules_quote(r, p->unit), (char *)NULL);
}

static bool same_columns(const struct qpp_table *a, const struct qpp_table *b)
{
	if (a->n_columns != b->n_columns)
		return false;
	for (size_t i = 0; i < a->n_columns; i++)
		if (!qpp_rule_name_eq(a->columns[i], b->columns[i]))
			return false;
	return true;
}

static void check_table(struct rules *r, const struct rules_block *b, const struct qpp_table *t)
{
	const struct qpp_table *old = qpp_ruleset_table(r->base, b->name);
	if (!old) {
		unknown(r, b);
		return;
	}
	if (!t->n_columns || same_columns(t, old))
		return;
	struct qpp_buf columns;
	qpp_buf_init(&columns, r->arena, RULES_MOST_BYTES);
	qpp_buf_cat(&columns, "PY", (char *)NULL);
	for (size_t i = 0; i < old->n_columns; i++) {
		qpp_buf_char(&columns, ' ');
		qpp_buf_str(&columns, old->columns[i]);
	}
	rules_error(r, b->file, b->line, "the columns of ", rules_quote(r, b->name), " are ",
	            rules_quote(r, qpp_buf_done(&columns)), " in the rules", (char *)NULL);
}

static void check_reading(struct rules *r, const struct rules_block *b)
{
	if (qpp_ruleset_reading(r->base, b->name))
		rules_error(r, b->file, b->line, "the rules have a reading ", rules_quote(r, b->name),
		            " already; an overlay adds readings, it does not change them", (char *)NULL);
}

void rules_check_overlay(struct rules *r, struct qpp_str file)
{
	size_t params = 0, tables = 0;
	for (size_t i = 0; i < r->blocks.n; i++) {
		const struct rules_block *b = &r->blocks.v[i];
		if (b->kind == RULES_PARAM)
			check_param(r, b, &r->params.v[params++]);
		else if (b->kind == RULES_TABLE)
			check_table(r, b, &r->tables.v[tables++]);
		else if (b->kind == RULES_READING)
			check_reading(r, b);
	}
	if (!r->blocks.n && !r->errors->errors)
		rules_error(r, file, 1, "this overlay changes nothing: it has no param, table or reading block", (char *)NULL);
}

static bool yes_or_no(struct qpp_str s)
{
	return qpp_str_is(s, "yes") || qpp_str_is(s, "no");
}

void rules_check_figure(struct rules *r, const struct rules_block *b, uint32_t line, const struct qpp_cell *value)
{
	const struct qpp_param *old = r->base ? qpp_ruleset_param(r->base, b->name) : NULL;
	bool numbers = false, flags = false, words = false;
	for (size_t i = 0; old && i < old->n_rows; i++) {
		const struct qpp_cell *v = &old->rows[i].value;
		numbers |= v->kind == QPP_CELL_NUMBER;
		flags |= v->kind == QPP_CELL_TEXT && yes_or_no(v->text);
		words |= v->kind == QPP_CELL_TEXT && !yes_or_no(v->text);
	}
	if (numbers && !flags && !words && value->kind != QPP_CELL_NUMBER)
		rules_error(r, b->file, line, "the value ", rules_quote(r, value->text), " is not a number, as ",
		            rules_quote(r, b->name), " is in the rules", (char *)NULL);
	else if (flags && !numbers && !words && !yes_or_no(value->text))
		rules_error(r, b->file, line, "the value ", rules_quote(r, value->text), " is neither `yes` nor `no`, as ",
		            rules_quote(r, b->name), " is in the rules", (char *)NULL);
}

/* Whether a column of the rules holds numbers only. */
static bool holds_numbers(const struct qpp_table *t, size_t column)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].cells[column].kind != QPP_CELL_NUMBER)
			return false;
	return t->n_rows > 0;
}

void rules_check_cells(struct rules *r, const struct rules_block *b, uint32_t line, const struct qpp_str *columns,
                       const struct qpp_cell *cells, size_t n)
{
	const struct qpp_table *old = r->base ? qpp_ruleset_table(r->base, b->name) : NULL;
	for (size_t i = 0; old && i < n; i++) {
		int at = qpp_table_column(old, columns[i]);
		if (at >= 0 && cells[i].kind != QPP_CELL_NUMBER && holds_numbers(old, (size_t)at))
			rules_error(r, b->file, line, "the cell ", rules_quote(r, cells[i].text), " of ", rules_quote(r, columns[i]),
			            " is not a number, as it is in the rules", (char *)NULL);
	}
}
