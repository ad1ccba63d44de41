/*
 * Short ways to ask what was found, and to write JSON in C: a single quote
 * stands for a double one.
 */
#ifndef UNIT_FINDINGS_H
#define UNIT_FINDINGS_H

#include <string.h>

#include "qpp/finding.h"

static inline struct qpp_str json(struct qpp_arena *a, const char *text)
{
	struct qpp_str s = qpp_str_cat(a, text, (char *)NULL);
	char *p = qpp_arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = text[i] == '\'' ? '"' : text[i];
	return (struct qpp_str){ p, s.n };
}

/* The first finding with the code, NULL when there is none. */
static inline const struct qpp_finding *found(const struct qpp_findings *f, const char *code)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (qpp_str_is(f->list.v[i].code, code))
			return &f->list.v[i];
	return NULL;
}

static inline size_t times_found(const struct qpp_findings *f, const char *code)
{
	size_t n = 0;
	for (size_t i = 0; i < f->list.n; i++)
		n += qpp_str_is(f->list.v[i].code, code);
	return n;
}

/* A text holds a part; shown with both when it does not. */
#define assert_says(got, part)                                                                      \
	do {                                                                                        \
		struct qpp_str got_ = (got);                                                        \
		if (!memmem(got_.p ? got_.p : "", got_.n, (part), strlen(part)))                    \
			fail_msg("\"%.*s\" does not say \"%s\"", QPP_ARG(got_), (part));            \
	} while (0)

#endif
