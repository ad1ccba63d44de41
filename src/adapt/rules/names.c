/*
 * Names, when all files are read: each is one the generated header can hold,
 * nothing has the name of another, and whatever a row or a case mentions
 * exists.
 */
#include <stdlib.h>
#include <string.h>

#include "rules_int.h"

/* The C name of `owner` and, unless empty, its `part`: `-` becomes `_`. */
static struct qpp_str identifier(struct rules *r, const char *prefix, struct qpp_str owner, struct qpp_str part)
{
	struct qpp_str id = qpp_str_cat(r->arena, prefix, qpp_str_dup(r->arena, owner).p, part.n ? "_" : "",
	                                qpp_str_dup(r->arena, part).p, (char *)NULL);
	char *p = qpp_arena_alloc(r->arena, id.n + 1);
	for (size_t i = 0; i < id.n; i++)
		p[i] = id.p[i] == '-' ? '_' : id.p[i];
	return (struct qpp_str){ p, id.n };
}

static void enter(struct rules *r, const struct rules_block *b, const char *what, struct qpp_str id,
                  struct qpp_str name, size_t at)
{
	*QPP_PUSH(r->arena, &r->entries) = (struct rules_entry){ id, what, name, b->file, b->line, at };
}

static void enter_table(struct rules *r, const struct rules_block *b, size_t at)
{
	const struct qpp_table *t = &r->tables.v[at];
	enter(r, b, "table", identifier(r, "QPP_T_", t->name, QPP_LIT("")), t->name, at);
	for (size_t i = 0; i < t->n_columns; i++)
		enter(r, b, "column", identifier(r, "QPP_C_", t->name, t->columns[i]), t->columns[i], at);
}

static void enter_reading(struct rules *r, const struct rules_block *b, size_t at)
{
	const struct qpp_reading *x = &r->readings.v[at];
	enter(r, b, "reading", identifier(r, "QPP_R_", x->name, QPP_LIT("")), x->name, at);
	for (size_t i = 0; i < x->n_alternatives; i++)
		enter(r, b, "alternative", identifier(r, "QPP_R_", x->name, x->alternatives[i]), x->alternatives[i], at);
}

static void enter_block(struct rules *r, const struct rules_block *b, size_t at)
{
	switch (b->kind) {
	case RULES_PARAM:
		enter(r, b, "param", identifier(r, "QPP_P_", b->name, QPP_LIT("")), b->name, at);
		break;
	case RULES_TABLE:
		enter_table(r, b, at);
		break;
	case RULES_READING:
		enter_reading(r, b, at);
		break;
	case RULES_CASE: {
		struct qpp_str title = r->cases.v[at].is.name;
		/* No C name has a blank in it, so titles keep apart from the rest. */
		struct qpp_str id = qpp_str_cat(r->arena, "case ", qpp_str_dup(r->arena, title).p, (char *)NULL);
		enter(r, b, "case", id, title, at);
		break;
	}
	case RULES_KINDS:
		break;
	}
}

static void check_name(struct rules *r, const struct rules_block *b)
{
	bool dashes = b->kind == RULES_READING;
	if (b->kind == RULES_CASE || !b->name.n || rules_is_name(b->name, dashes))
		return;
	rules_error(r, b->file, b->line, "the ", rules_kind_names[b->kind], " name ", rules_quote(r, b->name),
	            dashes ? " is not made of letters, digits, `_` and `-`" : " is not made of letters, digits and `_`",
	            (char *)NULL);
}

static int by_id(const void *a, const void *b)
{
	const struct rules_entry *x = a, *y = b;
	int c = qpp_str_cmp(x->id, y->id);
	if (!c)
		c = qpp_str_cmp(x->file, y->file);
	if (!c)
		c = (x->line > y->line) - (x->line < y->line);
	return c;
}

static void check_unique(struct rules *r, const struct rules_entry *first, const struct rules_entry *second)
{
	const char *file = qpp_str_dup(r->arena, first->file).p, *line = rules_number(r, first->line);
	if (!second->name.n)
		return;
	bool together = qpp_str_eq(first->file, second->file) && first->line == second->line;
	if (first->what == second->what && qpp_str_eq(first->name, second->name))
		rules_error(r, second->file, second->line, second->what, " ", rules_quote(r, second->name), " is defined twice",
		            together ? "" : "; the first is at ", together ? "" : file, together ? "" : ":", together ? "" : line,
		            (char *)NULL);
	else
		rules_error(r, second->file, second->line, second->what, " ", rules_quote(r, second->name), " and ", first->what, " ",
		            rules_quote(r, first->name), " (", file, ":", line, ") have the same C name ",
		            rules_quote(r, second->id), (char *)NULL);
}

