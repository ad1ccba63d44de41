/*
 * The rules as pages for people: one for each file of rules/, with the anchors
 * that anchor.h leads to, and an index. Prose, figures by year with status and
 * source, tables, readings with their alternatives, worked cases: everything that
 * the program computes with, and nothing else.
 *
 * Pages link to each other by file name, so they belong into one folder.
 */
#ifndef QPP_HTML_RULES_PAGES_H
#define QPP_HTML_RULES_PAGES_H

#include "qpp/ruleset.h"

struct qpp_rules_page {
	struct qpp_str file;         /* "414.1380.html" */
	struct qpp_str html;
};

/* `*n` pages in the arena, the index first. */
const struct qpp_rules_page *qpp_html_rules_pages(struct qpp_arena *a, const struct qpp_ruleset *rs, size_t *n);

#endif
