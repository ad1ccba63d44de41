/*
 * Param blocks: one figure by year.
 *
 *   unit  points    range 0..100    shows-in  feedback, explanation
 *   PY          value   status               source
 *   2017        3       final                42 CFR 414.1405(b)(4)
 *   2022..2026  75      reading threshold-2026
 *   2027        -       none
 *
 * The years must follow each other without gap or overlap: a year nobody
 * thought of must not find its neighbor's figure, and a year known to have no
 * rule says so with the status `none`.
 */
#include "rules_int.h"

struct draft {
	struct rules *r;
	const struct rules_block *b;
	struct qpp_param p;
	QPP_VEC(struct qpp_param_row) rows;
	struct qpp_str range;            /* as written; empty when there is none */
	qpp_dec low, high;
	bool titled;                     /* the line of column titles has passed */
	bool lost;                       /* a row was left out after an error: what it covers is unknown */
};

static bool is_key(struct qpp_str s)
{
	return qpp_str_is(s, "unit") || qpp_str_is(s, "range") || qpp_str_is(s, "shows-in");
}

static bool read_range(struct draft *d, struct qpp_str value)
{
	for (size_t i = 0; i + 1 < value.n; i++) {
		if (value.p[i] == '.' && value.p[i + 1] == '.') {
			struct qpp_str low = { value.p, i }, high = { value.p + i + 2, value.n - i - 2 };
			return qpp_dec_parse(low, &d->low) && qpp_dec_parse(high, &d->high) && qpp_dec_cmp(d->low, d->high) <= 0;
		}
	}
	return false;
}

static void set_header(struct draft *d, uint32_t line, struct qpp_str key, struct qpp_str value)
{
	struct rules *r = d->r;
	struct qpp_str *to = qpp_str_is(key, "unit") ? &d->p.unit : qpp_str_is(key, "range") ? &d->range : &d->p.shows_in;
	if (to->n)
		rules_error(r, d->b->file, line, rules_quote(r, key), " is given twice", (char *)NULL);
	*to = value;
	if (to == &d->range && !read_range(d, value)) {
		rules_error(r, d->b->file, line, "the range ", rules_quote(r, value),
		            " is not two numbers, the lower first, as in `0..100`", (char *)NULL);
		d->range = QPP_LIT("");
	}
}

/* The value of a key stands in its group (`range 0..100`) or, set out in columns, in the next. */
static void read_header(struct draft *d, const struct rules_line *line)
{
	struct rules *r = d->r;
	struct qpp_str rest = line->text, value;
	while (rules_group(&rest, &value)) {
		struct qpp_str key, first = QPP_LIT("");
		qpp_str_word(&value, &key);
		value = qpp_str_trim(value);
		if (!is_key(key)) {
			rules_error(r, d->b->file, line->number, "expected unit, range, shows-in or the column titles (PY ...), not ",
			            rules_quote(r, key), (char *)NULL);
			return;
		}
		if (!value.n)
			rules_group(&rest, &value);
		struct qpp_str look = value;
		qpp_str_word(&look, &first);
		if (!value.n || is_key(first)) {
			rules_error(r, d->b->file, line->number, rules_quote(r, key), " has no value", (char *)NULL);
			return;
		}
		set_header(d, line->number, key, value);
	}
}

static bool read_status(struct draft *d, const struct rules_line *line, struct qpp_str *rest, struct qpp_param_row *row)
{
	struct rules *r = d->r;
	struct qpp_str status;
	if (!qpp_str_word(rest, &status)) {
		rules_error(r, d->b->file, line->number, "a row needs a status (final, proposed, reading NAME or none) behind its value",
		            (char *)NULL);
		return false;
	}
	enum qpp_rule_status s = QPP_RULE_FINAL;
	while (s <= QPP_RULE_NONE && !qpp_str_is(status, qpp_rule_status_name(s)))
		s++;
	if (s > QPP_RULE_NONE) {
		rules_error(r, d->b->file, line->number, rules_quote(r, status),
		            " is not a status: expected final, proposed, reading NAME or none", (char *)NULL);
		return false;
	}
	row->status = s;
	if (s == QPP_RULE_READING && !qpp_str_word(rest, &row->reading)) {
		rules_error(r, d->b->file, line->number, "the status `reading` needs the name of the reading", (char *)NULL);
		return false;
	}
	row->source = qpp_str_trim(*rest);
	if (!row->source.n && (s == QPP_RULE_FINAL || s == QPP_RULE_PROPOSED))
		rules_error(r, d->b->file, line->number, "a ", qpp_rule_status_name(s), " figure needs a source behind its status",
		            (char *)NULL);
	return true;
}

