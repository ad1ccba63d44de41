/*
 * Rows of the experience file: cells to figures, flags and measures, by the
 * columns that row_columns.c lists.
 */
#include "read_rows.h"

#include <string.h>

#include "fields.h"
#include "row_columns.h"

enum { MOST_ROWS = 200000, MOST_NUMBER = 99, LONGEST_LIST = 2000 };

/* Which wanted columns the rows of a year have. */
struct seen_year {
	qpp_py py;
	bool has[QPP_WANTED_COLUMNS];
	struct qpp_where where;      /* of its first row */
};

struct reader {
	struct qpp_json_in in;
	QPP_VEC(struct seen_year) years;
	QPP_VEC(struct qpp_str) unknown;
	struct qpp_where unknown_where;
	/* Measures of the row at hand, by category and number. */
	struct qpp_row_measure measures[QPP_CATEGORIES][QPP_MOST_COLUMN_NUMBER];
	size_t n_measures[QPP_CATEGORIES];
};

static void note_unknown(struct reader *r, const struct qpp_json *cell, size_t number)
{
	struct qpp_str name = cell->key;
	if (number)
		(void)qpp_column_number(&name);
	for (size_t i = 0; i < r->unknown.n; i++)
		if (qpp_str_eq(r->unknown.v[i], name))
			return;
	if (!r->unknown.n)
		r->unknown_where = qpp_json_where_key(r->in.arena, &r->in.doc, cell);
	*QPP_PUSH(r->in.arena, &r->unknown) = name;
}

/* The text of a cell; empty for an absent one. False with a finding when it is no single value. */
static bool cell_text(struct reader *r, const struct qpp_json *cell, struct qpp_str *out)
{
	*out = QPP_LIT("");
	if (cell->kind == QPP_JSON_ARRAY || cell->kind == QPP_JSON_OBJECT)
		return qpp_json_kind_wrong(&r->in, cell, "a number or text");
	if (cell->kind == QPP_JSON_BOOLEAN)
		*out = qpp_str_of(cell->n ? "true" : "false");
	else if (cell->kind != QPP_JSON_NULL)
		*out = qpp_str_trim(cell->text);
	return true;
}

static int decimals_of(struct qpp_str s)
{
	int n = 0;
	bool behind = false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == 'e' || s.p[i] == 'E')
			return 0;
		n += behind;
		behind |= s.p[i] == '.';
	}
	return n;
}

static void read_figure(struct reader *r, const struct qpp_json *cell, struct qpp_printed *out)
{
	struct qpp_str s;
	qpp_dec v;
	if (!cell_text(r, cell, &s) || !s.n)
		return;
	if (qpp_dec_parse(s, &v)) {
		*out = (struct qpp_printed){ true, v, decimals_of(s), s };
		return;
	}
	struct qpp_finding *f = qpp_json_find(&r->in, QPP_ERROR, "numberInvalid", cell,
	                                      QPP_LIT("this cell is not a number that can be kept exactly"));
	f->value = qpp_json_shown(&r->in, cell);
	f->expected = QPP_LIT("a decimal number of at most 18 digits, or nothing");
}

static enum qpp_tri read_flag(struct reader *r, const struct qpp_json *cell)
{
	struct qpp_str s;
	if (!cell_text(r, cell, &s) || !s.n)
		return QPP_UNKNOWN;
	if (qpp_column_text_is(s, "true") || qpp_column_text_is(s, "yes") || qpp_column_text_is(s, "y"))
		return QPP_YES;
	if (qpp_column_text_is(s, "false") || qpp_column_text_is(s, "no") || qpp_column_text_is(s, "n"))
		return QPP_NO;
	struct qpp_finding *f = qpp_json_find(&r->in, QPP_ERROR, "valueUnknown", cell,
	                                      QPP_LIT("this cell is neither true nor false"));
	f->value = qpp_json_shown(&r->in, cell);
	f->expected = QPP_LIT("True, False or nothing");
	return QPP_UNKNOWN;
}

static struct qpp_row_measure *measure_at(struct reader *r, int category, size_t number)
{
	if (number > r->n_measures[category])
		r->n_measures[category] = number;
	return &r->measures[category][number - 1];
}

static void read_cell(struct reader *r, const struct qpp_json *cell, const struct qpp_column *c, size_t number,
                      struct qpp_experience_row *row)
{
	struct qpp_str text;
	enum qpp_tri flag;
	switch (c->kind) {
	case QPP_COLUMN_FIGURE:
		read_figure(r, cell, &row->figure[c->which]);
		break;
	case QPP_COLUMN_REWEIGHTED:
		if (read_flag(r, cell) == QPP_YES)
			row->reweighted |= 1u << c->which;
		break;
	case QPP_COLUMN_SMALL:
		row->small_practice = read_flag(r, cell);
		break;
	case QPP_COLUMN_NOT_REPORTED:
		flag = read_flag(r, cell);
		row->reported = flag == QPP_YES ? QPP_NO : flag == QPP_NO ? QPP_YES : QPP_UNKNOWN;
		break;
	case QPP_COLUMN_FACILITY:
		row->facility_scored = read_flag(r, cell);
		break;
	case QPP_COLUMN_BONUS:
		row->unnamed_bonus = read_flag(r, cell);
		break;
	case QPP_COLUMN_CREDIT:
		row->activity_credit = read_flag(r, cell);
		break;
	case QPP_COLUMN_POINTS:
		read_figure(r, cell, &measure_at(r, c->which, number)->points);
		break;
	default:
		if (!cell_text(r, cell, &text) || !text.n)
			break;
		if (c->kind == QPP_COLUMN_LABEL)
			row->label = text;
		else if (c->kind == QPP_COLUMN_OPTION)
			row->option = text;
		else if (c->kind == QPP_COLUMN_ID)
			measure_at(r, c->which, number)->id = text;
		else if (c->kind == QPP_COLUMN_TYPE)
			measure_at(r, c->which, number)->collection_type = text;
	}
}

