/*
 * The frame of every page: doctype, title, style, skip link, the line on top and
 * the beginning of <main>; then its end with the hash of the rules. A page needs
 * no other file and runs no script. A what-if run is marked above everything.
 */
#ifndef QPP_HTML_FRAME_H
#define QPP_HTML_FRAME_H

#include "adapt/html/html.h"
#include "qpp/ruleset.h"

/* `kind` stands beside the program's name: "Explanation of a MIPS score". */
void qpp_html_begin_page(struct qpp_html *h, const struct qpp_ruleset *rs, struct qpp_str title, struct qpp_str kind);
struct qpp_str qpp_html_end_page(struct qpp_html *h, const struct qpp_ruleset *rs);

#endif