static void check_value(struct draft *d, uint32_t line, const struct qpp_param_row *row)
{
	struct rules *r = d->r;
	const struct qpp_cell *v = &row->value;
	bool none = row->status == QPP_RULE_NONE, dash = v->kind == QPP_CELL_ANY && qpp_str_is(v->text, "-");
	if (none && !dash)
		rules_error(r, d->b->file, line, "a row of status none has the value `-`, not ", rules_quote(r, v->text), (char *)NULL);
	else if (!none && v->kind == QPP_CELL_ANY)
		rules_error(r, d->b->file, line, "the value ", rules_quote(r, v->text), " says nothing; ",
		            dash ? "`-` stands only in a row of status none" : "`any` stands only in tables", (char *)NULL);
	else if (!none && d->range.n && v->kind != QPP_CELL_NUMBER)
		rules_error(r, d->b->file, line, "the value ", rules_quote(r, v->text), " is not a number, though there is a range ",
		            rules_quote(r, d->range), (char *)NULL);
	else if (!none && d->range.n && (qpp_dec_cmp(v->number, d->low) < 0 || qpp_dec_cmp(v->number, d->high) > 0))
		rules_error(r, d->b->file, line, "the value ", rules_quote(r, v->text), " is outside the range ",
		            rules_quote(r, d->range), (char *)NULL);
	else if (!none)
		rules_check_figure(r, d->b, line, v);
}

/* Against the row above only: with sorted rows that is enough. */
static void check_years(struct draft *d, uint32_t line, const struct qpp_param_row *row)
{
	struct rules *r = d->r;
	if (!d->rows.n)
		return;
	const struct qpp_param_row *above = &d->rows.v[d->rows.n - 1];
	const char *these = rules_years_text(r, row->from, row->to), *those = rules_years_text(r, above->from, above->to);
	const char *name = qpp_str_dup(r->arena, d->p.name).p;
	const char *what = row->from == row->to ? "the year " : "the years ", *s = row->from == row->to ? "s" : "";
	if (row->to < above->from)
		rules_error(r, d->b->file, line, what, these, " of ", name, " stand", s, " below later years (", those,
		            "); rows go from the first year to the last", (char *)NULL);
	else if (row->from <= above->to)
		rules_error(r, d->b->file, line, what, these, " of ", name, " overlap", s, " the row above (", those, ")", (char *)NULL);
	else if (row->from > above->to + 1 && !d->lost && !r->base)
		rules_error(r, d->b->file, line, name, " has no row for ", rules_years_text(r, above->to + 1, row->from - 1),
		            ", between this row and the one above; a year without a rule needs a row of status none", (char *)NULL);
}

/* False when the row must be left out. */
static bool read_row(struct draft *d, const struct rules_line *line)
{
	struct rules *r = d->r;
	struct qpp_param_row row = { 0 };
	struct qpp_str rest = line->text, years;
	const char *fault;
	qpp_str_word(&rest, &years);
	if (!rules_years(years, &row.from, &row.to)) {
		rules_error(r, d->b->file, line->number, "expected a year such as 2023 or years such as 2022..2026, not ",
		            rules_quote(r, years), (char *)NULL);
		return false;
	}
	if (!rules_cell(&rest, &row.value, &fault)) {
		rules_error(r, d->b->file, line->number, fault ? fault : "the row has no value behind its years", (char *)NULL);
		return false;
	}
	if (!read_status(d, line, &rest, &row))
		return false;
	if (row.reading.n)
		*QPP_PUSH(r->arena, &r->mentions) =
		    (struct rules_mention){ RULES_OF_READING, row.reading, d->b->file, line->number };
	check_value(d, line->number, &row);
	check_years(d, line->number, &row);
	*QPP_PUSH(r->arena, &d->rows) = row;
	return true;
}

static void read_line(struct draft *d, const struct rules_line *line)
{
	struct qpp_str rest = line->text, first;
	qpp_str_word(&rest, &first);
	if (d->titled) {
		d->lost |= !read_row(d, line);
	} else if (qpp_str_is(first, "PY")) {
		d->titled = true;
	} else if (rules_is_digit(first.p[0])) {
		rules_error(d->r, d->b->file, line->number, "the column titles (PY  value  status  source) must stand above the rows",
		            (char *)NULL);
		d->titled = true;
		d->lost |= !read_row(d, line);
	} else {
		read_header(d, line);
	}
}

void rules_read_param(struct rules *r, const struct rules_block *b)
{
	struct draft d = { .r = r, .b = b, .p = { .name = b->name, .cite = b->cite, .title = b->title } };
	for (size_t i = 0; i < b->lines.n; i++)
		read_line(&d, &b->lines.v[i]);
	if (!d.p.unit.n)
		rules_error(r, b->file, b->line, "param ", rules_quote(r, b->name), " has no unit", (char *)NULL);
	if (!d.rows.n && !d.lost)
		rules_error(r, b->file, b->line, "param ", rules_quote(r, b->name), " has no rows", (char *)NULL);
	d.p.rows = d.rows.v;
	d.p.n_rows = d.rows.n;
	*QPP_PUSH(r->arena, &r->params) = d.p;
}
