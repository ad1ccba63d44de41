/*
 * The agency's published feedback about somebody, held against what the published rules give, figure by figure: behind the
 * page "Check the agency" and qpp feedback check. A figure is compared as far as the agency printed decimals. A difference
 * is no verdict: it names what ours was made of, and what a request for review about it would be for (414.1385).
 */
#ifndef QPP_APP_AGENCY_H
#define QPP_APP_AGENCY_H

#include "app/answer.h"

/* What the agency says of one figure; percents and weights in percent, all else in points. */
enum qpp_agency_figure {
	QPP_AGENCY_FINAL, QPP_AGENCY_ADJUSTMENT, QPP_AGENCY_COMPLEX, QPP_AGENCY_PERCENT, QPP_AGENCY_POINTS, QPP_AGENCY_CONTRIBUTION,
	QPP_AGENCY_WEIGHT, QPP_AGENCY_IMPROVEMENT, QPP_AGENCY_SMALL_BONUS, QPP_AGENCY_MEASURE
};
struct qpp_agency_claim {
	enum qpp_agency_figure figure;
	enum qpp_category category;          /* but of the first three */
	struct qpp_str measure_id;           /* of a measure or activity */
	enum qpp_method method;              /* QPP_METHOD_NONE: not said */
	qpp_dec v;
	int places;                          /* it was printed with */
};
struct qpp_agency {
	QPP_VEC(struct qpp_agency_claim) v;
	struct qpp_str format, note;         /* what it was read as; which row of several, a sentence */
	bool submitted;                      /* the score of what was submitted: without measures from claims */
};

/* Ours. */
struct qpp_agency_ours {
	const struct qpp_scored *scored;     /* with its trace; NULL: there is only the score and the factor */
	struct qpp_str final_score, factor;  /* as published, of a version; used where `scored` has none; empty: none */
	struct qpp_str why;                  /* why this score counts */
	struct qpp_str no_factor, no_detail; /* why there is no factor, no `scored` */
	struct qpp_str threshold;            /* performance threshold of the year */
};

struct qpp_agency_line {
	struct qpp_str what, theirs, ours;   /* empty: not there */
	bool same;
	struct qpp_str why, rule;            /* why ours is so; paragraph */
	/* What a request about it begins with: reason (rules/414.1385.md; empty: the filer must say), category, measure, text. */
	struct qpp_str reason, category, measure, explanation;
};
struct qpp_agency_lines {
	struct qpp_agency_line *v;
	size_t n, different;
};

/* What they say in their order; then, of categories whose measures they tell, ours that count and that they do not name. */
void qpp_agency_compare(struct qpp_arena *a, const struct qpp_agency *theirs, const struct qpp_agency_ours *ours,
                        struct qpp_agency_lines *out);

#endif
