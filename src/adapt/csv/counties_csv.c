/* A line of the list becomes a row, the rows are sorted, and neighbors of one county become that county. */
#include "counties_csv.h"

#include <stdlib.h>

#include "qpp/euc.h"

/* The longest list so far has some five thousand lines; all ZIP codes of the country are forty thousand. */
enum { MOST_ROWS = 200000 };

enum column { STATE, COUNTY, ZIP, COLUMNS };

static const char *const names[COLUMNS] = { "state_code", "county_name", "zipcode" };

struct row {
	struct qpp_str state, name, zip;         /* no ZIP code: empty */
	uint32_t line;
};

struct reader {
	struct qpp_csv csv;
	struct qpp_arena *arena;
	struct qpp_str file;
	struct qpp_findings *findings;
	size_t at[COLUMNS], n_columns;
	QPP_VEC(struct row) rows;
};

static struct qpp_finding *find(struct reader *r, enum qpp_severity severity, const char *code, uint32_t line,
                                struct qpp_str message)
{
	struct qpp_finding *f =
	    qpp_find(r->findings, severity, code, (struct qpp_where){ .file = r->file, .line = line }, message);
	f->subject = QPP_LIT("list of counties");
	return f;
}

static uint32_t line_of(const struct reader *r)
{
	return r->csv.line < UINT32_MAX ? (uint32_t)r->csv.line : UINT32_MAX;
}

static struct qpp_str field(struct reader *r, size_t i)
{
	return qpp_str_trim(qpp_csv_text(r->arena, &r->csv.fields[i]));
}

/* ---- the header ---- */

static void find_column(struct reader *r, enum column k)
{
	size_t found = 0;
	for (size_t i = 0; i < r->csv.n_fields; i++) {
		if (!qpp_str_is(field(r, i), names[k]))
			continue;
		if (!found++)
			r->at[k] = i;
	}
	if (found == 1)
		return;
	struct qpp_finding *f = found ? find(r, QPP_ERROR, "csvColumnDuplicate", line_of(r),
	                                     qpp_str_cat(r->arena, "column ", names[k], " stands twice in the header", (char *)NULL))
	                              : find(r, QPP_ERROR, "csvColumnMissing", line_of(r),
	                                     qpp_str_cat(r->arena, "the header has no column ", names[k], (char *)NULL));
	f->value = qpp_shown(r->arena, r->csv.record);
	f->expected = QPP_LIT("state_code,county_name,zipcode, in any order");
}

static bool read_header(struct reader *r)
{
	size_t before = r->findings->errors + r->findings->left_out;
	r->n_columns = r->csv.n_fields;
	for (int k = 0; k < COLUMNS; k++)
		find_column(r, (enum column)k);
	return r->findings->errors + r->findings->left_out == before;
}

/* ---- lines ---- */

static void refuse(struct reader *r, enum column k, const char *message, const char *expected)
{
	struct qpp_finding *f = find(r, QPP_ERROR, "countyInvalid", line_of(r), qpp_str_of(message));
	if (!qpp_findings_full(r->findings))
		qpp_csv_where(&r->csv, r->at[k], &f->where);
	f->value = qpp_shown(r->arena, field(r, r->at[k]));
	f->expected = qpp_str_of(expected);
}

/* No county needs other letters, once its accents are off. */
static bool is_name(struct qpp_str key)
{
	for (size_t i = 0; i < key.n; i++)
		if ((unsigned char)key.p[i] >= 0x80)
			return false;
	return key.n > 0;
}

static void read_row(struct reader *r)
{
	struct qpp_str zip = field(r, r->at[ZIP]);
	struct row row = { .name = qpp_county_key(r->arena, field(r, r->at[COUNTY])), .line = line_of(r) };
	int state = qpp_state_of(field(r, r->at[STATE]));
	bool good_zip = !zip.n || qpp_zip_of(zip, &row.zip);
	if (state < 0)
		refuse(r, STATE, "this is not the code of a state or territory", "two letters, such as FL");
	if (!is_name(row.name))
		refuse(r, COUNTY, "this is not the name of a county", "a name, such as lee");
	if (!good_zip)
		refuse(r, ZIP, "this is not a ZIP code", "five digits, or nothing");
	if (state < 0 || !is_name(row.name) || !good_zip)
		return;
	row.state = qpp_str_of(qpp_state_code(state));
	row.zip = qpp_str_dup(r->arena, row.zip);
	*QPP_PUSH(r->arena, &r->rows) = row;
}

