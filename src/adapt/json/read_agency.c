/* Readers of the agency's feedback: rows of the Experience file (CSV, JSON) and the scoring JSON, as figures to compare. */
#include "adapt/json/read_agency.h"

#include <string.h>

#include "adapt/json/doc.h"
#include "adapt/json/emit.h"
#include "adapt/json/read_rows.h"

enum { MOST_BYTES = 8 << 20, MOST_COLUMNS = 400, PUBLISHED = 2, POINTS_PLACES = 4, DEEPEST = 12 };

#define CAT(a, ...) qpp_str_cat((a), __VA_ARGS__, (char *)NULL)
#define C(a, s) (qpp_str_dup((a), (s)).p)

/* ---- CSV to the rows that the JSON reader takes, line by line: its findings then name the line of the file ---- */

struct cells {
	struct qpp_str v[MOST_COLUMNS];
	size_t n;
};

/* One line off the text; quoted cells may hold separators and doubled quotes. */
static void cut_cells(struct qpp_arena *a, struct qpp_str line, char separator, struct cells *out)
{
	out->n = 0;
	for (size_t i = 0; i <= line.n && out->n < MOST_COLUMNS; i++) {
		struct qpp_buf b;
		bool quoted = i < line.n && line.p[i] == '"';
		qpp_buf_init(&b, a, line.n + 1);
		for (i += quoted; i < line.n && (quoted || line.p[i] != separator); i++) {
			if (quoted && line.p[i] == '"') {
				quoted = i + 1 < line.n && line.p[i + 1] == '"';
				i += quoted;
				if (!quoted)
					continue;
			}
			qpp_buf_char(&b, line.p[i]);
		}
		out->v[out->n++] = qpp_str_trim(qpp_buf_done(&b));
	}
}

static struct qpp_str row_json(struct qpp_arena *a, const struct cells *head, const struct cells *row)
{
	struct qpp_emit e;
	qpp_emit_init(&e, a, MOST_BYTES);
	qpp_emit_open(&e, NULL, '{');
	for (size_t i = 0; i < head->n && i < row->n; i++)
		if (head->v[i].n && row->v[i].n)
			qpp_emit_text(&e, C(a, head->v[i]), row->v[i]);
	qpp_emit_close(&e, '}');
	return qpp_emit_done(&e);
}

/* Which of the rows is read. */
struct choice {
	size_t at, n;                /* counted from 1 */
	bool named;                  /* it is of the NPI that was asked for */
};

static bool is_npi_column(struct qpp_str name)
{
	return qpp_str_is(name, "npi") || qpp_str_is(name, "NPI");
}

static bool of_npi(struct qpp_arena *a, struct qpp_str line, char separator, size_t column, struct qpp_str npi, struct cells *row)
{
	struct qpp_mark mark = qpp_arena_mark(a);
	cut_cells(a, line, separator, row);
	bool is = column < row->n && qpp_str_eq(row->v[column], npi);
	qpp_arena_reset(a, mark);
	return is;
}

/* The row of the NPI, or the first, as a list of one; on the line that it has in the file. */
static struct qpp_str csv_json(struct qpp_arena *a, struct qpp_str text, struct qpp_str npi, struct choice *c)
{
	struct qpp_buf b;
	struct qpp_str line = QPP_LIT(""), chosen = QPP_LIT("");
	struct cells *head = QPP_NEW(a, struct cells), *row = QPP_NEW(a, struct cells);
	size_t column = 0, number = 1, at = 1;
	qpp_buf_init(&b, a, 2 * MOST_BYTES);
	if (!qpp_str_cut(&text, '\n', &line))
		return QPP_LIT("[]");
	char separator = memchr(line.p ? line.p : "", '\t', line.n) ? '\t' : ',';
	cut_cells(a, qpp_str_trim(line), separator, head);
	while (column < head->n && !is_npi_column(head->v[column]))
		column++;
	for (; qpp_str_cut(&text, '\n', &line); number++) {
		if (!qpp_str_trim(line).n)
			continue;
		if (line.p[line.n - 1] == '\r')
			line.n--;
		bool named = npi.n && !c->named && column < head->n && of_npi(a, line, separator, column, npi, row);
		if (c->n++ && !named)
			continue;
		*c = (struct choice){ c->n, c->n, named };
		chosen = line;
		at = number;
	}
	qpp_buf_char(&b, '[');
	for (size_t i = 0; i < at; i++)
		qpp_buf_char(&b, '\n');
	if (chosen.n) {
		cut_cells(a, chosen, separator, row);
		qpp_buf_str(&b, row_json(a, head, row));
	}
	qpp_buf_char(&b, ']');
	return qpp_buf_done(&b);
}

