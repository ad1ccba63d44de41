/* Counting by the address of the rule's row, which the trace carries. */
#include "hits.h"

#include <stdio.h>
#include <stdlib.h>

enum { SLOTS = 1 << 14 };

static struct {
	const void *row;
	long n;
} slots[SLOTS];

static long *slot(const void *row)
{
	size_t at = ((uintptr_t)row >> 4) * 2654435761u % SLOTS;
	while (slots[at].row && slots[at].row != row)
		at = (at + 1) % SLOTS;
	slots[at].row = row;
	return &slots[at].n;
}

void hits_count(const struct qpp_rules *rules, const struct qpp_trace *trace)
{
	(void)rules;
	for (size_t i = 1; i < trace->facts.n; i++)
		if (trace->facts.v[i].row)
			++*slot(trace->facts.v[i].row);
}

static void line(FILE *f, const void *row, struct qpp_str name, int from, int to, struct qpp_str value)
{
	fprintf(f, "%ld\t%.*s\t%d..%d\t%.*s\n", *slot(row), QPP_ARG(name), from, to, QPP_ARG(value));
}

static bool holds_numbers(const struct qpp_table *t, const struct qpp_table_row *r, struct qpp_str *words)
{
	static char text[400];
	size_t n = 0;
	bool some = false;
	for (size_t k = 0; k < t->n_columns; k++) {
		some |= r->cells[k].kind == QPP_CELL_NUMBER;
		int more = snprintf(text + n, sizeof text - n, "%.*s ", QPP_ARG(r->cells[k].text));
		n += more > 0 && (size_t)more < sizeof text - n ? (size_t)more : 0;
	}
	*words = (struct qpp_str){ text, n };
	return some;
}

void hits_write(const char *path, const struct qpp_ruleset *set)
{
	FILE *f = fopen(path, "w");
	struct qpp_str words;
	if (!f) {
		fprintf(stderr, "hits: cannot write %s\n", path);
		exit(1);
	}
	for (size_t i = 0; i < set->n_params; i++)
		for (size_t k = 0; k < set->params[i].n_rows; k++) {
			const struct qpp_param_row *r = &set->params[i].rows[k];
			if (r->status != QPP_RULE_NONE && r->value.kind == QPP_CELL_NUMBER)
				line(f, r, set->params[i].name, r->from, r->to, r->value.text);
		}
	for (size_t i = 0; i < set->n_tables; i++)
		for (size_t k = 0; k < set->tables[i].n_rows; k++) {
			const struct qpp_table_row *r = &set->tables[i].rows[k];
			if (holds_numbers(&set->tables[i], r, &words))
				line(f, r, set->tables[i].name, r->from, r->to, words);
		}
	fclose(f);
}