static bool has_room(struct reader *r)
{
	if (r->rows.n < MOST_ROWS)
		return true;
	find(r, QPP_ERROR, "tooMany", line_of(r), QPP_LIT("the list has more lines than there are ZIP codes"))->expected =
	    QPP_LIT("at most 200000 lines");
	return false;
}

/* A record that is whole; false ends the reading. */
static bool read_record(struct reader *r)
{
	if (r->csv.n_fields != r->n_columns) {
		struct qpp_finding *f = find(r, QPP_ERROR, "csvFieldCount", line_of(r),
		                             QPP_LIT("the line has another number of fields than the header"));
		f->value = qpp_i64_text(r->arena, (int64_t)r->csv.n_fields);
		f->expected = qpp_i64_text(r->arena, (int64_t)r->n_columns);
		return true;
	}
	if (!has_room(r))
		return false;
	read_row(r);
	return true;
}

static void tell_fault(struct reader *r)
{
	const struct qpp_csv_fault *is = &r->csv.fault;
	struct qpp_finding *f =
	    find(r, QPP_ERROR, is->too_long ? "csvTooLong" : "csvMalformed", is->line, qpp_str_of(is->message));
	f->where.column = is->column;
	f->expected = qpp_str_of(is->expected);
}

static enum qpp_csv_result read_all(struct reader *r)
{
	enum qpp_csv_result is = qpp_csv_next(&r->csv);
	bool going = false;
	if (is == QPP_CSV_RECORD)
		going = read_header(r);
	else if (is == QPP_CSV_END)
		find(r, QPP_ERROR, "csvColumnMissing", 1, QPP_LIT("the file is empty"))->expected =
		    QPP_LIT("a header state_code,county_name,zipcode");
	while (going && (is = qpp_csv_next(&r->csv)) == QPP_CSV_RECORD)
		going = read_record(r);
	if (is == QPP_CSV_FAULT)
		tell_fault(r);
	return is == QPP_CSV_READ_FAILED ? is : QPP_CSV_END;
}

/* ---- the list ---- */

static int by_county(const struct row *a, const struct row *b)
{
	int c = qpp_str_cmp(a->state, b->state);
	return c ? c : qpp_str_cmp(a->name, b->name);
}

/* The line last, so that of what stands twice the first is kept. */
static int in_order(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int c = by_county(x, y);
	if (!c)
		c = qpp_str_cmp(x->zip, y->zip);
	return c ? c : x->line < y->line ? -1 : x->line > y->line;
}

static void tell_twice(struct reader *r, const struct row *first, const struct row *again)
{
	struct qpp_finding *f = find(r, QPP_WARNING, "countyDuplicate", again->line, QPP_LIT("the list has this line already"));
	struct qpp_str county = qpp_county_shown(r->arena, again->state, again->name);
	f->value = qpp_str_cat(r->arena, county.p, again->zip.n ? " " : "", again->zip.p, (char *)NULL);
	f->hint = qpp_str_cat(r->arena, "first in line ", qpp_i64_text(r->arena, first->line).p, (char *)NULL);
}

static void group(struct reader *r, struct qpp_euc_list *out)
{
	struct row *v = r->rows.v;
	size_t n = r->rows.n;
	struct qpp_euc_county *counties = QPP_NEW_ARRAY(r->arena, n + 1, struct qpp_euc_county);
	struct qpp_str *zips = QPP_NEW_ARRAY(r->arena, n + 1, struct qpp_str);
	if (n)
		qsort(v, n, sizeof *v, in_order);
	for (size_t i = 0; i < n; i++) {
		bool same = i && by_county(&v[i - 1], &v[i]) == 0;
		if (same && qpp_str_eq(v[i - 1].zip, v[i].zip)) {
			tell_twice(r, &v[i - 1], &v[i]);
			continue;
		}
		if (!same)
			counties[out->n_counties++] = (struct qpp_euc_county){ v[i].state, v[i].name, { zips, 0 } };
		if (v[i].zip.n) {
			*zips++ = v[i].zip;
			counties[out->n_counties - 1].zips.n++;
		}
	}
	out->counties = counties;
}

enum qpp_csv_result qpp_counties_csv_read(struct qpp_arena *a, struct qpp_str file, qpp_csv_source *source, void *host,
                                          struct qpp_str publication, struct qpp_findings *findings,
                                          struct qpp_euc_list *out)
{
	struct reader *r = QPP_NEW(a, struct reader);
	r->arena = a;
	r->file = file;
	r->findings = findings;
	*out = (struct qpp_euc_list){ .source = publication };
	qpp_csv_open(&r->csv, a, source, host);
	enum qpp_csv_result is = read_all(r);
	group(r, out);
	return is;
}