/* ---- rows ---- */

struct reading {
	struct qpp_arena *arena;
	struct qpp_str file;
	qpp_py py;
	struct qpp_agency *out;
	struct qpp_findings *findings;
};

static void claim(struct qpp_arena *a, struct qpp_agency *out, enum qpp_agency_figure figure, enum qpp_category k, const struct qpp_printed *x,
                  int places)
{
	if (x->given)
		*QPP_PUSH(a, &out->v) = (struct qpp_agency_claim){ .figure = figure, .category = k, .v = x->v, .places = x->decimals > places ? x->decimals : places };
}

static void row_measures(struct qpp_arena *a, const struct qpp_experience_row *row, enum qpp_category k, struct qpp_agency *out)
{
	int places = 0;
	/* The file leaves trailing zeros out: what one of them shows holds for all. */
	for (size_t i = 0; i < row->n_measures[k]; i++)
		if (row->measures[k][i].points.decimals > places)
			places = row->measures[k][i].points.decimals;
	for (size_t i = 0; i < row->n_measures[k]; i++) {
		const struct qpp_row_measure *x = &row->measures[k][i];
		if (x->points.given)
			*QPP_PUSH(a, &out->v) = (struct qpp_agency_claim){ .figure = QPP_AGENCY_MEASURE, .category = k, .measure_id = x->id, .v = x->points.v,
				.places = places < PUBLISHED ? PUBLISHED : places };
	}
}

static void row_claims(struct qpp_arena *a, const struct qpp_experience_row *row, struct qpp_agency *out)
{
	const struct {
		enum qpp_figure of;
		enum qpp_agency_figure figure;
		enum qpp_category category;
	} figures[] = {
		{ QPP_FIGURE_FINAL, QPP_AGENCY_FINAL, 0 }, { QPP_FIGURE_ADJUSTMENT, QPP_AGENCY_ADJUSTMENT, 0 }, { QPP_FIGURE_COMPLEX, QPP_AGENCY_COMPLEX, 0 },
		{ QPP_FIGURE_QUALITY, QPP_AGENCY_PERCENT, QPP_QUALITY }, { QPP_FIGURE_QUALITY_IMPROVEMENT, QPP_AGENCY_IMPROVEMENT, QPP_QUALITY },
		{ QPP_FIGURE_SMALL_BONUS, QPP_AGENCY_SMALL_BONUS, QPP_QUALITY }, { QPP_FIGURE_COST, QPP_AGENCY_PERCENT, QPP_COST },
		{ QPP_FIGURE_COST_IMPROVEMENT, QPP_AGENCY_IMPROVEMENT, QPP_COST }, { QPP_FIGURE_IA, QPP_AGENCY_POINTS, QPP_IA },
		{ QPP_FIGURE_PI, QPP_AGENCY_PERCENT, QPP_PI },
	};
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		claim(a, out, figures[i].figure, figures[i].category, &row->figure[figures[i].of], PUBLISHED);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		struct qpp_printed w = row->figure[QPP_FIGURE_WEIGHT + k];
		/* Fractions of 1 there, percents here. */
		w.v = w.given ? qpp_dec_mul(w.v, qpp_dec_of(100)) : w.v;
		w.decimals = 0;
		claim(a, out, QPP_AGENCY_WEIGHT, (enum qpp_category)k, &w, 0);
	}
	for (size_t i = 0; i < QPP_CATEGORIES; i++)
		row_measures(a, row, (enum qpp_category)i, out);
}

