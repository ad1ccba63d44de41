/* What the parts of the explanation page share. */
#ifndef QPP_HTML_EXPLAIN_INT_H
#define QPP_HTML_EXPLAIN_INT_H

#include "adapt/html/anchor.h"
#include "adapt/html/html.h"
#include "adapt/html/words.h"
#include "app/answer.h"

/* The way from an explanation page to the rule pages. */
#define QPP_RULE_FOLDER "rules/"

/* One score on the page. */
struct explained {
	struct qpp_html *h;
	const struct qpp_ruleset *rules;
	const struct qpp_answer *answer;
	const struct qpp_scored *x;
	size_t number;              /* of the score, from 1: in front of its ids, "s1-fact-9" */
	int level;                  /* of its headings */
	bool *told;                 /* by fact number: it has a place in the trees; NULL without a trace */
	const char *folder;         /* the way to the rule pages */
};

/* <hN id="s1-NAME">, N being the level of the score and `below` more; the name is a literal. */
#define explain_heading(e, below, name)                                      \
	(explain_open_heading((e), (below)), qpp_html_lit((e)->h, name "\">"))
void explain_open_heading(const struct explained *e, int below);
void explain_close_heading(const struct explained *e, int below);

/* The id of a fact, without "#". */
void explain_fact_id(const struct explained *e, uint32_t fact);
/* A number that leads to its reasons where it has any on the page. */
void explain_value(const struct explained *e, struct qpp_value v, enum qpp_unit unit);
/* "line 14 of submission.json, /measurementSets/0" */
void explain_place(struct qpp_html *h, const struct qpp_where *w);

void explain_categories(const struct explained *e);
void explain_bar(const struct explained *e);
void explain_missing(const struct explained *e);
void explain_sensitivity(const struct explained *e);
void explain_findings(struct qpp_html *h, const struct qpp_ruleset *rules, const struct qpp_findings *f);

/* The trees, into `e->h`; marks every fact that has its place there in `e->told`. */
void explain_why(const struct explained *e);

#endif