/* Numbers without an id were no measures: the file has every numbered column in every row. */
static void take_measures(struct reader *r, struct qpp_experience_row *row)
{
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		row->measures[k] = QPP_NEW_ARRAY(r->in.arena, r->n_measures[k], struct qpp_row_measure);
		for (size_t i = 0; i < r->n_measures[k]; i++)
			if (r->measures[k][i].id.n)
				row->measures[k][row->n_measures[k]++] = r->measures[k][i];
	}
	memset(r->measures, 0, sizeof r->measures);
	memset(r->n_measures, 0, sizeof r->n_measures);
}

static void note_column(struct reader *r, const struct qpp_column *c, const struct qpp_json *node, qpp_py py)
{
	struct seen_year *y = NULL;
	for (size_t i = 0; i < r->years.n && !y; i++)
		if (r->years.v[i].py.v == py.v)
			y = &r->years.v[i];
	if (!y) {
		y = QPP_PUSH(r->in.arena, &r->years);
		*y = (struct seen_year){ .py = py, .where = qpp_json_place_of(&r->in, node->parent) };
	}
	for (int i = 0; i < QPP_WANTED_COLUMNS; i++)
		y->has[i] |= qpp_wanted_columns[i].kind == c->kind && qpp_wanted_columns[i].which == c->which;
}

static bool year_of(struct reader *r, const struct qpp_json *object, qpp_py otherwise, qpp_py *out)
{
	*out = otherwise;
	if (qpp_field_py(&r->in, object, "_py", out) || out->v)
		return true;
	struct qpp_finding *f = qpp_json_find(&r->in, QPP_ERROR, "memberMissing", object,
	                                      QPP_LIT("the performance year of this row is not known"));
	f->expected = QPP_LIT("_py");
	f->hint = QPP_LIT("give --year for rows of one year, or a member _py in each row");
	return false;
}

static bool read_row(struct reader *r, const struct qpp_json *object, qpp_py py, struct qpp_experience_row *row)
{
	struct qpp_str number = qpp_i64_text(r->in.arena, (int64_t)object->index + 1);
	*row = (struct qpp_experience_row){ .label = qpp_str_cat(r->in.arena, "row ", number.p, (char *)NULL) };
	r->in.subject = row->label;
	if (object->kind != QPP_JSON_OBJECT)
		return qpp_json_kind_wrong(&r->in, object, "an object: a row");
	if (!year_of(r, object, py, &row->py))
		return false;
	for (const struct qpp_json *cell = object->first; cell; cell = cell->next) {
		size_t n;
		const struct qpp_column *c = qpp_column_of(cell->key, &n);
		if (!c) {
			note_unknown(r, cell, n);
			continue;
		}
		note_column(r, c, cell, row->py);
		if (c->kind != QPP_COLUMN_YEAR && c->kind != QPP_COLUMN_UNUSED)
			read_cell(r, cell, c, n, row);
	}
	take_measures(r, row);
	return true;
}

static void list_text(struct qpp_buf *b, struct qpp_str name)
{
	qpp_buf_cat(b, b->n ? ", " : "", (char *)NULL);
	qpp_buf_str(b, name);
}

static void tell_unknown(struct reader *r)
{
	struct qpp_buf b;
	if (!r->unknown.n)
		return;
	qpp_buf_init(&b, r->in.arena, LONGEST_LIST);
	for (size_t i = 0; i < r->unknown.n; i++)
		list_text(&b, qpp_shown(r->in.arena, r->unknown.v[i]));
	struct qpp_finding *f = qpp_find(r->in.findings, QPP_INFORMATION, "memberUnknown", r->unknown_where,
	                                 QPP_LIT("these columns are not known and not used"));
	f->value = qpp_buf_done(&b);
}

static void tell_missing(struct reader *r, const struct seen_year *y)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->in.arena, LONGEST_LIST);
	for (int i = 0; i < QPP_WANTED_COLUMNS; i++)
		if (!y->has[i])
			list_text(&b, qpp_str_of(qpp_wanted_columns[i].name));
	if (!b.n)
		return;
	struct qpp_str year = qpp_i64_text(r->in.arena, y->py.v);
	struct qpp_str message = qpp_str_cat(r->in.arena, "the rows of PY ", year.p, " have no column for these", (char *)NULL);
	struct qpp_finding *f = qpp_find(r->in.findings, QPP_INFORMATION, "memberMissing", y->where, message);
	f->expected = qpp_buf_done(&b);
}

struct qpp_experience_row *qpp_json_read_rows(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                              size_t most_bytes, qpp_py py, size_t *n, struct qpp_findings *f)
{
	struct reader r = { .in = { .arena = a, .findings = f, .subject = QPP_LIT("rows") } };
	*n = 0;
	if (!qpp_json_parse(a, file, text, most_bytes, &r.in.doc, f))
		return NULL;
	const struct qpp_json *list = r.in.doc.root;
	if (list->kind != QPP_JSON_ARRAY) {
		qpp_json_kind_wrong(&r.in, list, "a list of rows");
		return NULL;
	}
	size_t most = qpp_json_bounded(&r.in, list, MOST_ROWS);
	struct qpp_experience_row *rows = QPP_NEW_ARRAY(a, most, struct qpp_experience_row);
	const struct qpp_json *object = list->first;
	for (size_t i = 0; i < most; i++, object = object->next)
		*n += read_row(&r, object, py, &rows[*n]);
	tell_unknown(&r);
	for (size_t i = 0; i < r.years.n; i++)
		tell_missing(&r, &r.years.v[i]);
	return rows;
}