/* Which row is of the NPI: infer has no use for that column, and does not keep it. */
static struct choice row_of(struct qpp_arena *a, struct qpp_str text, struct qpp_str npi)
{
	struct qpp_json_doc doc;
	struct qpp_findings none;
	struct choice c = { .at = 1 };
	qpp_findings_init(&none, a, 1);
	if (!qpp_json_parse(a, QPP_LIT(""), text, MOST_BYTES, &doc, &none) || doc.root->kind != QPP_JSON_ARRAY)
		return c;
	for (const struct qpp_json *x = doc.root->first; x; x = x->next) {
		c.n++;
		for (const struct qpp_json *m = x->kind == QPP_JSON_OBJECT ? x->first : NULL; m && npi.n && !c.named; m = m->next)
			if (is_npi_column(m->key) && qpp_str_eq(qpp_str_trim(m->text), npi))
				c = (struct choice){ c.n, c.n, true };
	}
	return c;
}

/* Which row it was; and that it may be somebody else's. */
static struct qpp_str note_of(struct qpp_arena *a, const struct choice *c, struct qpp_str npi)
{
	if (c->n < 2)
		return QPP_LIT("");
	struct qpp_str which = CAT(a, "Row ", C(a, qpp_i64_text(a, (int64_t)c->at)), " of ", C(a, qpp_i64_text(a, (int64_t)c->n)), " was compared.");
	return npi.n && !c->named ? CAT(a, C(a, which), " None of them names the NPI ", C(a, npi), ".") : which;
}

static void read_rows(struct reading *r, struct qpp_str text, size_t at)
{
	size_t n = 0;
	struct qpp_experience_row *rows = qpp_json_read_rows(r->arena, r->file, text, 2 * MOST_BYTES, r->py, &n, r->findings);
	if (rows && !r->findings->errors && at < n)
		row_claims(r->arena, &rows[at], r->out);
}

/* ---- the scoring JSON ---- */

struct tree {
	struct qpp_arena *arena;
	struct qpp_agency *out;
	enum qpp_category category;
	enum qpp_method method;
};

static bool number_of(const struct qpp_json *object, const char *name, qpp_dec *v)
{
	const struct qpp_json *x = qpp_json_member(object, name);
	return x && x->kind == QPP_JSON_NUMBER && qpp_dec_parse(x->text, v);
}

static void node_claim(struct tree *t, enum qpp_agency_figure figure, struct qpp_str measure_id, const struct qpp_json *object, const char *member,
                       int places)
{
	qpp_dec v;
	if (number_of(object, member, &v))
		*QPP_PUSH(t->arena, &t->out->v) = (struct qpp_agency_claim){ .figure = figure, .category = t->category, .measure_id = measure_id,
			.method = t->method, .v = v, .places = places };
}

static struct qpp_str text_of(const struct qpp_json *object, const char *name)
{
	const struct qpp_json *x = qpp_json_member(object, name);
	return x && x->kind == QPP_JSON_STRING ? x->text : QPP_LIT("");
}

/* Measures lie below sets, those of promoting interoperability below objectives; a leaf is one, and so is what has a title of one. */
static void measures_of(struct tree *t, const struct qpp_json *node, int depth)
{
	const struct qpp_json *parts = qpp_json_member(node, "parts");
	for (const struct qpp_json *x = parts && depth < DEEPEST ? parts->first : NULL; x; x = x->next) {
		const struct qpp_json *below = qpp_json_member(x, "parts"), *meta = qpp_json_member(x, "metadata");
		bool set = qpp_method_of(text_of(x, "detail")) != QPP_METHOD_NONE;
		/* Only quality is scored by collection type. */
		if (set && t->category == QPP_QUALITY)
			t->method = qpp_method_of(text_of(x, "detail"));
		bool titled = meta && qpp_json_member(meta, "measureTitle");
		if (x->kind == QPP_JSON_OBJECT && (titled || !below || !below->first) && !set && text_of(x, "name").n)
			node_claim(t, QPP_AGENCY_MEASURE, text_of(x, "name"), x, "value", POINTS_PLACES);
		else
			measures_of(t, x, depth + 1);
	}
}

