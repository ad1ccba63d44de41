/*
 * A strict reader of the HTML that the program writes: every tag is closed in
 * order, every attribute is quoted, every `&` begins an entity, ids are unique,
 * headings do not skip a level, tables have a caption and their headers a scope,
 * and nothing runs or loads. Collects ids and links.
 */
#ifndef UNIT_HTML_CHECK_H
#define UNIT_HTML_CHECK_H

#include "qpp/str.h"

struct html_page {
	struct qpp_str name;                    /* "rules/414.1380.html"; where its links start from */
	QPP_VEC(struct qpp_str) ids, links;     /* links as in the attribute, entities and percent signs kept */
	char fault[200];                        /* empty when there is none */
};

void html_check(struct qpp_arena *a, struct qpp_str name, struct qpp_str html, struct html_page *out);

/* Whether a link of `from` leads to an id (or, without "#", to the page) among `pages`. Links to other sites do. */
bool html_leads(struct qpp_arena *a, const struct html_page *from, struct qpp_str link, const struct html_page *pages,
                size_t n);

#endif
