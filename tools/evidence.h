/* What evidence collects: paragraphs of the rules, and the tags that name them. */
#ifndef TOOLS_EVIDENCE_H
#define TOOLS_EVIDENCE_H

#include "qpp/ruleset.h"

struct paragraph {
	struct qpp_str cite, title;
	struct qpp_str home;         /* its section */
	size_t params, tables, rows;
	size_t cases, published;
};

struct tag {
	struct qpp_str cite, file;
	uint32_t line;
};

struct evidence {
	struct qpp_arena *arena;
	const struct qpp_ruleset *rules;
	QPP_VEC(struct paragraph) paragraphs;
	QPP_VEC(struct tag) code;
	QPP_VEC(struct tag) tests;
};

/* NULL when the rules in scope have no such paragraph. */
struct paragraph *evidence_find(const struct evidence *e, struct qpp_str cite);

/* Fills in the paragraphs in scope with the cases that speak for them. */
void evidence_list(struct evidence *e);

/* Reads the tags of the C files of ROOT/FOLDER; an exit status, told on standard error when it is not 0. */
int evidence_read(struct evidence *e, const char *root, const char *folder, bool of_tests);

#endif
