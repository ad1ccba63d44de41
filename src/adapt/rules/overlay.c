/*
 * Merging an overlay into the rules. It was compiled against them, so
 * everything it names is there; what is left is to give each year its rows.
 */
#include "overlay.h"

#include <stdlib.h>
#include <string.h>

#include "core/ruleset_image.h"
#include "qpp/buf.h"
#include "rules_int.h"

/* Years, both included. */
struct span {
	int from, to;
};

static int by_years(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/* The years of `whole` that none of the spans covers, into `out`, which has room for n + 1. */
static size_t left_over(struct span whole, const struct span *spans, size_t n, struct span *out)
{
	size_t found = 0;
	for (size_t i = 0; i < n && whole.from <= whole.to; i++) {
		if (spans[i].to < whole.from || spans[i].from > whole.to)
			continue;
		if (spans[i].from > whole.from)
			out[found++] = (struct span){ whole.from, spans[i].from - 1 };
		whole.from = spans[i].to + 1;
	}
	if (whole.from <= whole.to)
		out[found++] = whole;
	return found;
}

struct merge {
	struct qpp_arena *arena;
	struct qpp_str file;         /* of the overlay */
};

/* The overlay's file stands behind the source, so that every place that shows a source says who changed the figure. */
static struct qpp_str marked(const struct merge *m, const struct qpp_param_row *row)
{
	const char *source = qpp_str_dup(m->arena, row->source.n ? row->source : row->reading).p;
	return qpp_str_cat(m->arena, source, *source ? " " : "", "(overlay ", m->file.p, ")", (char *)NULL);
}

static int by_first_year(const void *a, const void *b)
{
	const struct qpp_param_row *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

static void merge_param(const struct merge *m, struct qpp_param *to, const struct qpp_param *change)
{
	struct span *spans = QPP_NEW_ARRAY(m->arena, change->n_rows, struct span);
	struct span *parts = QPP_NEW_ARRAY(m->arena, change->n_rows + 1, struct span);
	QPP_VEC(struct qpp_param_row) rows = { 0 };
	for (size_t i = 0; i < change->n_rows; i++) {
		struct qpp_param_row *row = QPP_PUSH(m->arena, &rows);
		*row = change->rows[i];
		row->source = marked(m, row);
		spans[i] = (struct span){ row->from, row->to };
	}
	for (size_t i = 0; i < to->n_rows; i++) {
		size_t n = left_over((struct span){ to->rows[i].from, to->rows[i].to }, spans, change->n_rows, parts);
		for (size_t k = 0; k < n; k++) {
			struct qpp_param_row *row = QPP_PUSH(m->arena, &rows);
			*row = to->rows[i];
			row->from = parts[k].from;
			row->to = parts[k].to;
		}
	}
	qsort(rows.v, rows.n, sizeof *rows.v, by_first_year);
	to->rows = rows.v;
	to->n_rows = rows.n;
}

/* Rows keep their order, which decides; the overlay's never meet the others in one year. */
static void merge_table(const struct merge *m, struct qpp_table *to, const struct qpp_table *change)
{
	struct span *spans = QPP_NEW_ARRAY(m->arena, change->n_rows, struct span);
	struct span *parts = QPP_NEW_ARRAY(m->arena, change->n_rows + 1, struct span);
	QPP_VEC(struct qpp_table_row) rows = { 0 };
	for (size_t i = 0; i < change->n_rows; i++) {
		spans[i] = (struct span){ change->rows[i].from, change->rows[i].to };
		*QPP_PUSH(m->arena, &rows) = change->rows[i];
	}
	qsort(spans, change->n_rows, sizeof *spans, by_years);
	for (size_t i = 0; i < to->n_rows; i++) {
		size_t n = left_over((struct span){ to->rows[i].from, to->rows[i].to }, spans, change->n_rows, parts);
		for (size_t k = 0; k < n; k++)
			*QPP_PUSH(m->arena, &rows) = (struct qpp_table_row){ parts[k].from, parts[k].to, to->rows[i].cells };
	}
	to->rows = rows.v;
	to->n_rows = rows.n;
}

static const struct qpp_param *params(const struct merge *m, const struct qpp_ruleset *base, const struct qpp_ruleset *change)
{
	struct qpp_param *v = QPP_NEW_ARRAY(m->arena, base->n_params, struct qpp_param);
	for (size_t i = 0; i < base->n_params; i++) {
		v[i] = base->params[i];
		const struct qpp_param *p = qpp_ruleset_param(change, v[i].name);
		if (p)
			merge_param(m, &v[i], p);
	}
	return v;
}

static const struct qpp_table *tables(const struct merge *m, const struct qpp_ruleset *base, const struct qpp_ruleset *change)
{
	struct qpp_table *v = QPP_NEW_ARRAY(m->arena, base->n_tables, struct qpp_table);
	for (size_t i = 0; i < base->n_tables; i++) {
		v[i] = base->tables[i];
		const struct qpp_table *t = qpp_ruleset_table(change, v[i].name);
		if (t)
			merge_table(m, &v[i], t);
	}
	return v;
}

static const struct qpp_reading *readings(const struct merge *m, const struct qpp_ruleset *base,
                                          const struct qpp_ruleset *change, size_t *n)
{
	struct qpp_reading *v = QPP_NEW_ARRAY(m->arena, base->n_readings + change->n_readings, struct qpp_reading);
	*n = 0;
	for (size_t i = 0; i < base->n_readings; i++)
		v[(*n)++] = base->readings[i];
	for (size_t i = 0; i < change->n_readings; i++)
		v[(*n)++] = change->readings[i];
	return v;
}

static struct qpp_str hash_of_both(struct qpp_arena *a, struct qpp_str base, struct qpp_str overlay,
                                   void (*hash)(const void *p, size_t n, unsigned char out[32]))
{
	static const char digit[] = "0123456789abcdef";
	unsigned char sum[QPP_RULES_HASH_BYTES];
	struct qpp_buf both;
	qpp_buf_init(&both, a, base.n + overlay.n + 1);
	qpp_buf_str(&both, base);
	qpp_buf_str(&both, overlay);
	struct qpp_str text = qpp_buf_done(&both);
	hash(text.p, text.n, sum);
	qpp_buf_init(&both, a, 2 * sizeof sum + 1);
	for (size_t i = 0; i < sizeof sum; i++) {
		qpp_buf_char(&both, digit[sum[i] >> 4]);
		qpp_buf_char(&both, digit[sum[i] & 15]);
	}
	return qpp_buf_done(&both);
}

enum qpp_code qpp_rules_overlay(struct qpp_arena *a, const struct qpp_ruleset *base, const struct qpp_rules_source *overlay,
                                void (*hash)(const void *p, size_t n, unsigned char out[32]), struct qpp_findings *errors,
                                const struct qpp_ruleset **merged, struct qpp_err *err)
{
	const struct qpp_rules_compile_options options = { .hash = hash };
	struct rules r = { .arena = a, .options = &options, .base = base, .errors = errors };
	const struct qpp_ruleset *change;
	struct qpp_str image;
	*merged = NULL;
	enum qpp_code code = rules_compile(&r, overlay, 1, &image, err);
	if (code == QPP_OK)
		code = qpp_ruleset_load(a, image.p, image.n, &change, err);
	if (code != QPP_OK)
		return code;
	struct merge m = { a, qpp_str_dup(a, overlay->file) };
	struct qpp_ruleset *rs = QPP_NEW(a, struct qpp_ruleset);
	*rs = *base;
	rs->hash = hash_of_both(a, base->hash, change->hash, hash);
	rs->overlay = m.file;
	rs->overlay_hash = change->hash;
	rs->provisional = true;
	rs->params = params(&m, base, change);
	rs->tables = tables(&m, base, change);
	rs->readings = readings(&m, base, change, &rs->n_readings);
	*merged = rs;
	return QPP_OK;
}
