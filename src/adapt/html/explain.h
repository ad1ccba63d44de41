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

#include "adapt/html/html.h"
#include "app/answer.h"

/* The page lives in the arena. */
struct qpp_str qpp_html_explain(struct qpp_arena *a, const struct qpp_ruleset *rules, const struct qpp_answer *answer,
                                const struct qpp_findings *findings);

/*
 * The reasons of one fact as a tree to stand on another page; nothing without a trace or for fact 0. `number` stands in its
 * ids ("s3-fact-9") and is another one for each tree of a page; `folder` is the way to the rule pages.
 */
struct qpp_why {
	const struct qpp_ruleset *rules;
	qpp_py py;
	const struct qpp_scored *scored;
	size_t number;
	const char *folder;
};
void qpp_html_why(struct qpp_html *h, const struct qpp_why *w, uint32_t fact);

#endif
