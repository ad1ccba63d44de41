/*
 * Table blocks: rows tried from top to bottom, the first that fits decides.
 *
 *   columns     PY  small  missing  quality  cost  ia  pi  cite
 *   check       quality + cost + ia + pi = 100
 *   2022..2026  yes  pi    40  30  30   0   414.1380(c)(2)(ii)
 *   2022..2026  any  none  30  30  15  25   414.1380(c)(2)(ii)
 *
 * A check is a promise of every row. It is kept here, when the program is
 * built, because no later step would notice weights that sum to 95.
 */
#include <string.h>

#include "core/ruleset_image.h"
#include "rules_int.h"

struct row {
	struct qpp_table_row is;
	uint32_t line;
	uint64_t sum;                /* over its cells: only rows of one sum need comparing */
};

/* The named columns of every row sum to `total`. */
struct check {
	size_t columns[RULES_MOST_COLUMNS], n;
	struct qpp_str sum, total_text;
	qpp_dec total;
};

struct draft {
	struct rules *r;
	const struct rules_block *b;
	struct qpp_table t;
	struct qpp_str columns[RULES_MOST_COLUMNS];
	QPP_VEC(struct row) rows;
	QPP_VEC(struct rules_line) checks;   /* read when all columns and rows are known */
	bool has_columns, has_rows;
};

static void read_columns(struct draft *d, uint32_t line, struct qpp_str rest)
{
	struct rules *r = d->r;
	struct qpp_str word = QPP_LIT("");
	if (d->has_columns) {
		/* Rows already read have the cells of the first line. */
		rules_error(r, d->b->file, line, "`columns` is given twice", (char *)NULL);
		return;
	}
	d->has_columns = true;
	if (!qpp_str_word(&rest, &word) || !qpp_str_is(word, "PY"))
		rules_error(r, d->b->file, line, "the first column must be PY, not ", rules_quote(r, word), (char *)NULL);
	while (qpp_str_word(&rest, &word)) {
		if (d->t.n_columns == RULES_MOST_COLUMNS) {
			rules_error(r, d->b->file, line, "a table has at most ", rules_number(r, RULES_MOST_COLUMNS), " columns", (char *)NULL);
			return;
		}
		if (!rules_is_name(word, true))
			rules_error(r, d->b->file, line, "the column ", rules_quote(r, word),
			            " is not a name of letters, digits, `_` and `-`", (char *)NULL);
		d->columns[d->t.n_columns++] = word;
	}
	if (!d->t.n_columns)
		rules_error(r, d->b->file, line, "a table needs a column besides PY", (char *)NULL);
}

static bool same_row(const struct qpp_table_row *a, const struct qpp_table_row *b, size_t n)
{
	if (a->from != b->from || a->to != b->to)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!qpp_str_eq(a->cells[i].text, b->cells[i].text))
			return false;
	return true;
}

static uint64_t sum_cells(const struct qpp_cell *cells, size_t n)
{
	uint64_t sum = n;
	for (size_t i = 0; i < n; i++)
		sum = sum * 31 + qpp_rules_checksum((const unsigned char *)cells[i].text.p, cells[i].text.n);
	return sum;
}

static void check_new(struct draft *d, const struct row *row)
{
	struct rules *r = d->r;
	for (size_t i = 0; i < d->rows.n; i++) {
		if (d->rows.v[i].sum == row->sum && same_row(&d->rows.v[i].is, &row->is, d->t.n_columns)) {
			rules_error(r, d->b->file, row->line, "this row is the same as the one on line ",
			            rules_number(r, d->rows.v[i].line), (char *)NULL);
			return;
		}
	}
}

/* The cells of a row; NULL after an error. */
static const struct qpp_cell *read_cells(struct draft *d, uint32_t line, struct qpp_str rest)
{
	struct rules *r = d->r;
	struct qpp_cell *cells = QPP_NEW_ARRAY(r->arena, d->t.n_columns, struct qpp_cell), extra;
	const char *fault;
	size_t n = 0;
	while (rules_cell(&rest, n < d->t.n_columns ? &cells[n] : &extra, &fault))
		n++;
	if (fault) {
		rules_error(r, d->b->file, line, fault, (char *)NULL);
		return NULL;
	}
	if (n == d->t.n_columns)
		return cells;
	struct qpp_finding *f =
	    rules_error(r, d->b->file, line, "this row has ", rules_number(r, (int64_t)n), n == 1 ? " cell" : " cells",
	                " behind its years; table ", rules_quote(r, d->b->name), " has ",
	                rules_number(r, (int64_t)d->t.n_columns), " columns besides PY", (char *)NULL);
	if (n > d->t.n_columns)
		f->hint = QPP_LIT("a cell with blanks in it stands in double quotes");
	return NULL;
}