static void category_of(struct tree *t, const struct qpp_json *node)
{
	const struct qpp_json *original = qpp_json_member(node, "original"), *meta = qpp_json_member(node, "metadata");
	node_claim(t, QPP_AGENCY_CONTRIBUTION, QPP_LIT(""), node, "value", POINTS_PLACES);
	if (meta)
		node_claim(t, QPP_AGENCY_WEIGHT, QPP_LIT(""), meta, "maxContribution", PUBLISHED);
	if (!original)
		return;
	node_claim(t, QPP_AGENCY_PERCENT, QPP_LIT(""), original, "value", POINTS_PLACES);
	t->method = QPP_METHOD_NONE;
	if (t->category != QPP_PI)
		measures_of(t, original, 0);
}

static void total_of(struct tree *t, const struct qpp_json *total)
{
	const struct qpp_json *parts = qpp_json_member(total, "parts"), *meta = qpp_json_member(total, "metadata");
	size_t before = t->out->v.n;
	if (meta)
		node_claim(t, QPP_AGENCY_FINAL, QPP_LIT(""), meta, "finalScore", PUBLISHED);
	if (t->out->v.n == before)
		node_claim(t, QPP_AGENCY_FINAL, QPP_LIT(""), total, "value", PUBLISHED);
	if (meta)
		node_claim(t, QPP_AGENCY_ADJUSTMENT, QPP_LIT(""), meta, "paymentAdjustmentPercent", PUBLISHED);
	for (const struct qpp_json *x = parts ? parts->first : NULL; x; x = x->next) {
		struct qpp_str name = text_of(x, "name");
		if (qpp_str_is(name, "bonuses"))
			node_claim(t, QPP_AGENCY_COMPLEX, QPP_LIT(""), x, "value", PUBLISHED);
		else if (qpp_category_of(name, &t->category))
			category_of(t, x);
	}
}

/* The node "total", however it is wrapped: {"data": {"score": {...}}}. */
static const struct qpp_json *find_total(const struct qpp_json *x, int depth)
{
	if (x->kind != QPP_JSON_OBJECT || depth > DEEPEST)
		return NULL;
	if (qpp_json_member(x, "parts") && qpp_json_member(x, "value"))
		return x;
	for (const struct qpp_json *m = x->first; m; m = m->next) {
		const struct qpp_json *found = find_total(m, depth + 1);
		if (found)
			return found;
	}
	return NULL;
}

static void fault(const struct reading *r, const char *says, const char *expected)
{
	struct qpp_finding *x = qpp_find(r->findings, QPP_ERROR, "memberMissing", (struct qpp_where){ .file = r->file }, qpp_str_of(says));
	x->expected = qpp_str_of(expected);
}

static void read_tree(struct reading *r, struct qpp_str text)
{
	struct qpp_json_doc doc;
	struct tree t = { .arena = r->arena, .out = r->out };
	if (!qpp_json_parse(r->arena, r->file, text, MOST_BYTES, &doc, r->findings))
		return;
	const struct qpp_json *total = find_total(doc.root, 0);
	if (total)
		total_of(&t, total);
	else
		fault(r, "this JSON has no score in it", "the answer of a request for a score: a node with \"value\" and \"parts\"");
}

void qpp_json_read_agency(struct qpp_arena *a, struct qpp_str file, qpp_py py, struct qpp_str npi, struct qpp_str text,
                          struct qpp_agency *out, struct qpp_findings *f)
{
	struct reading r = { a, file, py, out, f };
	struct choice c = { 0 };
	*out = (struct qpp_agency){ 0 };
	text = qpp_str_trim(text);
	if (text.n && text.p[0] == '{') {
		out->format = QPP_LIT("the JSON of a score");
		out->submitted = true;
		read_tree(&r, text);
	} else if (text.n && text.p[0] == '[') {
		out->format = QPP_LIT("rows of the Experience file, as JSON");
		c = row_of(a, text, npi);
		read_rows(&r, text, c.at - 1);
	} else {
		out->format = QPP_LIT("rows of the Experience file, as a table");
		read_rows(&r, csv_json(a, text, npi, &c), 0);
	}
	out->note = note_of(a, &c, npi);
	if (!f->errors && !out->v.n)
		fault(&r, "none of it is a figure that can be compared",
		      "a line with the names of the columns of the Experience file (final score, quality category score, ...) and a line with the figures");
}