static void enter_all(struct rules *r)
{
	size_t at[RULES_KINDS] = { 0 };
	for (size_t i = 0; i < r->blocks.n; i++) {
		const struct rules_block *b = &r->blocks.v[i];
		check_name(r, b);
		enter_block(r, b, at[b->kind]++);
	}
	if (!r->entries.n)
		return;
	qsort(r->entries.v, r->entries.n, sizeof *r->entries.v, by_id);
	for (size_t i = 1; i < r->entries.n; i++)
		if (qpp_str_eq(r->entries.v[i - 1].id, r->entries.v[i].id))
			check_unique(r, &r->entries.v[i - 1], &r->entries.v[i]);
}

static const struct rules_entry *find(const struct rules *r, struct qpp_str id)
{
	size_t from = 0, to = r->entries.n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int c = qpp_str_cmp(r->entries.v[middle].id, id);
		if (c == 0)
			return &r->entries.v[middle];
		if (c < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

struct rules_case *rules_case_named(struct rules *r, struct qpp_str title)
{
	struct qpp_mark mark = qpp_arena_mark(r->arena);
	struct qpp_str id = qpp_str_cat(r->arena, "case ", qpp_str_dup(r->arena, title).p, (char *)NULL);
	const struct rules_entry *e = find(r, id);
	qpp_arena_reset(r->arena, mark);
	return e ? &r->cases.v[e->at] : NULL;
}

static int by_text(const void *a, const void *b)
{
	return qpp_str_cmp(*(const struct qpp_str *)a, *(const struct qpp_str *)b);
}

/* Everything a case may give or expect, sorted. */
static struct qpp_str *known_names(struct rules *r, size_t *n)
{
	const struct qpp_rules_compile_options *o = r->options;
	struct qpp_str *v = QPP_NEW_ARRAY(r->arena, o->n_known_names + r->entries.n, struct qpp_str);
	*n = 0;
	for (size_t i = 0; i < o->n_known_names; i++)
		v[(*n)++] = o->known_names[i];
	for (size_t i = 0; i < r->entries.n; i++) {
		const char *what = r->entries.v[i].what;
		if (!strcmp(what, "param") || !strcmp(what, "table") || !strcmp(what, "column"))
			v[(*n)++] = r->entries.v[i].name;
	}
	qsort(v, *n, sizeof *v, by_text);
	return v;
}

static bool is_known(struct qpp_str name, const struct qpp_str *known, size_t n)
{
	return bsearch(&name, known, n, sizeof *known, by_text) != NULL;
}

/* What follows the last `/`. */
static struct qpp_str without_subject(struct qpp_str name)
{
	const char *slash = name.n ? memrchr(name.p, '/', name.n) : NULL;
	return slash ? (struct qpp_str){ slash + 1, (size_t)(name.p + name.n - slash - 1) } : name;
}

static void check_reading(struct rules *r, const struct rules_mention *m)
{
	const struct rules_entry *e = find(r, identifier(r, "QPP_R_", m->name, QPP_LIT("")));
	const struct qpp_ruleset *base = r->base;
	if ((e && !strcmp(e->what, "reading")) || (base && qpp_ruleset_reading(base, m->name)))
		return;
	struct qpp_finding *f = rules_error(r, m->file, m->line, "there is no reading ", rules_quote(r, m->name), (char *)NULL);
	size_t n = 0, n_base = base ? base->n_readings : 0;
	struct qpp_str *names = QPP_NEW_ARRAY(r->arena, r->readings.n + n_base, struct qpp_str);
	for (size_t i = 0; i < r->readings.n; i++)
		names[n++] = r->readings.v[i].name;
	for (size_t i = 0; i < n_base; i++)
		names[n++] = base->readings[i].name;
	rules_did_you_mean(r, f, m->name, names, n);
}

void rules_check_names(struct rules *r)
{
	enter_all(r);
	size_t n;
	const struct qpp_str *known = known_names(r, &n);
	for (size_t i = 0; i < r->mentions.n; i++) {
		const struct rules_mention *m = &r->mentions.v[i];
		if (m->of == RULES_OF_READING) {
			check_reading(r, m);
		} else if (!is_known(m->name, known, n) && !is_known(without_subject(m->name), known, n)) {
			struct qpp_finding *f = rules_error(r, m->file, m->line, rules_quote(r, m->name),
			                                    " is not the name of a fact, param, table or column", (char *)NULL);
			rules_did_you_mean(r, f, without_subject(m->name), known, n);
		}
	}
}
