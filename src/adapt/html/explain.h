/*
 * The explanation of a score as one page of HTML that stands by itself: the
 * final score and the adjustment, the categories with their measures, what is
 * not known, what rests on a reading, remarks on the data, and every reason from
 * the final score down to the counts that were submitted.
 *
 * Rule links lead to rules/PAGE.html#ID beside the page, as rules_pages.h makes
 * them of the same rule set. Numbers have the digits that they have in JSON. The
 * trees need traces: a score without one has a page without "Why".
 */
#ifndef QPP_HTML_EXPLAIN_H
#define QPP_HTML_EXPLAIN_H

#include "app/answer.h"

/* The page lives in the arena. */
struct qpp_str qpp_html_explain(struct qpp_arena *a, const struct qpp_ruleset *rules, const struct qpp_answer *answer,
                                const struct qpp_findings *findings);

#endif
