/* The rules compiler: its passes in order. What each does stands in its own file. */
#include "compile.h"

#include <stdlib.h>
#include <string.h>

#include "rules_int.h"

static int by_file(const void *a, const void *b)
{
	const struct qpp_rules_source *x = a, *y = b;
	return qpp_str_cmp(x->file, y->file);
}

/* The sources by name, so that neither image nor hash depends on the caller's order. */
static const struct qpp_rules_source *sorted(struct qpp_arena *a, const struct qpp_rules_source *sources, size_t n)
{
	struct qpp_rules_source *v = QPP_NEW_ARRAY(a, n, struct qpp_rules_source);
	if (n) {
		memcpy(v, sources, n * sizeof *v);
		qsort(v, n, sizeof *v, by_file);
	}
	return v;
}

static int by_place(const void *a, const void *b)
{
	const struct qpp_finding *x = a, *y = b;
	int c = qpp_str_cmp(x->where.file, y->where.file);
	if (!c)
		c = (x->where.line > y->where.line) - (x->where.line < y->where.line);
	return c ? c : qpp_str_cmp(x->message, y->message);
}

/* The passes report in their own order; a reader goes through the files. */
static void sort_errors(struct qpp_findings *errors, size_t from)
{
	if (errors->list.n > from)
		qsort(errors->list.v + from, errors->list.n - from, sizeof *errors->list.v, by_place);
}

/* The cases of an overlay are for its reader: what they name may be anything. */
static void drop_cases(struct rules *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->blocks.n; i++)
		if (r->blocks.v[i].kind != RULES_CASE)
			r->blocks.v[n++] = r->blocks.v[i];
	r->blocks.n = n;
}

static void read_block(struct rules *r, const struct rules_block *b)
{
	static void (*const read[RULES_KINDS])(struct rules *, const struct rules_block *) = {
		[RULES_PARAM] = rules_read_param,
		[RULES_TABLE] = rules_read_table,
		[RULES_CASE] = rules_read_case,
		[RULES_READING] = rules_read_reading,
	};
	read[b->kind](r, b);
}

enum qpp_code rules_compile(struct rules *r, const struct qpp_rules_source *sources, size_t n, struct qpp_str *image,
                            struct qpp_err *err)
{
	struct qpp_arena *a = r->arena;
	size_t before = r->errors->errors, listed = r->errors->list.n, bytes = 0;
	for (size_t i = 0; i < n; i++) {
		if (sources[i].text.n > RULES_MOST_BYTES - bytes)
			return qpp_fail(err, QPP_LIMIT, "the rules are larger than 16 MB", (char *)NULL);
		bytes += sources[i].text.n;
	}
	const struct qpp_rules_source *in_order = sorted(a, sources, n);
	for (size_t i = 0; i < n; i++)
		rules_scan(r, &in_order[i]);
	if (r->base)
		drop_cases(r);
	for (size_t i = 0; i < r->blocks.n; i++)
		read_block(r, &r->blocks.v[i]);
	rules_check_names(r);
	rules_inherit(r);
	if (r->base && n)
		rules_check_overlay(r, in_order[0].file);
	sort_errors(r->errors, listed);
	size_t found = r->errors->errors - before;
	if (found)
		return qpp_fail(err, QPP_DATA, "the rules have ", qpp_i64_text(a, (int64_t)found).p, found == 1 ? " error" : " errors",
		                (char *)NULL);
	return rules_emit(r, image, err);
}

enum qpp_code qpp_rules_compile(struct qpp_arena *a, const struct qpp_rules_source *sources, size_t n,
                                const struct qpp_rules_compile_options *options, struct qpp_findings *errors,
                                struct qpp_str *image, struct qpp_err *err)
{
	struct rules r = { .arena = a, .options = options, .errors = errors };
	return rules_compile(&r, sources, n, image, err);
}
