/*
 * Where something of the rules stands on the rule pages: the page and the id on
 * it. The rule pages give these ids, every page that names a paragraph, a figure
 * or a reading links to them; both ask here, so that no link leads nowhere.
 *
 * A cite is led to the section that is it; else to the first table row that
 * names it; else to the narrowest paragraph around it; else to the first section
 * inside it; else to the page of its CFR section. Rows may thus carry paragraphs of
 * other CFR sections.
 */
#ifndef QPP_HTML_ANCHOR_H
#define QPP_HTML_ANCHOR_H

#include "adapt/html/html.h"
#include "qpp/ruleset.h"

struct qpp_anchor {
	struct qpp_str page;                  /* "414.1380": the name of its file without ".md" */
	const char *kind;                     /* in front of the id: "", "param-", "table-", "reading-", "finding-" */
	struct qpp_str name;
	const struct qpp_table_row *row;      /* the row that carries the id; NULL when a heading does */
};

/* False when the rules do not have it: a cite may also be the title of a publication. */
bool qpp_anchor_of_cite(const struct qpp_ruleset *rs, struct qpp_str cite, struct qpp_anchor *out);
bool qpp_anchor_of_reading(const struct qpp_ruleset *rs, struct qpp_str name, struct qpp_anchor *out);
/* Of a figure as facts label it: a parameter, or table.column. */
bool qpp_anchor_of_figure(const struct qpp_ruleset *rs, struct qpp_str label, struct qpp_anchor *out);
/* Of the code of a finding. */
bool qpp_anchor_of_finding(const struct qpp_ruleset *rs, struct qpp_str code, struct qpp_anchor *out);

struct qpp_str qpp_page_of(const struct qpp_section *s);

/* The opening tag of a link. `folder` is the way to the rule pages, "" or "rules/". */
void qpp_html_begin_link(struct qpp_html *h, const char *folder, const struct qpp_anchor *to);
/* A cite as text, linked where that leads somewhere. */
void qpp_html_cite(struct qpp_html *h, const struct qpp_ruleset *rs, const char *folder, struct qpp_str cite);

#endif
