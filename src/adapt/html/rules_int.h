/* What a section of the rules holds, as parts of its page. */
#ifndef QPP_HTML_RULES_INT_H
#define QPP_HTML_RULES_INT_H

#include "adapt/html/anchor.h"
#include "adapt/html/html.h"
#include "adapt/html/words.h"

/* Everything under the heading of a section but its prose. */
void rules_blocks(struct qpp_html *h, const struct qpp_ruleset *rs, const struct qpp_section *s);

#endif
