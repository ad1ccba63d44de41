/*
 * A fact as worked arithmetic: the equation that made it, with the values of
 * its inputs in place, and which of its inputs are worth telling below it. Every
 * writer that shows reasons uses these, so that a reader meets the same equation
 * on the terminal and on a page.
 */
#ifndef QPP_APP_EQUATION_H
#define QPP_APP_EQUATION_H

#include "qpp/trace.h"

/* The value as its unit is printed. */
struct qpp_str qpp_fact_text(struct qpp_arena *a, const struct qpp_fact *f);

/*
 * "80.6128 x 30 / 100", "the lesser of 80.6128 and 100", "rounded to 2 decimals";
 * empty when it would say nothing more than the value. Plain ASCII: numbers, and
 * the operators + - x / between blanks.
 */
struct qpp_str qpp_equation(struct qpp_arena *a, const struct qpp_trace *t, const struct qpp_fact *f);

/*
 * Whether input `i` of a fact deserves a place of its own below it. Not when it
 * is only the table row that the fact is, when it repeats the fact without saying
 * where it comes from, or when it stands in the equation and was told before
 * (`told`, by fact number).
 */
bool qpp_input_worth_telling(const struct qpp_trace *t, const struct qpp_fact *f, size_t i, const bool *told);

#endif