static void read_row(struct draft *d, uint32_t line, struct qpp_str rest)
{
	struct rules *r = d->r;
	struct row row = { .line = line };
	struct qpp_str years;
	d->has_rows = true;
	qpp_str_word(&rest, &years);
	if (!d->has_columns) {
		rules_error(r, d->b->file, line, "the `columns` line must stand above the rows", (char *)NULL);
		return;
	}
	if (!rules_years(years, &row.is.from, &row.is.to)) {
		rules_error(r, d->b->file, line, "expected a year such as 2023 or years such as 2022..2026, not ",
		            rules_quote(r, years), (char *)NULL);
		return;
	}
	row.is.cells = read_cells(d, line, rest);
	if (!row.is.cells)
		return;
	row.sum = sum_cells(row.is.cells, d->t.n_columns);
	check_new(d, &row);
	rules_check_cells(d->r, d->b, line, d->columns, row.is.cells, d->t.n_columns);
	*QPP_PUSH(r->arena, &d->rows) = row;
}

static bool add_term(struct draft *d, const struct rules_line *line, struct qpp_str term, struct check *c)
{
	struct rules *r = d->r;
	for (size_t i = 0; i < d->t.n_columns; i++) {
		if (!qpp_str_eq(d->columns[i], term))
			continue;
		if (c->n == RULES_MOST_COLUMNS)
			break;
		c->columns[c->n++] = i;
		return true;
	}
	struct qpp_finding *f = rules_error(r, d->b->file, line->number, "the check names ", rules_quote(r, term),
	                                    ", which is not a column of the table", (char *)NULL);
	rules_did_you_mean(r, f, term, d->columns, d->t.n_columns);
	return false;
}

static bool read_check(struct draft *d, const struct rules_line *line, struct check *c)
{
	struct qpp_str rest = line->text, left, term;
	*c = (struct check){ 0 };
	qpp_str_cut(&rest, '=', &left);
	c->total_text = qpp_str_trim(rest);
	c->sum = qpp_str_trim(left);
	if (!qpp_dec_parse(c->total_text, &c->total)) {
		rules_error(d->r, d->b->file, line->number, "expected a check such as `a + b = 100`, not ",
		            rules_quote(d->r, line->text), (char *)NULL);
		return false;
	}
	while (qpp_str_cut(&left, '+', &term))
		if (!add_term(d, line, qpp_str_trim(term), c))
			return false;
	return true;
}

static void check_row(struct draft *d, const struct check *c, const struct row *row)
{
	struct rules *r = d->r;
	qpp_dec sum = qpp_dec_of(0);
	for (size_t i = 0; i < c->n; i++) {
		const struct qpp_cell *cell = &row->is.cells[c->columns[i]];
		if (cell->kind != QPP_CELL_NUMBER) {
			rules_error(r, d->b->file, row->line, "the cell ", rules_quote(r, cell->text), " of ",
			            rules_quote(r, d->columns[c->columns[i]]), " is not a number, but the table checks ",
			            rules_quote(r, c->sum), (char *)NULL);
			return;
		}
		sum = qpp_dec_add(sum, cell->number);
	}
	if (!qpp_dec_eq(sum, c->total))
		rules_error(r, d->b->file, row->line, rules_quote(r, c->sum), " is ", qpp_dec_text_short(r->arena, sum, 0, 9).p,
		            " in this row, not ", rules_quote(r, c->total_text), (char *)NULL);
}

static void run_checks(struct draft *d)
{
	struct check c;
	for (size_t i = 0; i < d->checks.n; i++)
		if (read_check(d, &d->checks.v[i], &c))
			for (size_t k = 0; k < d->rows.n; k++)
				check_row(d, &c, &d->rows.v[k]);
}

static void read_line(struct draft *d, const struct rules_line *line)
{
	struct rules *r = d->r;
	struct qpp_str rest = line->text, first;
	qpp_str_word(&rest, &first);
	if (rules_is_digit(first.p[0]))
		read_row(d, line->number, line->text);
	else if (qpp_str_is(first, "columns"))
		read_columns(d, line->number, rest);
	else if (qpp_str_is(first, "check"))
		*QPP_PUSH(r->arena, &d->checks) = (struct rules_line){ qpp_str_trim(rest), line->number, false };
	else
		rules_error(r, d->b->file, line->number, "expected columns, check or a row that begins with a year, not ",
		            rules_quote(r, first), (char *)NULL);
}

void rules_read_table(struct rules *r, const struct rules_block *b)
{
	struct draft d = { .r = r, .b = b, .t = { .name = b->name, .cite = b->cite, .title = b->title } };
	for (size_t i = 0; i < b->lines.n; i++)
		read_line(&d, &b->lines.v[i]);
	run_checks(&d);
	if (!d.has_columns)
		rules_error(r, b->file, b->line, "table ", rules_quote(r, b->name), " has no `columns` line", (char *)NULL);
	else if (!d.has_rows)
		rules_error(r, b->file, b->line, "table ", rules_quote(r, b->name), " has no rows", (char *)NULL);
	struct qpp_str *columns = QPP_NEW_ARRAY(r->arena, d.t.n_columns, struct qpp_str);
	struct qpp_table_row *rows = QPP_NEW_ARRAY(r->arena, d.rows.n, struct qpp_table_row);
	memcpy(columns, d.columns, d.t.n_columns * sizeof *columns);
	for (size_t i = 0; i < d.rows.n; i++)
		rows[i] = d.rows.v[i].is;
	d.t.columns = columns;
	d.t.rows = rows;
	d.t.n_rows = d.rows.n;
	*QPP_PUSH(r->arena, &r->tables) = d.t;
}
