/*
 * The guard before a filing: which exceptions data would undo, and what that is
 * in points, in the adjustment, and in dollars. Two runs of the scorer, with the
 * data and without; whether data undo an exception is decided there
 * (414.1380(c)(2)(i)) and nowhere else. The pages ask for a confirmation, the API
 * answers with a warning (exceptionUndone).
 */
#ifndef QPP_APP_GUARD_H
#define QPP_APP_GUARD_H

#include "app/answer.h"
#include "app/filing.h"

struct qpp_undone {
	enum qpp_category category;
	bool exception;                          /* approved or automatic; otherwise excused by status, type and the like */
	struct qpp_str ground;                   /* why it does not count, as the scorer says it */
	struct qpp_str weight;                   /* that it has again: "30 %" */
};

struct qpp_guard {
	struct qpp_undone undone[QPP_CATEGORIES];
	size_t n, exceptions;                    /* how many of them are exceptions */
	bool has_before, has_after;              /* there is a score */
	struct qpp_str before, after;            /* final scores, two decimals */
	struct qpp_str points;                   /* "+3.20", "−12.50"; empty where one is missing, or nothing changes */
	int sign;                                /* of the difference */
	struct qpp_str factor_before, factor_after;      /* "−1.25 %"; empty: not known */
	struct qpp_str dollars_before, dollars_after;    /* what Medicare pays for every $100.00 then: "$98.75" */
	struct qpp_str dollars;                  /* the difference for every $100.00: "−$1.25"; empty: none, or not known */
};

/* Either may be NULL: nothing could be scored. */
void qpp_guard_of(struct qpp_arena *a, const struct qpp_answer *before, const struct qpp_answer *after, struct qpp_guard *out);

/* The word of a ground for reweighting as people say it; what is none stays as it is. */
struct qpp_str qpp_reweight_words(struct qpp_str reason);

/* Whole sentences: of a category; what all of it is in points, factor and dollars. */
struct qpp_str qpp_guard_says(struct qpp_arena *a, const struct qpp_undone *x);
struct qpp_str qpp_guard_costs(struct qpp_arena *a, const struct qpp_guard *g);

/* The program that counts among those that were scored; NULL: none. */
const struct qpp_scored *qpp_answer_counting(const struct qpp_answer *x);

/*
 * After a set was put into the store: a warning among the findings of the filing for every category whose exception it
 * undoes. `submitter_id` not empty: a registry, which is told no figures of others. Nothing that goes wrong here keeps a
 * filing from being taken.
 */
void qpp_guard_filing(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_set_row *row);

#endif
