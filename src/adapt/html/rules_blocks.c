/* The blocks of a section: figures, tables, readings and cases, each kind in the order of its file. */
#include "adapt/html/rules_int.h"
#include "adapt/html/stack.h"

static void put_years(struct qpp_html *h, int from, int to)
{
	qpp_html_i64(h, from);
	if (to != from) {
		qpp_html_lit(h, "\xE2\x80\x93");
		qpp_html_i64(h, to);
	}
}

/* <h3 id="KIND-NAME">Name in words <code>name</code></h3> */
static void put_heading(struct qpp_html *h, const char *kind, struct qpp_str name)
{
	qpp_html_lit(h, "<h3 id=\"");
	qpp_html_word(h, kind);
	qpp_html_attr(h, name);
	qpp_html_lit(h, "\">");
	qpp_html_text(h, qpp_plain_words(h->b.arena, name));
	qpp_html_lit(h, " <code>");
	qpp_html_text(h, name);
	qpp_html_lit(h, "</code></h3>\n");
}

/* A publication, or the reading of ours that the value rests on. */
static void put_source(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_param_row *row)
{
	struct qpp_anchor to;
	qpp_html_text(h, row->source);
	if (row->status != QPP_RULE_READING || !qpp_anchor_of_reading(rs, row->reading, &to))
		return;
	qpp_html_word(h, row->source.n ? "; " : "");
	qpp_html_begin_link(h, "", &to);
	qpp_html_text(h, row->reading);
	qpp_html_lit(h, "</a>");
}

static void put_param(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_param *p)
{
	put_heading(h, "param-", p->name);
	qpp_html_lit(h, "<table class=\"plain figures\">\n<caption>Value ");
	/* "Value in points"; a number or a word has no unit. */
	if (p->unit.n && !qpp_str_is(p->unit, "number") && !qpp_str_is(p->unit, "word")) {
		qpp_html_lit(h, "in ");
		qpp_html_text(h, p->unit);
		qpp_html_lit(h, " ");
	}
	qpp_html_lit(h, "by performance year</caption>\n<thead><tr><th scope=\"col\">Years</th><th scope=\"col\">Value</th>"
	                "<th scope=\"col\">Status</th><th scope=\"col\">Source</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < p->n_rows; i++) {
		const struct qpp_param_row *row = &p->rows[i];
		qpp_html_lit(h, "<tr><th scope=\"row\">");
		put_years(h, row->from, row->to);
		qpp_html_lit(h, "</th><td><b>");
		qpp_html_text(h, row->status == QPP_RULE_NONE ? QPP_LIT("\xE2\x80\x93") : row->value.text);
		qpp_html_lit(h, "</b></td><td>");
		qpp_html_word(h, qpp_rule_status_name(row->status));
		qpp_html_lit(h, "</td><td>");
		put_source(h, rs, row);
		qpp_html_lit(h, "</td></tr>\n");
	}
	qpp_html_lit(h, "</tbody>\n</table>\n");
}

/* The id of a row, when it is the one that its cite or code leads to. */
static void begin_row(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_table *t,
                      const struct qpp_table_row *row)
{
	int cite = qpp_table_column(t, QPP_LIT("cite")), code = qpp_table_column(t, QPP_LIT("code"));
	struct qpp_anchor to = { .row = NULL };
	bool found = (code >= 0 && qpp_anchor_of_finding(rs, row->cells[code].text, &to) && to.row == row) ||
	             (cite >= 0 && qpp_anchor_of_cite(rs, row->cells[cite].text, &to) && to.row == row);
	if (!found) {
		qpp_html_lit(h, "<tr>");
		return;
	}
	qpp_html_lit(h, "<tr id=\"");
	qpp_html_word(h, to.kind);
	qpp_html_attr(h, to.name);
	qpp_html_lit(h, "\">");
}

/* A paragraph such as 414.1320 only looks like one. */
static bool is_number(struct qpp_str column, const struct qpp_cell *cell)
{
	return cell->kind == QPP_CELL_NUMBER && !qpp_str_is(column, "cite");
}

static void put_cell(struct qpp_html *h, const struct qpp_ruleset *rs, struct qpp_str column, const struct qpp_cell *cell)
{
	struct qpp_anchor to;
	bool cite = qpp_str_is(column, "cite");
	if (is_number(column, cell))
		qpp_html_lit(h, "<td class=\"n\">");
	else
		qpp_html_lit(h, "<td>");
	/* A row that the cite itself leads to needs no link to itself. */
	if (cite && qpp_anchor_of_cite(rs, cell->text, &to) && !to.row)
		qpp_html_cite(h, rs, "", cell->text);
	else
		qpp_html_text(h, qpp_str_is(cell->text, "-") ? QPP_LIT("\xE2\x80\x93") : cell->text);
	qpp_html_lit(h, "</td>");
}

static void put_table(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_table *t)
{
	put_heading(h, "table-", t->name);
	/* As wide as it has columns: it scrolls by itself, also from the keyboard. */
	qpp_html_lit(h, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-");
	qpp_html_attr(h, t->name);
	qpp_html_lit(h, "\">\n<table class=\"plain\">\n<caption>By performance year; where several rows fit, the first decides</caption>\n"
	                "<thead><tr><th scope=\"col\">Years</th>");
	for (size_t k = 0; k < t->n_columns; k++) {
		if (t->n_rows && is_number(t->columns[k], &t->rows[0].cells[k]))
			qpp_html_lit(h, "<th scope=\"col\" class=\"n\">");
		else
			qpp_html_lit(h, "<th scope=\"col\">");
		qpp_html_text(h, qpp_plain_words(h->b.arena, t->columns[k]));
		qpp_html_lit(h, "</th>");
	}
	qpp_html_lit(h, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->n_rows; i++) {
		begin_row(h, rs, t, &t->rows[i]);
		qpp_html_lit(h, "<th scope=\"row\">");
		put_years(h, t->rows[i].from, t->rows[i].to);
		qpp_html_lit(h, "</th>");
		for (size_t k = 0; k < t->n_columns; k++)
			put_cell(h, rs, t->columns[k], &t->rows[i].cells[k]);
		qpp_html_lit(h, "</tr>\n");
	}
	qpp_html_lit(h, "</tbody>\n</table>\n</div>\n");
}

static void put_member(struct qpp_html *h, const char *name, struct qpp_str text)
{
	if (!text.n)
		return;
	qpp_html_lit(h, "<dt>");
	qpp_html_word(h, name);
	qpp_html_lit(h, "</dt> <dd>");
	qpp_html_sentence(h, text);
	qpp_html_lit(h, "</dd>\n");
}

static void put_reading(struct qpp_html *h, const struct qpp_reading *r)
{
	put_heading(h, "reading-", r->name);
	qpp_html_lit(h, "<dl class=\"reading\">\n");
	put_member(h, "We read", r->says);
	put_member(h, "Because", r->because);
	put_member(h, "Confidence", r->confidence);
	if (r->n_alternatives) {
		qpp_html_lit(h, "<dt>Alternatives</dt> <dd>");
		for (size_t i = 0; i < r->n_alternatives; i++) {
			qpp_html_word(h, i ? ", " : "");
			qpp_html_lit(h, "<code>");
			qpp_html_text(h, r->alternatives[i]);
			qpp_html_lit(h, "</code>");
			qpp_html_word(h, i ? "" : " (chosen)");
		}
		qpp_html_lit(h, "</dd>\n");
	}
	qpp_html_lit(h, "</dl>\n");
}

static void put_pairs(struct qpp_html *h, const struct qpp_pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		qpp_html_word(h, i ? ", " : "");
		qpp_html_text(h, pairs[i].name);
		qpp_html_lit(h, "&nbsp;<b>");
		qpp_html_text(h, pairs[i].value);
		qpp_html_lit(h, "</b>");
	}
}

static void put_file(struct qpp_html *h, const char *what, struct qpp_str file)
{
	if (!file.n)
		return;
	qpp_html_word(h, what);
	qpp_html_lit(h, " <code>");
	qpp_html_text(h, file);
	qpp_html_lit(h, "</code>");
}

static void put_case(struct qpp_html *h, const struct qpp_case *c)
{
	qpp_stack_row(h);
	qpp_html_sentence(h, c->name);
	qpp_html_lit(h, "</th>");
	qpp_stack_cell(h, "Year");
	qpp_html_i64(h, c->py);
	qpp_html_lit(h, "</td>");
	qpp_stack_cell(h, "Given");
	put_pairs(h, c->given, c->n_given);
	put_file(h, c->n_given ? ", the submission" : "the submission", c->input);
	put_file(h, " with", c->facts);
	qpp_html_lit(h, "</td>");
	qpp_stack_cell(h, "Expected");
	put_pairs(h, c->expect, c->n_expect);
	qpp_html_lit(h, "</td>");
	qpp_stack_cell(h, "Source");
	qpp_html_text(h, c->source);
	qpp_html_lit(h, "</td></tr>\n");
}

static void begin_cases(struct qpp_html *h)
{
	qpp_html_lit(h, "<h3>Worked cases</h3>\n");
	qpp_stack_begin(h, "cases", "Each runs as a test of the program");
	qpp_stack_column(h, "Case");
	qpp_stack_column(h, "Year");
	qpp_stack_column(h, "Given");
	qpp_stack_column(h, "Expected");
	qpp_stack_column(h, "Source");
	qpp_stack_body(h);
}

static void put_cases(struct qpp_html *h, const struct qpp_ruleset *rs, struct qpp_str cite)
{
	bool any = false;
	for (size_t i = 0; i < rs->n_cases; i++) {
		if (!qpp_str_eq(rs->cases[i].cite, cite))
			continue;
		if (!any)
			begin_cases(h);
		any = true;
		put_case(h, &rs->cases[i]);
	}
	if (any)
		qpp_stack_end(h);
}

void rules_blocks(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_section *s)
{
	for (size_t i = 0; i < rs->n_params; i++)
		if (qpp_str_eq(rs->params[i].cite, s->cite))
			put_param(h, rs, &rs->params[i]);
	for (size_t i = 0; i < rs->n_tables; i++)
		if (qpp_str_eq(rs->tables[i].cite, s->cite))
			put_table(h, rs, &rs->tables[i]);
	for (size_t i = 0; i < rs->n_readings; i++)
		if (qpp_str_eq(rs->readings[i].cite, s->cite))
			put_reading(h, &rs->readings[i]);
	put_cases(h, rs, s->cite);
}
